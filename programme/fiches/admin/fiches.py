"""The fiche action in the admin: written by the territoire, followed by everyone concerned."""

from itertools import chain

from django.contrib import admin, messages
from django.db.models import Q, prefetch_related_objects
from django.urls import path

from echanges.admin import EchangesAdmin
from programme.ecritures import euros
from programme.fiches import champs, parcours
from programme.fiches.admin import bilans, etapes, modifications, outils, partage, suivi
from programme.fiches.admin.filters import FILTRES
from programme.fiches.admin.forms import MONTANTS, FicheForm, offres_proposees
from programme.fiches.admin.lignes import Etapes, Financements, Indicateurs, Pieces
from programme.fiches.admin.obstacles import (
    NouvellesDeLaFiche,
    ObstaclesDeLaFiche,
    annoncer_les_nouvelles,
    signer_les_nouvelles,
)
from programme.fiches.admin.obstacles import suit as _suit
from programme.fiches.admin.parties import manques, parties
from programme.fiches.models import (
    Bilan,
    Etape,
    FicheAction,
    Financement,
    Obstacle,
    nouvelle_reference,
)
from programme.fiches.modifications.resources import ChangementResource, ModificationResource
from programme.fiches.partage import histoire_des_regions, region_qui_saisit
from programme.fiches.permissions import trouvee_parmi_les_siennes
from programme.fiches.resources import FicheResource, IndicateurResource, MesureResource
from programme.fiches.resources_obstacles import (
    NouvelleResource,
    ObstacleResource,
    ReponseResource,
)
from programme.fiches.resources_suivi import (
    BilanResource,
    EtapeResource,
    FinancementResource,
    MouvementResource,
    ReportResource,
)
from programme.fiches.semblables import semblables
from territoires.administration import PerimetreAdmin, seul_choix
from territoires.editions.models import Territoire
from territoires.historique import etapes_des_lignes
from territoires.saisie.etat import lire


@admin.register(FicheAction)
class FicheAdmin(EchangesAdmin, PerimetreAdmin):
    form = FicheForm
    formfield_overrides = MONTANTS
    resource_class = FicheResource
    resources_liees = (
        FinancementResource,
        MouvementResource,
        EtapeResource,
        ReportResource,
        IndicateurResource,
        MesureResource,
        ObstacleResource,
        ReponseResource,
        NouvelleResource,
        ModificationResource,
        ChangementResource,
        BilanResource,
    )
    change_form_template = "admin/programme/ficheaction/change_form.html"
    list_display = ["titre", "territoire", "axe", "son_etat", "cout", "updated_at", "reference"]
    list_filter = FILTRES
    tri = "les dernières modifiées d’abord"
    list_select_related = ["territoire", "axe__phase"]
    search_fields = ["recherche", "territoire__recherche"]
    autocomplete_fields = ["intercommunalites", "partenaires"]
    actions = ["transmettre"]
    inlines = [Financements, Etapes, Indicateurs, ObstaclesDeLaFiche, NouvellesDeLaFiche, Pieces]
    fieldsets = champs.sections({"Avec qui": ["proposes"]})

    def get_queryset(self, request):
        """With what each of its pages says of a fiche."""
        pres = ("territoire__perimetre_courant", "axe__phase", "dernier_envoi", "saisie_par")
        return super().get_queryset(request).select_related(*pres)

    def get_object(self, request, object_id, from_field=None):
        """What several parts of its pages ask is read here, once."""
        fiche = super().get_object(request, object_id, from_field)
        if fiche:
            trouvee_parmi_les_siennes(request.user, fiche)
            prefetch_related_objects([fiche], "themes", "intercommunalites", "partenaires")
        return fiche

    @admin.display(description="état", ordering="etat")
    def son_etat(self, fiche):
        return partage.marque(fiche)

    @admin.display(description="coût total", ordering="cout_total")
    def cout(self, fiche):
        return None if fiche.cout_total is None else euros(fiche.cout_total)

    cout.nombre = True

    def deja_cree(self, request, lu):
        """A new fiche sent twice is one: its reference was drawn with the empty form."""
        siennes = self.model._default_manager.filter(created_by=request.user)
        cle = siennes.filter(reference=lu.get("reference") or "").values_list("pk", flat=True)
        return str(cle[0]) if cle else None

    def montre(self, objet):
        return {"reference": None if objet else nouvelle_reference()}

    def etapes_liees(self, objet, lisible):
        return [
            *super().etapes_liees(objet, lisible),
            *suivi.histoire(objet),
            *modifications.histoire(objet, lisible),
            *etapes_des_lignes(Bilan, "fiche", objet, lisible),
        ]

    def histoire_ouverte(self, request, objet):
        """Who reads it once it came up does not read what it was as a draft."""
        if regions := request.user.codes_regions:
            return histoire_des_regions(objet, regions)
        if request.user.ecrit_pour_un_territoire or objet.dernier_envoi is None:
            return None
        return objet.dernier_envoi.le.__le__

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or _suit(request, obj)

    def get_inlines(self, request, obj):
        """There is no news before the decision."""
        decidee = obj is not None and obj.est_du_public
        return [i for i in self.inlines if decidee or i is not NouvellesDeLaFiche]

    def get_deleted_objects(self, objs, request):
        """Its obstacles go with it, though nobody deletes one from their own list."""
        dits, nombres, manques, tenus = super().get_deleted_objects(objs, request)
        return dits, nombres, manques - {Obstacle._meta.verbose_name}, tenus

    def get_fieldsets(self, request, obj=None):
        """Without what comes after the decision, and offers where there is somebody to choose."""
        siens = champs.noms(champs.FICHE, par=champs.Par.TERRITOIRE)
        decidee = obj is not None and obj.est_du_public
        sans = set() if decidee else set(champs.FICHE) - set(siens)
        if obj is None or not self._ecrit(request, obj) or not offres_proposees(obj):
            sans.add("proposes")
        blocs = [
            (titre, bloc | {"fields": [c for c in bloc["fields"] if c not in sans]})
            for titre, bloc in super().get_fieldsets(request, obj)
        ]
        if obj and self._ecrit(request, obj):
            blocs = avec_reponses(blocs, etapes.champs_de_reponse(obj))
        return [bloc for bloc in blocs if bloc[1]["fields"]]

    def _ecrit(self, request, obj):
        return request.user.has_perm(champs.Par.TERRITOIRE, obj)

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        ouverts = {par for par in champs.Par if par and request.user.has_perm(par, obj)}
        suit = _suit(request, obj)
        return [
            nom
            for nom, champ in champs.FICHE.items()
            if champ.section and champ.par not in ouverts and not (champ.suivi and suit)
        ]

    def get_changeform_initial_data(self, request):
        """The territoire is known when the agent works for one only."""
        seul = seul_choix(Territoire.objects.en_vigueur().du_perimetre(request.user))
        return {"territoire": seul} | super().get_changeform_initial_data(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Each remark of the comité stands under the field it is about, with room to answer."""
        if obj and self._ecrit(request, obj):
            reponses = {nom: champ for nom, (_, champ) in etapes.champs_de_reponse(obj).items()}
            kwargs["form"] = type("FicheForm", (self.form,), reponses)
        formulaire = super().get_form(request, obj, change=change, **kwargs)
        if champ := formulaire.base_fields.get("territoire"):
            # No new action for a territoire that has left the map; an old fiche keeps its own.
            gardes = Q(pk__in=Territoire.objects.en_vigueur()) | Q(pk=obj and obj.territoire_id)
            champ.queryset = champ.queryset.filter(gardes)
        return formulaire

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
            obj.saisie_par = region_qui_saisit(request.user, obj.territoire)
            obj.reference = lire(request.POST.get("lu")).get("reference") or obj.reference
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        signer_les_nouvelles(formset, request.user)
        super().save_formset(request, form, formset, change)
        annoncer_les_nouvelles(formset, request.user)

    def save_related(self, request, form, formsets, change):
        lignes = any(groupe.has_changed() for groupe in formsets)
        if change and lignes and not form.has_changed():
            form.instance.save()  # its lines are part of it: the next to save is told
        super().save_related(request, form, formsets, change)
        etapes.enregistrer_les_reponses(form)
        for phrase in etapes.alertes(form.instance):
            self.message_user(request, phrase, messages.WARNING)

    def render_change_form(self, request, context, obj=None, **kwargs):
        formulaire, groupes = context["adminform"], context["inline_admin_formsets"]
        fiche, remarques = formulaire.form.instance, etapes.remarques(obj) if obj else []
        context["parties"] = parties(fiche, formulaire, groupes, remarques)
        context["a_remplir"] = manques(context["parties"])
        if obj:
            context |= etapes.contexte(obj, lignes_de(groupes, Financement))
            context["partage"] = partage.situation(obj)
            if obj.est_modifiable:  # decided, its public page shows them
                context["semblables"] = semblables(obj, request.user, a_jour=False)
            if obj.est_du_public:
                context["suivi"] = suivi.contexte_du_suivi(
                    request, obj, lignes_de(groupes, Financement), lignes_de(groupes, Etape)
                )
                context["modifications"] = modifications.contexte(obj, request.user)
        context["principale"] = etapes.principale(fiche, context["a_remplir"])
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def suites(self, request, objet):
        demander = modifications.outil(request, objet) if objet.est_du_public else []
        actes = [partage.outil(request, objet), demander, bilans.outil(request, objet)]
        return [*etapes.pas(request, objet), *chain(*actes), *outils.outils(request, objet)]

    def suites_d_un_ajout(self, request):
        return etapes.pas_d_une_nouvelle()

    def get_urls(self):
        vue = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/parcours/<slug:action>/",
                vue(lambda request, pk, action: etapes.franchir(self, request, pk, action)),
                name="programme_ficheaction_parcours",
            ),
            path(
                "<int:pk>/partage/<slug:geste>/",
                vue(lambda request, pk, geste: partage.vue(self, request, pk, geste)),
                name="programme_ficheaction_partage",
            ),
            path(
                "<int:pk>/dupliquer/",
                vue(lambda request, pk: outils.vue_dupliquer(self, request, pk)),
                name="programme_ficheaction_dupliquer",
            ),
            path(
                "<int:pk>/fiche.pdf",
                vue(lambda request, pk: outils.vue_pdf(self, request, pk)),
                name="programme_ficheaction_pdf",
            ),
            *suivi.pages(self),
            *modifications.pages(self),
            *bilans.pages(self),
            *super().get_urls(),
        ]

    @admin.action(description="Transmettre les fiches choisies", permissions=["view"])
    def transmettre(self, request, queryset):
        return etapes.transmettre_plusieurs(self, request, queryset, parcours.transmettre)


def lignes_de(groupes, modele):
    """The stored lines of this model among these tables."""
    (table,) = (g.formset for g in groupes if g.formset.model is modele)
    return [form.instance for form in table.initial_forms]


def avec_reponses(blocs, reponses):
    """The same fieldsets, each answer to the comité just after the field it is about."""
    suite, places = [], set()
    for titre, bloc in blocs:
        lignes = []
        for champ in bloc["fields"]:
            lignes.append(champ)
            noms = champ if isinstance(champ, tuple) else (champ,)
            siennes = [nom for nom, (sujet, _) in reponses.items() if sujet in noms]
            lignes += siennes
            places.update(siennes)
        suite.append((titre, bloc | {"fields": lignes}))
    autres = [nom for nom in reponses if nom not in places]
    return [
        *suite,
        (
            "Remarques sur le plan de financement, les indicateurs et les obstacles",
            {"fields": autres},
        ),
    ]
