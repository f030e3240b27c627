"""The admin site: one place to enter everything, in the words of the programme.

It is imported before any model is known: its methods import what they need.
"""

from functools import partial
from importlib import import_module

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.views.i18n import JavaScriptCatalog


class ConfigAdmin(AdminConfig):
    default_site = "config.admin.Site"

    def ready(self):
        super().ready()
        import_module("config.controles")  # what `check --deploy` says
        import_module("config.integrite").brancher()


class Site(admin.AdminSite):
    site_header = "Territoires d’industrie"
    site_title = "Territoires d’industrie"
    index_title = "À faire"
    empty_value_display = "–"
    enable_nav_sidebar = False

    def get_urls(self):
        from config.a_faire.views import liste as a_faire
        from config.personnes.views import page as personne
        from config.taches.views import page as taches
        from territoires.listes.views import filtres
        from territoires.supprimes import views

        return [
            path("a-faire/<slug:cle>/", self.admin_view(partial(a_faire, self)), name="a-faire"),
            path("filtres/", self.admin_view(partial(filtres, self)), name="filtres"),
            path("taches/", self.admin_view(partial(taches, self)), name="taches"),
            path("personnes/<int:pk>/", self.admin_view(partial(personne, self)), name="personne"),
            path("supprimes/", self.admin_view(partial(views.liste, self)), name="supprimes"),
            path(
                "supprimes/<str:genre>/<int:pk>/",
                self.admin_view(partial(views.objet, self)),
                name="supprime",
            ),
            *super().get_urls(),
        ]

    def get_app_list(self, request, app_label=None):
        """Stock, found when it is read: few pages show it, and each one is given it."""
        return SimpleLazyObject(lambda: super(Site, self).get_app_list(request, app_label))

    def index(self, request, extra_context=None):
        from config.a_faire import a_faire
        from config.a_faire.manques import manques

        contexte = {"a_faire": a_faire(request.user), "manques": manques(request.user)}
        contexte |= extra_context or {}
        return super().index(request, contexte)

    def login(self, request, extra_context=None):
        """One door for all: the page of sign-in, which leads back to what was asked."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("Votre compte n’ouvre pas l’espace des agents.")
        suite = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: suite})}")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def i18n_javascript(self, request, extra_context=None):
        """Stock, with our French of its scripts over it."""
        langues = JavaScriptCatalog.as_view(packages=["django.contrib.admin", "config.habillage"])
        return langues(request)

    def autocomplete_view(self, request):
        from territoires.administration import Autocompletion

        return Autocompletion.as_view(admin_site=self)(request)
