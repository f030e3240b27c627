"""Public fiches that resemble one, for who writes it or reads it: what they cost, how long they
took, whom to ask."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Subquery, Value

from programme.fiches.models import Bilan, FicheAction, Passage
from territoires.ecrites import ecrite
from territoires.recherche.semblables import proches

MONTREES, REGARDEES = 3, 10
SEUIL = 0.3  # of what the fiche itself would be noted: below, words meet by chance
MEME_AXE, COUT_VOISIN = 1.3, 1.15
# What is shown of each, and nothing more: the page is drawn for all of them.
LUS = "reference titre etat axe__nom territoire__nom cout_total date_debut date_fin"
LUS += " maitre_ouvrage contact_nom contact_courriel"
VOISINAGE = 2  # a cost within half and twice this one is near
JOURS_D_UN_MOIS = 30.44


@dataclass(frozen=True)
class Semblable:
    """`mois` is how long it took once done (`faite`), else how long it is to take."""

    fiche: FicheAction
    meme_axe: bool
    cout: Decimal | None
    mois: int | None
    faite: bool
    contact: str = ""
    courriel: str = ""


def semblables(fiche, user=None, *, a_jour=True):
    """The public fiches nearest to this one by words, axe and cost, the nearest first.

    Contacts are given for the fiches on which this user works, for no other. `a_jour` asks for
    what was written since the last search too.
    """
    textes = (fiche.objectifs, fiche.description, fiche.contexte, fiche.resultats_attendus)
    notes = proches("fiche", titre=fiche.titre, textes=textes, sauf=fiche.pk or "", a_jour=a_jour)
    notes = {cle: note for cle, note in notes.items() if note >= SEUIL}
    if not notes:
        return []
    cles = list(notes)[:REGARDEES]
    rangees = _avec_contacts(cles, user) if user else _lues(*cles, *[0] * (REGARDEES - len(cles)))
    rangees.sort(key=lambda autre: -_note(notes[str(autre.pk)], fiche, autre))
    return [_dire(autre, fiche) for autre in rangees[:MONTREES]]


def _avec_contacts(cles, user):
    siennes = FicheAction.objects.for_user(user).filter(pk=OuterRef("pk"))
    return list(_publiques(cles).annotate(est_sienne=Exists(siennes)))


@ecrite
def _lues(*cles):
    return _publiques(cles).annotate(est_sienne=Value(False))


def _publiques(cles):
    faites = Passage.objects.filter(fiche=OuterRef("pk"), apres=FicheAction.Etat.REALISEE)
    bilans = Bilan.objects.du_public().filter(fiche=OuterRef("pk"))
    return (
        FicheAction.objects.du_public()
        .filter(pk__in=cles)
        .select_related("territoire", "axe")
        .only(*LUS.split())
        .annotate(
            realisee_le=Subquery(faites.order_by("-le").values("le")[:1]),
            cout_final=Subquery(bilans.values("cout_final")[:1]),
        )
        .order_by("pk")
    )


def _note(note, fiche, autre):
    if fiche.axe_id and fiche.axe_id == autre.axe_id:
        note *= MEME_AXE
    if fiche.cout_total and autre.cout_total:
        ecart = fiche.cout_total / autre.cout_total
        if Decimal(1) / VOISINAGE <= ecart <= VOISINAGE:
            note *= COUT_VOISIN
    return note


def _dire(autre, fiche):
    faite = autre.etat == FicheAction.Etat.REALISEE and autre.realisee_le is not None
    fin = autre.realisee_le.date() if faite else autre.date_fin
    jours = (fin - autre.date_debut).days if fin and autre.date_debut else 0
    return Semblable(
        fiche=autre,
        meme_axe=bool(fiche.axe_id) and fiche.axe_id == autre.axe_id,
        cout=autre.cout_total if autre.cout_final is None else autre.cout_final,
        mois=max(round(jours / JOURS_D_UN_MOIS), 1) if jours > 0 else None,
        faite=faite,
        contact=autre.contact_nom if autre.est_sienne else "",
        courriel=autre.contact_courriel if autre.est_sienne else "",
    )
