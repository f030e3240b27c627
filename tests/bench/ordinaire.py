"""The admin of Django as it comes: the same fiche, the same tables, its own pages and widgets."""

from pathlib import Path

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey

from programme.fiches.admin.lignes import Etapes, Financements, Indicateurs
from programme.fiches.models import (
    Etape,
    FicheAction,
    Financement,
    Indicateur,
    Obstacle,
    PieceJointe,
)

REGLAGES = {
    "FORM_RENDERER": "django.forms.renderers.DjangoTemplates",
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(paquet.__file__).parent / "templates" for paquet in (admin, forms)],
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
}


class Ouvert:
    """Rights are asked of nothing: what they cost is ours."""

    def _oui(self, request, obj=None):
        return True

    has_module_permission = has_view_permission = has_add_permission = _oui
    has_change_permission = has_delete_permission = _oui


def _table(modele_des_lignes, *champs):
    liees = [c.name for c in modele_des_lignes._meta.fields if isinstance(c, ForeignKey)]
    corps = {"model": modele_des_lignes, "extra": 1}
    corps |= {"fields": champs} if champs else {"raw_id_fields": liees}
    return type("Table", (Ouvert, admin.TabularInline), corps)


class FicheOrdinaire(Ouvert, admin.ModelAdmin):
    raw_id_fields = ["intercommunalites", "partenaires", "saisie_par", "created_by"]
    inlines = [
        _table(Financement, *Financements.fields),
        _table(Etape, *Etapes.fields),
        _table(Indicateur, *Indicateurs.fields),
        _table(Obstacle),
        _table(PieceJointe),
    ]


site = admin.AdminSite("ordinaire")
site.has_permission = lambda request: True
site.register(FicheAction, FicheOrdinaire)
