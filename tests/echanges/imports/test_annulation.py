"""An import is taken back as a whole, or says what stands in the way."""

import csv
import datetime
import io
import random

import pytest
from django.core.exceptions import PermissionDenied

from echanges.colonnes.colonne import Relation
from echanges.colonnes.valeurs import Date, Nombre, Texte
from echanges.registre import resources
from programme.fiches.models import FicheAction
from territoires.agents.models import Agent
from territoires.editions.models import Perimetre, Trace
from territoires.geographie.models import Intercommunalite, Region
from tests import factories
from tests.echanges.imports.outils import (
    annuler,
    importer,
    photographie,
    un_programme,
    une_fiche_decidee,
)
from tests.echanges.outils import csv as fichier
from tests.memoire import Memoire

pytestmark = pytest.mark.django_db
MARS = datetime.date(2024, 3, 1)


def test_what_was_created_goes_and_what_was_changed_comes_back():
    factories.RegionFactory(code="84", nom="Rhône-Alpes")
    avant = photographie()
    depot = importer("regions", fichier("code,nom", "84,Auvergne", "11,Île"))
    assert annuler(depot) == []
    assert photographie() == avant
    depot.refresh_from_db()
    assert (depot.etat, depot.annule_le is None) == ("annule", False)


@pytest.mark.parametrize("graine", range(4))
def test_wherever_a_walk_of_imports_leads_undoing_them_leads_back(graine):
    """Every kind of object, changed at random and created anew, undone in reverse order."""
    hasard = random.Random(graine)
    un_programme()
    depots = []
    with Memoire().ecouter() as memoire:
        for nom in hasard.sample(list(resources()), 34):
            avant = photographie(memoire)
            contenu = alterer(nom, avant[nom], hasard)
            if contenu is not None:
                depots.append((importer(nom, contenu), avant))
        assert len(depots) > 5
        for depot, avant in reversed(depots):
            assert annuler(depot) == [], depot
            assert photographie(memoire) == avant, depot
    assert photographie() == depots[0][1]


def alterer(nom, export, hasard):
    """This export with some cells changed and some rows copied under another key, as accepted."""
    lignes = list(csv.DictReader(io.StringIO(export.decode(), newline="")))
    resource = resources()[nom]()
    neuves = []
    for ligne in lignes:
        if hasard.random() < 0.7:
            neuves.append(alterer_la_ligne(ligne, resource, hasard))
        if hasard.random() < 0.5:
            neuves.append(alterer_la_ligne(changer_la_cle(ligne, resource), resource, hasard))
    while neuves:
        sortie = io.StringIO()
        ecrivain = csv.DictWriter(sortie, fieldnames=neuves[0])
        ecrivain.writeheader()
        numeros = []
        for ligne in neuves:
            numeros.append(sortie.getvalue().count("\n") + 1)
            ecrivain.writerow(ligne)
        refus = resources()[nom]().analyser(sortie.getvalue().encode()).refus
        if not refus:
            return sortie.getvalue().encode()
        neuves = [ligne for n, ligne in zip(numeros, neuves, strict=True) if n not in refus]
    return None


def alterer_la_ligne(ligne, resource, hasard):
    ligne = dict(ligne)
    for colonne in resource.colonnes:
        if colonne.cle or colonne.nom == "etat" or hasard.random() < 0.4:
            continue
        valeur = getattr(colonne, "valeur", None)
        if isinstance(valeur, Texte) and not isinstance(colonne, Relation):
            ligne[colonne.nom] = ligne[colonne.nom][:20] + hasard.choice(["é", "=1", " ; x", ""])
        elif isinstance(valeur, Nombre):
            ligne[colonne.nom] = f"{hasard.randrange(10**6)},5"
        elif isinstance(valeur, Date) and not ligne[colonne.nom]:
            ligne[colonne.nom] = "12/03/2030"
        elif not hasattr(colonne, "attribut") and colonne.nom != "membre":
            ligne[colonne.nom] = ""
    return ligne


def changer_la_cle(ligne, resource):
    ligne = dict(ligne)
    for colonne in resource.cles:
        if isinstance(getattr(colonne, "valeur", None), Texte):
            ligne[colonne.nom] = ligne[colonne.nom][:10] + "-bis"
            break
        if len(colonne.entetes) == 1 and ligne[colonne.nom].isdigit():
            ligne[colonne.nom] = str(int(ligne[colonne.nom]) + 50)
            break
    return ligne


def test_an_object_changed_since_stands_in_the_way_with_who_changed_it():
    fiche = factories.FicheActionFactory(titre="Avant")
    autre = factories.FicheActionFactory(titre="Autre")
    lignes = [f"{fiche.reference},Après", f"{autre.reference},Aussi"]
    depot = importer("fiches", fichier("reference,titre", *lignes))
    fiche.refresh_from_db()
    fiche.contexte = "Ajouté par quelqu’un"
    fiche._history_user = factories.agent_delegation(username="camille")
    fiche.save()
    ((nom, raison),) = annuler(depot)
    assert nom == "Après"
    assert raison.startswith("a été modifié depuis (")
    assert FicheAction.objects.get(pk=autre.pk).titre == "Aussi"  # all or nothing


def test_a_created_object_on_which_something_rests_is_not_deleted():
    depot = importer("regions", fichier("code,nom", "84,Auvergne"))
    for code, nom in (("01", "Ain"), ("07", "Ardèche"), ("26", "Drôme")):
        factories.DepartementFactory(code=code, nom=nom, region_id="84")
    ((nom, raison),) = annuler(depot)
    assert nom == "Auvergne"
    assert raison == "s’y rattache : département «\u202fAin (01)\u202f», et 2 autres"
    assert Region.objects.exists()


def test_an_intercommunalite_named_as_successor_by_another_is_not_deleted():
    factories.DepartementFactory(code="71")
    ancienne = factories.IntercommunaliteFactory()
    lignes = ["247100589,CA Le Grand Chalon,CA,71"]
    depot = importer("intercommunalites", fichier("siren,nom,nature,departement", *lignes))
    ancienne.successeurs.add("247100589")
    raison = f"s’y rattache : intercommunalité « {ancienne} »"
    assert annuler(depot) == [("CA Le Grand Chalon", raison)]
    ancienne.successeurs.clear()
    assert annuler(depot) == []
    assert list(Intercommunalite.objects.all()) == [ancienne]


def test_a_fiche_sent_up_since_is_not_taken_back():
    fiche = factories.FicheActionFactory()
    depot = importer("fiches", fichier("reference,titre", f"{fiche.reference},Après"))
    FicheAction._base_manager.bulk_update([FicheAction(pk=fiche.pk, etat="transmise")], ["etat"])
    assert [nom for nom, _ in annuler(depot)] == ["Après"]


def test_an_account_that_was_used_is_kept():
    depot = importer("agents", fichier("username,niveau", "camille,delegation"))
    agent = Agent.objects.get(username="camille")
    agent.set_password("un mot de passe choisi depuis")
    agent.save()
    assert [raison for _, raison in annuler(depot)] == ["ce compte a déjà servi"]


def test_a_created_perimetre_goes_with_its_members_its_outline_and_its_regions():
    edition = factories.EditionCarteFactory(publiee_le=None)
    territoire = factories.TerritoireFactory()
    membre = factories.IntercommunaliteFactory()
    factories.ContourFactory(intercommunalite=membre, commune=None, region=None)
    ligne = f"{edition.code},ti-1,Neuf,{territoire.identifiant},{membre.pk}"
    depot = importer("perimetres", fichier("edition,code,nom,territoire,membre", ligne))
    assert Perimetre.objects.exists() and Trace.objects.exists()
    assert annuler(depot) == []
    assert not Perimetre.objects.exists() and not Trace.objects.exists()


def test_the_rights_are_asked_again():
    depot = importer("regions", fichier("code,nom", "84,Auvergne"), factories.agent_delegation())
    with pytest.raises(PermissionDenied):
        annuler(depot, factories.agent_region())
    assert Region.objects.exists()


def serie(indicateur):
    return list(indicateur.mesures.values_list("mesure_le", "valeur", "commentaire", "auteur"))


@pytest.mark.parametrize(
    ("nom", "entetes", "fin"),
    [
        ("indicateurs", "fiche,libelle,valeur,mesure_le", ["7,2024-01-01", "7,2024-02-01"]),
        ("indicateurs", "fiche,libelle,valeur,mesure_le", ["7,2024-03-01", "7,2025-01-01"]),
        (
            "mesures",
            "fiche,indicateur,mesure_le,valeur",
            ["2024-01-01,7", "2024-02-01,7", "2024-03-01,7", "2025-01-01,7"],
        ),
    ],
)
def test_a_measure_written_over_another_of_its_day_gives_it_back_with_its_author(nom, entetes, fin):
    fiche = une_fiche_decidee()
    camille, dominique = factories.agent_delegation(), factories.agent_delegation()
    indicateur = factories.IndicateurFactory(fiche=fiche, libelle="i", valeur=3, mesure_le=MARS)
    factories.MesureFactory(indicateur=indicateur, mesure_le="2024-02-01", valeur=2, auteur=camille)
    indicateur.mesures.update(commentaire="Vu.", auteur=camille)
    seul = factories.IndicateurFactory(fiche=fiche, libelle="seul")
    avant, annonces = serie(indicateur), photographie()
    for ligne in fin:
        depot = importer(nom, fichier(entetes, f"{fiche.reference},i,{ligne}"), dominique)
        assert annuler(depot, dominique) == []
        assert (serie(indicateur), photographie()) == (avant, annonces), ligne
    depot = importer(
        "mesures",
        fichier("fiche,indicateur,mesure_le,valeur", f"{fiche.reference},seul,2024-05-01,1"),
    )
    seul.refresh_from_db()
    assert seul.valeur == 1
    assert annuler(depot) == []
    assert photographie() == annonces


def test_a_file_that_says_nothing_of_a_measure_leaves_its_author():
    camille = factories.AgentFactory()
    indicateur = factories.IndicateurFactory(libelle="i", valeur=3, mesure_le=MARS)
    indicateur.mesures.update(auteur=camille)
    ligne = f"{indicateur.fiche.reference},i,50"
    importer("indicateurs", fichier("fiche,libelle,cible", ligne), factories.agent_delegation())
    assert serie(indicateur) == [(MARS, 3, "", camille.pk)]


def test_history_tells_the_import_and_its_undoing():
    agent = factories.agent_delegation()
    fiche = factories.FicheActionFactory(titre="Avant")
    territoire = fiche.territoire.identifiant
    lignes = [f"{fiche.reference},Après,", f"FA-NEUVE,Neuve,{territoire}"]
    depot = importer("fiches", fichier("reference,titre,territoire", *lignes[1:]), agent)
    annuler(depot, agent)
    trace = FicheAction.history.filter(reference="FA-NEUVE").first()
    assert (trace.history_type, trace.history_user, trace.history_change_reason) == (
        "-",
        agent,
        f"Annulation de l’import nᵒ {depot.pk}",
    )
