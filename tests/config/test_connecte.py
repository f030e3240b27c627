"""Signed in on the public site: one's name, what is to do, « Modifier »; a visitor has none of it.

The walk is over every public page: those without an object, and those of one that is public.
"""

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.a_faire import comptes
from tests import factories as f
from tests.config.test_adresses_publiques import DE_REFERENCE, OUVERTES
from tests.monde import une_fois
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db

ROLES = [
    "sans périmètre",
    "intercommunalité",
    "intercommunalité voisine",
    "région",
    "région voisine",
    "délégation",
]


def _monde():
    ici, ailleurs = f.territoire_publie("27"), f.territoire_publie("75")
    f.IntercommunaliteFactory(siren=f.siren(1))
    (local, region), (voisin, voisine) = f.agents_de(ici), f.agents_de(ailleurs)
    agents = {
        "sans périmètre": f.AgentFactory(),
        "intercommunalité": local,
        "intercommunalité voisine": voisin,
        "région": region,
        "région voisine": voisine,
        "délégation": f.agent_delegation(),
    }
    fiche, brouillon = f.fiche_complete(ici), f.fiche_complete(ici, partagee_le=timezone.now())
    valider(fiche, agents["délégation"])
    convention = f.ConventionFactory(partenaire__identifiant="operateur")
    engagement = f.EngagementFactory(convention=convention)
    assemblee = f.AssembleeFactory()
    parole = f.InterventionFactory(sequence__assemblee=assemblee)
    # address of a page: what « Modifier » leads to there
    objets = {
        ici.get_absolute_url(): ici,
        reverse("carte", args=[ici.perimetre_courant.edition.code]): (
            ici.perimetre_courant.edition
        ),
        fiche.get_absolute_url(): fiche,
        convention.get_absolute_url(): convention,
        engagement.get_absolute_url(): convention,
        reverse("partenaire", args=["operateur"]): convention.partenaire,
        f.ContratFactory(territoire=ici).get_absolute_url(): ici.contrats.get(),
        (pratique := f.bonne_pratique_publiee()).get_absolute_url(): pratique,
        assemblee.get_absolute_url(): assemblee,
        (theme := f.ThemeFactory(identifiant="logement")).get_absolute_url(): theme,
        (page := f.PageEditorialeFactory()).get_absolute_url(): page,
        (nouvelle := f.ActualiteFactory()).get_absolute_url(): nouvelle,
        parole.intervenant.get_absolute_url(): parole.intervenant,
        reverse("region", args=["27"]): ici.regions[0],
        reverse("intercommunalite", args=[f.siren(1)]): f.IntercommunaliteFactory._meta.model(
            siren=f.siren(1)
        ),
    }
    return {"agents": agents, "objets": objets, "brouillon": brouillon}


monde = une_fois(_monde)


def pages(monde):
    """Every public address, with an object or without."""
    yield from (reverse(nom) for nom in OUVERTES)
    yield from (reverse(nom, args=arguments) for nom, arguments in DE_REFERENCE.items())
    yield from monde["objets"]


def en_html(reponse):
    return reponse["Content-Type"].startswith("text/html")


def entete(reponse):
    """What the header says to this person, as one element."""
    # Reading the whole page took longer than making it.
    debut, entre, _ = reponse.content.decode().partition("</header>")
    assert "<header" in debut and entre
    page = BeautifulSoup(debut[debut.index("<header") :], "html.parser")
    dit = "".join(map(str, page.select("header li.compte")))
    return BeautifulSoup(dit, "html.parser")


def test_every_kind_of_page_that_has_an_object_is_walked(monde):
    """An object that has a public page and a form in the admin is among them."""
    from django.apps import apps

    avec_page = {m for m in apps.get_models() if hasattr(m, "get_absolute_url")}
    tenus = {m for m in avec_page if m in admin.site._registry}
    sans_page_a_eux = {"comitedepilotage", "sequence", "obstaclenational", "perimetre"}
    sans_page_a_eux |= {"lienprogramme", "mandat"}  # on that of its territoire
    vus = {type(objet) for objet in monde["objets"].values()}
    assert {m for m in tenus - vus if m._meta.model_name not in sans_page_a_eux} == set()


def test_a_visitor_has_nothing_of_it_and_is_given_no_cookie(monde, client):
    for adresse in pages(monde):
        reponse = client.get(adresse)
        assert reponse.status_code == 200, adresse
        assert not reponse.cookies, adresse
        if not en_html(reponse):
            continue
        assert "private" not in reponse.get("Cache-Control", ""), adresse
        texte = reponse.content.decode()
        for mot in ("Se déconnecter", ">Modifier<", "csrfmiddlewaretoken", "admin:logout"):
            assert mot not in texte, (adresse, mot)
        if "public" in reponse.get("Cache-Control", ""):
            assert "Cookie" in reponse["Vary"], adresse  # kept, but not for who is signed in


@pytest.mark.parametrize("genre", ROLES)
def test_who_is_signed_in_has_a_name_what_is_to_do_and_the_way_out(genre, monde, client, rf):
    """And « Modifier » is where the permission says so, and nowhere else."""
    agent = monde["agents"][genre]
    client.force_login(agent)
    attendu = sum(comptes(agent).values())
    request = rf.get("/")
    request.user = agent
    for adresse in pages(monde):
        reponse = client.get(adresse)
        if not en_html(reponse) or adresse.startswith("/integrer/"):
            continue
        assert {"private", "no-store"} <= set(reponse["Cache-Control"].split(", ")), adresse
        compte = entete(reponse)
        assert str(agent) in compte.text, adresse
        a_faire = compte.find("a", href=reverse("admin:index"))
        nombre = a_faire.select_one(".fr-badge")
        assert (int(nombre.text) if nombre else 0) == attendu, adresse
        sortie = compte.find("form", action=reverse("admin:logout"))
        assert sortie["method"] == "post", adresse
        assert sortie.find("input", attrs={"name": "csrfmiddlewaretoken"}), adresse
        objet = monde["objets"].get(adresse)
        liens = [a["href"] for a in compte.select("a") if a.text.startswith("Modifier")]
        attendus = []
        if objet and admin.site._registry[type(objet)].has_change_permission(request, objet):
            nom = f"admin:{objet._meta.app_label}_{objet._meta.model_name}_change"
            attendus = [reverse(nom, args=[objet.pk])]
            assert client.get(attendus[0]).status_code == 200, adresse
        assert liens == attendus, adresse


@pytest.mark.parametrize("genre", ["intercommunalité", "région", "délégation"])
def test_a_draft_leads_to_its_form(genre, monde, client):
    client.force_login(monde["agents"][genre])
    lien = reverse("admin:programme_ficheaction_change", args=[monde["brouillon"].pk])
    page = client.get(monde["brouillon"].get_absolute_url())
    # It was shared with the région, that reads it without writing in it.
    assert bool(entete(page).find("a", href=lien)) is (genre != "région")


def test_what_is_kept_for_all_stays_the_same_after_an_agent_came(monde):
    carte = reverse("carte-en-vigueur")
    avant = Client().get(carte)
    agent = Client()
    agent.force_login(monde["agents"]["délégation"])
    assert agent.get(carte).content != avant.content
    apres = Client().get(carte)
    assert apres.content == avant.content
    assert apres["ETag"] == avant["ETag"]


def test_one_leaves_by_a_button_and_stays_on_the_site(monde):
    client = Client(enforce_csrf_checks=True)
    client.force_login(monde["agents"]["délégation"])
    form = entete(client.get(reverse("fiches"))).find("form", action=reverse("admin:logout"))
    envoi = {champ["name"]: champ["value"] for champ in form.find_all("input")}
    reponse = client.post(form["action"], envoi)
    assert (reponse.status_code, reponse["Location"]) == (302, reverse("accueil"))
    assert "Espace agents" in entete(client.get(reverse("fiches"))).text
