"""Obstacles in the admin: rows of the fiche, the list where they are grouped, the register."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from echanges.admin import EchangesAdmin
from echanges.listes.actes import confirmer
from echanges.listes.liste import d_abord
from echanges.textes import en_cle
from programme.fiches import champs
from programme.fiches.admin.forms import MONTANTS
from programme.fiches.models import Nouvelle, Obstacle, ObstacleNational
from programme.fiches.models.obstacles import ATTENDU, LEVE, REPONDU
from programme.fiches.obstacles import grouper
from programme.fiches.resources_obstacles import (
    ObstacleNationalResource,
    ObstacleResource,
    ReponseResource,
)
from programme.fiches.suivi import annoncer_la_nouvelle
from territoires.administration import LignesEmpilees, PerimetreAdmin
from territoires.formulaires import FormulaireIntact, LignesEnsemble, RangsAutomatiques
from territoires.listes.filters import FiltreDuPerimetre, FiltreFait
from territoires.publication import Retirable


def suit(request, fiche):
    return fiche is not None and request.user.has_perm(champs.Par.SUIVI, fiche)


class RangsDesObstacles(RangsAutomatiques):
    def clean(self):
        """What was answered, or taken into the register, is not taken back."""
        for form in self.initial_forms:
            obstacle = form.instance
            if not (obstacle.reponse or obstacle.nationale_id):
                continue
            if getattr(form, "cleaned_data", {}).get("DELETE"):
                raise ValidationError(f"On a déjà répondu à l’obstacle « {obstacle} » : il reste.")
        super().clean()


class ObstaclesDeLaFiche(LignesEmpilees):
    """Written with the fiche, then by those who follow it; what was once said stays then."""

    model = Obstacle
    formset = RangsDesObstacles
    extra = 1
    formfield_overrides = MONTANTS
    fields = ["ordre", "regle", "retient", ("emplois", "montant"), "simplification", "signale_le"]

    def has_add_permission(self, request, obj=None):
        return suit(request, obj) or super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return suit(request, obj) or super().has_change_permission(request, obj)


class NouvelleForm(FormulaireIntact):
    """A row of which only the day was said, the one proposed or another, is no news."""

    @cached_property
    def changed_data(self):
        changes = super().changed_data
        return [] if self.instance._state.adding and changes == ["le"] else changes


class NouvellesSignees(LignesEnsemble):
    """A new row is dated of today unless it says another day."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "le" in form.fields and not form.instance.pk:
            form.fields["le"].initial = timezone.localdate


class NouvellesDeLaFiche(LignesEmpilees):
    """Told from the decision on, by those who follow."""

    model = Nouvelle
    form = NouvelleForm
    formset = NouvellesSignees
    extra = 1
    fields = ["le", "titre", "texte", "publique", "auteur"]
    readonly_fields = ["auteur"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("auteur")

    def has_add_permission(self, request, obj=None):
        return suit(request, obj)

    has_change_permission = has_delete_permission = has_add_permission


def signer_les_nouvelles(groupe, agent):
    """Those that are about to be written are this agent's."""
    for ligne in groupe.extra_forms if groupe.model is Nouvelle else ():
        ligne.instance.auteur = agent


def annoncer_les_nouvelles(groupe, agent):
    for nouvelle in groupe.new_objects if groupe.model is Nouvelle else ():
        annoncer_la_nouvelle(nouvelle, agent)


class Suite(admin.SimpleListFilter):
    title = "où cela en est"
    parameter_name = "suite"
    CAS = {
        "attend": ("attend une réponse", ATTENDU),
        "repondu": ("a une réponse", REPONDU),
        "leve": ("est levé", LEVE),
    }

    def lookups(self, request, model_admin):
        return [(cle, libelle) for cle, (libelle, _) in self.CAS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(self.CAS[self.value()][1]) if self.value() in self.CAS else queryset


class Groupement(admin.SimpleListFilter):
    title = "registre national"
    parameter_name = "registre"

    def lookups(self, request, model_admin):
        return [("hors", "pas encore groupé"), ("dans", "dans une entrée")]

    def queryset(self, request, queryset):
        if self.value() not in ("hors", "dans"):
            return queryset
        return queryset.filter(nationale__isnull=self.value() == "hors")


@admin.register(Obstacle)
class ObstacleAdmin(PerimetreAdmin):
    """Read and chosen here; written on the page of the fiche, answered on that of its obstacles."""

    classeur_de = (ObstacleResource, ReponseResource)
    list_display = ["__str__", "territoire", "la_fiche", "signale_le", "repondu_le", "leve_le"]
    list_display += ["nationale"]
    list_filter = [Suite, Groupement, ("nationale", FiltreDuPerimetre)]
    list_select_related = ["fiche__territoire", "nationale"]
    search_fields = ["recherche", "fiche__recherche", "fiche__territoire__recherche"]
    actions = ["rattacher", "detacher"]
    fields = ["la_fiche", *champs.noms(champs.OBSTACLE, champs.FICHIER)[1:]]
    readonly_fields = fields
    ordering = [
        d_abord(ATTENDU),
        F("signale_le").asc(nulls_last=True),
        "-pk",
    ]
    tri = "ceux qui attendent une réponse d’abord, les plus anciens en tête"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def has_grouper_permission(self, request):
        return request.user.has_perm("programme.grouper_obstacle")

    def adresse_de_ligne(self, request, objet):
        """Where it is answered, for those who answer."""
        if request.user.est_delegation or request.user.codes_regions:
            page = reverse("obstacle", args=[objet.fiche.reference])
            return f"{page}#obstacle-{objet.ordre}"
        return None

    @admin.display(description="territoire", ordering="fiche__territoire__nom")
    def territoire(self, obstacle):
        return obstacle.fiche.territoire.nom

    @admin.display(description="fiche", ordering="fiche__titre")
    def la_fiche(self, obstacle):
        adresse = reverse("obstacle", args=[obstacle.fiche.reference])
        return format_html('<a href="{}">{}</a>', adresse, obstacle.fiche)

    @admin.action(description="Rattacher à une entrée nationale", permissions=["grouper"])
    def rattacher(self, request, queryset):
        """Under an entry that exists, or a new one that says the rule in a line."""
        erreurs, regle = [], request.POST.get("regle", "").strip()
        if "confirme" in request.POST:
            cle = en_cle(request.POST.get("entree"))
            entree = ObstacleNational.objects.filter(pk=cle).first()
            if bool(entree) != bool(regle) and len(regle) <= 300:
                entree = entree or ObstacleNational.objects.create(regle=regle)
                nombre = grouper(queryset, entree, agent=request.user)
                self.message_user(request, f"Rattachés à « {entree} » : {nombre}.")
                return None
            erreurs = ["Choisissez une entrée, ou dites en une ligne la règle d’une nouvelle."]
        return confirmer(
            self,
            request,
            "rattacher",
            gabarit="admin/programme/obstacle/rattacher.html",
            title="Rattacher à une entrée nationale",
            erreurs=erreurs,
            consequence="Le registre publie les entrées sans nom : seuls les nombres de "
            "territoires, d’emplois et d’euros viennent des obstacles rattachés.",
            lignes=[(o, f"{o} ({o.fiche.territoire.nom})") for o in queryset],
            entrees=ObstacleNational.objects.all(),
            regle=regle,
            choisie=request.POST.get("entree", ""),
            bouton="Rattacher",
        )

    @admin.action(description="Retirer de leur entrée nationale", permissions=["grouper"])
    def detacher(self, request, queryset):
        dedans = [o for o in queryset if o.nationale_id]
        if "confirme" not in request.POST:
            return confirmer(
                self,
                request,
                "detacher",
                title="Retirer des obstacles de leur entrée nationale",
                consequence="Leurs nombres quittent le registre public ; ils pourront être "
                "rattachés de nouveau.",
                lignes=[(o, f"{o} ({o.fiche.territoire.nom}) : « {o.nationale} »") for o in dedans],
                ecartees=[(o, "dans aucune entrée") for o in queryset if not o.nationale_id],
                bouton="Retirer",
            )
        nombre = grouper(dedans, None, agent=request.user)
        self.message_user(request, f"Retirés de leur entrée : {nombre}.", messages.SUCCESS)
        return None


@admin.register(ObstacleNational)
class ObstacleNationalAdmin(Retirable, EchangesAdmin, PerimetreAdmin):
    resource_class = ObstacleNationalResource
    list_display = ["regle", "etat", "etat_du", "publiee_le", "reference"]
    ordering = [F("publiee_le").desc(nulls_first=True), "regle"]
    tri = "ceux qui restent à publier d’abord, puis les derniers publiés"
    list_filter = ["etat", ("publiee_le", FiltreFait)]
    search_fields = ["recherche"]
    readonly_fields = ["rattaches", "publiee_le", "publiee_par"]
    fieldsets = [
        (
            "La règle",
            {
                "fields": ["regle", "resume", "rattaches"],
                "description": "Publié sans nom de territoire, d’entreprise ni de personne.",
            },
        ),
        ("La suite", {"fields": ["simplification", "reponse", "etat", "etat_du"]}),
        ("Publication", {"fields": ["publiee_le", "publiee_par"]}),
    ]

    def marquer(self, request, lignes):
        """One by one: their history tells who published, and when."""
        for entree in lignes:
            entree.publiee_le, entree.publiee_par = timezone.now(), request.user
            entree.save()
        return len(lignes)

    @admin.display(description="obstacles rattachés")
    def rattaches(self, entree):
        if not entree.pk:
            return "Aucun."
        adresse = reverse("admin:programme_obstacle_changelist")
        return format_html(
            '<a href="{}?nationale__id__exact={}">Voir ceux de votre périmètre</a>',
            adresse,
            entree.pk,
        )
