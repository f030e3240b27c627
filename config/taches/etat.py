"""What works behind, as read by a page, a watcher and a collector of figures."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django_tasks_db.models import DBTaskResult

from config.taches.models import Echeance, Ouvrier
from config.taches.planning import Planifiee, planning

MONTRES = 50  # failures on the page
LIBELLES = {
    "config.taches.taches.passer": "Échéance",
    "echanges.imports.taches.lire": "Lecture d’un fichier importé",
    "echanges.imports.taches.ecrire": "Écriture d’un import",
}
FILES = {"default": "courante", "longue": "longue (imports)"}


@dataclass
class Passage:
    """One schedule and where it stands."""

    planifiee: Planifiee
    echeance: Echeance | None

    @property
    def duree(self):
        e = self.echeance
        if e and e.finie_le and e.commencee_le:
            return e.finie_le - e.commencee_le
        return None

    @property
    def duree_en_clair(self):
        if self.duree is None:
            return ""
        secondes = self.duree / timedelta(seconds=1)
        return (
            f"{secondes:.1f} s".replace(".", ",") if secondes < 120 else f"{secondes // 60:.0f} min"
        )

    @property
    def situation(self):
        e = self.echeance
        if e is None or e.commencee_le is None:
            return "jamais passée"
        if e.finie_le is None:
            return "en cours"
        return "en échec" if e.echecs else "en ordre"


@dataclass
class Echec:
    """One task that failed for good."""

    cle: str
    libelle: str
    quand: datetime
    essais: int
    raison: str
    trace: str


def passages():
    connues = {e.nom: e for e in Echeance.objects.all()}
    return [Passage(tache, connues.get(nom)) for nom, tache in planning().items()]


def files():
    """[(queue, waiting, running)], each queue told even when it is empty."""
    comptes = {nom: {} for nom in FILES}
    lignes = DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).order_by()
    for file, etat, nombre in lignes.values_list("queue_name", "status").annotate(Count("pk")):
        comptes.setdefault(file, {})[etat] = nombre
    return [(FILES.get(f, f), c.get("READY", 0), c.get("RUNNING", 0)) for f, c in comptes.items()]


def en_echec():
    """Failed tasks, those of the schedules apart: their rows tell it."""
    tenues = Echeance.objects.exclude(tache=None).values("tache")
    return DBTaskResult.objects.failed().exclude(pk__in=tenues)


def echecs():
    return [
        Echec(
            cle=str(tache.pk),
            libelle=LIBELLES.get(tache.task_path, tache.task_path),
            quand=tache.finished_at,
            essais=len(tache.worker_ids),
            raison=tache.traceback.strip().rpartition("\n")[2],
            trace=tache.traceback,
        )
        for tache in en_echec().order_by("-finished_at")[:MONTRES]
    ]


def est_servie():
    """Whether some worker says that it lives."""
    return Ouvrier.objects.presents().exists()


def chiffres():
    """{(name, label): figure} for a collector."""
    lus = {("ti_ouvriers", ""): Ouvrier.objects.presents().count()}
    for file, attendent, en_cours in files():
        lus["ti_taches_en_attente", file] = attendent
        lus["ti_taches_en_cours", file] = en_cours
    lus["ti_taches_en_echec", ""] = en_echec().count()
    for passage in passages():
        e, nom = passage.echeance, passage.planifiee.nom
        lus["ti_echeance_echecs_de_suite", nom] = e.echecs if e else 0
        if e and e.finie_le:
            lus["ti_echeance_finie_secondes", nom] = e.finie_le.timestamp()
        if passage.duree is not None:
            lus["ti_echeance_duree_secondes", nom] = passage.duree / timedelta(seconds=1)
    return lus
