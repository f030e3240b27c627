"""Every e-mail address and telephone that the base holds, looked for on all that the site answers.

Each column that holds one is filled with a word of its own, row by row, and once before with
another, that a history alone remembers. Then each kind of person opens everything.
"""

import re

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from config.personnes.champs import PERSONNELS
from programme.courriels.models import Courriel
from programme.fiches.models import FicheAction, Passage
from territoires.agents.models import Agent
from tests import factories as f
from tests.attaque.outils import adresses, choisis, combien, fichiers
from tests.monde import une_fois
from tests.pays import construire
from tests.programme.fiches import sorties

pytestmark = pytest.mark.django_db
MOT = re.compile(r"kanari(\d+)z")
PAR_GENRE = combien(350, 1_000_000)
# Columns by the nature that the register of personal data gives them.
NATURES = ("courriel", "telephone")
PORTEURS = {
    modele: siennes
    for modele, colonnes in PERSONNELS.items()
    if (siennes := [nom for nom, nature in colonnes.items() if nature in NATURES])
}
# On the fiche of « ici » that went up, all of these work together.
DU_LIEU = {"intercommunalité", "région", "État", "préfecture", "opérateur"}
GENRES = ["anonyme", "sans périmètre", *sorted(DU_LIEU), "opérateur sans fiche", "délégation"]


def _monde():
    pays = construire()
    for lieu in (pays["ici"], pays["la"]):
        fiche, region = lieu["ficheaction"], lieu["comitedepilotage"].region
        _envoyer(fiche, pays["agents"]["délégation"])
        f.AvisTechniqueFactory(fiche=fiche)
        f.DemandeComplementFactory(fiche=fiche)
        f.MessageFactory(fiche=fiche, auteur=pays["agents"]["délégation"])
        f.PointDeControleFactory(region=region)
        f.FicheContratFactory(contrat=lieu["contrat"], fiche=fiche)
        f.PointOrdreDuJourFactory(seance=lieu["seance"], fiche=fiche, demande=None)
        lieu["brouillon"] = f.FicheActionFactory(territoire=lieu["territoire"])
        lieu["brouillon"].partenaires.add(lieu["partenaire"])
        models.QuerySet(Courriel).filter(pk=lieu["courriel"].pk).update(refuse_le=timezone.now())
    pays["mots"] = _semer()
    return pays


def _envoyer(fiche, agent):
    """As its territoire would, whatever it lacks."""
    passage = Passage.objects.create(
        fiche=fiche,
        action=Passage.Action.TRANSMETTRE,
        avant="brouillon",
        apres="transmise",
        le=timezone.now(),
        auteur=agent,
    )
    nue = models.QuerySet(FicheAction).filter(pk=fiche.pk)
    nue.update(etat="transmise", dernier_envoi=passage)
    fiche.refresh_from_db()


def _semer():
    """{number of a word: its row}; a history keeps the word that came before."""
    mots = {}
    for nom, colonnes in PORTEURS.items():
        for ligne in apps.get_model(nom)._base_manager.all():
            for colonne in colonnes:
                adresse = isinstance(ligne._meta.get_field(colonne), models.EmailField)
                for _ in range(2):
                    mot = f"kanari{len(mots)}z{'@exemple.invalid' if adresse else ''}"
                    setattr(ligne, colonne, mot)
                    ligne.save()
                    mots[len(mots)] = ligne
    return mots


monde = une_fois(_monde)


def test_every_column_for_an_address_or_a_telephone_is_looked_for():
    """Found by their kind or by their name, whatever the register says of them."""
    for modele in apps.get_models():
        if modele.__name__.startswith("Historical") or modele._meta.app_label == "account":
            continue  # a history follows its model; the sign-in shows each one its own
        for champ in modele._meta.concrete_fields:
            nomme = re.search(r"courriel|email|telephone", champ.name) and not champ.is_relation
            texte = isinstance(champ, models.CharField) and champ.editable and not champ.choices
            if isinstance(champ, models.EmailField) or (nomme and texte):
                assert champ.name in PORTEURS[modele._meta.label], champ


def travaille_avec(genre, ligne, pays):
    """Whether this kind of person works on what this row is about: `domain.md`, in words."""
    agent, ici = pays["agents"][genre], pays["ici"]
    if genre == "délégation" or ligne == agent:
        return True
    if isinstance(ligne, Agent):
        siens = {pays["agents"][nom] for nom in DU_LIEU}
        return genre in DU_LIEU and (ligne in siens or ligne.niveau == "delegation")
    if isinstance(ligne, FicheAction):
        if ligne == ici["brouillon"]:
            return genre == "intercommunalité"
        return ligne == ici["ficheaction"] and genre in DU_LIEU
    du_territoire = getattr(ligne, "territoire_id", None) == ici["territoire"].pk
    return du_territoire and genre in {"intercommunalité", "région"}


@pytest.mark.parametrize("genre", GENRES)
def test_it_is_read_by_who_works_on_the_same_thing_only(genre, monde, ouvrir, dire):
    agent = monde["agents"][genre]
    lire, fuites, lus, pages = ouvrir(agent), {}, set(), 0
    toutes = adresses(2)
    siens = [*fichiers(agent), *choisis(toutes, PAR_GENRE, toutes.get)]
    for adresse in siens:
        reponse = lire(adresse)
        if reponse.status_code != 200:
            continue
        pages += 1
        for numero in {int(mot) for mot in MOT.findall(sorties.en_texte(reponse))}:
            ligne = monde["mots"][numero]
            lus.add(ligne)
            if not travaille_avec(genre, ligne, monde):
                fuites.setdefault(adresse, []).append(f"{ligne._meta.label} {ligne}")
    dire(f"Coordonnées ({genre})", demandes=len(siens), pages_lues=pages, lignes_lues=len(lus))
    assert fuites == {}
    # The words are where somebody looks for them: the walk would see one that leaks.
    assert (monde["ici"]["ficheaction"] in lus) is (genre in DU_LIEU | {"délégation"})
