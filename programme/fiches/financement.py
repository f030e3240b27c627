"""The money of a decided fiche: each act writes a dated row, then what its line comes to.

What the plan said stays as it was. Each function checks the right under a lock and raises
PermissionDenied, or ValidationError with French sentences by field.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import euros, jour
from programme.fiches.champs import Par
from programme.fiches.models import FicheAction, Financement, MouvementFinancier
from programme.fiches.models.plans import montants
from programme.fiches.nouvelles import agents_qui_suivent, prevenir

Nature = MouvementFinancier.Nature
# Of what happens to a line, what those who follow the fiche are told.
ANNONCES = {Nature.ACCORDE: "financement accordé", Nature.REFUSE: "financement refusé"}
# Which column holds the sum of which moves.
COLONNES = {
    "demande_depuis": Nature.DEMANDE,
    "accorde_depuis": Nature.ACCORDE,
    "verse": Nature.VERSE,
    "refuse": Nature.REFUSE,
}


def recompter(lignes):
    """Write on each of these lines the sums of its moves that count."""
    siens = MouvementFinancier.objects.valables().filter(financement=OuterRef("pk")).order_by()

    def somme(nature):
        groupe = siens.filter(nature=nature).values("financement").annotate(Sum("montant"))
        sous_requete = Subquery(groupe.values("montant__sum"), output_field=montants())
        return Coalesce(sous_requete, Value(0), output_field=montants())

    sommes = {colonne: somme(nature) for colonne, nature in COLONNES.items()}
    return Financement.objects.filter(pk__in=lignes.order_by().values("pk")).update(**sommes)


@transaction.atomic
def noter(ligne, *, nature, montant, le, agent, reference="", document="", verifie=True):
    """Add a move to a line; those who follow the fiche are told of a grant or a refusal.

    `verifie=False`: one that looks like a slip is refused until the person says it is not.
    """
    fiche, ligne = _ligne_tenue(ligne.pk, agent)
    mouvement = MouvementFinancier(
        financement=ligne,
        nature=nature,
        montant=montant,
        le=le,
        reference=reference,
        document=document,
        auteur=agent,
    )
    mouvement.full_clean()
    refuser_s_il_ne_tient_pas(mouvement, mouvement.financement)
    if not verifie and (doute := a_verifier(mouvement, mouvement.financement)):
        raise ValidationError({"verifie": doute})
    mouvement.save()
    recompter(Financement.objects.filter(pk=ligne.pk))
    fiche.save()  # it was heard of today
    annoncer(mouvement, agent)
    return mouvement


def colonne(nature):
    """The column of a line that holds the sum of its moves of this nature."""
    return next(nom for nom, sienne in COLONNES.items() if sienne == nature)


def refuser_s_il_ne_tient_pas(mouvement, ligne):
    """Raises ValidationError, at one field, for a move that this line cannot take now.

    One dated in the future, empty, or that refuses too much.
    """
    if mouvement.le > timezone.localdate():
        raise ValidationError({"le": "Un mouvement se note une fois qu’il a eu lieu."})
    if mouvement.montant == 0:
        raise ValidationError({"montant": "Donnez le montant."})
    attendu = ligne.demande
    if mouvement.nature == Nature.REFUSE and mouvement.montant > attendu:
        raise ValidationError(
            {
                "montant": f"Il reste {euros(attendu)} demandés à ce financeur : on ne refuse pas "
                "davantage. Retirer une aide acquise demande une modification de la fiche."
            }
        )


def a_verifier(mouvement, ligne):
    """What to say of a move that pays more than was granted, or grants more than was asked."""
    montant = mouvement.montant
    acquis_au_plan = 0 if ligne.statut == ligne.Statut.DEMANDE else ligne.montant
    accorde = acquis_au_plan + ligne.accorde_depuis
    if mouvement.nature == Nature.VERSE and ligne.verse + montant > accorde:
        return (
            f"Avec ce mouvement, {ligne.financeur} aurait versé {euros(ligne.verse + montant)} "
            f"pour {euros(accorde)} accordés."
        )
    attendu = ligne.montant + ligne.demande_depuis
    if mouvement.nature == Nature.ACCORDE and accorde + montant > attendu:
        return (
            f"Avec ce mouvement, {ligne.financeur} aurait accordé {euros(accorde + montant)} "
            f"pour {euros(attendu)} au plan et demandés depuis."
        )
    return ""


def annoncer(mouvement, agent):
    """Tell those who follow the fiche of a grant or a refusal."""
    if mouvement.nature not in ANNONCES:
        return
    ligne, fiche = mouvement.financement, mouvement.financement.fiche
    prevenir(
        agents_qui_suivent(fiche),
        fiche,
        sauf=agent,
        nouvelle=ANNONCES[mouvement.nature],
        texte=f"Fiche « {fiche.titre} » ({fiche.territoire.nom}).\n\n{ligne.financeur} : "
        f"{euros(mouvement.montant)}, {mouvement.get_nature_display()} le "
        f"{jour(mouvement.le)}.\n",
        page=reverse("admin:programme_ficheaction_suivi", args=[fiche.pk]),
        cle=f"mouvement-{mouvement.pk}",
        genre=Courriel.Genre.INFORMATION,
    )


@transaction.atomic
def annuler(mouvement, *, motif, agent):
    """Strike out a move noted by mistake: it stays readable and no longer counts."""
    fiche, _ = _ligne_tenue(mouvement.financement_id, agent)
    mouvement = MouvementFinancier.objects.select_for_update().get(pk=mouvement.pk)
    if mouvement.annule_le:
        raise ValidationError("Ce mouvement est déjà annulé.")
    if not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi ce mouvement est annulé."})
    mouvement.annule_le, mouvement.annule_par = timezone.now(), agent
    mouvement.motif_annulation = motif.strip()
    mouvement.save()
    recompter(Financement.objects.filter(pk=mouvement.financement_id))
    fiche.save()
    return mouvement


@transaction.atomic
def ajouter_un_financeur(fiche, *, agent, financeur, montant, statut, partenaire=None, le=None):
    """A line that the plan as decided does not have, dated; what it asks or has counts at once."""
    fiche = suivie(fiche.pk, agent)
    ligne = Financement(
        fiche=fiche,
        financeur=financeur,
        partenaire=partenaire,
        montant=montant,
        statut=statut,
        ajoutee_le=le or timezone.localdate(),
    )
    if fiche.financements.filter(financeur__iexact=financeur).exists():
        raise ValidationError({"financeur": DEJA_LA})
    if ligne.ajoutee_le > timezone.localdate():
        raise ValidationError({"le": "Un financeur s’ajoute une fois qu’il est venu."})
    ligne.full_clean()
    ligne.save()
    fiche.save()
    return ligne


@transaction.atomic
def rattacher(ligne, *, engagement, agent, montre=None):
    """Say on which engagement of a convention this line draws, or on none.

    `montre` is what the page showed: somebody else may have written meanwhile.
    """
    fiche = suivie(ligne.fiche_id, agent)
    ligne = Financement.objects.select_for_update().get(pk=ligne.pk)
    if montre is not None and montre != rattachement(ligne):
        raise ValidationError(
            "Quelqu’un a changé cette ligne pendant que vous l’écriviez : elle est désormais "
            f"{f'prise sur « {ligne.engagement} »' if ligne.engagement else 'sans engagement'}. "
            "Comparez, puis enregistrez de nouveau."
        )
    if ligne.engagement == engagement:
        return ligne
    ligne.engagement = engagement
    ligne.full_clean()
    ligne.save()
    fiche.save()
    return ligne


def _ligne_tenue(pk, agent):
    """(fiche, line), the fiche locked. Raises PermissionDenied when the line is not the agent's."""
    ligne = Financement.objects.get(pk=pk)
    fiche = ligne.fiche = FicheAction.objects.select_for_update().get(pk=ligne.fiche_id)
    if not agent.has_perm(NOTER, ligne):
        raise PermissionDenied(refus(ligne, agent))
    return fiche, ligne


def refus(ligne, agent):
    """Why this agent notes nothing on this line."""
    return PAS_LA_SIENNE.format(ligne.financeur) if agent.opere_pour else PAS_A_SUIVRE


def rattachement(ligne):
    """What a page shows of it, to be compared when the page comes back."""
    return str(ligne.engagement_id or "")


NOTER = "programme.noter_financement"
PAS_A_SUIVRE = "Cette fiche n’est pas à suivre par vous en ce moment."
PAS_LA_SIENNE = (
    "La ligne « {} » n’est pas de votre organisme : vous notez ce qu’il accorde et verse sur les "
    "siennes, une fois la fiche décidée."
)
DEJA_LA = "Ce financeur a déjà une ligne : notez-y un mouvement."


def suivie(pk, agent, droit=Par.SUIVI):
    """The fiche, locked. Raises PermissionDenied unless this agent follows it now."""
    fiche = FicheAction.objects.select_for_update().get(pk=pk)
    if not agent.has_perm(droit, fiche):
        raise PermissionDenied(PAS_A_SUIVRE)
    return fiche
