"""Every public address, asked by every kind of person, about what is not to be seen by all.

The walk is over the addresses that the site really has: a new one fails until it says here
what it answers about something public and about something that is not.
"""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from config.api.tables import Table, noms
from programme.fiches.models import FicheAction
from programme.partenaires.models import Partenaire
from tests import factories as f
from tests.monde import une_fois
from tests.territoires.acces.test_adresses import STATUTS as COMPTES

pytestmark = pytest.mark.django_db

SECRET = "Xyzzy"  # stands in everything that is not public
GENRES = [
    "anonyme",
    "sans périmètre",
    "intercommunalité voisine",
    "région voisine",
    "préfecture voisine",
    "opérateur voisin",
    "intercommunalité",
    "région",
    "État",
    "opérateur",
    "délégation",
]
DU_PERIMETRE = {"intercommunalité", "région", "délégation"}
AGENTS = {*GENRES} - {"anonyme", "sans périmètre"}

# Addresses without an object: open to all, or to whom.
OUVERTES = [
    "accueil",
    "carte-en-vigueur",
    "donnees-carte",
    "integrer-en-vigueur",
    "territoires",
    "regions",
    "recherche",
    "recherche-propositions",
    "fiches",
    "themes",
    "actualites",
    "actualites-flux",
    "registre-obstacles",
    "partenaires",
    "offres",
    "mobilisation",
    "financements-mobilises",
    "conventions",
    "contrats",
    "bonnes-pratiques",
    "donnees",
    "aide",
    "assemblees",
    "interventions",
    "nouvelles",
    "accessibilite",
    "mentions-legales",
    "donnees-personnelles",
    "api",
    "api-schema",
    "programme",
    "plan",
    "plan-du-site",
    "robots",
    "sante",
    "security-txt",
    "vignette",
]
# What stands for the reference data, public by nature: address -> its arguments.
DE_REFERENCE = {
    "fichier-en-vigueur": ["territoires.geojson"],
    "region": ["27"],
    "intercommunalite": [f.siren(1)],
    "aide-role": ["region"],
    "aide-ecran": ["fiche"],
    "mobilisation-csv": ["excel"],
    "donnees-csv": ["fiches", "machine"],
    "donnees-jeu": ["fiches"],
    "api-essayer": ["fiches"],
    "donnees-catalogue": ["ttl"],
    "donnees-classeur": ["fiches", "xlsx"],
    "donnees-scdl": ["scdl-subventions"],
    "donnees-schema": ["fiches"],
    "partenaire": ["operateur"],
    "theme": ["logement"],
    "plan-du-site-section": ["fiches"],
}
# What can be a secret: address -> who reads it while it is one (nobody but these gets 200).
SECRETES = {
    "carte": set(),
    "fichier-carte": set(),
    "integrer-carte": set(),
    "integrer-territoire": set(),
    "comparaison": set(),
    "territoire": set(),
    "brochure": set(),
    "nouvelles-territoire": set(),
    "vignette-territoire": set(),
    "fiche": DU_PERIMETRE,
    "vignette-fiche": set(),
    "piece-jointe": DU_PERIMETRE,
    "document-mouvement": DU_PERIMETRE,
    "convention": set(),
    "engagement": set(),
    "document-convention": {"délégation"},
    "contrat": set(),
    "document-contrat": DU_PERIMETRE,
    "deliberation-contrat": DU_PERIMETRE,
    "bonne-pratique": set(),
    "actualite": set(),
    "page-editoriale": set(),
    "assemblee": set(),
    "vignette-assemblee": set(),
    "assemblee-calendrier": set(),
    "sequence-calendrier": set(),
    "document": set(),
    "intervenant": set(),
}
# Asked by POST only, or for agents only: tested with what they do.
PILOTAGE = {
    *("pilotage", "pilotage-fiches", "pilotage-delais", "pilotage-matrice", "pilotage-csv"),
    *("obstacles", "obstacle", "resultats", "mes-courriels"),
    # Walked by test_classeurs_des_pages.
    *("pilotage-fiches-classeur", "pilotage-delais-classeur", "obstacles-classeur"),
    "engagements-a-suivre-classeur",
}
AUTRES = {"dire-utile", "engagements-a-suivre", "reprendre-la-saisie", *PILOTAGE, *COMPTES}
# Walked by test_api, table by table.
AUTRES |= {"api-v1", "api-introuvable"} | {f"api-{nom}" for nom in noms()}
AUTRES |= {f"api-{nom}-ligne" for nom in noms() if Table(nom).cle()}
AUTRES |= {"donnees-archive"}  # made by a command: test_archives
# What only they do on a fiche, or for themselves: tests/programme/instruction and test_rappels.
AUTRES |= {"instruction", "complement", "complement-retirer"}
AUTRES |= {"agenda", "agenda-ouvrir", "agenda-fermer"}
AUTRES |= {"sante-pret", "metriques"}  # for who watches the service: test_veille
AUTRES |= {"courriels-rebonds"}  # for a mail server: test_rebonds


def adresses(resolveur=None):
    for motif in (resolveur or get_resolver()).url_patterns:
        if not isinstance(motif, URLResolver):
            yield motif.name
        elif motif.namespace != "admin":
            yield from adresses(motif)


def _contrat_en_preparation(ici):
    contrat = f.ContratFactory(
        territoire=ici, reference=f"contrat-{SECRET}", etat="preparation", signe_le=None
    )
    signe = f.DocumentContratFactory(contrat=contrat)
    vote = f.SignataireContratFactory(contrat=contrat, fichier=signe.fichier.name)
    return {
        "contrat": [contrat.reference],
        "document-contrat": [contrat.reference, signe.pk],
        "deliberation-contrat": [contrat.reference, vote.pk],
    }


def non_publics(ici, edition, brouillon):
    """By address name, what to put into it: one object of each kind that is not public."""
    futur = f.territoire_publie(ici.regions[0], nom=f"Futur {SECRET}", edition=brouillon)
    fiche = f.fiche_complete(ici, titre=f"Fiche {SECRET}", contact_nom=SECRET)
    convention = f.ConventionFactory(
        publiee=False, objet=f"Convention {SECRET}", partenaire__identifiant="operateur"
    )
    promesse = f.EngagementFactory(convention=convention, intitule=SECRET)
    annexe = f.partenaires.DocumentConventionFactory(convention=convention)
    pratique = f.BonnePratiqueFactory(titre=f"Pratique {SECRET}", territoire=ici)
    theme = f.ThemeFactory(identifiant="logement")
    fiche.themes.add(theme)
    pratique.themes.add(theme)
    assemblee = f.AssembleeFactory(titre=f"Assemblée {SECRET}", publiee_le=None, edition=edition)
    parole = f.InterventionFactory(
        sequence__assemblee=assemblee, intervenant__nom=SECRET, territoire=ici
    )
    document = f.DocumentFactory(assemblee=assemblee)
    secrete = {"titre": f"Texte {SECRET}", "publiee_le": None}
    return {
        "actualite": [f.ActualiteFactory(**secrete).identifiant],
        "page-editoriale": [f.PageEditorialeFactory(**secrete).identifiant],
        "carte": [brouillon.code],
        "fichier-carte": [brouillon.code, "territoires.geojson"],
        "integrer-carte": [brouillon.code],
        "integrer-territoire": [futur.identifiant],
        "comparaison": [edition.code, brouillon.code],
        "territoire": [futur.identifiant],
        "brochure": [futur.identifiant],
        "vignette-territoire": [futur.identifiant],
        "nouvelles-territoire": [futur.identifiant],
        "fiche": [fiche.reference],
        "vignette-fiche": [fiche.reference],
        "piece-jointe": [fiche.reference, f.PieceJointeFactory(fiche=fiche).pk],
        "document-mouvement": [fiche.reference, _preuve(fiche).pk],
        "convention": [convention.reference],
        "engagement": [convention.reference, promesse.numero],
        "document-convention": [convention.reference, annexe.pk],
        **_contrat_en_preparation(ici),
        "bonne-pratique": [pratique.identifiant],
        "assemblee": [assemblee.identifiant],
        "vignette-assemblee": [assemblee.identifiant],
        "assemblee-calendrier": [assemblee.identifiant],
        "sequence-calendrier": [assemblee.identifiant, parole.sequence.ordre],
        "document": [assemblee.identifiant, document.pk],
        "intervenant": [parole.intervenant.identifiant],
    }


def _monde():
    region, voisine = f.RegionFactory(code="27"), f.RegionFactory(code="75")
    f.IntercommunaliteFactory(siren=f.siren(1))
    ici = f.territoire_publie(region, nom="Ici")
    ailleurs = f.territoire_publie(voisine, nom="Ailleurs")
    brouillon = f.EditionCarteFactory(
        code="2099-01", date="2099-01-01", publiee_le=None, occasion=SECRET
    )
    agents = {
        "anonyme": None,
        "sans périmètre": f.AgentFactory(),
        "intercommunalité voisine": f.agents_de(ailleurs)[0],
        "région voisine": f.agents_de(ailleurs)[1],
        "préfecture voisine": f.agent_etat(voisine),
        "opérateur voisin": f.agent_operateur(f.PartenaireFactory()),
        "État": f.agent_etat(region),
        "intercommunalité": f.agents_de(ici)[0],
        "région": f.agents_de(ici)[1],
        "délégation": f.agent_delegation(),
    }
    secrets = non_publics(ici, ici.perimetre_courant.edition, brouillon)
    operateur = Partenaire.objects.get(identifiant="operateur")
    fiche = FicheAction.objects.get(reference=secrets["fiche"][0])
    fiche.partenaires.add(operateur)
    FicheAction.objects.filter(pk=fiche.pk).update(partagee_le=timezone.now())  # with its région
    agents["opérateur"] = f.agent_operateur(operateur)
    return {"secrets": secrets, "agents": agents, "ici": ici}


monde = une_fois(_monde)


def entrer(client, agent):
    if agent:
        client.force_login(agent)
    return client


def contenu(reponse):
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    return octets.decode("utf-8", "replace")


def _preuve(fiche):
    """A move of money with its document."""
    document = ContentFile(b"%PDF-1.4 essai", "arrete.pdf")
    ligne = f.FinancementFactory(fiche=fiche)
    return f.MouvementFinancierFactory(financement=ligne, document=document)


def test_every_address_is_listed_here():
    listees = {*OUVERTES, *DE_REFERENCE, *SECRETES, *AUTRES}
    assert set(adresses()) == listees


@pytest.mark.parametrize("genre", GENRES)
def test_what_is_open_shows_no_secret_to_anybody(genre, monde, client):
    entrer(client, monde["agents"][genre])
    pages = [reverse(nom) for nom in OUVERTES]
    pages += [reverse(nom, args=arguments) for nom, arguments in DE_REFERENCE.items()]
    for adresse in [*pages, monde["ici"].get_absolute_url()]:
        reponse = client.get(adresse)
        assert reponse.status_code == 200, adresse
        assert SECRET not in contenu(reponse), adresse


@pytest.mark.parametrize("genre", GENRES)
def test_a_search_for_a_secret_finds_nothing(genre, monde, client):
    entrer(client, monde["agents"][genre])
    reponse = client.get(reverse("recherche"), {"q": SECRET})
    trouves = list(reponse.context["groupes"])
    for nom in ("fiches", "territoires", "bonnes-pratiques", "assemblees"):
        trouves += client.get(reverse(nom), {"texte": SECRET, "q": SECRET}).context["page_obj"]
    assert trouves == []


@pytest.mark.parametrize("genre", GENRES)
def test_a_secret_does_not_exist_for_who_may_not_read_it(genre, monde, client):
    entrer(client, monde["agents"][genre])
    fautes = {}
    for nom, lecteurs in SECRETES.items():
        reponse = client.get(reverse(nom, args=monde["secrets"][nom]))
        texte = contenu(reponse)
        if reponse.status_code != (200 if genre in lecteurs else 404):
            fautes[nom] = reponse.status_code
        elif reponse.status_code == 404 and SECRET in texte:
            fautes[nom] = texte[:2000]
    assert fautes == {}


def test_what_search_engines_are_told_of_is_there_and_no_secret(monde, client):
    def lues(adresse):
        return re.findall("<loc>http://testserver(.+?)</loc>", contenu(client.get(adresse)))

    sections = lues(reverse("plan-du-site"))
    annoncees = [adresse for section in sections for adresse in lues(section)]
    assert monde["ici"].get_absolute_url() in annoncees
    assert {a: client.get(a).status_code for a in annoncees} == dict.fromkeys(annoncees, 200)


def test_search_engines_are_not_told_of_what_is_invented(client, settings):
    assert "plan-du-site.xml" in contenu(client.get(reverse("robots")))
    settings.DEMO = True
    assert contenu(client.get(reverse("robots"))) == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("genre", GENRES)
def test_commitments_to_follow_are_for_agents(genre, monde, client):
    entrer(client, monde["agents"][genre])
    statut = client.get(reverse("engagements-a-suivre")).status_code
    assert (statut == 200) is (genre in AGENTS)
