"""The steps of a fiche in the admin: each says what will happen, then makes it happen."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from echanges.listes.actes import confirmer
from programme.ecritures import euros
from programme.fiches import parcours
from programme.fiches.admin import bilans
from programme.fiches.chemin import niveaux, prochaine_action
from programme.fiches.instruction import instruction
from programme.fiches.models import FicheAction, Passage, Sommes
from territoires.administration import contexte_de_ligne, ouvrir_ligne

Action = Passage.Action

# action: (button, function, whether it asks for a reason, what will happen)
ETAPES = {
    Action.TRANSMETTRE: (
        "Transmettre",
        parcours.transmettre,
        False,
        "La fiche part au comité de chaque région concernée. Vous ne pourrez plus la modifier, "
        "sauf à la rappeler avant la décision.",
    ),
    Action.RAPPELER: (
        "Rappeler",
        parcours.rappeler,
        True,
        "La fiche redevient un brouillon, que la région ne lit plus, sauf s’il est partagé avec "
        "elle ou saisi par elle. Les avis déjà rendus restent dans son parcours, mais tous les "
        "comités auront à se prononcer de nouveau.",
    ),
    Action.ENGAGER: (
        "Engager",
        parcours.engager,
        False,
        "L’action commence. Son suivi, ouvert depuis la validation, continue.",
    ),
    Action.REALISER: ("Réaliser", parcours.realiser, False, "L’action est menée à son terme."),
    Action.ABANDONNER: (
        "Abandonner",
        parcours.abandonner,
        True,
        "L’action s’arrête. La fiche reste publique, avec le motif.",
    ),
}
FAIT = {
    Action.TRANSMETTRE: "la fiche est transmise, les comités concernés sont prévenus.",
    Action.RAPPELER: "la fiche est revenue à l’état de brouillon.",
    Action.ENGAGER: "l’action est engagée.",
    Action.REALISER: "l’action est réalisée.",
    Action.ABANDONNER: "l’action est abandonnée.",
}
REPONSE = "remarque_"  # prefix of the form fields that answer a remark
COUT_A_VERIFIER = 100_000_000  # euros


def avis_en_cours(fiche):
    """The avis on its last sending up, with their remarks, read once for a page."""
    if "_avis_lus" not in vars(fiche):
        fiche._avis_lus = instruction().avis_en_cours(fiche, avec_remarques=True)
    return fiche._avis_lus


def remarques(fiche):
    """Those that the comités make now, the oldest first."""
    dites = [r for avis in avis_en_cours(fiche) if not avis.rectifie for r in avis.remarques]
    return sorted(dites, key=lambda remarque: remarque.pk)


def champs_de_reponse(fiche):
    """{form field: (name of the fiche's field, CharField)} while the fiche is to be corrected."""
    if fiche is None or fiche.etat != FicheAction.Etat.AJOURNEE:
        return {}
    return {
        f"{REPONSE}{ligne.pk}": (
            ligne.champ,
            forms.CharField(
                label=f"Votre réponse sur « {ligne.libelle} »",
                initial=ligne.reponse,
                required=False,
                widget=AdminTextareaWidget(attrs={"rows": 2}),
                # A help text is shown as HTML; what a person typed is not.
                help_text=format_html(
                    "<strong>Comité ({}) :</strong> {}",
                    ligne.region,
                    ligne.texte,
                ),
            ),
        )
        for ligne in remarques(fiche)
    }


def enregistrer_les_reponses(formulaire):
    """The answers that this form changed."""
    changees = [nom for nom in formulaire.changed_data if nom.startswith(REPONSE)]
    reponses = {int(nom.removeprefix(REPONSE)): formulaire.cleaned_data[nom] for nom in changees}
    if reponses:
        instruction().repondre(formulaire.instance, reponses)


def alertes(fiche):
    """What the person who just saved should look at; nothing here prevents saving."""
    if exces := fiche.finance_au_dela():
        yield (
            f"Le plan de financement dépasse le coût total de {euros(exces)}. La fiche est "
            "enregistrée, mais ne pourra pas être transmise ainsi."
        )
    if fiche.cout_total is not None and fiche.cout_total >= COUT_A_VERIFIER:
        yield f"Le coût total est de {euros(fiche.cout_total)} : vérifiez le nombre de zéros."
    avant = Q(debut__lt=fiche.date_debut) if fiche.date_debut else Q()
    apres = Q(fin__gt=fiche.date_fin) if fiche.date_fin else Q()
    if (avant or apres) and (hors := fiche.etapes.filter(avant | apres)):
        noms = ", ".join(f"« {etape} »" for etape in hors)
        yield f"Hors du calendrier de l’action : {noms}."


def contexte(fiche, lignes):
    """What the change page says of the way of a fiche; `lignes` are those of its plan."""
    passages = list(fiche.passages.select_related("auteur"))
    avis = avis_en_cours(fiche)
    attendues = instruction().regions_attendues(fiche, avis)
    return {
        "manques": fiche.manques() if fiche.est_modifiable else [],
        "attendus": len(fiche.ATTENDUS),
        "passages": passages,
        "avis": avis,
        "niveaux": niveaux(fiche, passages, avis),
        "prochaine_action": prochaine_action(fiche, attendues),
        "remarques": remarques(fiche),
        "regards": instruction().regards(fiche, avis),
        "finances": Sommes.des_lignes(lignes, fiche.cout_total),
    }


def pas(request, fiche):
    """[(button, address)] of the steps that this person may make now."""
    if not request.user.has_perm("programme.faire_avancer", fiche):
        return []
    return [
        (ETAPES[a][0], reverse("admin:programme_ficheaction_parcours", args=[fiche.pk, a]))
        for a in parcours.pas_possibles(fiche)
    ]


def pas_d_une_nouvelle():
    """The same for a fiche that this form will make: saved first, it then asks to confirm."""
    return [(ETAPES[Action.TRANSMETTRE][0], "")]


def principale(fiche, a_remplir):
    """The button of the step that the fiche waits for; none while saving comes first."""
    if fiche.est_modifiable and fiche.pk and not a_remplir:
        return ETAPES[Action.TRANSMETTRE][0]
    return ETAPES[Action.ENGAGER][0] if fiche.etat == FicheAction.Etat.VALIDEE else ""


def franchir(admin, request, pk, action):
    """Ask, then make one step; a refusal says why and keeps what was typed."""
    fiches = admin.get_queryset(request).select_related("territoire")
    fiche = ouvrir_ligne(request, fiches, pk, "programme.faire_avancer")
    if action not in ETAPES:
        raise Http404
    if action == Action.REALISER and fiche.etat == FicheAction.Etat.ENGAGEE:
        return bilans.vue_realiser(admin, request, pk)
    bouton, fonction, motive, consequence = ETAPES[action]
    erreurs = []
    if request.method == "POST":
        motif = {"motif": request.POST.get("motif", "")} if motive else {}
        try:
            _faire(fonction, fiche, request, motif)
        except ValidationError as erreur:
            erreurs = erreur.messages
            fiche.refresh_from_db()
        else:
            admin.message_user(request, f"C’est fait : {FAIT[action]}", messages.SUCCESS)
            return _revenir(request, fiche)
    contexte = contexte_de_ligne(
        admin,
        request,
        fiche,
        bouton,
        consequence=consequence,
        destinataires=parcours.destinataires(fiche, action),
        motive=motive,
        motif=request.POST.get("motif", ""),
        erreurs=erreurs,
        bouton=bouton,
        transmet=action == Action.TRANSMETTRE,
        manques=fiche.manques() if action == Action.TRANSMETTRE else [],
        finances=fiche.financement_par_statut(),
        regions=fiche.regions_concernees(),
        sans_reponse=[r for r in remarques(fiche) if not r.reponse]
        if fiche.etat == FicheAction.Etat.AJOURNEE
        else [],
    )
    return TemplateResponse(request, "admin/programme/ficheaction/etape.html", contexte)


def _revenir(request, fiche):
    """To its page; to the list for who does not read it any more, now that this is done."""
    fiche.refresh_from_db()
    if request.user.has_perm("programme.view_ficheaction", fiche):
        return redirect("admin:programme_ficheaction_change", fiche.pk)
    return redirect("admin:programme_ficheaction_changelist")


@transaction.atomic
def _faire(fonction, fiche, request, motif):
    """Make the step on the fiche that the page showed, and on no later state of it."""
    version = FicheAction.objects.select_for_update().get(pk=fiche.pk).version
    if request.POST.get("version", str(version)) != str(version):
        raise parcours.TransitionRefusee(
            "La fiche a changé depuis que vous avez ouvert cette page : relisez-la, puis confirmez "
            "de nouveau si cela convient encore."
        )
    fonction(fiche, agent=request.user, **motif)


def transmettre_plusieurs(admin, request, fiches, transmettre):
    """Send up several fiches after one confirmation; each refusal is told with its reason."""
    raisons = {f: parcours.empechement_de_transmettre(f, request.user) for f in fiches}
    if "confirme" not in request.POST:
        return confirmer(
            admin,
            request,
            "transmettre",
            title="Transmettre les fiches cochées",
            consequence=ETAPES[Action.TRANSMETTRE][3],
            lignes=[(f, f"{f} ({f.get_etat_display()})") for f, non in raisons.items() if not non],
            ecartees=[(f, non) for f, non in raisons.items() if non],
            bouton="Transmettre",
        )
    for fiche in [f for f, non in raisons.items() if not non]:
        try:
            transmettre(fiche, agent=request.user)
            admin.message_user(request, f"Transmise : {fiche}", messages.SUCCESS)
        except ValidationError as erreur:
            raisons = " ".join(erreur.messages)
            admin.message_user(request, f"{fiche} : {raisons}", messages.WARNING)
    return None
