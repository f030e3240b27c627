"""The page where a fiche is examined by those who work on it, and the answer of its territoire."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from programme.fiches.models import FicheAction
from programme.instruction import examen, lignes, tenue
from programme.instruction.forms import (
    AttributionForm,
    AvisForm,
    ComplementForm,
    GrilleForm,
    MessageForm,
    NoteForm,
    reponse_form,
)
from programme.instruction.models import Coche, Message, NoteInterne
from programme.instruction.nouvelles import concernes, service

FORMULAIRES = {
    classe.geste: (classe, droit)
    for droit, classes in {
        examen.EXAMINER: (AvisForm, ComplementForm),
        "programme.converser_ficheaction": (MessageForm,),
        tenue.TENIR: (AttributionForm, NoteForm, GrilleForm),
    }.items()
    for classe in classes
}
AVANT_LA_SEANCE = (AvisForm.geste, ComplementForm.geste)


class DeLaFiche(PermissionRequiredMixin, DetailView):
    """A page about one fiche that this person reads as it works."""

    permission_required = "programme.view_ficheaction"
    slug_field = slug_url_kwarg = "reference"
    context_object_name = "fiche"

    def get_queryset(self):
        return (
            FicheAction.objects.for_user(self.request.user)
            .select_related("territoire__perimetre_courant", "dernier_envoi")
            .prefetch_related("attributions__agent", "attributions__region")
        )

    def get_object(self, queryset=None):
        """Raises PermissionDenied, which says why and gives back what was typed, once recalled."""
        try:
            return super().get_object(queryset)
        except Http404:
            if tenue.rappelee(self.kwargs["reference"], self.request.user):
                raise PermissionDenied(
                    "La fiche a été rappelée par son territoire : elle est de nouveau un brouillon."
                ) from None
            raise


class Instruction(DeLaFiche):
    template_name = "programme/instruction/instruction.html"

    def get_context_data(self, envoye=None, **kwargs):
        fiche, user = self.object, self.request.user
        empechement = ""
        if fiche.dernier_envoi and user.has_perm(examen.EXAMINER, fiche):
            empechement = examen.empechement(fiche, user)
        formulaires = self._formulaires(fiche, user, empechement)
        if envoye is not None:
            formulaires[envoye.geste] = envoye
        avis, complements = fiche.avis_techniques.all(), fiche.complements.all()
        return super().get_context_data(
            formulaires=formulaires,
            empechement=empechement,
            service=service(user),
            avis=[un for un in avis if un.envoi_id == fiche.dernier_envoi_id],
            anciens=[un for un in avis if un.envoi_id != fiche.dernier_envoi_id],
            complements=[_dite(demande, fiche) for demande in complements],
            repond=user.has_perm("programme.repondre_complement", fiche),
            conversation=Message.objects.for_user(user)
            .filter(fiche=fiche)
            .select_related("auteur"),
            concernes=concernes(fiche),
            attributions=self._papiers(fiche.attributions.all()),
            notes=NoteInterne.objects.for_user(user)
            .filter(fiche=fiche)
            .select_related("auteur", "region"),
            coches=Coche.objects.for_user(user)
            .filter(fiche=fiche)
            .select_related("auteur", "point__region"),
            **kwargs,
        )

    def _papiers(self, attributions):
        """Who follows it is told to those who examine, each région of its own."""
        user = self.request.user
        return [a for a in attributions if user.est_delegation or a.region_id in user.codes_regions]

    def _formulaires(self, fiche, user, empechement):
        """{act: its form, empty} of what this person may do now."""
        permis = {}
        for geste, (classe, droit) in FORMULAIRES.items():
            tard = geste in AVANT_LA_SEANCE and (empechement or not fiche.dernier_envoi)
            if user.has_perm(droit, fiche) and not tard:
                permis[geste] = classe(fiche, user)
        return permis

    def post(self, request, reference):
        self.object = fiche = self.get_object()
        classe, droit = FORMULAIRES.get(request.POST.get("geste"), (None, None))
        if classe is None:
            raise Http404
        if not request.user.has_perm(droit, fiche):
            raise PermissionDenied("Ceci revient à ceux qui instruisent la fiche.")
        form = classe(fiche, request.user, request.POST)
        if form.is_valid():
            try:
                messages.success(request, form.faire())
                return redirect("instruction", reference)
            except ValidationError as erreur:
                _refuser(form, erreur)
        return self.render_to_response(self.get_context_data(envoye=form))


class Repondre(DeLaFiche):
    """The territoire answers, and changes of the fiche what the request names."""

    template_name = "programme/instruction/repondre.html"

    def get_context_data(self, form=None, **kwargs):
        demande = kwargs.pop("demande", None) or self._demande()
        raison = examen.sans_objet(demande)
        return super().get_context_data(
            demande=demande,
            raison=raison,
            form=form or (None if raison else reponse_form(demande)),
            **kwargs,
        )

    def _demande(self):
        fiche = self.object
        if not self.request.user.has_perm("programme.repondre_complement", fiche):
            raise PermissionDenied("La réponse revient au territoire.")
        demande = get_object_or_404(fiche.complements, numero=self.kwargs["numero"])
        demande.fiche = fiche
        return demande

    def post(self, request, reference, numero):
        self.object = self.get_object()
        demande = self._demande()
        form = reponse_form(demande, request.POST, request.FILES)
        if form.is_valid():
            try:
                form.faire(request.user)
            except ValidationError as erreur:
                _refuser(form, erreur)
                # It is told what changed meanwhile: the next sending is judged from there.
                form.data = form.data.copy()
                fiche = FicheAction.objects.get(pk=demande.fiche_id)
                form.data["version"] = fiche.version
                form.data["empreinte"] = lignes.empreinte(fiche, lignes.nommees(demande))
            else:
                messages.success(request, "Votre réponse est envoyée à qui l’a demandée.")
                return redirect("instruction", reference)
        return self.render_to_response(self.get_context_data(form=form, demande=demande))


@require_POST
def retirer(request, reference, numero):
    fiches = FicheAction.objects.for_user(request.user)
    fiche = get_object_or_404(fiches, reference=reference)
    demande = get_object_or_404(fiche.complements, numero=numero)
    try:
        examen.retirer(demande, agent=request.user)
        messages.success(request, "La demande de complément est retirée.")
    except ValidationError as erreur:
        messages.error(request, " ".join(erreur.messages))
    return redirect("instruction", reference)


def _dite(demande, fiche):
    demande.fiche = fiche
    return demande


def _refuser(form, erreur):
    """Each sentence at its field; at the head of the form when it has none."""
    phrases = erreur.message_dict if hasattr(erreur, "error_dict") else {None: erreur.messages}
    for nom, raisons in phrases.items():
        form.add_error(nom if nom in form.fields else None, raisons)
