"""Names of every alphabet, or of none: a key and an address each, never two people in one."""

from itertools import combinations

import pytest
from django.core.validators import validate_slug
from django.urls import reverse

from evenements.inscription import Annuaire, inscrire
from evenements.models import Intervenant
from evenements.programme_colle import lire, lire_parole
from programme.fichiers import nom_sur
from programme.pratiques.brouillon import pratique_depuis
from territoires.champs import cle_de_recherche, cle_distincte
from tests import factories as f
from tests.programme.test_fuites import valider

NOMS = [
    *("Иван Петров", "Γιώργος Παπαδόπουλος", "李小龙", "成龙", "محمد علي", "राम सेन", "रीम सेन"),
    *("Łukasz Ørsted", "Anaïs Œuvrard", "Jörg Weiß", "Đặng Thị", "★", "🏭 🏭", "—", "1"),
]
LETTRES = [nom for nom in NOMS if any(c.isalpha() for c in nom)]


def test_keys_are_never_empty_and_never_one_for_two():
    assert all(map(cle_distincte, NOMS))
    for un, autre in combinations(NOMS, 2):
        assert cle_distincte(un) != cle_distincte(autre), (un, autre)
    assert all(map(cle_de_recherche, LETTRES))
    assert cle_de_recherche("Łukasz ØRSTED") == cle_de_recherche("lukasz orsted")


def test_marks_that_are_vowels_are_kept_and_accents_are_not():
    assert cle_de_recherche("राम") != cle_de_recherche("रम")
    assert cle_de_recherche("Ива́н") == cle_de_recherche("Иван")


@pytest.mark.django_db
def test_each_name_is_a_person_with_an_address_of_its_own(client):
    annuaire = Annuaire()
    noms = [nom for nom in NOMS if nom != "1"]
    for nom in noms:
        annuaire.trouver_ou_creer(lire_parole(nom))
    assert Intervenant.objects.count() == len(noms)
    assemblee = f.AssembleeFactory()
    for intervenant in Intervenant.objects.all():
        validate_slug(intervenant.identifiant)
        f.InterventionFactory(sequence__assemblee=assemblee, intervenant=intervenant)
        page = client.get(reverse("intervenant", args=[intervenant.identifiant]))
        assert intervenant.nom in page.content.decode()
    # Read again, everybody is known.
    annuaire = Annuaire()
    assert all(annuaire.trouver(lire_parole(nom)) for nom in noms)
    assert Intervenant.objects.get(nom="Ørsted").identifiant == "lukasz-orsted"


@pytest.mark.django_db
def test_titles_without_a_letter_are_two_sequences_and_two_rooms():
    assemblee = f.AssembleeFactory()
    texte = "9h ★ (salle ★)\n- Иван Петров, директор\n9h 🏭 (salle 🏭)\n- Γιώργος Παππάς, μηχανικός"
    lues, refus = lire(texte, assemblee)
    assert refus == []
    assert len(inscrire(assemblee, lues)) == 2
    assert inscrire(assemblee, lire(texte, assemblee)[0]) == []
    assert Intervenant.objects.count() == 2
    une, autre = assemblee.sequences.all()
    une.salle, autre.salle = "★", "🏭"
    assert not une.chevauche(autre)


@pytest.mark.django_db
@pytest.mark.parametrize("titre", ["Завод будущего", "★", "Œuvrer à Łódź"])
def test_a_bonne_pratique_drawn_from_any_title_has_an_address(rf, titre):
    fiche = f.fiche_complete(f.territoire_publie(), titre=titre)
    valider(fiche, f.agent_delegation())
    rf = rf.get("/", {"depuis": fiche.pk})
    rf.user = f.agent_delegation()
    validate_slug(pratique_depuis(rf)["identifiant"])


@pytest.mark.django_db
@pytest.mark.parametrize("ville", ["Łódź", "Пловдив", "★"])
def test_an_assemblee_of_any_town_has_an_address(client, delegation, ville):
    lignes = {}
    for prefixe in ("sequences", "documents", "corrections"):
        lignes |= {f"{prefixe}-TOTAL_FORMS": 0, f"{prefixe}-INITIAL_FORMS": 0}
    envoi = {"titre": "Essai", "ville": ville, "date_debut": "05/03/2019", "date_fin": "05/03/2019"}
    reponse = client.post(reverse("admin:evenements_assemblee_add"), lignes | envoi)
    assert reponse.status_code == 302
    (assemblee,) = f.AssembleeFactory._meta.model.objects.all()
    validate_slug(assemblee.identifiant)


@pytest.mark.parametrize("nom", NOMS)
def test_a_file_of_any_name_keeps_one(nom):
    racine, _, extension = nom_sur(f"{nom}.pdf").partition(".")
    validate_slug(racine)
    assert extension == "pdf"
