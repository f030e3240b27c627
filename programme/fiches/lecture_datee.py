"""The public fiches of a territoire on a day: their state, their plan and their money then.

What was decided is brought back by undoing the modifications accepted since, and the money by
the dated moves of the ledger.
"""

from collections import defaultdict
from decimal import Decimal

from programme.fiches.financement import COLONNES
from programme.fiches.models import (
    FicheAction,
    Financement,
    Modification,
    MouvementFinancier,
    Passage,
)
from programme.fiches.models.plans import Sommes
from programme.fiches.modifications.proposition import RETRAIT, montant_de
from programme.partenaires.models import Axe


def fiches_au(lecture):
    """{"fiches", "argent", "sans_date"}: read once for a `Lecture`, whatever asks for them."""
    if not hasattr(lecture, "fiches_lues"):
        lecture.fiches_lues = _lire(lecture)
    return lecture.fiches_lues


def _lire(lecture):
    publiques = FicheAction.objects.du_public().filter(territoire=lecture.territoire)
    toutes = list(publiques.select_related("axe"))
    fiches, sans_date = toutes, 0
    if not lecture.est_du_jour:
        fiches, sans_date = _dans_leur_etat(toutes, lecture.fin)
        for fiche in fiches:
            fiche.avancement = None  # only its last value is kept
    lignes = _lignes(fiches, lecture)
    _defaire(fiches, lignes, lecture.fin)
    menees = [fiche for fiche in fiches if fiche.etat != FicheAction.Etat.ABANDONNEE]
    plans = [ligne for fiche in menees for ligne in lignes[fiche.pk].values()]
    cout = sum((fiche.cout_total or 0 for fiche in menees), Decimal(0))
    return {
        "fiches": fiches,
        "argent": Sommes.des_lignes(plans, cout),
        "sans_date": sans_date,
    }


def _dans_leur_etat(fiches, fin):
    """(those that were public at that instant, in their state of then; how many nobody can tell).

    A fiche that came in already decided has no step that says since when.
    """
    pas = defaultdict(list)
    passages = Passage.objects.filter(fiche__in=fiches).order_by("le", "pk")
    for fiche, avant, apres, le in passages.values_list("fiche", "avant", "apres", "le"):
        pas[fiche].append((avant, apres, le))
    alors, sans_date = [], 0
    for fiche in fiches:
        faits = [apres for _, apres, le in pas[fiche.pk] if le < fin]
        d_abord = pas[fiche.pk][0][0] if pas[fiche.pk] else fiche.etat
        if faits:
            fiche.etat = faits[-1]
            alors += [fiche] if fiche.est_du_public else []
        elif d_abord in FicheAction.ETATS_PUBLICS:
            sans_date += 1
    return alors, sans_date


def _lignes(fiches, lecture):
    """{fiche: {(financeur, statut): line}} with the moves that had taken place on that day."""
    plans = defaultdict(dict)
    for ligne in Financement.objects.filter(fiche__in=fiches):
        if ligne.ajoutee_le is None or ligne.ajoutee_le <= lecture.le:
            plans[ligne.fiche_id][ligne.financeur, ligne.statut] = _vierge(ligne)
    par_pk = {ligne.pk: ligne for plan in plans.values() for ligne in plan.values()}
    faits = MouvementFinancier.objects.valables().filter(financement__in=par_pk, le__lte=lecture.le)
    natures = {nature: colonne for colonne, nature in COLONNES.items()}
    for mouvement in faits:
        ligne = par_pk[mouvement.financement_id]
        ligne.compter(natures[mouvement.nature], mouvement.montant)
    return plans


def _vierge(ligne):
    """The line before any move."""
    for colonne in COLONNES:
        setattr(ligne, colonne, Decimal(0))
    ligne.compter("verse", Decimal(0))
    return ligne


def _defaire(fiches, lignes, fin):
    """Bring fiches and lines back to before the modifications accepted since that instant."""
    acceptees = Modification.objects.du_public().filter(fiche__in=fiches, decidee_le__gte=fin)
    par_pk, axes = {fiche.pk: fiche for fiche in fiches}, {a.code: a for a in Axe.objects.all()}
    for modification in acceptees.order_by("-decidee_le", "-numero"):
        fiche, avant = par_pk[modification.fiche_id], modification.avant
        dits = avant.get("champs", {})
        for nom in ("titre", "cout_total"):
            if nom in dits:
                setattr(fiche, nom, FicheAction._meta.get_field(nom).to_python(dits[nom]))
        if "axe" in dits:
            fiche.axe = axes.get(dits["axe"])
        for voulue in avant.get("financements", ()):
            _remettre(lignes[fiche.pk], fiche, voulue)


def _remettre(plan, fiche, voulue):
    cle = voulue["financeur"], voulue["statut"]
    if voulue["geste"] == RETRAIT:
        plan.pop(cle, None)
        return
    ligne = plan.setdefault(
        cle, Financement(fiche=fiche, financeur=cle[0], statut=cle[1], montant=Decimal(0))
    )
    ligne.montant = montant_de(voulue)
    ligne.compter("verse", Decimal(0))
