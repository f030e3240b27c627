"""Agents: who they are, the perimeter they work for, and how they are let in."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from echanges.admin import EchangesAdmin
from echanges.listes.actes import confirmer
from territoires.administration import PerimetreAdmin, ouvrir_ligne
from territoires.agents.invitations import (
    acceptee_le,
    expire_le,
    inviter,
    nouveau_lien,
    peut_inviter,
)
from territoires.agents.models import Agent
from territoires.agents.resources import AgentResource
from territoires.formulaires import FormulaireIntact
from territoires.grave import a_confirmer, grave
from territoires.journal.ecriture import Acte, noter

admin.site.unregister(Group)  # rights come from the perimeter, never from a group


TERRAIN = ["niveau", "regions", "departements", "intercommunalites", "partenaire"]
# What says for whom an agent of each level works: one of these at least, and no other.
PERIMETRES = {
    Agent.Niveau.INTERCOMMUNALITE: ("intercommunalites",),
    Agent.Niveau.REGION: ("regions",),
    Agent.Niveau.ETAT: ("departements", "regions"),
    Agent.Niveau.OPERATEUR: ("partenaire",),
}


class AgentForm(FormulaireIntact):
    """The level of an agent and its perimeter say the same thing; a new one has an e-mail."""

    class Meta:
        field_classes = UserAdmin.form.Meta.field_classes
        help_texts = {"is_active": "Décochez pour fermer ce compte sans l’effacer."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "email" in self.fields:
            self.fields["email"].required = True

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        siens = PERIMETRES.get(donnees.get("niveau"), ())
        if siens and not any(donnees.get(champ) for champ in siens):
            self.add_error(siens[0], "Dites pour qui travaille cet agent, à ce niveau.")
        for champ in TERRAIN[1:]:
            if champ not in siens and donnees.get(champ):
                self.add_error(champ, "Ne va pas avec ce niveau : videz ce champ.")
        return donnees


IDENTITE = ["username", "last_name", "first_name", "email"]
LUS_DE_TOUS = ["last_name", "first_name", *TERRAIN]
DROITS = ("niveau", "is_active", "is_superuser")


def droits(agent):
    """What an agent may, in words, to be compared before and after."""
    mots = [agent.get_niveau_display(), agent.perimetre_en_clair()]
    mots += ["actif" if agent.is_active else "désactivé"]
    return ", ".join([*mots, "superutilisateur"] if agent.is_superuser else mots)


def _validite(agent):
    fin = expire_le(agent)
    dit = "expirée depuis le" if fin < timezone.now() else "valable jusqu’au"
    return f"{dit} {fin:%d/%m/%Y}"


class FiltreInvitation(admin.SimpleListFilter):
    """Those who were invited: whose answer is awaited, who answered, whose link ran out."""

    title = "invitation"
    parameter_name = "invitation"

    def lookups(self, request, model_admin):
        return [
            ("envoyee", "envoyée"),
            ("attendue", "réponse attendue"),
            ("acceptee", "acceptée"),
            ("expiree", "expirée"),
            ("a_envoyer", "à envoyer"),
        ]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        jamais_venu = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)
        invites = queryset.exclude(invite_le=None)
        ouverts = queryset.filter(jamais_venu, is_active=True)
        limite = timezone.now() - timedelta(seconds=settings.INVITATION_VALABLE)
        return {
            "envoyee": invites,
            "acceptee": invites.exclude(jamais_venu),
            "attendue": ouverts.filter(invite_le__gte=limite),
            "expiree": ouverts.filter(invite_le__lt=limite),
            "a_envoyer": ouverts.filter(invite_le=None),
        }.get(self.value(), queryset)


SANS_INVITATION = "son compte est ouvert, fermé ou sans e-mail"


@admin.register(Agent)
class AgentAdmin(EchangesAdmin, PerimetreAdmin):
    form = AgentForm
    change_list_template = "admin/territoires/agent/liste.html"
    resource_class = AgentResource
    list_display = ["nom_complet", "username", "email", "niveau", "acces", "is_active"]
    list_display_links = list_display[:1]
    list_filter = ["niveau", "is_active", FiltreInvitation]
    search_fields = ["last_name", "first_name", "username", "email"]
    tri = "par nom"
    ordering = ["last_name", "first_name", "username"]
    autocomplete_fields = ["regions", "departements", "intercommunalites", "partenaire"]
    actions = ["inviter_le_choix"]

    @admin.display(description="nom", ordering="last_name")
    def nom_complet(self, agent):
        return str(agent)

    @admin.display(description="invitation", ordering="invite_le")
    def invitation(self, agent):
        if agent.invite_le is None:
            return "à envoyer"
        dit = f"envoyée le {agent.invite_le:%d/%m/%Y}"
        if agent.acceptee_le:
            return f"{dit}, acceptée le {agent.acceptee_le:%d/%m/%Y}"
        if agent.last_login or agent.has_usable_password():
            return f"{dit}, acceptée"
        return f"{dit}, {_validite(agent)}"

    @admin.display(description="relance")
    def relance(self, agent):
        if not peut_inviter(agent):
            return "–"
        return format_html(
            '<a href="{}">Renvoyer ou copier le lien<span class="visually-hidden"> : {}</span></a>',
            reverse("admin:territoires_agent_invitation", args=[agent.pk]),
            agent,
        )

    @admin.display(description="accès")
    def acces(self, agent):
        if agent.last_login:
            return f"connecté le {agent.last_login:%d/%m/%Y}"
        if agent.has_usable_password():
            return "mot de passe choisi"
        if agent.invite_le is None:
            return "à inviter"
        return f"invitation du {agent.invite_le:%d/%m/%Y}, {_validite(agent)}"

    def get_fieldsets(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": LUS_DE_TOUS})]
        compte = [*IDENTITE, "is_active", "acces"] if obj else IDENTITE
        blocs = [(None, {"fields": compte}), ("Périmètre", {"fields": TERRAIN})]
        if obj and request.user.is_superuser:
            blocs.append(("Administration du serveur", {"fields": ["is_superuser"]}))
        return blocs

    def champs_tus(self, request):
        if self.has_change_permission(request):
            return ()
        suivis = Agent.history.model.tracked_fields
        return [champ.name for champ in suivis if champ.name not in LUS_DE_TOUS]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "acces"]

    def get_list_display(self, request):
        if not self.has_change_permission(request):
            return ["nom_complet", "niveau"]
        if FiltreInvitation.parameter_name in request.GET:
            return ["nom_complet", "email", "niveau", "invitation", "relance"]
        return self.list_display

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(acceptee_le=acceptee_le())

    def get_list_filter(self, request):
        return self.list_filter if self.has_change_permission(request) else ["niveau"]

    def get_search_fields(self, request):
        """A column that one does not read is not searched either."""
        if self.has_change_permission(request):
            return self.search_fields
        return [champ for champ in self.search_fields if champ not in ("username", "email")]

    # --- What is grave -----------------------------------------------------------------------

    @grave
    def _ecrire(self, request, object_id, form_url, extra_context):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if self.has_change_permission(request):
            return self._ecrire(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    # --- Saving ------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        # The admin is where agents work: whoever has a level may enter it.
        obj.is_staff = bool(obj.niveau) or obj.is_superuser
        obj.droits_avant = droits(Agent.objects.get(pk=obj.pk)) if change else ""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        agent = Agent.objects.get(pk=form.instance.pk)
        avant, apres = form.instance.droits_avant, droits(agent)
        if avant != apres:
            detail = f"{avant} → {apres}" if avant else apres
            noter(Acte.DROITS, request=request, objet=agent, detail=detail)
        if not change:
            self._inviter(request, agent)

    def _inviter(self, request, agent):
        try:
            adresse = inviter(agent, request=request)
        except OSError:
            texte = f"L’invitation n’est pas partie pour {agent} : renvoyez-la plus tard."
            self.message_user(request, texte, messages.WARNING)
            return False
        self.message_user(
            request,
            f"L’invitation est partie pour {agent}, à l’adresse {agent.email}.",
            messages.SUCCESS,
        )
        if settings.DEMO:
            texte = f"Démonstration, où rien ne part : le lien de l’invitation est {adresse}"
            self.message_user(request, texte, messages.INFO)
        return True

    imports_en_fond = False  # it invites those that it made

    def avant(self, request, verbe):
        return a_confirmer(request) if verbe == "importer" else None

    def apres_import(self, request, resource, pks):
        """A file of agents invites those that it made; the others are told as changed rights."""
        for agent in Agent.objects.filter(pk__in=pks):
            noter(Acte.DROITS, request=request, objet=agent, detail=f"{droits(agent)} (fichier)")
            if peut_inviter(agent) and agent.invite_le is None:
                self._inviter(request, agent)

    # --- Inviting again ------------------------------------------------------------------------

    def get_urls(self):
        nom = f"{self.opts.app_label}_{self.opts.model_name}_inviter"
        return [
            path(
                "<int:pk>/invitation/",
                self.admin_site.admin_view(self.invitation_view),
                name=f"{self.opts.app_label}_{self.opts.model_name}_invitation",
            ),
            path("<int:pk>/inviter/", self.admin_site.admin_view(self.inviter_view), name=nom),
            path(
                "<int:pk>/second-facteur/",
                self.admin_site.admin_view(self.retirer_facteur_view),
                name=f"{self.opts.app_label}_{self.opts.model_name}_retirer_facteur",
            ),
            *super().get_urls(),
        ]

    def _a_inviter(self, request, pk):
        agent = ouvrir_ligne(request, self.get_queryset(request), pk, "territoires.change_agent")
        if not peut_inviter(agent):
            raise PermissionDenied("Cet agent n’attend pas d’invitation.")
        return agent

    def inviter_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._inviter(request, self._a_inviter(request, pk))
        return redirect("admin:territoires_agent_change", pk)

    @grave
    def invitation_view(self, request, pk):
        """Where an invitation stands; a POST makes a link, shown in its answer and never again."""
        agent = self._a_inviter(request, pk)
        lien = nouveau_lien(agent, request=request) if request.method == "POST" else None
        contexte = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "original": agent,
            "title": f"Invitation\u202f: {agent}",
            "situation": self.invitation(agent),
            "lien": lien,
            "expire_le": expire_le(agent) if agent.invite_le else None,
        }
        return TemplateResponse(request, "admin/territoires/agent/invitation.html", contexte)

    @grave
    def retirer_facteur_view(self, request, pk):
        """For who lost both the telephone and the codes: the agent then sets up another."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        agent = ouvrir_ligne(request, self.get_queryset(request), pk, "territoires.change_agent")
        if agent == request.user:
            raise PermissionDenied("Votre second facteur se change dans «\u202fMon compte\u202f».")
        retires, _ = Authenticator.objects.filter(user=agent).delete()
        if retires:
            noter(Acte.FACTEUR, request=request, objet=agent, detail="retiré par la délégation")
            texte = f"{agent} n’a plus de second facteur."
            self.message_user(request, texte, messages.SUCCESS)
        return redirect("admin:territoires_agent_change", pk)

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["facteur_a_retirer"] = bool(
            obj
            and obj != request.user
            and self.has_change_permission(request, obj)
            and Authenticator.objects.filter(user=obj).exists()
        )
        context["a_inviter"] = bool(
            obj and peut_inviter(obj) and self.has_change_permission(request, obj)
        )
        return super().render_change_form(request, context, obj=obj, **kwargs)

    @admin.action(description="Inviter les agents choisis", permissions=["change"])
    def inviter_le_choix(self, request, queryset):
        invites, ecartes = [], []
        for agent in queryset:
            permis = peut_inviter(agent) and self.has_change_permission(request, agent)
            (invites if permis else ecartes).append(agent)
        if "confirme" not in request.POST:
            return confirmer(
                self,
                request,
                "inviter_le_choix",
                title="Inviter les agents choisis",
                consequence="Chacun reçoit un lien, bon une fois, pour choisir son mot de passe.",
                lignes=[(agent, f"{agent}, {agent.email}") for agent in invites],
                ecartees=[(agent, SANS_INVITATION) for agent in ecartes],
                bouton="Envoyer les invitations",
            )
        for agent in invites:
            self._inviter(request, agent)
        return None
