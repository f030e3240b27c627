"""Publishing from the admin: what will be public is said first."""

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from echanges.historisation import historiser
from echanges.listes.actes import confirmer
from territoires.administration import contexte_de_ligne, ouvrir_ligne

LISIBLE_PAR_TOUS = "Chacun pourra lire ce qui suit sur le site, sans se connecter, dès maintenant."
PLUS_LISIBLE = (
    "Plus personne ne lira ce qui suit sur le site, dès maintenant. Le texte et son historique "
    "restent ici, et peuvent être publiés de nouveau."
)


class Publiable:
    """Publishing, from a list or a form, after a page that says what will be public.

    Mixin of a ModelAdmin.
    """

    actions = ["publier"]
    gabarit_de_publication = "admin/confirmation.html"  # shows what will be read of one row

    def get_urls(self):
        page = self.admin_site.admin_view(self.publier_un)
        nom = f"{self.opts.app_label}_{self.opts.model_name}_publier"
        return [path("<int:pk>/publier/", page, name=nom), *super().get_urls()]

    def suites(self, request, objet):
        """The last of the buttons, as long as it is not public."""
        suites = super().suites(request, objet)
        if objet.est_du_public or not self.has_change_permission(request, objet):
            return suites
        nom = f"{self.opts.app_label}_{self.opts.model_name}_publier"
        return [*suites, ("Publier", reverse(f"{self.admin_site.name}:{nom}", args=[objet.pk]))]

    def publier_un(self, request, pk):
        """What will be public, then the publication; back on the form in both cases."""
        droit = f"{self.opts.app_label}.{get_permission_codename('change', self.opts)}"
        objet = ouvrir_ligne(request, self.get_queryset(request), pk, droit)
        retour = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        lignes = self.a_publier(self.model._default_manager.filter(pk=pk))
        if not lignes:
            self.message_user(request, f"C’est déjà publié\u00a0: {objet}.", messages.WARNING)
            return redirect(retour, pk)
        if request.method == "POST":
            self.marquer(request, lignes)
            self.message_user(
                request, f"C’est publié\u00a0: {objet}. Chacun peut le lire.", messages.SUCCESS
            )
            return redirect(retour, pk)
        contexte = contexte_de_ligne(
            self,
            request,
            objet,
            "Publier",
            consequence=LISIBLE_PAR_TOUS,
            lignes=[(objet.pk, str(objet))],
            nommees=1,
            bouton="Publier",
        )
        return TemplateResponse(request, self.gabarit_de_publication, contexte)

    def a_publier(self, lignes):
        """Those of these rows that are not public yet."""
        return lignes.exclude(pk__in=self.model._default_manager.du_public())

    def marquer(self, request, lignes):
        cles = list(lignes.values_list("pk", flat=True))
        lignes.update(publiee_le=timezone.now(), publiee_par=request.user)
        historiser(self.model, cles, "~", request.user, "Publication")
        return len(cles)

    @admin.action(description="Publier les lignes choisies", permissions=["change"])
    def publier(self, request, queryset):
        lignes = self.a_publier(queryset)
        if "confirme" in request.POST:
            nombre = self.marquer(request, lignes)
            self.message_user(request, f"Publiées : {nombre}.", messages.SUCCESS)
            return None
        restent = queryset.exclude(pk__in=lignes.order_by().values("pk"))
        return confirmer(
            self,
            request,
            "publier",
            title=f"Publier : {self.opts.verbose_name_plural}",
            consequence=LISIBLE_PAR_TOUS,
            lignes=[(ligne, str(ligne)) for ligne in lignes],
            ecartees=[(ligne, "déjà publié") for ligne in restent],
            bouton="Publier",
        )


class Retirable(Publiable):
    """What was published can be a draft again: nothing of it is lost, nobody reads it.

    Mixin of a ModelAdmin.
    """

    actions = [*Publiable.actions, "retirer"]

    def get_urls(self):
        page = self.admin_site.admin_view(self.retirer_un)
        nom = f"{self.opts.app_label}_{self.opts.model_name}_retirer"
        return [path("<int:pk>/retirer/", page, name=nom), *super().get_urls()]

    def suites(self, request, objet):
        suites = super().suites(request, objet)
        if not objet.est_du_public or not self.has_change_permission(request, objet):
            return suites
        nom = f"{self.opts.app_label}_{self.opts.model_name}_retirer"
        adresse = reverse(f"{self.admin_site.name}:{nom}", args=[objet.pk])
        return [*suites, ("Retirer du site", adresse)]

    def retirer_un(self, request, pk):
        """What nobody will read any more, then the withdrawal; back on the form in both cases."""
        droit = f"{self.opts.app_label}.{get_permission_codename('change', self.opts)}"
        objet = ouvrir_ligne(request, self.get_queryset(request), pk, droit)
        retour = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        if not objet.est_du_public:
            dit = f"Ce n’est pas publié\u00a0: {objet}."
            self.message_user(request, dit, messages.WARNING)
            return redirect(retour, pk)
        if request.method == "POST":
            self.demarquer(request, [objet])
            dit = f"C’est retiré du site\u00a0: {objet}. Le texte reste ici, en brouillon."
            self.message_user(request, dit, messages.SUCCESS)
            return redirect(retour, pk)
        contexte = contexte_de_ligne(
            self,
            request,
            objet,
            "Retirer du site",
            consequence=PLUS_LISIBLE,
            lignes=[(objet.pk, str(objet))],
            nommees=1,
            bouton="Retirer du site",
        )
        return TemplateResponse(request, "admin/confirmation.html", contexte)

    def demarquer(self, request, lignes):
        """One by one: their history tells who took each back, and when."""
        for ligne in lignes:
            ligne.publiee_le = ligne.publiee_par = None
            ligne._change_reason = "Retrait du site"
            ligne.save()
        return len(lignes)

    @admin.action(description="Retirer du site les lignes choisies", permissions=["change"])
    def retirer(self, request, queryset):
        publiees = list(queryset.du_public())
        if "confirme" in request.POST:
            nombre = self.demarquer(request, publiees)
            self.message_user(request, f"Retirées du site : {nombre}.", messages.SUCCESS)
            return None
        restent = queryset.exclude(pk__in=[ligne.pk for ligne in publiees])
        return confirmer(
            self,
            request,
            "retirer",
            title=f"Retirer du site : {self.opts.verbose_name_plural}",
            consequence=PLUS_LISIBLE,
            lignes=[(ligne, str(ligne)) for ligne in publiees],
            ecartees=[(ligne, "pas publié") for ligne in restent],
            bouton="Retirer du site",
        )
