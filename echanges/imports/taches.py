"""What the worker does of an import: read a big file, write it. Done again, each does the same."""

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_tasks import task

from echanges.erreurs import FichierRefuse
from echanges.imports.avancement import Avancement
from echanges.imports.confirmation import CHANGEES, EN_PANNE, confirmer
from echanges.imports.depots import reconnaitre, retenir
from echanges.imports.verifications import phrase
from echanges.lecture.tableau import Choix
from echanges.models import Import
from echanges.registre import resources
from echanges.travaux import LONGUE

Travail = Import.Travail


def _depot(pk, travail, verrou=False):
    """The import that still waits for this; None when somebody gave it up, or another did it."""
    depots = Import.objects.filter(pk=pk, etat=Import.Etat.APERCU, travail=travail)
    depots = depots.select_related("auteur")
    return (depots.select_for_update(of=("self",)) if verrou else depots).first()


def _resource(depot):
    return resources()[depot.resource](agent=depot.auteur)


def lignes(octets):
    """About how many rows a text has under its headers; 0 for a workbook, where nobody knows."""
    return 0 if octets.startswith(b"PK") else max(0, octets.rstrip().count(b"\n"))


def _dire(pk, echec, **champs):
    """The work is over, and why it came to nothing."""
    attendus = Import.objects.filter(pk=pk, etat=Import.Etat.APERCU)
    attendus.update(travail="", echec=echec[:500], **champs)


@task(queue_name=LONGUE)
def lire(pk, tout, sinon):
    """Read this file, recognise its columns too (`tout`); refused, its choice is `sinon` again."""
    depot = _depot(pk, Travail.LECTURE)
    if depot is None:
        return
    try:
        with Avancement(pk) as avancement:
            resource = _resource(depot)
            avancement.chiffres["a_lire"] = lignes(depot.fichier)
            if tout:
                rapport = reconnaitre(resource, depot, avancement.lire)
            else:
                choix = Choix(**depot.choix)
                rapport = resource.analyser(depot.fichier, avancement.lire, choix)
            _garder(depot, rapport)
    except (FichierRefuse, PermissionDenied) as erreur:
        _dire(pk, str(erreur), choix=sinon)


@transaction.atomic
def _garder(depot, rapport):
    """The preview; nothing when it was given up meanwhile."""
    if _depot(depot.pk, Travail.LECTURE, verrou=True) is None:
        return
    depot.travail, depot.echec = "", ""
    if rapport is None:
        depot.marque = ""
        depot.save()
    else:
        retenir(depot, rapport)


@task(queue_name=LONGUE)
def ecrire(pk, empreinte):
    """Write what was confirmed under this fingerprint: all, or nothing and why."""
    try:
        with Avancement(pk) as avancement, transaction.atomic():
            _ecrire(pk, empreinte, avancement)
    except (FichierRefuse, PermissionDenied) as erreur:
        _dire(pk, str(erreur))
    except IntegrityError as erreur:  # a foreign key that SQLite checks at the very end
        nom = Import.objects.values_list("resource", flat=True).get(pk=pk)
        _dire(pk, phrase(erreur, resources()[nom]._meta.model))
    except DatabaseError:
        connection.close()
        _dire(pk, EN_PANNE)


def _ecrire(pk, empreinte, avancement):
    depot = _depot(pk, Travail.ECRITURE, verrou=True)
    if depot is None:
        return
    resource = _resource(depot)
    avancement.chiffres["a_lire"] = lignes(depot.fichier)
    rapport = resource.analyser(depot.fichier, avancement.lire, Choix(**depot.choix))
    depot.travail = ""
    if rapport.empreinte() != empreinte:
        retenir(depot, rapport, CHANGEES)
        return
    avancement.chiffres["a_ecrire"] = len(rapport.carnet)
    confirmer(depot, resource, rapport, avancement.ecrire)
