"""« À lire aussi »: what was chosen first, then what is near; nothing that is not public."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from evenements.models import Actualite, LienChoisi
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.echanges.outils import analyser
from tests.formulaires import envoi

pytestmark = pytest.mark.django_db


def a_lire(client, objet):
    """{address: title} of the links of this page, in their order."""
    page = BeautifulSoup(client.get(objet.get_absolute_url()).content, "html.parser")
    bloc = page.select_one("nav.a-lire-aussi")
    return {a["href"]: a.text for a in bloc.select("ul:first-of-type a")} if bloc else {}


def adresses(*objets):
    return [objet.get_absolute_url() for objet in objets]


@pytest.fixture
def theme():
    return f.ThemeFactory(nom="Foncier")


def parlant_de(theme, fabrique=f.ActualiteFactory, **champs):
    objet = fabrique(**champs)
    objet.themes.add(theme)
    return objet


def test_what_shares_a_theme_is_proposed_and_nothing_else(client, theme):
    ici, autre = parlant_de(theme), parlant_de(theme)
    parlant_de(f.ThemeFactory())
    assert a_lire(client, ici) == {autre.get_absolute_url(): autre.titre}


def test_what_shares_a_territoire_comes_before_what_shares_a_theme(client, theme):
    territoire = f.territoire_publie("75")
    pratique = f.bonne_pratique_publiee(territoire=territoire)
    pratique.themes.add(theme)
    par_theme, voisine = parlant_de(theme), f.ActualiteFactory()
    voisine.territoires.add(territoire)
    assert [*a_lire(client, pratique)] == adresses(voisine, par_theme)


def test_what_was_chosen_comes_first_in_its_order_then_proposals_up_to_four(client, theme):
    ici = parlant_de(theme)
    proposees = [parlant_de(theme) for _ in range(3)]
    choisies = [f.PageEditorialeFactory(), f.ActualiteFactory(), f.ThemeFactory()]
    for rang, cible in ((2, choisies[0]), (1, choisies[1]), (3, choisies[2])):
        f.LienChoisiFactory(page=ici.get_absolute_url(), cible=cible.get_absolute_url(), rang=rang)
    montrees = [*a_lire(client, ici)]
    assert montrees[:3] == adresses(choisies[1], choisies[0], choisies[2])
    assert len(montrees) == 4 and montrees[3] in adresses(*proposees)


def test_a_proposal_refused_is_not_shown_again(client, theme):
    ici, refusee, gardee = (parlant_de(theme) for _ in range(3))
    f.LienChoisiFactory(page=ici.get_absolute_url(), cible=refusee.get_absolute_url(), retire=True)
    assert [*a_lire(client, ici)] == adresses(gardee)


def test_two_of_a_kind_at_most_are_proposed(client, theme):
    ici = parlant_de(theme)
    for _ in range(5):
        parlant_de(theme)
    pratique = f.bonne_pratique_publiee()
    pratique.themes.add(theme)
    montrees = [*a_lire(client, ici)]
    assert len(montrees) == 3 and pratique.get_absolute_url() in montrees


def test_what_is_taken_back_disappears_at_once(client, theme):
    ici, proche, choisie = parlant_de(theme), parlant_de(theme), f.ActualiteFactory()
    f.LienChoisiFactory(page=ici.get_absolute_url(), cible=choisie.get_absolute_url())
    assert [*a_lire(client, ici)] == adresses(choisie, proche)
    Actualite.objects.exclude(pk=ici.pk).update(publiee_le=None)
    assert a_lire(client, ici) == {}
    Actualite.objects.update(publiee_le=timezone.now())
    assert [*a_lire(client, ici)] == adresses(choisie, proche)


def test_a_draft_is_never_proposed(client, theme):
    ici = parlant_de(theme)
    parlant_de(theme, publiee_le=None)
    assert a_lire(client, ici) == {}


def test_what_a_page_names_is_not_proposed_on_it_but_leads_back(client):
    ici, fiche = f.ActualiteFactory(), une_fiche_decidee()
    ici.fiches.add(fiche)
    assert a_lire(client, ici) == {}
    assert [*a_lire(client, fiche)] == adresses(ici)


def test_any_page_of_an_object_leads_to_what_was_chosen_for_it(client):
    cible = f.ActualiteFactory()
    pages = [
        une_fiche_decidee(),
        f.bonne_pratique_publiee(),
        f.AssembleeFactory(),
        f.ActualiteFactory(),
        f.PageEditorialeFactory(),
        f.ThemeFactory(),
        f.ConventionFactory(),
        f.ContratFactory(),
        f.PartenaireFactory(),
    ]
    for page in pages:
        f.LienChoisiFactory(page=page.get_absolute_url(), cible=cible.get_absolute_url())
        assert a_lire(client, page) == {cible.get_absolute_url(): cible.titre}


@pytest.mark.parametrize(
    ("cible", "phrase"),
    [
        ("https://exemple.fr/", "Ce n’est pas l’adresse d’une page de ce site"),
        ("/nulle-part/", "Aucune page du site n’a cette adresse"),
        ("/fiches/", "Cette page ne se choisit pas ici"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_in_french(cible, phrase):
    lien = LienChoisi(page=f.ActualiteFactory().get_absolute_url(), cible=cible)
    with pytest.raises(ValidationError) as refus:
        lien.full_clean()
    assert [*refus.value.message_dict] == ["cible"]
    assert phrase in refus.value.messages[0]


def test_a_whole_address_of_the_site_is_kept_as_its_path(settings):
    settings.ADRESSE_DU_SITE = "https://territoires.exemple"
    ici, autre = f.ActualiteFactory(), f.ActualiteFactory()
    lien = LienChoisi(
        page=f"https://territoires.exemple{ici.get_absolute_url()}?suivi=1#haut",
        cible=autre.get_absolute_url().rstrip("/"),
    )
    lien.full_clean()
    assert [lien.page, lien.cible] == adresses(ici, autre)


def test_a_page_does_not_lead_to_itself():
    ici = f.ActualiteFactory().get_absolute_url()
    with pytest.raises(ValidationError, match="ne mène pas à elle-même"):
        LienChoisi(page=ici, cible=ici).full_clean()


def test_the_delegation_chooses_by_words_of_a_title(client):
    client.force_login(f.agent_delegation())
    ici = f.ActualiteFactory(titre="Le foncier des usines")
    unique = f.PageEditorialeFactory(titre="Comment participer")
    adresse = reverse("admin:evenements_lienchoisi_add")
    saisie = {"page": ici.get_absolute_url(), "cible": "comment participer", "rang": "1"}
    client.post(adresse, saisie)
    assert LienChoisi.objects.get().cible == unique.get_absolute_url()

    deux = [f.ActualiteFactory(titre=f"Chaleur fatale {n}") for n in (1, 2)]
    refus = client.post(adresse, saisie | {"cible": "chaleur fatale"}).content.decode()
    assert "Plusieurs pages répondent" in refus
    assert all(une.get_absolute_url() in refus for une in deux)
    refus = client.post(adresse, saisie | {"cible": "introuvable xyz"}).content.decode()
    assert "Aucune page publique ne répond" in refus
    assert LienChoisi.objects.count() == 1


def test_what_is_not_public_is_refused_in_the_form_and_in_a_file_but_may_wait(client):
    client.force_login(f.agent_delegation())
    ici = f.ActualiteFactory().get_absolute_url()
    cachee = f.ActualiteFactory(publiee_le=None)
    saisie = {"page": ici, "cible": cachee.get_absolute_url(), "rang": "1"}
    phrase = "Rien de public n’est à cette adresse"
    refus = client.post(reverse("admin:evenements_lienchoisi_add"), saisie).content.decode()
    assert phrase in refus
    contenu = f"page,cible,rang,retire\n{ici},{cachee.get_absolute_url()},1,non\n".encode()
    (erreur,) = analyser("liens_choisis", contenu).erreurs()
    assert phrase in str(erreur)

    lien = f.LienChoisiFactory(page=ici, cible=cachee.get_absolute_url())
    modifier = reverse("admin:evenements_lienchoisi_change", args=[lien.pk])
    client.post(modifier, envoi(client.get(modifier), rang="2"))
    assert LienChoisi.objects.get().rang == 2


def test_who_chooses_is_led_there_from_the_page_and_nobody_else(client):
    ici = f.ActualiteFactory()
    lien = f.LienChoisiFactory(page=ici.get_absolute_url())
    f.LienChoisiFactory()
    assert "Modifier les liens" not in client.get(ici.get_absolute_url()).content.decode()
    client.force_login(f.AgentFactory())
    assert "Modifier les liens" not in client.get(ici.get_absolute_url()).content.decode()
    client.force_login(f.agent_delegation())
    page = BeautifulSoup(client.get(ici.get_absolute_url()).content, "html.parser")
    liste = client.get(page.find("a", string="Modifier les liens")["href"])
    assert list(liste.context["cl"].queryset) == [lien]
    ajout = client.get(page.find("a", string="Ajouter un lien")["href"])
    assert ajout.context["adminform"].form["page"].value() == ici.get_absolute_url()


def test_links_cost_two_queries(client, theme, django_assert_num_queries):
    from evenements.editorial.liens import a_lire_aussi

    ici = parlant_de(theme)
    for _ in range(3):
        f.LienChoisiFactory(page=ici.get_absolute_url(), cible=parlant_de(theme).get_absolute_url())
    a_lire_aussi("actualite", ici)
    with django_assert_num_queries(2):
        a_lire_aussi("actualite", ici)


def test_a_contrat_does_not_repeat_what_it_lists_nor_its_fiches_the_contrat(client):
    citee = une_fiche_decidee()
    contrat = f.ContratFactory(territoire=citee.territoire)
    f.ContratFactory(territoire=citee.territoire)  # in the same lineage: on its page already
    pratique = f.bonne_pratique_publiee(territoire=citee.territoire, fiche=citee)
    assert citee.get_absolute_url() in a_lire(client, contrat)
    contrat.lignes_fiches.create(fiche=citee)
    assert [*a_lire(client, contrat)] == adresses(pratique)
    assert contrat.get_absolute_url() not in a_lire(client, citee)
