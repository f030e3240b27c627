"""Fiches actions and all that hangs on one."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programme.fiches.models import (
    Bilan,
    ChangementModification,
    Etape,
    FicheAction,
    Financement,
    Indicateur,
    Mesure,
    Modification,
    MouvementFinancier,
    Nouvelle,
    Obstacle,
    ObstacleNational,
    PassageModification,
    PieceJointe,
    Reponse,
    ReportEtape,
)
from tests.factories.agents import AgentFactory
from tests.factories.carte import territoire_publie
from tests.factories.partenaires import AxeFactory


class FicheActionFactory(DjangoModelFactory):
    """A brouillon; `fiche_complete` gives one that can be sent up."""

    class Meta:
        model = FicheAction

    titre = factory.Sequence(lambda n: f"Ouvrir l’atelier {n}")
    territoire = factory.LazyFunction(lambda: territoire_publie())


def fiche_complete(territoire=None, **champs):
    """A brouillon that says all the comité expects, with financing, a step and an indicateur."""
    champs = {
        "axe": AxeFactory(code="competences"),
        "contexte": "Les ateliers du bassin cherchent des soudeurs.",
        "objectifs": "Former trente soudeurs par an.",
        "description": "Ouvrir une école de production avec les entreprises.",
        "resultats_attendus": "Trente diplômés embauchés chaque année.",
        "maitre_ouvrage": "CC du Val d’Essai",
        "date_debut": datetime.date(2024, 1, 1),
        "date_fin": datetime.date(2026, 12, 31),
        "cout_total": 1_200_000,
    } | champs
    fiche = FicheActionFactory(territoire=territoire or territoire_publie(), **champs)
    FinancementFactory(fiche=fiche)
    EtapeFactory(fiche=fiche)
    IndicateurFactory(fiche=fiche)
    return fiche


class FinancementFactory(DjangoModelFactory):
    class Meta:
        model = Financement

    fiche = factory.SubFactory(FicheActionFactory)
    financeur = factory.Sequence(lambda n: f"Financeur {n}")
    montant = 300_000


class MouvementFinancierFactory(DjangoModelFactory):
    class Meta:
        model = MouvementFinancier

    financement = factory.SubFactory(FinancementFactory)
    nature = "accorde"
    montant = 100_000
    le = datetime.date(2024, 3, 1)
    reference = factory.Sequence(lambda n: f"Arrêté {n}")


class EtapeFactory(DjangoModelFactory):
    class Meta:
        model = Etape

    fiche = factory.SubFactory(FicheActionFactory)
    ordre = factory.Sequence(lambda n: n % 30_000 + 1)
    intitule = "Recruter l’équipe"


class ReportEtapeFactory(DjangoModelFactory):
    class Meta:
        model = ReportEtape

    etape = factory.SubFactory(EtapeFactory)
    ancienne_fin = datetime.date(2024, 6, 1)
    fin = datetime.date(2024, 9, 1)


class IndicateurFactory(DjangoModelFactory):
    class Meta:
        model = Indicateur

    fiche = factory.SubFactory(FicheActionFactory)
    libelle = factory.Sequence(lambda n: f"Personnes formées {n}")
    unite = "personnes"
    cible = 30


class MesureFactory(DjangoModelFactory):
    class Meta:
        model = Mesure

    indicateur = factory.SubFactory(IndicateurFactory)
    mesure_le = factory.Sequence(
        lambda n: datetime.date(2024, 1, 1) + datetime.timedelta(days=n % 700)
    )
    valeur = 12


class ObstacleNationalFactory(DjangoModelFactory):
    """Not published; `obstacle_national_publie` gives one that is."""

    class Meta:
        model = ObstacleNational

    regle = factory.Sequence(lambda n: f"Deux instructions pour un dossier {n}")
    resume = "L’ouverture attend la fin de la seconde."


def obstacle_national_publie(**champs):
    signe = {"publiee_le": timezone.now(), "publiee_par": AgentFactory()}
    return ObstacleNationalFactory(**signe | champs)


class ObstacleFactory(DjangoModelFactory):
    class Meta:
        model = Obstacle

    fiche = factory.SubFactory(FicheActionFactory)
    ordre = factory.Sequence(lambda n: n % 30_000 + 1)
    regle = "Dix-huit mois pour une autorisation."
    signale_le = datetime.date(2024, 2, 1)


class NouvelleFactory(DjangoModelFactory):
    class Meta:
        model = Nouvelle

    fiche = factory.SubFactory(FicheActionFactory)
    le = datetime.date(2024, 5, 1)
    titre = factory.Sequence(lambda n: f"Les travaux commencent {n}")
    publique = True


class ReponseFactory(DjangoModelFactory):
    class Meta:
        model = Reponse

    obstacle = factory.SubFactory(ObstacleFactory)
    texte = "Un guichet unique ouvrira dans l’année."
    auteur = factory.SubFactory(AgentFactory)


class PieceJointeFactory(DjangoModelFactory):
    class Meta:
        model = PieceJointe

    fiche = factory.SubFactory(FicheActionFactory)
    titre = "Note de présentation"
    fichier = factory.django.FileField(filename="note.pdf", data=b"%PDF-1.4 essai")


class ModificationFactory(DjangoModelFactory):
    """A brouillon on a fiche of its own."""

    class Meta:
        model = Modification

    fiche = factory.SubFactory(FicheActionFactory)
    numero = 1
    reference = factory.LazyAttribute(lambda m: f"{m.fiche.reference}-M{m.numero}")
    motif = "Le terrain a changé."


class PassageModificationFactory(DjangoModelFactory):
    class Meta:
        model = PassageModification

    modification = factory.SubFactory(ModificationFactory)
    action = "transmettre"
    avant = "brouillon"
    apres = "transmise"
    le = factory.LazyFunction(timezone.now)
    auteur = factory.SubFactory(AgentFactory)


class ChangementModificationFactory(DjangoModelFactory):
    class Meta:
        model = ChangementModification

    modification = factory.SubFactory(ModificationFactory)
    quoi = "Coût total"
    avant = "1 200 000 €"
    apres = "1 500 000 €"


class BilanFactory(DjangoModelFactory):
    class Meta:
        model = Bilan

    fiche = factory.SubFactory(FicheActionFactory)
    cout_final = 1_150_000
    resultats = "Vingt-deux diplômés embauchés."
    enseignements = "Réunir les entreprises dès l’écriture."
    etabli_le = datetime.date(2024, 9, 1)
