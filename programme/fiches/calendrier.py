"""The steps of a decided fiche: done on a day, put off, added. Former dates stay readable."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import periode
from programme.fiches.champs import Par
from programme.fiches.financement import suivie
from programme.fiches.models import Etape, ReportEtape
from programme.fiches.nouvelles import agents_qui_suivent, prevenir

LU = ("faite", "faite_le", "debut", "fin")  # what a page shows of a step, and may change


def lu(etape):
    """What a page shows of this step, to be compared when the page comes back."""
    return "|".join(str(getattr(etape, nom)) for nom in LU)


@transaction.atomic
def suivre(etape, *, agent, faite, faite_le, debut, fin, motif="", montre=None):
    """Say that a step is done, or when it will be; new dates are told to those who follow.

    `montre` is what the page showed: somebody else may have written meanwhile.
    """
    fiche = suivie(etape.fiche_id, agent, Par.MESURE)
    etape = Etape.objects.select_for_update().get(pk=etape.pk)
    if montre is not None and montre != lu(etape):
        raise ValidationError(
            f"Quelqu’un a changé cette étape pendant que vous l’écriviez : elle est désormais "
            f"{'faite' if etape.faite else 'à faire'}"
            f"{suite(etape)}. Comparez, puis enregistrez de nouveau."
        )
    avant, present = (etape.debut, etape.fin), lu(etape)
    etape.faite, etape.faite_le = faite, faite_le if faite else None
    etape.debut, etape.fin = debut, fin
    _verifier(etape)
    if lu(etape) == present:
        return None
    etape.save()
    fiche.save()  # it was heard of today
    if (debut, fin) != avant:
        return reporter(etape, avant, agent, motif)
    return None


def suite(etape):
    """« , du 1er mars au 2 avril 2027 », nothing for a step without dates."""
    dates = periode(etape.debut, etape.fin)
    return f", {dates}" if dates else ""


def reporter(etape, avant, agent, motif=""):
    """Keep the former dates of a step whose new ones are written, and tell of them."""
    report = ReportEtape.objects.create(
        etape=etape,
        ancien_debut=avant[0],
        ancienne_fin=avant[1],
        debut=etape.debut,
        fin=etape.fin,
        motif=motif,
        auteur=agent,
    )
    if agent is None:
        return report
    fiche = etape.fiche
    prevenir(
        agents_qui_suivent(fiche),
        fiche,
        sauf=agent,
        nouvelle="une étape change de date",
        texte=f"Fiche « {fiche.titre} » ({fiche.territoire.nom}).\n\n« {etape.intitule} » : "
        f"{periode(etape.debut, etape.fin) or 'sans date'} (avant : "
        f"{periode(*avant) or 'sans date'}).\n" + (f"\nMotif : {motif}\n" if motif else ""),
        page=reverse("admin:programme_ficheaction_suivi", args=[fiche.pk]),
        cle=f"report-{report.pk}",
        genre=Courriel.Genre.INFORMATION,
    )
    return report


@transaction.atomic
def ajouter(fiche, *, agent, intitule, debut=None, fin=None, faite=False, faite_le=None):
    """A step that the calendar as decided does not have, after the others."""
    fiche = suivie(fiche.pk, agent, Par.MESURE)
    dernier = fiche.etapes.aggregate(rang=Max("ordre"))["rang"] or 0
    etape = Etape(
        fiche=fiche,
        ordre=dernier + 1,
        intitule=intitule,
        debut=debut,
        fin=fin,
        faite=faite,
        faite_le=faite_le if faite else None,
        ajoutee_le=timezone.localdate(),
    )
    _verifier(etape)
    etape.save()
    fiche.save()
    return etape


def _verifier(etape):
    etape.full_clean()
    if etape.faite_le and etape.faite_le > timezone.localdate():
        raise ValidationError({"faite_le": "Une étape ne se dit faite qu’une fois qu’elle l’est."})
