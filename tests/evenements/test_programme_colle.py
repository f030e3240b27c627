"""A programme pasted as text: what is read, and which line is not, and why."""

import datetime

import pytest

from evenements.inscription import deja_inscrites, inscrire
from evenements.models import Assemblee, Intervenant, Sequence
from evenements.programme_colle import lire
from tests import factories

LYON = Assemblee(
    date_debut=datetime.date(2019, 3, 5), date_fin=datetime.date(2019, 3, 6), ville="Lyon"
)
PROGRAMME = """Mardi 5 mars 2019

14h00 – 15h30 : Table ronde d’ouverture (salle plénière)
- Mme Camille EXEMPLE, présidente, Association des essais
- Dominique Essai, délégué
15h30 Signature de la convention
Intervenants : Bpifrance ; Camille Exemple, présidente

06/03/2019
9:00-10:30\tPremier sujet\tsalle Rhône\tAlex Exemple, ingénieur ; Dominique Essai
10h – 12h : Ateliers en parallèle
Atelier 1 : les compétences
- Alex Exemple
Atelier 2 : le foncier
Après-midi : Clôture
"""


def resume(lue):
    s = lue.sequence
    heures = tuple(h and f"{h:%H:%M}" for h in (s.debut, s.fin))
    return (s.jour.day, *heures, s.titre, s.salle, s.type, len(lue.paroles))


def test_days_hours_titles_rooms_and_speakers_are_read():
    lues, refus = lire(PROGRAMME, LYON)
    assert refus == []
    assert [resume(lue) for lue in lues] == [
        (5, "14:00", "15:30", "Table ronde d’ouverture", "salle plénière", "table_ronde", 2),
        (5, "15:30", None, "Signature de la convention", "", "signature", 2),
        (6, "09:00", "10:30", "Premier sujet", "salle Rhône", "autre", 2),
        (6, "10:00", "12:00", "Atelier 1 : les compétences", "", "atelier", 1),
        (6, "10:00", "12:00", "Atelier 2 : le foncier", "", "atelier", 0),
        (6, None, None, "Clôture", "", "allocution", 0),
    ]
    presidente = lues[0].paroles[0]
    assert presidente.prenom_et_nom == ("Camille", "Exemple")
    assert (presidente.fonction, presidente.organisation) == (
        "présidente",
        "Association des essais",
    )
    assert lues[-1].sequence.moment == Sequence.Moment.APRES_MIDI


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("Blablabla", "ni un jour, ni une heure"),
        ("25h00 : Ouverture", "n’est pas une heure"),
        ("15h – 14h : Ouverture", "précède le début"),
        ("14h", "il manque un titre"),
        ("- Camille Exemple", "avant toute séquence"),
        ("31 février 2019", "n’existe pas"),
        ("lundi 5 mars 2019", "est un mardi"),
        ("7 mars 2019", "les 5 et 6 mars 2019"),
    ],
)
def test_a_line_that_does_not_parse_is_named_with_its_reason(ligne, raison):
    lues, (refus,) = lire(f"\n{ligne}\n16h : La suite\n- Camille Exemple", LYON)
    assert (refus.ligne, refus.texte) == (2, ligne)
    assert raison in refus.raison
    assert [lue.sequence.titre for lue in lues] == ["La suite"]


def test_a_room_is_not_held_twice():
    texte = "14h-15h : Un (salle A)\n14h30-16h : Deux (Salle A)\n15h : Trois (salle A)"
    lues, (refus,) = lire(texte, LYON)
    assert (refus.ligne, [lue.sequence.titre for lue in lues]) == (2, ["Un", "Trois"])
    assert "déjà prise" in refus.raison


@pytest.mark.parametrize("parole", ["- 15 participants", "-  , présidente", f"- {'x' * 151}"])
def test_what_is_nobody_is_not_made_a_person(parole):
    _, (refus,) = lire(f"14h : Ouverture\n{parole}", LYON)
    assert (refus.ligne, "nom d’une personne" in refus.raison) == (2, True)


@pytest.mark.django_db
def test_people_stand_once_and_the_same_programme_pasted_twice_adds_nothing():
    assemblee = factories.AssembleeFactory()
    factories.PartenaireFactory(nom="Bpifrance")
    connue = factories.IntervenantFactory(prenom="Camille", nom="Exemple")
    avant = factories.SequenceFactory(assemblee=assemblee, ordre=4)
    lues, _ = lire(PROGRAMME, assemblee)
    nouvelles = inscrire(assemblee, lues)
    assert [s.ordre for s in nouvelles] == [5, 6, 7, 8, 9, 10]
    assert set(Intervenant.objects.values_list("prenom", "nom")) == {
        ("Camille", "Exemple"),
        ("Dominique", "Essai"),
        ("Alex", "Exemple"),
    }
    assert connue.interventions.count() == 2
    organisations = nouvelles[1].interventions.values_list("intervenant__nom", "organisation")
    assert list(organisations) == [(None, "Bpifrance"), ("Exemple", "")]
    relues, _ = lire(PROGRAMME, assemblee)
    assert deja_inscrites(assemblee, relues) == relues
    assert inscrire(assemblee, relues) == []
    assert assemblee.sequences.count() == 7
    avant.refresh_from_db()


@pytest.mark.django_db
def test_a_merged_name_leads_to_the_person_kept():
    autre = factories.AutreNomFactory(nom="Camile Exemple", identifiant="camile-exemple")
    assemblee = factories.AssembleeFactory()
    (sequence,) = inscrire(assemblee, lire("14h : Débat\n- Camile EXEMPLE", assemblee)[0])
    assert sequence.interventions.get().intervenant == autre.intervenant


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ailleurs", ["DUPONT Jean", "Jean DUPONT", "Jean Dupont", "M. Jean dupont"]
)
def test_a_person_named_family_name_first_is_made_once(ailleurs):
    assemblee = factories.AssembleeFactory()
    texte = (
        f"14h : Débat\n- DUPONT Jean, maire\n15h : Suite\n- {ailleurs}\n16h : Fin\n- DUPONT Jean"
    )
    inscrire(assemblee, lire(texte, assemblee)[0])
    personne = Intervenant.objects.get()
    assert (personne.prenom, personne.nom) == ("Jean", "Dupont")
    assert personne.interventions.count() == 3
    # Another day's programme finds the same person.
    inscrire(assemblee, lire("17h : Adieux\n- DUPONT Jean", assemblee)[0])
    assert Intervenant.objects.get().interventions.count() == 4


@pytest.mark.django_db
def test_a_sequence_pasted_twice_in_one_text_is_written_once():
    assemblee = factories.AssembleeFactory()
    texte = "14h : Débat\n- Jean Dupont\n" * 2 + "14h : Débat (salle B)\n15h : Suite"
    nouvelles = inscrire(assemblee, lire(texte, assemblee)[0])
    assert [(s.titre, s.salle) for s in nouvelles] == [
        ("Débat", ""),
        ("Débat", "salle B"),
        ("Suite", ""),
    ]
