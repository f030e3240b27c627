"""Imports confirmed and undone as the screens do, and the whole base as text."""

from functools import partial

from django.db import transaction

from echanges.imports.annulation import Annulation
from echanges.imports.confirmation import confirmer
from echanges.models import Import
from echanges.registre import resources
from programme.fiches import parcours
from programme.fiches.models import FicheAction
from programme.fiches.modifications import parcours as modifications
from programme.fiches.modifications import proposition
from tests import factories


def importer(nom, contenu, agent=None):
    """A confirmed Import of this file."""
    with transaction.atomic():
        depot = Import(resource=nom, nom_du_fichier=f"{nom}.csv", auteur=agent)
        depot.fichier = contenu
        depot.save()
        resource = resources()[nom](agent=agent)
        confirmer(depot, resource, resource.analyser(contenu))
    return depot


@transaction.atomic
def annuler(depot, agent=None):
    """The obstacles met, as (name, reason); none when the import is undone."""
    annulation = Annulation(depot, resources()[depot.resource](agent=agent))
    obstacles = annulation.obstacles()
    if not obstacles:
        annulation.ecrire(agent)
    return [(obstacle.nom, obstacle.raison) for obstacle in obstacles]


def photographie(memoire=None):
    """{name: bytes} of every export; with a memory, made anew if something it reads was written."""
    de = memoire.de if memoire else lambda nom, faire: faire()
    return {nom: de(nom, partial(_octets, classe)) for nom, classe in resources().items()}


def _octets(classe):
    return b"".join(classe().exporter())


def une_fiche_decidee():
    """A fiche that went up, came back, went up again, was validated and is under way."""
    fiche = factories.fiche_complete(factories.territoire_publie())
    agent = factories.agent_delegation()
    (region,) = fiche.regions_concernees()
    comite = factories.ComiteDePilotageFactory(region=region)
    for sens, motif in (("ajourne", "Chiffrez le projet."), ("favorable", "")):
        parcours.transmettre(fiche, agent=agent)
        seance = factories.SeanceFactory(comite=comite)
        remarques = [("contexte", "Trop court.\n« Étayez. »")] if motif else []
        factories.rendre_et_clore(
            fiche, seance=seance, sens=sens, motif=motif, remarques=remarques, agent=agent
        )
    parcours.engager(fiche, agent=agent)
    return FicheAction.objects.get(pk=fiche.pk)


def une_modification_acceptee():
    """What was decided of a fiche under way, changed since, line and step included."""
    fiche = une_fiche_decidee()
    agent = factories.agent_delegation()
    ligne, etape = fiche.financements.get(), fiche.etapes.get()
    propose = {
        "champs": {"cout_total": "1500000.00", "titre": "Un autre titre"},
        "financements": [proposition.decrire_ligne(ligne) | {"geste": "retrait"}],
        "etapes": [proposition.decrire_etape(etape) | {"geste": "change", "fin": "2027-06-30"}],
    }
    modification = modifications.ouvrir(fiche, agent=agent, motif="=Devis ;\n", propose=propose)
    modification = modifications.transmettre(modification, agent=agent)
    comite = factories.ComiteDePilotageFactory(region=fiche.regions_concernees()[0])
    seance = factories.SeanceFactory(comite=comite)
    factories.PointOrdreDuJourFactory(seance=seance, demande=None, modification=modification)
    factories.rendre_et_clore(modification, seance=seance, agent=agent, sens="favorable")
    return modification


def un_programme():
    """A fiche with what hangs on it, a contrat, a convention, a comité, an assemblée."""
    fiche = factories.FicheActionFactory(territoire=factories.territoire_publie())
    fiche.intercommunalites.set([factories.IntercommunaliteFactory()])
    factories.FinancementFactory(fiche=fiche)
    factories.EtapeFactory(fiche=fiche)
    factories.IndicateurFactory(fiche=fiche)
    factories.CodePostalFactory()
    factories.EngagementFactory()
    factories.OffreDeServiceFactory().axes.set([factories.AxeFactory()])
    factories.MembreComiteFactory()
    factories.SeanceFactory()
    factories.SignataireContratFactory()
    factories.InterventionFactory()
    factories.PerimetreFactory(edition__publiee_le=None)
    return fiche
