"""Comités, demandes, avis, contrats, bonnes pratiques and messages."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programme.comites import conduite, decisions, demandes, modifications
from programme.comites.models import (
    Avis,
    ComiteDePilotage,
    DemandePerimetre,
    MembreComite,
    MouvementDemande,
    PointOrdreDuJour,
    Presence,
    Releve,
    Seance,
)
from programme.contrats.models import (
    AvenantContrat,
    Contrat,
    DocumentContrat,
    FicheContrat,
    ModificationAvenantContrat,
    SignataireContrat,
)
from programme.courriels.models import Courriel, PreferenceCourriel
from programme.fiches.models import Modification
from programme.pratiques.models import BonnePratique, Utilite
from tests.factories.agents import AgentFactory
from tests.factories.carte import territoire_publie
from tests.factories.fiches import FicheActionFactory
from tests.factories.geographie import IntercommunaliteFactory, RegionFactory


class ComiteDePilotageFactory(DjangoModelFactory):
    class Meta:
        model = ComiteDePilotage
        django_get_or_create = ["region"]

    region = factory.SubFactory(RegionFactory)


class MembreComiteFactory(DjangoModelFactory):
    class Meta:
        model = MembreComite

    comite = factory.SubFactory(ComiteDePilotageFactory)
    nom = factory.Sequence(lambda n: f"Membre {n}")


class SeanceFactory(DjangoModelFactory):
    class Meta:
        model = Seance

    comite = factory.SubFactory(ComiteDePilotageFactory)
    # Past, so that it can be closed.
    date = factory.Sequence(
        lambda n: datetime.date(2018, 1, 15) + datetime.timedelta(days=n % 3000)
    )


class PresenceFactory(DjangoModelFactory):
    class Meta:
        model = Presence

    seance = factory.SubFactory(SeanceFactory)
    membre = factory.LazyAttribute(lambda ligne: MembreComiteFactory(comite=ligne.seance.comite))


class DemandePerimetreFactory(DjangoModelFactory):
    class Meta:
        model = DemandePerimetre

    reference = factory.Sequence(lambda n: f"DP-{n:04d}")
    perimetre = factory.LazyFunction(lambda: territoire_publie().perimetre_courant)
    motif = "La vallée voisine partage nos sous-traitants."


class MouvementDemandeFactory(DjangoModelFactory):
    class Meta:
        model = MouvementDemande

    demande = factory.SubFactory(DemandePerimetreFactory)
    intercommunalite = factory.SubFactory(IntercommunaliteFactory)


class AvisFactory(DjangoModelFactory):
    """An avis on a demande by default; on a fiche, `comites.decisions.rendre_avis` writes it."""

    class Meta:
        model = Avis

    seance = factory.SubFactory(SeanceFactory)
    demande = factory.SubFactory(DemandePerimetreFactory)
    sens = "favorable"


def rendre_et_clore(objet, *, seance, agent, **avis):
    """The avis of a séance that holds nothing else, in effect; returns it."""
    regles = {DemandePerimetre: demandes, Modification: modifications}
    regle = regles.get(type(objet), decisions)
    note = regle.rendre_avis(objet, seance=seance, agent=agent, **avis)
    conduite.clore(seance, agent=agent)
    return Avis.objects.get(pk=note.pk)


class PointOrdreDuJourFactory(DjangoModelFactory):
    """A demande by default; give `demande=None` and a fiche for the other kind."""

    class Meta:
        model = PointOrdreDuJour

    seance = factory.SubFactory(SeanceFactory)
    demande = factory.SubFactory(DemandePerimetreFactory)


class ReleveFactory(DjangoModelFactory):
    """By itself; `programme.comites.conduite.clore` establishes a true one."""

    class Meta:
        model = Releve

    seance = factory.SubFactory(SeanceFactory)
    contenu = factory.LazyFunction(lambda: {"points": []})
    etabli_le = factory.LazyFunction(timezone.now)
    etabli_par = factory.SubFactory(AgentFactory)


class ContratFactory(DjangoModelFactory):
    """A signed contrat; `etat="preparation"` gives one that is not public."""

    class Meta:
        model = Contrat

    reference = factory.Sequence(lambda n: f"contrat-{n}")
    territoire = factory.LazyFunction(lambda: territoire_publie())
    etat = "signe"
    signe_le = datetime.date(2019, 7, 15)


class SignataireContratFactory(DjangoModelFactory):
    class Meta:
        model = SignataireContrat

    contrat = factory.SubFactory(ContratFactory)
    groupe = "publics"
    organisation = factory.Sequence(lambda n: f"Organisation {n}")


class FicheContratFactory(DjangoModelFactory):
    class Meta:
        model = FicheContrat

    contrat = factory.SubFactory(ContratFactory)
    fiche = factory.SubFactory(
        FicheActionFactory, territoire=factory.SelfAttribute("..contrat.territoire")
    )


class DocumentContratFactory(DjangoModelFactory):
    class Meta:
        model = DocumentContrat

    contrat = factory.SubFactory(ContratFactory)
    titre = factory.Sequence(lambda n: f"Contrat signé {n}")
    fichier = factory.django.FileField(filename="contrat.pdf", data=b"%PDF-1.4 essai")


class AvenantContratFactory(DjangoModelFactory):
    class Meta:
        model = AvenantContrat

    contrat = factory.SubFactory(ContratFactory)
    numero = factory.Sequence(lambda n: n % 30_000 + 1)
    signe_le = datetime.date(2021, 3, 4)
    objet = "Prolongation"


class ModificationAvenantContratFactory(DjangoModelFactory):
    class Meta:
        model = ModificationAvenantContrat

    avenant = factory.SubFactory(AvenantContratFactory)
    champ = "fin"
    apres = "2027-12-31"


class BonnePratiqueFactory(DjangoModelFactory):
    """A bonne pratique in preparation; `bonne_pratique_publiee` gives a public one."""

    class Meta:
        model = BonnePratique

    identifiant = factory.Sequence(lambda n: f"pratique-{n}")
    titre = factory.LazyAttribute(lambda pratique: pratique.identifiant.capitalize())
    resume = "Ce qui a été fait, pour que d’autres s’en servent."


def bonne_pratique_publiee(**champs):
    champs.setdefault("publiee_par", AgentFactory())
    return BonnePratiqueFactory(publiee_le=timezone.now(), **champs)


class UtiliteFactory(DjangoModelFactory):
    class Meta:
        model = Utilite

    pratique = factory.SubFactory(BonnePratiqueFactory)
    agent = factory.SubFactory(AgentFactory)


class CourrielFactory(DjangoModelFactory):
    class Meta:
        model = Courriel

    agent = factory.SubFactory(AgentFactory, niveau="delegation")
    objet = "Une fiche vous attend"
    corps = "Bonjour."
    cle = factory.Sequence(lambda n: f"essai-{n}")


class PreferenceCourrielFactory(DjangoModelFactory):
    class Meta:
        model = PreferenceCourriel

    agent = factory.SubFactory(AgentFactory, niveau="delegation")
