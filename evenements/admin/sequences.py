"""A séquence with its account: who spoke, what was announced."""

from django.contrib import admin
from django.db import transaction
from django.db.models import Q

from echanges.textes import en_cle
from evenements.admin.assemblees import noter
from evenements.admin.formulaires import InterventionForm, SequenceForm
from evenements.models import Annonce, Assemblee, Intervenant, Intervention, Sequence
from evenements.resources import AnnonceResource, InterventionResource, SequenceResource
from programme.partenaires.models import Engagement
from territoires.administration import LignesEmpilees, PerimetreAdmin
from territoires.formulaires import RangsAutomatiques
from territoires.listes.filters import FiltreDuPerimetre


class Interventions(LignesEmpilees):
    model = Intervention
    form = InterventionForm
    formset = RangsAutomatiques
    autocomplete_fields = ["intervenant", "territoire"]
    fields = ["ordre", "intervenant", "nouveau", ("role", "organisation"), "territoire"]
    fields += ["resume", "citation"]

    def get_extra(self, request, obj=None, **kwargs):
        return 1

    def get_fields(self, request, obj=None):
        """The line that makes a person is for who may write."""
        if self.has_change_permission(request, obj):
            return self.fields
        return [nom for nom in self.fields if nom != "nouveau"]


class Annonces(LignesEmpilees):
    """Leads to fiches of any perimeter: shown to those who write it, the délégation."""

    model = Annonce
    formset = RangsAutomatiques
    autocomplete_fields = ["convention_signee", "contrat", "fiche", "edition", "bonne_pratique"]
    fields = ["ordre", "texte", "nature", "intervention", "ensemble", "engagement"]
    fields += ["convention_signee", "contrat", "fiche", "edition", "bonne_pratique", "registre"]

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "intervention":
            sequence = en_cle(request.resolver_match.kwargs.get("object_id"))
            kwargs["queryset"] = Intervention.objects.filter(sequence=sequence).select_related(
                "intervenant"
            )
        if db_field.name == "engagement":
            kwargs["queryset"] = Engagement.objects.select_related("convention")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "ensemble":
            sequence = en_cle(request.resolver_match.kwargs.get("object_id"))
            # Those of the séquence, and whom a file already named.
            kwargs["queryset"] = Intervenant.objects.filter(
                Q(pk__in=Intervention.objects.filter(sequence=sequence).values("intervenant"))
                | Q(pk__in=Annonce.objects.filter(sequence=sequence).values("ensemble"))
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Sequence)
class SequenceAdmin(PerimetreAdmin):
    form = SequenceForm
    classeur_de = (SequenceResource, InterventionResource, AnnonceResource)
    list_display = ["titre", "assemblee", "ordre", "type", "jour"]
    list_filter = [("assemblee", FiltreDuPerimetre), "type"]
    list_select_related = ["assemblee"]
    search_fields = ["titre"]
    tri = "celles de la dernière assemblée d’abord, dans leur ordre"
    champs_cles = ("assemblee",)
    inlines = [Interventions, Annonces]

    def get_queryset(self, request):
        assemblees = Assemblee.objects.for_user(request.user)
        return admin.ModelAdmin.get_queryset(self, request).filter(assemblee__in=assemblees)

    def get_fieldsets(self, request, obj=None):
        heures = ("debut", "fin", "moment")
        champs = ["assemblee", ("ordre", "type"), "titre", "jour", heures, "salle", "compte_rendu"]
        champs += ["dit_ensemble", "difficultes", "themes"]
        blocs = [(None, {"fields": champs})]
        if obj and obj.assemblee.est_du_public and self.has_change_permission(request, obj):
            blocs.append(("Correction", {"fields": ["note"]}))
        return blocs

    def render_change_form(self, request, context, **kwargs):
        page = super().render_change_form(request, context, **kwargs)
        if request.method == "POST":
            # A refused page leaves nobody behind: the people it made are undone with it.
            transaction.set_rollback(True)
        return page

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        constats = [f"séquence « {form.instance} »"] if change else []
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            noter(form.instance.assemblee, form, formsets, constats)
