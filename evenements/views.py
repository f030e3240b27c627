"""Public pages of the assemblées: only those that are published."""

from django.db.models import Count, Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, View

from evenements.calendrier import calendrier_de_l_assemblee, calendrier_de_la_sequence
from evenements.deroule import deroule
from evenements.donnees_liees import evenement
from evenements.filters import AssembleeFilter, InterventionFilter
from evenements.models import (
    Annonce,
    Assemblee,
    AutreNom,
    Correction,
    Document,
    Intervenant,
    Intervention,
    Sequence,
)
from programme.ecritures import jour, periode
from programme.fichiers import servir
from programme.partenaires.models import Convention
from territoires.carte import vignettes
from territoires.ecrites import ecrite, un_seul
from territoires.liste_publique import ListePublique


class ListeAssemblees(ListePublique):
    titre = "Assemblées"
    jeu = "assemblees"
    filterset_class = AssembleeFilter
    template_name = "evenements/assemblees.html"
    tris = {
        "-date": ("Les plus récentes", "-date_debut"),
        "date": ("Les plus anciennes", "date_debut"),
        "ville": ("Ville", "ville"),
    }

    def get_queryset(self):
        return Assemblee.objects.du_public().annotate(nombre_sequences=Count("sequences"))


class PageAssemblee(DetailView):
    template_name = "evenements/assemblee.html"
    slug_field = slug_url_kwarg = "identifiant"

    def get_object(self, queryset=None):
        return un_seul(_publiees(self.kwargs["identifiant"]), "Aucune assemblée n’a cette adresse.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**contexte_de_page(self.object, self.request), **kwargs)


def contexte_de_page(assemblee, request):
    """What the page of an assemblée tells, published or looked at before."""
    sequences = _sequences(assemblee.pk)
    for sequence in sequences:
        sequence.assemblee = assemblee
    adresse = request.build_absolute_uri(assemblee.get_absolute_url())
    annonces = _annonces if assemblee.est_du_public else _annonces_d_un_brouillon
    autres = [une for une in assemblees_publiques() if une.pk != assemblee.pk]
    avant = [une for une in autres if une.date_debut <= assemblee.date_debut]
    apres = [une for une in autres if une.date_debut > assemblee.date_debut]
    return {
        "assemblee": assemblee,
        "adresse": adresse,
        "vignette": vignettes.Vignette.de(
            "vignette-assemblee", assemblee.identifiant, assemblee.titre
        ),
        "annonces": annonces(assemblee.pk),
        "corrections": _corrections(assemblee.pk),
        "donnees_liees": evenement(assemblee, sequences, adresse),
        "jours": deroule(sequences),
        "conventions": _conventions(assemblee.pk),
        "documents": _documents(assemblee.pk),
        "precedente": avant[-1] if avant else None,
        "suivante": apres[0] if apres else None,
    }


@ecrite
def _publiees(identifiant):
    publiees = Assemblee.objects.du_public().filter(identifiant=identifiant)
    return publiees.select_related("edition")


@ecrite
def assemblees_publiques():
    """As a link to each says it, the oldest first."""
    publiees = Assemblee.objects.du_public().only("identifiant", "titre", "ville", "date_debut")
    return publiees.order_by("date_debut")


@ecrite
def _corrections(assemblee):
    return Correction.objects.filter(assemblee=assemblee).order_by("-numero")


@ecrite
def _documents(assemblee):
    """Those of no séquence in particular."""
    return Document.objects.filter(assemblee=assemblee, sequence=None)


@ecrite
def _sequences(assemblee):
    interventions = Intervention.objects.select_related("intervenant", "territoire")
    return Sequence.objects.filter(assemblee=assemblee).prefetch_related(
        Prefetch("interventions", interventions), "documents", "themes"
    )


@ecrite
def _annonces(assemblee):
    return _annonces_de(assemblee)


@ecrite
def _annonces_d_un_brouillon(assemblee):
    return _annonces_de(assemblee, apercu=True)


def _annonces_de(assemblee, apercu=False):
    annonces = Annonce.objects.de_cibles_du_public().filter(sequence__assemblee=assemblee)
    return annonces.avec_cibles(apercu).order_by("sequence__ordre", "ordre")


@ecrite
def _conventions(assemblee):
    signees = Convention.objects.du_public().filter(assemblees=assemblee)
    return signees.select_related("partenaire")


def vignette(request, identifiant):
    """The picture of its link when it is shared: its day and place, what was said and promised."""
    assemblee = get_object_or_404(Assemblee.objects.du_public(), identifiant=identifiant)
    paroles = Intervention.objects.filter(sequence__assemblee=assemblee).count()
    annonces = Annonce.objects.filter(sequence__assemblee=assemblee).count()
    comptes = [(paroles, "intervention"), (annonces, "annonce")]
    jours = periode(assemblee.date_debut, assemblee.date_fin)
    if assemblee.date_fin in (None, assemblee.date_debut):
        jours = jour(assemblee.date_debut)
    en_tete = ", ".join(dit for dit in (jours, assemblee.ville) if dit)
    return vignettes.repondre(
        surtitre=en_tete[:1].upper() + en_tete[1:],
        titre=assemblee.titre,
        lignes=[
            assemblee.lieu,
            ", ".join(f"{n} {nom}{'s' * (n > 1)}" for n, nom in comptes if n),
        ],
        carte=vignettes.carte_du_pays(assemblee.edition.code) if assemblee.edition else "",
    )


class ListeInterventions(ListePublique):
    """Who said what, by person, organisation or territoire, across the assemblées."""

    titre = "Interventions"
    jeu = "interventions"
    filterset_class = InterventionFilter
    template_name = "evenements/interventions.html"
    tris = {
        "-date": ("Les plus récentes", "-sequence__assemblee__date_debut"),
        "date": ("Les plus anciennes", "sequence__assemblee__date_debut"),
        "nom": ("Nom", "intervenant__nom"),
    }

    def get_queryset(self):
        return Intervention.objects.du_public().des_plus_recentes()


class PageIntervenant(DetailView):
    """Everything a person said in the published assemblées; an old spelling leads there too."""

    template_name = "evenements/intervenant.html"
    slug_field = slug_url_kwarg = "identifiant"

    def get(self, request, identifiant):
        try:
            return super().get(request, identifiant=identifiant)
        except Http404:
            ancien = AutreNom.objects.du_public().filter(identifiant=identifiant)
            autre = get_object_or_404(ancien.select_related("intervenant"))
            return redirect(autre.intervenant, permanent=True)

    def get_queryset(self):
        return Intervenant.objects.du_public()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            interventions=_interventions_de(self.object.pk),
            annonces=_annonces_par(self.object.pk),
            autres_noms=self.object.autres_noms.all(),
            **kwargs,
        )


@ecrite
def _interventions_de(intervenant):
    return Intervention.objects.du_public().filter(intervenant=intervenant).des_plus_recentes()


@ecrite
def _annonces_par(intervenant):
    annonces = Annonce.objects.du_public().de_la_personne(intervenant).avec_cibles()
    return annonces.order_by("-sequence__assemblee__date_debut", "sequence", "ordre")


class CalendrierAssemblee(View):
    """The calendar file of an assemblée, or of one of its séquences."""

    def get(self, request, identifiant, ordre=None):
        assemblee = get_object_or_404(Assemblee.objects.du_public(), identifiant=identifiant)
        adresse = request.build_absolute_uri(assemblee.get_absolute_url())
        if ordre is None:
            nom, contenu = (
                identifiant,
                calendrier_de_l_assemblee(
                    assemblee, assemblee.sequences.order_by("ordre"), adresse
                ),
            )
        else:
            sequence = get_object_or_404(assemblee.sequences, ordre=ordre)
            nom = f"{identifiant}-{ordre}"
            contenu = calendrier_de_la_sequence(assemblee, sequence, adresse)
        return HttpResponse(
            contenu,
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{nom}.ics"'},
        )


class TelechargerDocument(View):
    def get(self, request, identifiant, pk):
        document = get_object_or_404(
            Document.objects.du_public(),
            assemblee__identifiant=identifiant,
            pk=pk,
        )
        if not document.fichier:
            raise Http404("Ce document n’a pas de fichier.")
        return servir(document.fichier, document.fichier.name)
