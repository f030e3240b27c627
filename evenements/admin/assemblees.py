"""Assemblées with their séquences and documents: drafted, looked at, published, corrected."""

from functools import partial
from pathlib import PurePath
from typing import ClassVar

from django.contrib import admin
from django.db.models import DateField, TimeField
from django.forms import DateInput, TimeInput
from django.urls import path, reverse

from echanges.admin import EchangesAdmin
from evenements.admin import pages
from evenements.admin.formulaires import AssembleeForm, SequencesDuJour
from evenements.models import Assemblee, Correction, Document, Sequence
from evenements.resources import (
    AnnonceResource,
    AssembleeResource,
    CorrectionResource,
    DocumentResource,
    InterventionResource,
    SequenceResource,
)
from territoires.administration import LignesDeFichiers, LignesTabulaires, PerimetreAdmin
from territoires.listes.filters import FiltreFait
from territoires.publication import Publiable


class Sequences(LignesTabulaires):
    model = Sequence
    formset = SequencesDuJour
    fields = ["ordre", "titre", "type", "jour", "moment", "debut", "fin", "salle"]
    show_change_link = True
    # Narrow, so that a whole line stands on a screen.
    formfield_overrides = {
        TimeField: {"widget": TimeInput(format="%H:%M", attrs={"type": "time"})},
        DateField: {"widget": DateInput(attrs={"size": 9})},
    }

    def get_extra(self, request, obj=None, **kwargs):
        """A few empty lines, for those who work without JavaScript."""
        return 3 if obj is None else 1


class Documents(LignesDeFichiers):
    model = Document
    fields = ["titre", "auteurs", "date", "telecharger", "fichier", "lien", "themes"]

    def adresse(self, document):
        return reverse(
            "admin:evenements_assemblee_document", args=[document.assemblee_id, document.pk]
        )


class Corrections(LignesTabulaires):
    """What the public page says was corrected; written by each correction."""

    model = Correction
    fields = ["le", "texte"]
    readonly_fields = ["le"]
    verbose_name_plural = "corrections publiées"

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Assemblee)
class AssembleeAdmin(Publiable, EchangesAdmin, PerimetreAdmin):
    form = AssembleeForm
    resource_class = AssembleeResource
    resources_liees = (
        SequenceResource,
        InterventionResource,
        DocumentResource,
        CorrectionResource,
        AnnonceResource,
    )
    change_form_template = "admin/evenements/assemblee/change_form.html"
    list_display = ["titre", "ville", "date_debut", "date_fin", "publiee_le"]
    list_filter = [("publiee_le", FiltreFait)]
    search_fields = ["recherche"]
    tri = "les dernières d’abord"
    champs_cles = ("identifiant",)
    autocomplete_fields = ["edition", "conventions"]
    readonly_fields = ["publiee_le", "publiee_par"]
    inlines = [Sequences, Documents, Corrections]

    class Media:
        css: ClassVar = {"all": ["evenements/saisie.css"]}

    def get_fieldsets(self, request, obj=None):
        jours, lieu = ("date_debut", "date_fin"), ("ville", "lieu")
        blocs = [
            (None, {"fields": ["titre", jours, lieu, "identifiant"]}),
            (
                "Récit",
                {"fields": ["organisateurs", "participants", "resume", "source", "contact"]},
            ),
            ("Ce qui y fut présenté", {"fields": ["edition", "conventions"]}),
            ("Publication", {"fields": ["publiee_le", "publiee_par"]}),
        ]
        if self.has_change_permission(request, obj):
            blocs.insert(3, ("Documents", {"fields": ["depot"]}))
            if obj and obj.est_du_public:
                blocs.append(("Correction", {"fields": ["note"]}))
        return blocs

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if not isinstance(inline, Corrections) or (obj and obj.est_du_public):
                yield formset, inline

    def get_urls(self):
        vues = [
            ("coller", pages.coller),
            ("voir", pages.voir),
        ]
        propres = [
            path(
                f"<int:pk>/{nom}/",
                self.admin_site.admin_view(partial(vue, self)),
                name=f"evenements_assemblee_{nom}",
            )
            for nom, vue in vues
        ]
        document = self.admin_site.admin_view(partial(pages.document, self))
        return [
            *propres,
            path(
                "<int:pk>/documents/<int:document>/",
                document,
                name="evenements_assemblee_document",
            ),
            *super().get_urls(),
        ]

    def publier_un(self, request, pk):
        return pages.publier(self, request, pk)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.est_du_public else None

    def suites(self, request, objet):
        return pages.pas(objet) if self.has_change_permission(request, objet) else []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        ajoutes = deposer(form.instance, form.cleaned_data.get("depot") or [])
        constats = [f"document « {titre} » ajouté" for titre in ajoutes]
        noter(form.instance, form, formsets, constats)


def deposer(assemblee, fichiers):
    """One document a file, under a title that no other has; returns the titles."""
    pris = set(assemblee.documents.values_list("titre", flat=True))
    titres = []
    for fichier in fichiers:
        base = PurePath(fichier.name).stem.replace("_", " ").strip()[:190] or "Document"
        titre, rang = base, 1
        while titre in pris:
            rang += 1
            titre = f"{base} ({rang})"
        pris.add(titre)
        titres.append(titre)
        assemblee.documents.create(titre=titre, fichier=fichier)
    return titres


def noter(assemblee, form, formsets, constats=()):
    """Once public, no correction goes unsaid: in the writer's words, else by what changed."""
    champs = [nom for nom in form.changed_data if nom not in ("note", "depot")]
    libelles = [form.instance._meta.get_field(nom).verbose_name for nom in champs]
    constats = [*libelles, *constats]
    for formset in formsets:
        if formset.model is Correction:
            continue
        nom = formset.model._meta.verbose_name
        constats += [f"{nom} « {ligne} » : ajout" for ligne in formset.new_objects]
        constats += [f"{nom} « {ligne} »" for ligne, _ in formset.changed_objects]
        constats += [f"{nom} « {ligne} » : retrait" for ligne in formset.deleted_objects]
    if constats:
        ecrite = form.cleaned_data.get("note")
        assemblee.noter_correction(ecrite or f"Corrigé : {', '.join(map(str, constats))}."[:500])
