"""The anonymised copy: nobody is told of in it, and it still serves."""

import json
import zipfile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from config.personnes.champs import (
    INOFFENSIFS,
    PERSONNELS,
    VIDEES,
    a_parcourir,
    inoffensifs,
    porteurs,
    regles,
)
from config.sauvegardes.tables import SANS
from programme.fiches.models import FicheAction
from territoires.agents.models import Agent
from territoires.mandats.models import Mandat
from tests import factories as f
from tests.config.sauvegardes.test_exercice import perdre
from tests.echanges.test_aller_retour import tout

CANARI = "Zxqvwk"
EN_BASE = pytest.mark.django_db(transaction=True)


def test_each_column_that_may_tell_of_a_person_is_declared():
    tus = [
        f"{modele._meta.label}.{champ.name}"
        for modele in a_parcourir()
        for champ in porteurs(modele)
        if champ.name not in regles(modele).keys() | inoffensifs(modele)
    ]
    assert tus == []


def test_nothing_is_declared_that_does_not_exist_or_twice():
    connus = {m._meta.label: m for m in apps.get_models(include_auto_created=True)}
    assert {*VIDEES, *SANS} <= connus.keys()
    for declares in (PERSONNELS, INOFFENSIFS):
        for nom, colonnes in declares.items():
            assert {*colonnes} <= {c.name for c in connus[nom]._meta.concrete_fields}, nom
    for nom in PERSONNELS:
        assert not {*PERSONNELS[nom]} & INOFFENSIFS.get(nom, frozenset()), nom


def marquer():
    """The canary in each column that is declared personal, histories included; how many."""
    marquees = 0
    for modele in a_parcourir():
        for nom, genre in regles(modele).items():
            if genre in ("mot_de_passe", "reseau", "octets", "fichier"):
                continue
            champ = modele._meta.get_field(nom)
            for cle, dit in modele._base_manager.values_list("pk", nom):
                valeur = _marque(champ, genre, dit, cle)
                if valeur is None or modele._meta.label == "territoires.LigneDuJournal":
                    continue
                marquees += modele._base_manager.filter(pk=cle).update(**{nom: valeur})
    return marquees


def _marque(champ, genre, dit, cle):
    """None where the column cannot hold one without breaking its own rule."""
    if genre == "json":
        return (
            {**dit, "mot": f"{CANARI} Dit", "liste": [f"M. {CANARI}"]}
            if isinstance(dit, dict)
            else [f"{CANARI} {cle}"]
        )
    if not dit:
        return None
    if genre == "courriel":
        return f"{CANARI}.{cle}@exemple.fr"
    if genre == "lien":
        return f"https://exemple.fr/{CANARI}/{cle}"
    marque = f"{CANARI}-{cle}" if genre == "identifiant" else f"{CANARI} {cle}"
    return marque if len(marque) <= (champ.max_length or 1000) else None


def copier(dossier, **options):
    chemin = dossier / "copie.zip"
    call_command("anonymiser", str(chemin), verbosity=0, **options)
    return chemin


@EN_BASE
def test_nothing_of_a_person_is_in_the_copy_and_it_restores(tmp_path):
    tout()
    f.PieceJointeFactory()
    f.LigneDuJournalFactory(nom=f"Camille {CANARI}", detail=f"par {CANARI}", adresse="10.9.8.7")
    f.agent_region(username=f"{CANARI}-agent", first_name=CANARI, email=f"{CANARI}@exemple.fr")
    assert marquer() > 200
    chemin = copier(tmp_path, mot_de_passe="une phrase pour essayer")
    with zipfile.ZipFile(chemin) as archive:
        for membre in archive.namelist():
            texte = archive.read(membre).decode("utf-8", "replace")
            assert CANARI.lower() not in (membre + texte).lower(), membre
            assert "10.9.8.7" not in texte, membre
    fiches, agents = FicheAction.objects.count(), Agent.objects.count()
    perdre(tmp_path / "neuf")
    call_command("restaurer", chemin, verbosity=0)
    assert (FicheAction.objects.count(), Agent.objects.count()) == (fiches, agents)


@EN_BASE
def test_the_copy_serves_and_says_the_same_of_the_same_person(tmp_path):
    mandat = f.MandatFactory(nom="Jeanne Martin", courriel="jeanne.martin@exemple.fr")
    mandat.fonction = "présidente"
    mandat.save()
    agent = f.agent_delegation(username="camille", email="camille@exemple.fr")
    fiche = f.FicheActionFactory(titre="Rénover la halle de Jeanne Martin, 06 12 34 56 78")
    chemin = copier(tmp_path, mot_de_passe="une phrase pour essayer")
    perdre(tmp_path / "neuf")
    call_command("restaurer", chemin, verbosity=0)
    mandat = Mandat.objects.get(pk=mandat.pk)
    assert len(mandat.nom) == len("Jeanne Martin") and mandat.nom != "Jeanne Martin"
    assert {ligne.nom for ligne in mandat.history.all()} == {mandat.nom}
    assert mandat.recherche.startswith(mandat.nom.lower().split()[0])
    titre = FicheAction.objects.get(pk=fiche.pk).titre
    assert len(titre.split()) == len(fiche.titre.split()) and "12 34 56" not in titre
    agent = Agent.objects.get(pk=agent.pk)
    assert agent.email.endswith("@exemple.invalid") and agent.check_password(
        "une phrase pour essayer"
    )
    client = Client()
    client.force_login(agent)
    assert client.get("/admin/programme/ficheaction/").status_code == 200


@EN_BASE
def test_without_a_password_nobody_signs_in_to_the_copy(tmp_path):
    agent = f.agent_delegation()
    agent.set_password("un secret bien gardé")
    agent.save()
    chemin = copier(tmp_path)
    with zipfile.ZipFile(chemin) as archive:
        [ligne] = archive.read("tables/territoires.Agent.jsonl").decode().splitlines()
    assert agent.password not in ligne
    assert any(str(dit).startswith("!") for dit in json.loads(ligne))


@EN_BASE
def test_the_base_it_is_made_from_is_left_as_it_was(tmp_path):
    agent = f.agent_region(email="quelqu.une@exemple.fr")
    chemin = copier(tmp_path)
    agent.refresh_from_db()
    assert agent.email == "quelqu.une@exemple.fr"
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("anonymiser", str(chemin), verbosity=0)
