"""The bilan of an action: what it cost, what it gave beside what was expected, what it teaches."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import euros, nombre
from programme.fiches.champs import Par
from programme.fiches.financement import suivie
from programme.fiches.models import Bilan, FicheAction, TransitionRefusee
from programme.fiches.nouvelles import agents_qui_suivent, prevenir

Etat = FicheAction.Etat
ETATS = (Etat.ENGAGEE, Etat.REALISEE)
DITS = ("cout_final", "resultats", "enseignements", "etabli_le")
PLUS_TARD = "Un bilan se date du jour où il est établi, au plus tard aujourd’hui."


@transaction.atomic
def dresser(fiche, *, agent, vu=None, **dits):
    """Write the bilan of a fiche, or correct it; `vu` is what the page showed of it.

    Raises PermissionDenied, TransitionRefusee, or ValidationError by field.
    """
    fiche = suivie(fiche.pk, agent, Par.SUIVI)
    if fiche.etat not in ETATS:
        raise TransitionRefusee("Le bilan se dresse une fois l’action engagée.")
    bilan = Bilan.objects.filter(fiche=fiche).first() or Bilan(fiche=fiche)
    bilan.fiche = fiche
    if vu is not None and vu != lu(bilan):
        raise TransitionRefusee(
            "Quelqu’un a enregistré ce bilan pendant que vous l’écriviez. Relisez-le sur la page "
            "de la fiche, puis enregistrez de nouveau pour garder votre texte."
        )
    neuf, present = bilan.pk is None, _dits(bilan)
    for nom in DITS:
        setattr(bilan, nom, dits[nom])
    if bilan.etabli_le > timezone.localdate():
        raise ValidationError({"etabli_le": PLUS_TARD})
    if _dits(bilan) == present:
        return bilan
    bilan.auteur, bilan.saisi_le = agent, timezone.now()
    bilan.full_clean()
    bilan.save()
    fiche.save()  # it was heard of today
    if neuf and fiche.etat == Etat.REALISEE:
        annoncer(bilan, agent)
    return bilan


def lu(bilan):
    """Which writing of a bilan a page shows, to be compared when the page comes back."""
    return bilan.saisi_le.isoformat() if bilan and bilan.pk else ""


def _dits(bilan):
    return [getattr(bilan, nom) for nom in DITS]


def annoncer(bilan, agent):
    """Those who follow the fiche learn that its bilan can be read."""
    fiche = bilan.fiche
    prevenir(
        agents_qui_suivent(fiche),
        fiche,
        sauf=agent,
        nouvelle="le bilan est dressé",
        texte=f"Le bilan de la fiche « {fiche.titre} » ({fiche.territoire.nom}) est dressé.\n",
        page=reverse("admin:programme_ficheaction_bilan", args=[fiche.pk]),
        cle=f"bilan-{bilan.pk}",
        genre=Courriel.Genre.INFORMATION,
    )


def a_dresser(fiches):
    """Those of these fiches that are done and have no bilan yet."""
    return fiches.filter(etat=Etat.REALISEE, bilan=None)


def prevu_et_realise(fiche, bilan=None, sommes=None):
    """[{"quoi", "avant", "apres"}]: cost, money, results, indicateurs, as planned and as done.

    `sommes` are those of the fiche, where they are known already.
    """
    sommes = sommes or fiche.financement_par_statut()
    final = euros(bilan.cout_final) if bilan else ""
    lignes = [
        ("Coût total", euros(fiche.cout_total), final),
        ("Financements versés", euros(sommes.plan), euros(sommes.verse)),
        ("Résultats", fiche.resultats_attendus, bilan.resultats if bilan else ""),
    ]
    for un in fiche.indicateurs.all():
        mesure = f" (mesuré le {un.mesure_le:%d/%m/%Y})" if un.mesure_le else ""
        obtenu = f"{nombre(un.valeur)} {un.unite}".strip() + mesure if un.mesure_le else ""
        lignes.append((un.libelle, f"{nombre(un.cible)} {un.unite}".strip(), obtenu))
    return [{"quoi": quoi, "avant": avant, "apres": apres} for quoi, avant, apres in lignes]


def ecart_en_clair(bilan):
    """How the final cost stands beside the one decided, in a sentence; empty without one."""
    ecart = bilan.ecart
    if ecart is None:
        return ""
    if not ecart:
        return "Le coût final est celui qui avait été décidé."
    sens = "de plus" if ecart > 0 else "de moins"
    return f"Le coût final est de {euros(abs(ecart))} {sens} que le coût décidé."
