"""What happens to a decided fiche, noted on pages of its own: money, new financeurs, steps.

What was decided is read there and never written.
"""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from programme.ecritures import euros, periode
from programme.fiches import calendrier, financement
from programme.fiches.admin.forms import MontantEcrit
from programme.fiches.champs import Par
from programme.fiches.models import Etape, Financement, MouvementFinancier, ReportEtape, Sommes
from territoires.administration import contexte_de_ligne, ouvrir_ligne


def _ecrits(champ, **options):
    """Form fields of these pages: amounts and dates as people write them."""
    if champ.name in ("le", "faite_le", "debut", "fin"):
        options["widget"] = AdminDateWidget()
    if champ.name == "montant":
        options["form_class"] = MontantEcrit
    return champ.formfield(**options)


class FormulaireDeSuivi(forms.ModelForm):
    bouton = "Enregistrer"
    required_css_class = "required"


class MouvementForm(FormulaireDeSuivi):
    prefix = "mouvement"  # its document is a row of the fiche: no more is kept than it may weigh
    verifie = forms.BooleanField(
        label="J’ai vérifié, ce montant est juste", label_suffix="", required=False
    )

    class Meta:
        model = MouvementFinancier
        fields = ["nature", "montant", "le", "reference", "document"]
        formfield_callback = _ecrits

    def visible_fields(self):
        """The box that confirms is shown with the doubt that it answers."""
        demande = "verifie" in self.errors or self["verifie"].data
        return [champ for champ in super().visible_fields() if demande or champ.name != "verifie"]

    def faire(self, ligne, agent):
        mouvement = financement.noter(ligne, agent=agent, **self.cleaned_data)
        return f"C’est noté : {ligne.financeur}, {mouvement}."


class FinanceurForm(FormulaireDeSuivi):
    le = forms.DateField(label="Depuis le", widget=AdminDateWidget(), initial=timezone.localdate)

    class Meta:
        model = Financement
        fields = ["financeur", "partenaire", "montant", "statut"]
        formfield_callback = _ecrits

    def faire(self, fiche, agent):
        ligne = financement.ajouter_un_financeur(fiche, agent=agent, **self.cleaned_data)
        return f"C’est noté : {ligne.financeur} s’ajoute aux financeurs."


class AnnulationForm(forms.Form):
    bouton = "Annuler le mouvement"
    required_css_class = "required"
    motif = forms.CharField(label="motif", max_length=300, widget=forms.Textarea({"rows": 2}))

    def faire(self, mouvement, agent):
        financement.annuler(mouvement, agent=agent, **self.cleaned_data)
        return "Le mouvement est annulé : il reste lisible et ne compte plus."


class RattachementForm(FormulaireDeSuivi):
    montre = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Financement
        fields = ["engagement"]

    lu = staticmethod(financement.rattachement)

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        choix = self.fields["engagement"]
        choix.queryset = instance.engagements_possibles()
        choix.label_from_instance = lambda engagement: (
            f"{engagement.convention}, nᵒ {engagement.numero} : {engagement}"
        )
        choix.empty_label = "Aucun engagement"
        self.initial["montre"] = self.lu(instance)

    def faire(self, ligne, agent):
        ligne = financement.rattacher(ligne, agent=agent, **self.cleaned_data)
        if ligne.engagement:
            return f"C’est noté : {ligne.financeur} est pris sur « {ligne.engagement} »."
        return f"C’est noté : {ligne.financeur} n’est pris sur aucun engagement."


class EtapeSuivieForm(FormulaireDeSuivi):
    motif = forms.CharField(
        label="Motif du changement de date",
        max_length=300,
        required=False,
        help_text="Lu par les agents du périmètre, jamais publié.",
    )
    montre = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Etape
        fields = ["faite", "faite_le", "debut", "fin"]
        formfield_callback = _ecrits

    lu = staticmethod(calendrier.lu)

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["montre"] = self.lu(instance)

    def clean(self):
        donnees = super().clean()
        if donnees.get("faite_le") and not donnees.get("faite"):
            self.add_error("faite", "Cochez l’étape, ou videz le jour où elle a été faite.")
        avait = self.initial.get("debut") or self.initial.get("fin")
        if avait and {"debut", "fin"} & {*self.changed_data} and not donnees.get("motif"):
            self.add_error("motif", "Dites pourquoi les dates de l’étape changent.")
        return donnees

    def faire(self, etape, agent):
        report = calendrier.suivre(etape, agent=agent, **self.cleaned_data)
        suite = " Les anciennes dates restent lisibles." if report else ""
        return f"C’est noté : {etape.intitule}.{suite}"


class NouvelleEtapeForm(FormulaireDeSuivi):
    class Meta:
        model = Etape
        fields = ["intitule", "debut", "fin", "faite", "faite_le"]
        formfield_callback = _ecrits

    def clean(self):
        donnees = super().clean()
        if donnees.get("faite_le") and not donnees.get("faite"):
            self.add_error("faite", "Cochez l’étape, ou videz le jour où elle a été faite.")
        return donnees

    def faire(self, fiche, agent):
        etape = calendrier.ajouter(fiche, agent=agent, **self.cleaned_data)
        return f"C’est noté : l’étape «\u202f{etape.intitule}\u202f» s’ajoute au calendrier."


def contexte_du_suivi(request, fiche, lignes=None, etapes=None):
    """The plan as decided beside today's state, the steps, and what this person may note.

    `lignes` of the plan and `etapes` are those of the fiche where the page has them already.
    """
    mouvements = MouvementFinancier.objects.select_related("auteur", "annule_par")
    reports = ReportEtape.objects.select_related("auteur")
    if lignes is None:
        lignes = list(fiche.financements.select_related("engagement__convention"))
    prefetch_related_objects(lignes, Prefetch("mouvements", queryset=mouvements))
    for ligne in lignes:
        ligne.fiche = fiche
        ligne.a_noter = request.user.has_perm(financement.NOTER, ligne)
    etapes = list(fiche.etapes.all()) if etapes is None else etapes
    prefetch_related_objects(etapes, Prefetch("reports", queryset=reports))
    return {
        "lignes": lignes,
        "etapes": etapes,
        "totaux": Sommes.des_lignes(lignes, fiche.cout_total),
        "obstacles": fiche.obstacles.all(),
        "nouvelles": fiche.nouvelles.select_related("auteur"),
        "repond": request.user.has_perm(Par.REPONSE, fiche),
        "suit": request.user.has_perm(Par.SUIVI, fiche),
        "mesure": request.user.has_perm(Par.MESURE, fiche),
    }


def vue_suivi(admin, request, pk):
    fiche = _decidee(admin, request, pk)
    suivi = contexte_du_suivi(request, fiche)
    contexte = contexte_de_ligne(admin, request, fiche, "Suivi", suivi=suivi)
    return TemplateResponse(request, "admin/programme/ficheaction/suivi.html", contexte)


def vue_mouvement(admin, request, pk, ligne):
    fiche = _decidee(admin, request, pk)
    ligne = _a_noter(request, fiche, get_object_or_404(fiche.financements, pk=ligne))
    titre = f"Noter un mouvement, {ligne.financeur}"
    return _saisir(admin, request, fiche, MouvementForm, titre, ligne, ligne=ligne)


def vue_rattacher(admin, request, pk, ligne):
    fiche = _decidee(admin, request, pk, Par.SUIVI)
    lignes = fiche.financements.exclude(partenaire=None)
    ligne = get_object_or_404(lignes, pk=ligne)
    titre = f"Engagement sur lequel est pris le financement, {ligne.financeur}"
    return _saisir(
        admin, request, fiche, RattachementForm, titre, ligne, instance=ligne, ligne=ligne
    )


def vue_annuler(admin, request, pk, mouvement):
    fiche = _decidee(admin, request, pk)
    mouvements = MouvementFinancier.objects.filter(financement__fiche=fiche)
    mouvement = get_object_or_404(mouvements.select_related("financement"), pk=mouvement)
    _a_noter(request, fiche, mouvement.financement)
    titre = f"Annuler un mouvement, {mouvement.financement.financeur}"
    return _saisir(admin, request, fiche, AnnulationForm, titre, mouvement, mouvement=mouvement)


def vue_financeur(admin, request, pk):
    fiche = _decidee(admin, request, pk, Par.SUIVI)
    return _saisir(admin, request, fiche, FinanceurForm, "Nouveau financeur", fiche)


def vue_etape(admin, request, pk, etape):
    fiche = _decidee(admin, request, pk, Par.MESURE)
    etape = get_object_or_404(fiche.etapes, pk=etape)
    titre = f"Cocher ou reporter l’étape «\u202f{etape}\u202f»"
    return _saisir(admin, request, fiche, EtapeSuivieForm, titre, etape, instance=etape)


def vue_nouvelle_etape(admin, request, pk):
    fiche = _decidee(admin, request, pk, Par.MESURE)
    return _saisir(admin, request, fiche, NouvelleEtapeForm, "Ajouter une étape", fiche)


def histoire(fiche):
    """Moves and new dates, in the form of the steps of `HistoriqueLisible`."""
    suite = []
    mouvements = MouvementFinancier.objects.filter(financement__fiche=fiche)
    for m in mouvements.select_related("financement", "auteur", "annule_par"):
        geste = f"Mouvement noté\u202f: {m.financement}, {m}"
        suite.append(geste_de(m.auteur, m.saisi_le, geste, [("montant", "", euros(m.montant))]))
        if m.annule_le:
            changements = [("montant", euros(m.montant), f"annulé, {m.motif_annulation}")]
            geste = f"Mouvement annulé\u202f: {m.financement}, {m}"
            suite.append(geste_de(m.annule_par, m.annule_le, geste, changements))
    reports = ReportEtape.objects.filter(etape__fiche=fiche).select_related("etape", "auteur")
    for r in reports:
        dates = [("dates", periode(r.ancien_debut, r.ancienne_fin), periode(r.debut, r.fin))]
        motif = [("motif", "", r.motif)] if r.motif else []
        geste = f"Report d’étape\u202f: {r.etape.intitule}"
        suite.append(geste_de(r.auteur, r.le, geste, dates + motif))
    return suite


def geste_de(qui, quand, geste, changements):
    return {
        "qui": qui or "le système",
        "quand": quand,
        "geste": geste,
        "raison": None,
        "changements": changements,
    }


def _decidee(admin, request, pk, droit="programme.view_ficheaction"):
    """The decided fiche of this page; there is nothing to follow before the decision."""
    fiches = admin.get_queryset(request).select_related("territoire__perimetre_courant")
    if request.method not in ("GET", "HEAD", "POST"):
        raise PermissionDenied
    if not fiches.filter(pk=pk).du_public().exists():
        raise Http404
    return ouvrir_ligne(
        request, fiches, pk, droit, "Cette fiche n’est pas à suivre par vous en ce moment."
    )


def _a_noter(request, fiche, ligne):
    """The line, when this person notes what happens to it."""
    ligne.fiche = fiche
    if not request.user.has_perm(financement.NOTER, ligne):
        raise PermissionDenied(financement.refus(ligne, request.user))
    return ligne


def _saisir(admin, request, fiche, Formulaire, titre, sujet, instance=None, **contexte):
    """Show the form of one act, or do it; a refusal is said at its field, what was typed stays."""
    options = {"instance": instance} if instance else {}
    form = Formulaire(request.POST or None, request.FILES or None, **options)
    if request.method == "POST" and form.is_valid():
        try:
            fait = form.faire(sujet, request.user)
        except ValidationError as erreur:
            _refuser(form, erreur)
            if instance:
                # It is told what changed meanwhile: the next sending is judged from there.
                instance.refresh_from_db()
                form.data = form.data.copy()
                form.data["montre"] = form.lu(instance)
        else:
            admin.message_user(request, fait, messages.SUCCESS)
            return redirect("admin:programme_ficheaction_suivi", fiche.pk)
    contexte |= {
        "form": form,
        "retour": reverse("admin:programme_ficheaction_suivi", args=[fiche.pk]),
    }
    contexte |= contexte_de_ligne(admin, request, fiche, titre)
    gabarit = "admin/programme/ficheaction/suivi_saisie.html"
    return TemplateResponse(request, gabarit, contexte)


def _refuser(form, erreur):
    """Each sentence at its field; at the head of the form when it has none."""
    if not hasattr(erreur, "error_dict"):
        form.add_error(None, erreur)
        return
    for nom, phrases in erreur.error_dict.items():
        form.add_error(nom if nom in form.fields else None, phrases)


def pages(admin):
    """The urls of these pages, under those of the fiche."""
    vue = admin.admin_site.admin_view
    return [
        path(
            f"<int:pk>/suivi/{chemin}",
            vue(partial(fonction, admin)),
            name=f"programme_ficheaction_{nom}",
        )
        for chemin, fonction, nom in (
            ("", vue_suivi, "suivi"),
            ("financeurs/ajouter/", vue_financeur, "financeur"),
            ("financeurs/<int:ligne>/", vue_mouvement, "mouvement"),
            ("financeurs/<int:ligne>/engagement/", vue_rattacher, "rattacher"),
            ("mouvements/<int:mouvement>/annuler/", vue_annuler, "annuler_mouvement"),
            ("etapes/ajouter/", vue_nouvelle_etape, "nouvelle_etape"),
            ("etapes/<int:etape>/", vue_etape, "etape"),
        )
    ]
