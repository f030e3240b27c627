"""The dashboard of each agent, over its perimeter, and the lists behind its figures."""

from django.contrib.admin import site
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView, View

from echanges.dialectes import DIALECTES
from echanges.exports.lecture import Rangees, sujets_de
from echanges.exports.views import rendre
from programme.comites.models import Avis
from programme.fiches.models import FicheAction, Financement
from programme.graphiques import colonnes
from programme.pilotage.chiffres import INTERREGIONAL, Chiffres
from programme.pilotage.classeurs import colonnes_des_delais
from programme.pilotage.delais import Delais, durees
from programme.pilotage.filtres import FicheSuivieFilter
from territoires.editions.models import Territoire
from territoires.geographie.models import Region
from territoires.liste_publique import ListePublique


class DesAgents(PermissionRequiredMixin):
    """For agents with a perimeter: the délégation sees the country, the others their part."""

    permission_required = "programme.view_ficheaction"

    def filtre(self):
        fiches = FicheAction.objects.for_user(self.request.user)
        return FicheSuivieFilter(self.request.GET, fiches, request=self.request)

    def chiffres(self):
        filtre = self.filtre()
        fiches = filtre.qs
        acceptes = {
            nom: self.request.GET[nom]
            for nom in filtre.form.fields
            if self.request.GET.get(nom) and nom not in filtre.form.errors
        }
        return filtre, Chiffres(
            fiches,
            acceptes,
            self._entiers(filtre, acceptes),
            tous_les_brouillons=not self.request.user.codes_regions,
        )

    def _entiers(self, filtre, acceptes):
        """The territoires of which these filters leave every fiche that may be read, or None."""
        user = self.request.user
        if not acceptes.keys() <= {"region", "territoire"} or not user.ecrit_pour_un_territoire:
            return None
        territoires = Territoire.objects.du_perimetre(user)
        choisis = filtre.form.cleaned_data
        if acceptes.get("region"):
            territoires &= Territoire.objects.des_regions([choisis["region"]])
        if acceptes.get("territoire"):
            territoires = territoires.filter(pk=choisis["territoire"].pk)
        return territoires


class TableauDeBord(DesAgents, TemplateView):
    template_name = "programme/pilotage/tableau_de_bord.html"

    def get_context_data(self, **kwargs):
        filtre, chiffres = self.chiffres()
        tableaux = chiffres.tableaux()
        return super().get_context_data(
            filter=filtre,
            tableaux=tableaux,
            total=tableaux[0].total,
            graphique=colonnes(tableaux[3]),
            parametres=self.request.GET.urlencode(),
            dialectes=DIALECTES,
            note=INTERREGIONAL,
            **kwargs,
        )


class Matrice(DesAgents, TemplateView):
    template_name = "programme/pilotage/matrice.html"

    def get_context_data(self, **kwargs):
        filtre, chiffres = self.chiffres()
        return super().get_context_data(
            filter=filtre,
            tableau=chiffres.matrice(),
            parametres=self.request.GET.urlencode(),
            dialectes=DIALECTES,
            **kwargs,
        )


class TelechargerTableau(DesAgents, View):
    TABLEAUX = ("etats", "axes", "regions", "mois", "delais", "avis", "matrice")

    def get(self, request, tableau, dialecte):
        if tableau not in self.TABLEAUX or dialecte not in DIALECTES:
            raise Http404("Ce fichier n’existe pas.")
        dialecte = DIALECTES[dialecte]
        _, chiffres = self.chiffres()
        return HttpResponse(
            getattr(chiffres, tableau)().en_csv(dialecte),
            content_type=dialecte.type_mime,
            headers={"Content-Disposition": f'attachment; filename="pilotage-{tableau}.csv"'},
        )


class ListeDAgents(DesAgents, ListePublique):
    """A list within the perimeter; its workbook, at the address named `classeur`, has `sujets`."""

    classeur = ""

    def get(self, request, *args, dialecte=None, **kwargs):
        if dialecte is None:
            return super().get(request, *args, **kwargs)
        lignes = self.lignes(self.get_filterset(self.get_filterset_class()).qs)
        sujets = self.sujets(lignes, (self.tris[self.tri][1],))
        retour = reverse(self.classeur.removesuffix("-classeur"))
        return rendre(request, sujets, dialecte, request.GET.urlencode(), retour)

    def lignes(self, choisies):
        """The rows of the list, from what its filters leave."""
        return choisies


class ListeSuivie(ListeDAgents):
    """The fiches behind a figure, with their sums."""

    titre = "Fiches de mon périmètre"
    classeur = "pilotage-fiches-classeur"
    filterset_class = FicheSuivieFilter
    template_name = "programme/pilotage/fiches.html"
    tris = {
        "-maj": ("Modifiées récemment", "-updated_at"),
        "maj": ("Modifiées il y a longtemps", "updated_at"),
        "titre": ("Titre", "titre"),
        "-cout": ("Coût le plus élevé", "-cout_total"),
    }

    def get_queryset(self):
        fiches = FicheAction.objects.for_user(self.request.user)
        return fiches.select_related("territoire", "axe__phase")

    def sujets(self, lignes, ordre):
        """Those of the list of fiches where they are written."""
        classes = site.get_model_admin(FicheAction).resources().values()
        return sujets_de(classes, self.request.user, lignes, ordre)

    def get_context_data(self, **kwargs):
        fiches = self.object_list.order_by()
        sommes = fiches.aggregate(fiches=Count("pk"), cout=Sum("cout_total"))
        argent = Financement.objects.filter(fiche__in=fiches.values("pk")).sommes()
        sommes |= {"acquis": argent.acquis, "verse": argent.verse, "demande": argent.demande}
        return super().get_context_data(sommes=sommes, **kwargs)


class ListeDelais(ListeDAgents):
    """The avis behind the figures; `?comite=` is the région that gave them, `?sens=` their word."""

    titre = "Délais des avis"
    classeur = "pilotage-delais-classeur"
    filterset_class = FicheSuivieFilter
    template_name = "programme/pilotage/delais.html"
    tris = {
        "-rendu": ("Avis les plus récents", "-effet_le"),
        "rendu": ("Avis les plus anciens", "effet_le"),
    }

    def get_queryset(self):
        return FicheAction.objects.for_user(self.request.user)

    def lignes(self, choisies):
        regions = {region.pk: region for region in Region.objects.all()}
        self.region = regions.get(self.request.GET.get("comite", ""))
        avis = Avis.objects.en_effet().filter(
            rectification=0, fiche__in=choisies.order_by().values("pk")
        )
        if self.request.GET.get("sens") in Avis.Sens.values:
            avis = avis.filter(sens=self.request.GET["sens"])
        return avis.filter(seance__comite__region=self.region) if self.region else avis

    def sujets(self, lignes, ordre):
        return [Rangees(self.titre, lignes, colonnes_des_delais(), ordre)]

    def get_context_data(self, **kwargs):
        self.object_list = self.lignes(self.object_list).select_related(
            "fiche__territoire", "passage", "seance__comite__region"
        )
        kwargs |= {
            "object_list": self.object_list,
            "serie": Delais(durees(self.object_list)).tous.chiffres(),
        }
        return super().get_context_data(**kwargs)
