"""Who helps and what it comes to: partenaires, offers, conventions, the money they mobilise."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Count, Prefetch, Q
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, TemplateView, View

from echanges.colonnes.valeurs import valeur_du_champ
from echanges.dialectes import DIALECTES, neutraliser
from echanges.exports.csv import encoder
from echanges.exports.lecture import Colonne, Rangees, TelQuel, simple
from echanges.exports.views import rendre
from programme.fichiers import servir
from programme.mobilisation.filters import (
    ConventionFilter,
    MobilisationFilter,
    OffreFilter,
    PartenaireFilter,
)
from programme.mobilisation.financements import (
    argent_de,
    financements_mobilises,
    matrice,
    promis_et_tenu,
)
from programme.partenaires.engagements import DIRE
from programme.partenaires.models import (
    Avenant,
    Axe,
    Convention,
    DocumentConvention,
    Engagement,
    OffreDeService,
    Partenaire,
    SignataireConvention,
)
from territoires.ecrites import ecrite, un_seul
from territoires.liste_publique import ListePublique


class ListePartenaires(ListePublique):
    titre = "Partenaires"
    jeu = "partenaires"
    filterset_class = PartenaireFilter
    template_name = "programme/mobilisation/partenaires.html"
    tris = {
        "nom": ("Nom", "nom"),
        "-offres": ("Nombre d’offres", "-nombre_offres"),
        "-conventions": ("Nombre de conventions", "-nombre_conventions"),
    }

    def get_queryset(self):
        publiques = Q(conventions__publiee=True)
        return Partenaire.objects.annotate(
            nombre_offres=Count("offres", distinct=True),
            nombre_conventions=Count("conventions", filter=publiques, distinct=True),
        )


class PagePartenaire(DetailView):
    template_name = "programme/mobilisation/partenaire.html"

    def get_object(self, queryset=None):
        trouves = _du_nom(self.kwargs["identifiant"])
        return un_seul(trouves, "Aucun partenaire n’a cette adresse.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            offres=_offres(self.object.pk),
            conventions=_conventions(self.object.pk),
            argent=promis_et_tenu(self.object),
            **kwargs,
        )


@ecrite
def _du_nom(identifiant):
    return Partenaire.objects.filter(identifiant=identifiant)


@ecrite
def _offres(partenaire):
    offres = OffreDeService.objects.filter(partenaire=partenaire).order_by("genre", "intitule")
    return offres.prefetch_related(Prefetch("axes", Axe.objects.select_related("phase")))


@ecrite
def _conventions(partenaire):
    return Convention.objects.du_public().filter(partenaire=partenaire)


class ListeOffres(ListePublique):
    """« Qui peut m’aider ? »"""

    titre = "Offres de service"
    jeu = "offres"
    filterset_class = OffreFilter
    template_name = "programme/mobilisation/offres.html"
    tris = {
        "partenaire": ("Partenaire", "partenaire__nom"),
        "intitule": ("Intitulé", "intitule"),
    }

    def get_queryset(self):
        return OffreDeService.objects.select_related("partenaire").prefetch_related("axes__phase")


class ListeConventions(ListePublique):
    titre = "Conventions"
    jeu = "conventions"
    filterset_class = ConventionFilter
    template_name = "programme/mobilisation/conventions.html"
    tris = {
        "-date": ("Les plus récentes", "-signee_le"),
        "date": ("Les plus anciennes", "signee_le"),
        "objet": ("Objet", "objet"),
        "partenaire": ("Partenaire", "partenaire__nom"),
    }

    def get_queryset(self):
        return (
            Convention.objects.du_public()
            .select_related("partenaire")
            .annotate(nombre_engagements=Count("engagements"))
        )


class PageConvention(DetailView):
    template_name = "programme/mobilisation/convention.html"
    slug_field = slug_url_kwarg = "reference"

    def get_object(self, queryset=None):
        trouvees = _publiques(self.kwargs["reference"])
        return un_seul(trouvees, "Aucune convention publique ne porte cette référence.")

    def get_context_data(self, **kwargs):
        argent = promis_et_tenu(self.object.partenaire)
        return super().get_context_data(
            avenants=_avenants(self.object.pk),
            signataires=_signataires(self.object.pk),
            documents=_documents(self.object.pk),
            engagements=[e for e in argent["engagements"] if e.convention_id == self.object.pk],
            argent=argent,
            **kwargs,
        )


@ecrite
def _publiques(reference):
    publiques = Convention.objects.du_public().filter(reference=reference)
    return publiques.select_related("partenaire")


@ecrite
def _avenants(convention):
    avenants = Avenant.objects.filter(convention=convention)
    return avenants.prefetch_related("modifications__engagement")


@ecrite
def _signataires(convention):
    return SignataireConvention.objects.filter(convention=convention)


@ecrite
def _documents(convention):
    return DocumentConvention.objects.filter(convention=convention)


class PageEngagement(DetailView):
    """What was promised, beside what was granted and paid on it, fiche by fiche."""

    template_name = "programme/mobilisation/engagement.html"
    context_object_name = "engagement"

    def get_object(self):
        engagements = Engagement.objects.du_public().select_related("convention__partenaire")
        return get_object_or_404(
            engagements,
            convention__reference=self.kwargs["reference"],
            numero=self.kwargs["numero"],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            argent=argent_de(self.object),
            modifiable=self.object.convention,
            modifications=self.object.modifications.select_related("avenant"),
            **kwargs,
        )


class TelechargerDocumentConvention(View):
    """Public with its convention; before that, for those who may change the convention."""

    def get(self, request, reference, pk):
        documents = DocumentConvention.objects.select_related("convention")
        document = get_object_or_404(documents, convention__reference=reference, pk=pk)
        convention = document.convention
        permis = request.user.has_perm("programme.change_convention", convention)
        if not (convention.publiee or permis):
            raise Http404
        return servir(document.fichier, document.fichier.name)


class Mobilisation(TemplateView):
    template_name = "programme/mobilisation/mobilisation.html"

    def get_context_data(self, **kwargs):
        partenaires, rangees, totaux, total = matrice()
        return super().get_context_data(
            partenaires=partenaires,
            rangees=rangees,
            totaux=totaux,
            total=total,
            dialectes=DIALECTES,
            **kwargs,
        )


class ListeMobilisation(ListePublique):
    """The lines behind a cell of the matrix."""

    titre = "Financements mobilisés"
    jeu = "financements-mobilises"
    filterset_class = MobilisationFilter
    template_name = "programme/mobilisation/financements_mobilises.html"
    tris = {
        "-montant": ("Montant le plus élevé", "-acquis"),
        "montant": ("Montant le moins élevé", "acquis"),
        "fiche": ("Fiche", "fiche__titre"),
    }

    def get_queryset(self):
        return financements_mobilises().select_related("partenaire", "fiche__territoire")

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        argent = self.object_list.sommes()
        sommes = {"total": argent.acquis, "total_verse": argent.verse}
        noms = {"nom_singulier": "financement", "nom_pluriel": "financements mobilisés"}
        return contexte | noms | sommes


class TelechargerMobilisation(View):
    def get(self, request, dialecte):
        if dialecte not in DIALECTES:
            raise Http404("Ce fichier n’existe pas.")
        dialecte = DIALECTES[dialecte]
        lignes = [["region", "nom_region", "partenaire", "nom_partenaire", "montant"]]
        for region, cellules in matrice()[1]:
            for partenaire, montant in cellules:
                if montant is not None:
                    noms = [region.nom, partenaire.identifiant, partenaire.nom]
                    somme = f"{montant:.2f}".replace(".", "," if dialecte.virgule else ".")
                    lignes.append([region.pk, *map(neutraliser, noms), somme])
        return StreamingHttpResponse(
            [dialecte.bom, encoder(lignes, dialecte)],
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="mobilisation.csv"'},
        )


class EngagementsASuivre(PermissionRequiredMixin, TemplateView):
    """For agents: engagements that fall due, are late or silent."""

    permission_required = "programme.view_convention"
    template_name = "programme/mobilisation/engagements_a_suivre.html"

    classeur = "engagements-a-suivre-classeur"
    ORDRE = ("echeance", "convention", "numero")

    def get(self, request, *args, dialecte=None, **kwargs):
        if dialecte is None:
            return super().get(request, *args, **kwargs)
        sujet = Rangees("Engagements à suivre", self.lignes(), self._colonnes(), self.ORDRE)
        return rendre(request, [sujet], dialecte, "", reverse("engagements-a-suivre"))

    def lignes(self):
        return Engagement.objects.for_user(self.request.user).a_suivre(timezone.localdate())

    def get_context_data(self, **kwargs):
        engagements = self.lignes().select_related("convention__partenaire")
        alertes = [
            (e, e.alertes(timezone.localdate()), self.request.user.has_perm(DIRE, e))
            for e in engagements.order_by(*self.ORDRE)
        ]
        return super().get_context_data(engagements=alertes, **kwargs)

    def _colonnes(self):
        """Those of the page."""
        champs = Engagement._meta.get_field
        return [
            Colonne("Engagement", "intitule", TelQuel()),
            Colonne("Convention", "convention__objet", TelQuel()),
            Colonne("Partenaire", "convention__partenaire__nom", TelQuel()),
            simple("Échéance", "echeance", valeur_du_champ(champs("echeance"))),
            simple("État", "etat", valeur_du_champ(champs("etat"))),
            Colonne("Pourquoi", _alertes, TelQuel()),
        ]


def _alertes(pks):
    engagements = Engagement.objects.filter(pk__in=pks)
    return {e.pk: " ".join(e.alertes(timezone.localdate())) for e in engagements}
