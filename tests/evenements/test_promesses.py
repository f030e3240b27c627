"""From promise to result and back: who announced what, together or alone, and where it stands."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from evenements.models import Annonce, Assemblee, Intervenant
from territoires.recherche.indexation import mettre_a_jour
from tests import factories as f
from tests.echanges.outils import exporter, importer

pytestmark = pytest.mark.django_db
FICHIERS = ("assemblees", "sequences", "intervenants", "interventions", "annonces")


def annoncer(sequence=None, ensemble=(), **options):
    """An annonce without target unless one is given, which only a demande may be."""
    options = {"contrat": None} | options
    annonce = f.AnnonceFactory(sequence=sequence or f.SequenceFactory(), **options)
    annonce.ensemble.set(ensemble)
    return annonce


def lue(client, adresse):
    return BeautifulSoup(client.get(adresse).content, "html.parser").main


def mots(balise):
    return " ".join(balise.get_text().replace("\u202f", " ").split())


def suites(client, adresse):
    """What a page tells of each annonce and where it stands."""
    titre = lue(client, adresse).find("h2", string="Ce qui a été annoncé, et où cela en est")
    return [mots(ligne) for ligne in titre.find_next("ul").find_all("li")] if titre else []


def deux_voix(sequence, *noms):
    return [
        f.InterventionFactory(
            sequence=sequence, intervenant__prenom="", intervenant__nom=nom
        ).intervenant
        for nom in noms
    ]


@pytest.mark.parametrize("fabrique", [f.ConventionFactory, f.ContratFactory])
def test_what_became_of_it_tells_where_when_and_by_whom_it_was_announced(client, fabrique):
    sequence, cible = f.SequenceFactory(), fabrique()
    champ = "contrat" if fabrique is f.ContratFactory else "convention_signee"
    organisation = f.InterventionFactory(
        sequence=sequence, intervenant=None, organisation="Banque d’essai"
    )
    annonce = annoncer(
        sequence, deux_voix(sequence, "Amont", "Bief"), intervention=organisation, **{champ: cible}
    )
    page = lue(client, cible.get_absolute_url())
    (ligne,) = page.find("h2", string="Où cela a été annoncé").find_next("ul").find_all("li")
    attendu = "Annoncé à Lyon le 5 mars 2019 par Amont et Bief (Banque d’essai)"
    assert mots(ligne) == f"{attendu} {annonce.texte}"
    assemblee = sequence.assemblee.get_absolute_url()
    adresses = [lien["href"] for lien in ligne.find_all("a")]
    assert adresses[0] == f"{assemblee}#sequence-{sequence.ordre}"
    assert adresses[1:] == [i.get_absolute_url() for i in annonce.ensemble.all()]


@pytest.mark.parametrize("nombre", [1, 3])
def test_convention_page_costs_the_same_for_one_and_three_annonces(
    client, nombre, django_assert_num_queries
):
    convention = f.ConventionFactory()
    for _ in range(nombre):
        sequence = f.SequenceFactory()
        annoncer(sequence, deux_voix(sequence, "Amont", "Bief"), convention_signee=convention)
    mettre_a_jour()
    with django_assert_num_queries(11):
        client.get(convention.get_absolute_url())


def test_a_request_binds_nobody_and_may_stay_without_answer(client):
    demande = annoncer(nature="demande", texte="Un contrat unique")
    (ligne,) = suites(client, demande.sequence.assemblee.get_absolute_url())
    assert ligne == "Demande Un contrat unique Aujourd’hui : aucune suite n’est enregistrée."
    with pytest.raises(IntegrityError), transaction.atomic():
        annoncer(nature="promesse")
    contrat = f.ContratFactory()
    exaucee = annoncer(demande.sequence, nature="demande", contrat=contrat)
    assert (
        f"Aujourd’hui : {contrat}, "
        in suites(client, demande.sequence.assemblee.get_absolute_url())[-1]
    )
    with pytest.raises(ValidationError, match="une seule chose"):
        exaucee.registre = "bonnes-pratiques"
        exaucee.full_clean()


def test_a_whole_list_is_followed_by_what_it_holds_in_public(client):
    annonce = annoncer(registre="bonnes-pratiques", texte="Des pratiques formalisées")
    adresse = annonce.sequence.assemblee.get_absolute_url()
    f.BonnePratiqueFactory()
    assert suites(client, adresse)[0].endswith("les bonnes pratiques publiées, aucune à ce jour.")
    for nombre in (1, 2):
        f.bonne_pratique_publiee()
        (ligne,) = suites(client, adresse)
        assert ligne.endswith(f"les bonnes pratiques publiées, {nombre} à ce jour.")
    assert f'href="{reverse("bonnes-pratiques")}"' in str(lue(client, adresse))


def test_a_convention_is_followed_by_its_kept_engagements(client):
    convention = f.ConventionFactory(signee_le=datetime.date(2019, 3, 5))
    annonce = annoncer(convention_signee=convention)
    adresse = annonce.sequence.assemblee.get_absolute_url()
    assert suites(client, adresse)[0].endswith(f"{convention}, signée le 5 mars 2019.")
    for etat in ("tenu", "en_cours", "tenu"):
        f.EngagementFactory(convention=convention, etat=etat)
    f.EngagementFactory(etat="tenu")
    assert suites(client, adresse)[0].endswith("5 mars 2019, engagements tenus : 2 sur 3.")


def test_a_contract_and_a_map_say_how_large_they_are(client):
    jour = {"signe_le": datetime.date(2019, 4, 23), "nombre_fiches_annonce": 21}
    sequence = f.SequenceFactory()
    annoncer(sequence, contrat=f.ContratFactory(etat="signe", **jour))
    annoncer(sequence, contrat=f.ContratFactory(etat="termine", **jour))
    for mois, connue in ((3, False), (9, True)):
        edition = f.EditionCarteFactory(
            code=f"2019-0{mois}",
            date=datetime.date(2019, mois, 5),
            nombre_annonce=136,
            composition_connue=connue,
        )
        annoncer(sequence, edition=edition)
    fins = (
        "signé le 23 avril 2019, 21 fiches actions.",
        "terminé, 21 fiches actions.",
        "136 territoires dont la liste n’est pas connue ici.",
        "carte publiée, 136 territoires.",
    )
    lues = suites(client, sequence.assemblee.get_absolute_url())
    assert [ligne.endswith(fin) for ligne, fin in zip(lues, fins, strict=True)] == [True] * 4, lues


def test_a_person_answers_for_what_it_announced_alone_and_together(client):
    sequence = f.SequenceFactory()
    parole = f.InterventionFactory(sequence=sequence)
    (autre,) = deux_voix(sequence, "Amont")
    contrat = f.ContratFactory()
    seule = annoncer(sequence, intervention=parole, contrat=contrat)
    commune = annoncer(sequence, [parole.intervenant, autre], contrat=contrat)
    annoncer(sequence, [autre], contrat=contrat)
    secrets = {"contrat": f.ContratFactory(etat="preparation", signe_le=None)}
    annoncer(sequence, [parole.intervenant], **secrets)
    brouillon = f.SequenceFactory(assemblee__publiee_le=None)
    annoncer(brouillon, [parole.intervenant], contrat=contrat)
    page = client.get(parole.intervenant.get_absolute_url())
    assert list(page.context["annonces"]) == [seule, commune]
    lignes = suites(client, parole.intervenant.get_absolute_url())
    assert [ligne.split(" Aujourd’hui")[0] for ligne in lignes] == [seule.texte, commune.texte]
    assert f"Annoncé à Lyon le 5 mars 2019 par {parole.intervenant}" in lignes[0]


def test_who_is_known_from_a_draft_alone_is_not_named(client):
    muet = f.InterventionFactory(sequence__assemblee__publiee_le=None).intervenant
    contrat = f.ContratFactory()
    annonce = annoncer(None, [muet], contrat=contrat)
    for adresse in (annonce.sequence.assemblee.get_absolute_url(), contrat.get_absolute_url()):
        assert muet.nom not in mots(lue(client, adresse))
    fichier = client.get(reverse("donnees-csv", args=["annonces", "machine"])).getvalue().decode()
    assert annonce.texte in fichier
    assert muet.identifiant not in fichier


def test_the_preview_of_a_draft_names_them_without_leading_nowhere(client):
    parole = f.InterventionFactory(sequence__assemblee__publiee_le=None)
    annoncer(parole.sequence, [parole.intervenant], contrat=f.ContratFactory())
    client.force_login(f.agent_delegation())
    voir = reverse("admin:evenements_assemblee_voir", args=[parole.sequence.assemblee.pk])
    (ligne,) = suites(client, voir)
    assert ligne.endswith(f"Annoncé par {parole.intervenant}")
    assert parole.intervenant.get_absolute_url() not in str(lue(client, voir))


@pytest.mark.parametrize("nombre", [1, 3])
def test_person_page_costs_the_same_for_one_and_three_annonces(
    client, nombre, django_assert_num_queries
):
    parole = f.InterventionFactory()
    for _ in range(nombre):
        annoncer(parole.sequence, [parole.intervenant], contrat=f.ContratFactory())
        annoncer(parole.sequence, [parole.intervenant], convention_signee=f.ConventionFactory())
    with django_assert_num_queries(5):
        client.get(parole.intervenant.get_absolute_url())


def test_what_was_said_together_is_read_on_the_page_of_each(client):
    sequence = f.SequenceFactory(dit_ensemble="Une même voix.")
    voix = deux_voix(sequence, "Amont", "Bief")
    for adresse in (sequence.assemblee.get_absolute_url(), *(v.get_absolute_url() for v in voix)):
        assert mots(lue(client, adresse)).count("Une même voix.") == 1
    assert mots(lue(client, reverse("interventions"))).count("Une même voix.") == 2


def test_difficulties_are_listed_one_by_one(client):
    sequence = f.SequenceFactory(difficultes="Trop vaste.\n\n Trop loin. \n")
    titre = lue(client, sequence.assemblee.get_absolute_url()).find(
        "h5", string="Difficultés relevées"
    )
    lignes = titre.find_next("ul").find_all("li")
    assert [ligne.text for ligne in lignes] == ["Trop vaste.", "Trop loin."]


def test_an_assemblee_of_unknown_town_is_told_everywhere(client):
    assemblee = f.AssembleeFactory(ville="", titre="Lancement")
    sequence = f.SequenceFactory(assemblee=assemblee)
    parole = f.InterventionFactory(sequence=sequence)
    contrat = f.ContratFactory()
    annoncer(sequence, contrat=contrat)
    assert "Les 5 et 6 mars 2019" in mots(lue(client, assemblee.get_absolute_url()))
    assert "Lancement 5 mars 2019" in mots(lue(client, parole.intervenant.get_absolute_url()))
    assert "Annoncé le 5 mars 2019" in mots(lue(client, contrat.get_absolute_url()))
    agenda = client.get(reverse("assemblee-calendrier", args=[assemblee.identifiant]))
    assert b"LOCATION" not in agenda.content


@pytest.mark.parametrize(
    ("ville", "dite"),
    [("Lyon", "à Lyon"), ("Le Creusot", "au Creusot"), ("Les Herbiers", "aux Herbiers"), ("", "")],
)
def test_a_town_is_named_as_one_says_it(ville, dite):
    assert Assemblee(ville=ville).a_la_ville == dite


def test_promises_leave_and_come_back_to_the_letter(client):
    sequence = f.SequenceFactory(
        dit_ensemble="Une même voix.", difficultes="Trop vaste.\nTrop loin.", assemblee__ville=""
    )
    voix = deux_voix(sequence, "Amont", "Bief")
    annoncer(sequence, voix, convention_signee=f.ConventionFactory())
    annoncer(sequence, nature="demande", intervention=sequence.interventions.first())
    annoncer(sequence, registre="bonnes-pratiques")
    annoncer(sequence, contrat=f.ContratFactory())
    f.EngagementFactory()
    annoncer(sequence, engagement=f.EngagementFactory())
    fichiers = {nom: exporter(nom) for nom in FICHIERS}
    page = str(lue(client, sequence.assemblee.get_absolute_url()))
    Assemblee.objects.all().delete()
    Intervenant.objects.all().delete()
    assert not Annonce.objects.exists()
    for nom, contenu in fichiers.items():
        importer(nom, contenu)
    assert {nom: exporter(nom) for nom in FICHIERS} == fichiers
    assert str(lue(client, Assemblee.objects.get().get_absolute_url())) == page
