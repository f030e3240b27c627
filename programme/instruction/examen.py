"""What is said of a fiche before its séance: technical avis, questions and their answers.

Each function checks the right and the state under the lock of the fiche, and tells whom it
concerns. Raises PermissionDenied, or ValidationError with a French sentence.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import euros, jour
from programme.fiches.instruction import instruction
from programme.fiches.models import FicheAction, PieceJointe
from programme.fiches.nouvelles import agents_du_territoire
from programme.instruction import lignes as tables_de_la_fiche
from programme.instruction.models import PIECES, AvisTechnique, DemandeComplement
from programme.instruction.nouvelles import dire, examinateurs, service
from territoires.geographie.models import Region

EXAMINER = "programme.examiner_ficheaction"
Genre = Courriel.Genre
CHANGEE = (
    "Quelqu’un a changé la fiche pendant que vous écriviez. Ce que vous avez saisi est "
    "ci-dessous : comparez avec la fiche, puis enregistrez de nouveau."
)


def empechement(fiche, agent):
    """Why this agent says nothing of it before the séance any more; empty while it may."""
    if fiche.etat == FicheAction.Etat.BROUILLON:
        return "La fiche a été rappelée par son territoire : elle est de nouveau un brouillon."
    if fiche.etat != FicheAction.Etat.TRANSMISE:
        return f"La fiche est « {fiche.get_etat_display()} » : le comité s’est prononcé."
    dates = [instruction().seance_passee(fiche, region) for region in regions_de(fiche, agent)]
    if dates and all(dates):
        return f"La séance du {jour(max(dates))} a examiné la fiche : il est trop tard."
    return ""


def regions_de(fiche, agent):
    """The régions of the fiche for which this agent speaks: those of its area, else all."""
    regions = list(fiche.regions_concernees())
    codes = agent.codes_regions
    if agent.aire_de_l_etat:
        codes = set(regions_de_l_aire(agent).values_list("pk", flat=True))
    return [region for region in regions if region.pk in codes] or regions


def regions_de_l_aire(agent):
    """Those in whose comités the fiches of an area of the État are examined."""
    aire = agent.aire_de_l_etat
    siennes = Q(pk__in=aire["regions"]) | Q(departements__in=aire["departements"])
    return Region.objects.filter(siennes).order_by().distinct()


@transaction.atomic
def donner_son_avis(fiche, *, sens, texte, agent):
    """The avis of the agent's service on the last sending up, corrected until the séance."""
    fiche = _examinee(fiche, agent)
    avis, nouveau = AvisTechnique.objects.update_or_create(
        envoi=fiche.dernier_envoi,
        service=service(agent),
        defaults={
            "fiche": fiche,
            "sens": sens,
            "texte": texte,
            "le": timezone.now(),
            "auteur": agent,
        },
    )
    dire(
        examinateurs(fiche),
        fiche,
        sauf=agent,
        nouvelle="un avis technique" if nouveau else "un avis technique corrigé",
        texte=f"{avis.service} : {avis.get_sens_display()}.\n\n{texte}",
        cle=f"avistechnique-{avis.pk}:{avis.history.count()}",
        genre=Genre.INFORMATION,
    )
    return avis


@transaction.atomic
def demander(fiche, *, question, champs, agent, lignes=(), attendue_le=None):
    """Ask the territoire for a complement; the fiche stays where it is.

    `champs` are names of fields and of whole tables, `lignes` described lines of its tables; those
    of a table that is named whole say nothing more.
    """
    fiche = _examinee(fiche, agent)
    if attendue_le and attendue_le < timezone.localdate():
        raise ValidationError({"attendue_le": "Donnez un jour à venir."})
    lignes = [une for une in lignes if une["table"] not in champs]
    presentes = tables_de_la_fiche.a_choisir(fiche).values() if lignes else ()
    if perdues := [une["libelle"] for une in lignes if une not in presentes]:
        raise ValidationError({"lignes": f"« {perdues[0]} » n’est plus une ligne de la fiche."})
    dernier = fiche.complements.aggregate(n=Max("numero"))["n"] or 0
    demande = DemandeComplement(
        fiche=fiche,
        envoi=fiche.dernier_envoi,
        numero=dernier + 1,
        service=service(agent),
        question=question,
        champs=",".join(champs),
        lignes=lignes,
        attendue_le=attendue_le,
        demandee_le=timezone.now(),
        demandee_par=agent,
    )
    demande.full_clean()
    demande.save()
    avant = f"Réponse attendue le {jour(attendue_le)}.\n" if attendue_le else ""
    dire(
        agents_du_territoire(fiche),
        fiche,
        sauf=agent,
        nouvelle="un complément est demandé",
        texte=f"{demande.service} demande :\n\n{question}\n\n{avant}La fiche reste transmise.",
        cle=f"complement-{demande.pk}",
        genre=Genre.ACTION,
    )
    return demande


@transaction.atomic
def repondre(demande, *, reponse, valeurs, agent, version, piece=None, tables=None, empreinte=""):
    """Answer, and change of the fiche what was named and nothing else.

    `valeurs` are {name: value} of its fields, `tables` {name: valid formset} of its tables,
    `version` and `empreinte` what the page showed of them, `piece` a (title, file).
    """
    fiche, demande = _ouverte(demande, agent)
    nommees = tables_de_la_fiche.nommees(demande)
    tables = {nom: groupe for nom, groupe in (tables or {}).items() if nom in nommees}
    montre = version, empreinte if tables else ""
    present = fiche.version, tables_de_la_fiche.empreinte(fiche, nommees) if tables else ""
    if (valeurs or tables) and montre != present:
        raise ValidationError(CHANGEE)
    valeurs = {nom: valeurs[nom] for nom in demande.noms if nom in valeurs}
    _changer(fiche, demande, valeurs, tables)
    if piece and PIECES in demande.noms:
        PieceJointe.objects.create(fiche=fiche, titre=piece[0], fichier=piece[1])
    demande.reponse, demande.repondue_le, demande.repondue_par = reponse, timezone.now(), agent
    demande.full_clean(exclude=["fiche", "envoi"])
    demande.save()
    dire(
        examinateurs(fiche),
        fiche,
        sauf=agent,
        nouvelle="réponse à un complément",
        texte=f"{demande.question}\n\nRéponse :\n\n{reponse}",
        cle=f"complementrepondu-{demande.pk}",
        genre=Genre.INFORMATION,
    )
    return demande


def _changer(fiche, demande, valeurs, tables):
    """Write this as the answer to this request, so that the history says it."""
    raison = f"Réponse au complément nᵒ {demande.numero}"
    exces = fiche.finance_au_dela()
    for groupe in tables.values():
        for form in groupe.forms:
            form.instance._change_reason = raison
        groupe.save()
    multiples = {f.name for f in FicheAction._meta.many_to_many}
    for nom in multiples & valeurs.keys():
        getattr(fiche, nom).set(valeurs[nom])
    for nom in valeurs.keys() - multiples:
        setattr(fiche, nom, valeurs[nom])
    fiche.full_clean()
    if manques := [libelle for nom, libelle, _ in fiche.manques() if nom in valeurs]:
        raise ValidationError(f"Le comité attend cette rubrique : {', '.join(manques)}.")
    if fiche.finance_au_dela() > exces:
        raise ValidationError(
            "Le plan de financement dépasserait le coût total de "
            f"{euros(fiche.finance_au_dela())} : corrigez l’un ou l’autre."
        )
    fiche._change_reason = raison
    fiche.save()


@transaction.atomic
def retirer(demande, *, agent):
    """Withdraw a question that needs no answer any more."""
    fiche = FicheAction.objects.select_for_update().get(pk=demande.fiche_id)
    demande = DemandeComplement.objects.select_for_update().get(pk=demande.pk)
    sienne = service(agent) == demande.service or agent.est_delegation
    if not agent.has_perm(EXAMINER, fiche) or not sienne:
        raise PermissionDenied("Une demande de complément est retirée par qui l’a faite.")
    if demande.repondue_le:
        raise ValidationError("Le territoire a déjà répondu.")
    demande.retiree_le = demande.retiree_le or timezone.now()
    demande.save()
    return demande


def _examinee(fiche, agent):
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    if not agent.has_perm(EXAMINER, fiche):
        raise PermissionDenied("Cette fiche n’est pas à examiner par vous.")
    if raison := empechement(fiche, agent):
        raise ValidationError(raison)
    return fiche


def _ouverte(demande, agent):
    """(fiche, request) as they stand, locked; refused when there is nothing to answer."""
    fiche = FicheAction.objects.select_for_update().get(pk=demande.fiche_id)
    demande = DemandeComplement.objects.select_for_update().get(pk=demande.pk)
    demande.fiche = fiche
    if not agent.has_perm("programme.repondre_complement", fiche):
        raise PermissionDenied("La réponse revient au territoire.")
    if raison := sans_objet(demande):
        raise ValidationError(raison)
    return fiche, demande


def sans_objet(demande):
    """Why this request is not to be answered any more; empty while it is."""
    fiche = demande.fiche
    if demande.repondue_le:
        return f"Le territoire a répondu le {jour(timezone.localtime(demande.repondue_le))}."
    if demande.retiree_le:
        return "Cette demande a été retirée : elle n’attend plus de réponse."
    if fiche.etat == FicheAction.Etat.BROUILLON:
        return (
            "La fiche a été rappelée : elle se corrige dans son formulaire, et cette demande n’a "
            "plus d’objet."
        )
    if not demande.est_ouverte:
        return f"La fiche est « {fiche.get_etat_display()} » : cette demande n’a plus d’objet."
    return ""
