"""The steps of a fiche in the admin: each says what will happen, then makes it happen."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import modelformset_factory
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from programme import parcours
from programme.models import FicheAction, Passage, RemarqueAvis

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
        "La fiche redevient un brouillon. Les avis déjà rendus restent dans son parcours, "
        "mais tous les comités auront à se prononcer de nouveau.",
    ),
    Action.ENGAGER: ("Engager", parcours.engager, False, "L’action commence : son suivi s’ouvre."),
    Action.REALISER: ("Réaliser", parcours.realiser, False, "L’action est menée à son terme."),
    Action.ABANDONNER: (
        "Abandonner",
        parcours.abandonner,
        True,
        "L’action s’arrête. La fiche reste publique, avec le motif.",
    ),
}
Remarques = modelformset_factory(RemarqueAvis, fields=["reponse"], extra=0)


def remarques(fiche):
    """The comités' remarks on the last sending up, with the label of their field."""
    libelles = FicheAction.champs_de_fond()
    lignes = RemarqueAvis.objects.filter(
        avis__fiche=fiche, avis__passage=fiche.dernier_envoi_id
    ).select_related("avis__seance__comite__region")
    for ligne in lignes:
        ligne.libelle = libelles.get(ligne.champ, ligne.champ)
    return lignes


def remarques_par_champ(fiche):
    """{field: [remark, with who made it]} while the fiche is back to be corrected."""
    par_champ = {}
    if fiche.etat == FicheAction.Etat.AJOURNEE:
        for ligne in remarques(fiche):
            # A help text is shown as HTML; what a person typed is not.
            texte = format_html(
                "<strong>Comité ({}) :</strong> {}", ligne.avis.seance.comite.region, ligne.texte
            )
            par_champ.setdefault(ligne.champ, []).append(texte)
    return par_champ


def contexte(request, fiche):
    """What the change page says of the way of a fiche, and the steps it offers."""
    avance = request.user.has_perm("programme.faire_avancer", fiche)
    pas = parcours.pas_possibles(fiche) if avance else []
    return {
        "manques": fiche.manques() if fiche.est_modifiable else [],
        "passages": fiche.passages.select_related("auteur"),
        "avis": fiche.avis_en_cours() if fiche.dernier_envoi_id else [],
        "attendues": fiche.regions_attendues(),
        "remarques": remarques(fiche),
        "peut_repondre": fiche.etat == FicheAction.Etat.AJOURNEE and avance,
        "finances": fiche.financement_par_statut(),
        "pas": [
            (ETAPES[a][0], reverse("admin:programme_ficheaction_parcours", args=[fiche.pk, a]))
            for a in pas
        ],
    }


def _fiche(admin, request, pk):
    fiche = admin.get_queryset(request).select_related("territoire").filter(pk=pk).first()
    if fiche is None:
        raise Http404
    if not request.user.has_perm("programme.faire_avancer", fiche):
        raise PermissionDenied
    return fiche


def franchir(admin, request, pk, action):
    """Ask, then make one step; a refusal says why and keeps what was typed."""
    fiche = _fiche(admin, request, pk)
    if action not in ETAPES:
        raise Http404
    bouton, fonction, motive, consequence = ETAPES[action]
    erreurs = []
    if request.method == "POST":
        motif = {"motif": request.POST.get("motif", "")} if motive else {}
        try:
            fonction(fiche, agent=request.user, **motif)
        except ValidationError as erreur:
            erreurs = erreur.messages
        else:
            admin.message_user(request, "C’est fait.", messages.SUCCESS)
            return redirect("admin:programme_ficheaction_change", fiche.pk)
    contexte = admin.admin_site.each_context(request) | {
        "title": f"{bouton} : {fiche}",
        "opts": admin.opts,
        "original": fiche,
        "consequence": consequence,
        "destinataires": parcours.destinataires(fiche, action)
        if fiche.territoire.perimetre_courant
        else [],
        "motive": motive,
        "motif": request.POST.get("motif", ""),
        "erreurs": erreurs,
        "bouton": bouton,
    }
    return TemplateResponse(request, "admin/confirmation.html", contexte)


def repondre(admin, request, pk):
    """The territoire answers the remarks of the fiche that came back."""
    fiche = _fiche(admin, request, pk)
    if fiche.etat != FicheAction.Etat.AJOURNEE:
        raise PermissionDenied("On répond aux remarques d’une fiche ajournée.")
    lignes = remarques(fiche)
    formulaires = Remarques(request.POST or None, queryset=lignes)
    if request.method == "POST" and formulaires.is_valid():
        formulaires.save()
        admin.message_user(request, "Vos réponses sont enregistrées.", messages.SUCCESS)
        return redirect("admin:programme_ficheaction_change", fiche.pk)
    libelles = FicheAction.champs_de_fond()
    for formulaire in formulaires:
        formulaire.libelle = libelles.get(formulaire.instance.champ, formulaire.instance.champ)
    contexte = admin.admin_site.each_context(request) | {
        "title": f"Répondre aux remarques : {fiche}",
        "opts": admin.opts,
        "original": fiche,
        "formulaires": formulaires,
    }
    return TemplateResponse(request, "admin/programme/ficheaction/remarques.html", contexte)


def transmettre_plusieurs(admin, request, fiches, transmettre):
    """Send up several fiches after one confirmation; each refusal is told with its reason."""
    if "confirme" not in request.POST:
        contexte = admin.admin_site.each_context(request) | {
            "title": "Transmettre les fiches choisies",
            "opts": admin.opts,
            "consequence": ETAPES[Action.TRANSMETTRE][3],
            "lignes": [(f.pk, f"{f} ({f.get_etat_display()})") for f in fiches],
            "action": "transmettre",
            "bouton": "Transmettre",
            "champ_choix": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/confirmation.html", contexte)
    for fiche in fiches:
        try:
            transmettre(fiche, agent=request.user)
            admin.message_user(request, f"Transmise : {fiche}", messages.SUCCESS)
        except ValidationError as erreur:
            raisons = " ".join(erreur.messages)
            admin.message_user(request, f"{fiche} : {raisons}", messages.WARNING)
    return None
