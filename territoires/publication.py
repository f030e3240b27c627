"""Publishing from the admin: what will be public is said first."""

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.messages import SUCCESS, WARNING
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from echanges.historisation import historiser
from echanges.listes.actes import confirmer
from territoires.administration import contexte_de_ligne, ouvrir_ligne

CONFIRMATION = "admin/confirmation.html"
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
    gabarit_de_publication = CONFIRMATION  # shows what will be read of one row

    def get_urls(self):
        return [self._page_d_une_ligne("publier", self.publier_un), *super().get_urls()]

    def suites(self, request, objet):
        """The last of the buttons, as long as it is not public."""
        suites = super().suites(request, objet)
        if objet.est_du_public or not self.has_change_permission(request, objet):
            return suites
        return [*suites, ("Publier", self._adresse_de_page("publier", objet))]

    def publier_un(self, request, pk):
        """What will be public, then the publication; back on the form in both cases."""
        objet = self._ligne_a_ecrire(request, pk)
        lignes = self.a_publier(self.model._default_manager.filter(pk=pk))
        if not lignes:
            return self._dire_et_revenir(
                request, objet, f"C’est déjà publié\u00a0: {objet}.", WARNING
            )
        if request.method == "POST":
            self.marquer(request, lignes)
            dit = f"C’est publié\u00a0: {objet}. Chacun peut le lire."
            return self._dire_et_revenir(request, objet, dit, SUCCESS)
        return self._faire_confirmer(
            request, objet, "Publier", LISIBLE_PAR_TOUS, self.gabarit_de_publication
        )

    def _nom_de_page(self, geste):
        return f"{self.opts.app_label}_{self.opts.model_name}_{geste}"

    def _page_d_une_ligne(self, geste, page):
        nom = self._nom_de_page(geste)
        return path(f"<int:pk>/{geste}/", self.admin_site.admin_view(page), name=nom)

    def _adresse_de_page(self, geste, objet):
        return reverse(f"{self.admin_site.name}:{self._nom_de_page(geste)}", args=[objet.pk])

    def _ligne_a_ecrire(self, request, pk):
        droit = f"{self.opts.app_label}.{get_permission_codename('change', self.opts)}"
        return ouvrir_ligne(request, self.get_queryset(request), pk, droit)

    def _dire_et_revenir(self, request, objet, dit, niveau):
        self.message_user(request, dit, niveau)
        return redirect(self._adresse_de_page("change", objet))

    def _faire_confirmer(self, request, objet, titre, consequence, gabarit=CONFIRMATION):
        """The page that says of one row what will follow."""
        contexte = contexte_de_ligne(
            self,
            request,
            objet,
            titre,
            consequence=consequence,
            lignes=[(objet.pk, str(objet))],
            nommees=1,
            bouton=titre,
        )
        return TemplateResponse(request, gabarit, contexte)

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
            self.message_user(request, f"Publiées : {nombre}.", SUCCESS)
            return None
        restent = queryset.exclude(pk__in=lignes.order_by().values("pk"))
        return confirmer(
            self,
            request,
            "publier",
            title=f"Publier : {self.opts.verbose_name_plural}",
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
        return [self._page_d_une_ligne("retirer", self.retirer_un), *super().get_urls()]

    def suites(self, request, objet):
        suites = super().suites(request, objet)
        if not objet.est_du_public or not self.has_change_permission(request, objet):
            return suites
        return [*suites, ("Retirer du site", self._adresse_de_page("retirer", objet))]

    def retirer_un(self, request, pk):
        """What nobody will read any more, then the withdrawal; back on the form in both cases."""
        objet = self._ligne_a_ecrire(request, pk)
        if not objet.est_du_public:
            return self._dire_et_revenir(
                request, objet, f"Ce n’est pas publié\u00a0: {objet}.", WARNING
            )
        if request.method == "POST":
            self.demarquer(request, [objet])
            dit = f"C’est retiré du site\u00a0: {objet}. Le texte reste ici, en brouillon."
            return self._dire_et_revenir(request, objet, dit, SUCCESS)
        return self._faire_confirmer(request, objet, "Retirer du site", PLUS_LISIBLE)

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
            self.message_user(request, f"Retirées du site : {nombre}.", SUCCESS)
            return None
        restent = queryset.exclude(pk__in=[ligne.pk for ligne in publiees])
        return confirmer(
            self,
            request,
            "retirer",
            title=f"Retirer du site : {self.opts.verbose_name_plural}",
            consequence=PLUS_LISIBLE,
            lignes=[(ligne, str(ligne)) for ligne in publiees],
            ecartees=[(ligne, "pas publié") for ligne in restent],
            bouton="Retirer du site",
        )
