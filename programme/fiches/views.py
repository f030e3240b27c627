"""Public pages of the fiches actions; an agent also opens there those of its perimeter."""

from collections import defaultdict

from django.db.models import F
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import DetailView, View

from programme.ecritures import en_grand
from programme.fiches import bilans, champs, lectures
from programme.fiches.chemin import niveaux, prochaine_action
from programme.fiches.filters import FicheFilter
from programme.fiches.instruction import instruction
from programme.fiches.models import (
    Bilan,
    FicheAction,
    Modification,
    MouvementFinancier,
    Passage,
    PieceJointe,
)
from programme.fiches.models.plans import Sommes
from programme.fiches.modifications.lecture import publiques, racontees
from programme.fiches.semblables import semblables
from programme.fichiers import servir
from territoires.carte import vignettes
from territoires.ecrites import un_seul
from territoires.liste_publique import ListePublique
from territoires.publics import cles_publiques

# What the list shows of each fiche.
LUS = "reference titre etat cout_total axe__nom territoire__identifiant territoire__nom"


class ListeFiches(ListePublique):
    titre = "Fiches actions"
    jeu = "fiches"
    filterset_class = FicheFilter
    template_name = "programme/fiches/fiches.html"
    tris = {
        "-decision": ("Décisions les plus récentes", "-decidee_le"),
        "decision": ("Décisions les plus anciennes", "decidee_le"),
        "titre": ("Titre", "titre"),
        "-cout": ("Coût le plus élevé", "-cout_total"),
        "cout": ("Coût le moins élevé", "cout_total"),
    }

    def get_queryset(self):
        return (
            FicheAction.objects.du_public()
            .select_related("territoire", "axe")
            .only(*LUS.split())
            .filter(passages__in=cles_publiques(Passage, regle="validations"))
            .annotate(decidee_le=F("passages__le"))
        )

    def get_paginator(self, queryset, per_page, **kwargs):
        """Each public fiche was validated once: joined to be sorted, not to be counted."""
        paginateur = super().get_paginator(queryset, per_page, **kwargs)
        publiques = FicheAction.objects.du_public().order_by()
        if self.filterset.is_bound:
            publiques = self.filterset.filter_queryset(publiques)
        paginateur.count = publiques.count()
        return paginateur


class PageFiche(DetailView):
    template_name = "programme/fiches/fiche.html"
    slug_field = slug_url_kwarg = "reference"
    context_object_name = "fiche"

    def get_queryset(self):
        return lectures.page(FicheAction.objects.lisibles_par(self.request.user))

    def get_object(self, queryset=None):
        if self.request.user.is_authenticated:
            return super().get_object(queryset)
        trouvees = lectures.publique(self.kwargs["reference"])
        return un_seul(trouvees, "Aucune fiche publique ne porte cette référence.")

    def get_context_data(self, **kwargs):
        fiche, user = self.object, self.request.user
        interne = user.has_perm("programme.view_ficheaction", fiche)
        passages = (lectures.passages_signes if interne else lectures.passages)(fiche.pk)
        # What went back and forth before the decision stays between the administrations.
        avis = instruction().tous_les_avis(fiche) if interne else instruction().avis_en_cours(fiche)
        en_cours = [un for un in avis if un.envoi == fiche.dernier_envoi_id]
        financements = _financements(fiche)
        totaux = Sommes.des_lignes(financements, fiche.cout_total)
        attendues = instruction().regions_attendues(fiche, en_cours)
        return super().get_context_data(
            interne=interne,
            reperes=champs.reperes(fiche, champs.PUBLIC),
            textes=champs.textes(fiche, champs.PUBLIC),
            reserves=_reserves(fiche) if interne else [],
            reperes_reserves=champs.reperes(fiche, champs.AGENTS, sauf=champs.PUBLIC)
            if interne
            else [],
            passages=passages,
            niveaux=niveaux(fiche, passages, en_cours),
            prochaine_action=prochaine_action(fiche, attendues),
            tous_les_avis=avis,
            themes=lectures.themes(fiche.pk),
            partenaires=lectures.partenaires(fiche.pk),
            intercommunalites=lectures.intercommunalites(fiche.pk),
            financements=financements,
            etapes=lectures.etapes(fiche.pk),
            indicateurs=lectures.indicateurs(fiche.pk),
            nouvelles=_nouvelles(fiche, interne),
            totaux=totaux,
            donnees_liees=_donnees_liees(fiche, self.request),
            vignette=_vignette(fiche),
            semblables=semblables(fiche, user if user.is_authenticated else None),
            **_modifications(fiche, user),
            **_bilan(fiche, user, totaux),
            **kwargs,
        )


def _donnees_liees(fiche, request):
    """What a search engine reads of a public fiche: schema.org Project, as JSON-LD."""
    if not fiche.est_du_public:
        return None
    territoire = fiche.territoire
    return {
        "@context": "https://schema.org",
        "@type": "Project",
        "name": fiche.titre,
        "identifier": fiche.reference,
        "url": request.build_absolute_uri(fiche.get_absolute_url()),
        "description": fiche.objectifs or fiche.description,
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": territoire.nom,
            "url": request.build_absolute_uri(territoire.get_absolute_url()),
        },
    }


def _vignette(fiche):
    """Of a public fiche; the others have nothing to share."""
    if not fiche.est_du_public:
        return None
    return vignettes.Vignette.de("vignette-fiche", fiche.reference, f"Fiche action : {fiche}")


def vignette(request, reference):
    """The picture of its link when it is shared."""
    publiques = FicheAction.objects.du_public()
    fiche = get_object_or_404(
        publiques.select_related("territoire__perimetre_courant__edition"), reference=reference
    )
    return vignettes.repondre(
        surtitre=f"Fiche action – {fiche.territoire.nom}",
        titre=fiche.titre,
        lignes=[
            capfirst(fiche.get_etat_display()),
            en_grand(fiche.cout_total) if fiche.cout_total else "",
        ],
        carte=vignettes.carte_de(fiche.territoire),
    )


def _reserves(fiche):
    """What only those who work on the fiche read, its obstacles among it."""
    textes = champs.textes(fiche, champs.AGENTS, sauf=champs.PUBLIC)
    return textes + champs.textes_des_obstacles(fiche, champs.AGENTS)


def _nouvelles(fiche, interne):
    """The latest first; those that are not public for those who work on the fiche alone."""
    return fiche.nouvelles.all() if interne else lectures.nouvelles_publiques(fiche.pk)


def _modifications(fiche, user):
    """Those accepted, for everybody; the others for those who work on the fiche."""
    autres = ()
    if user.is_authenticated:
        siennes = Modification.objects.for_user(user).filter(fiche=fiche)
        autres = siennes.exclude(etat=Modification.Etat.ACCEPTEE)
    return {"modifications": publiques(fiche), "ouvertes": racontees(autres)}


def _bilan(fiche, user, totaux):
    """What a fiche that is done came to; those who follow it are asked for it until then."""
    if fiche.etat != FicheAction.Etat.REALISEE:
        return {}
    bilan = Bilan.objects.filter(fiche=fiche).first()
    if bilan is None:
        return {"bilan_a_dresser": user.has_perm(champs.Par.SUIVI, fiche)}
    bilan.fiche = fiche
    pratique = f"{reverse('admin:programme_bonnepratique_add')}?depuis={fiche.pk}"
    return {
        "bilan": bilan,
        "prevu": bilans.prevu_et_realise(fiche, bilan, totaux),
        "ecart": bilans.ecart_en_clair(bilan),
        "en_faire_une_pratique": pratique if user.has_perm("programme.add_bonnepratique") else "",
    }


def _financements(fiche):
    """Lines of the plan, each with the moves that count (`faits`)."""
    lignes, faits = lectures.financements(fiche.pk), defaultdict(list)
    for mouvement in lectures.mouvements(fiche.pk) if lignes else ():
        faits[mouvement.financement_id].append(mouvement)
    for ligne in lignes:
        ligne.faits = faits[ligne.pk]
    return lignes


class TelechargerPiece(View):
    """Attachments are working papers: only for those who work on the fiche, public or not."""

    def get(self, request, reference, pk):
        fiches = FicheAction.objects.for_user(request.user)
        piece = get_object_or_404(
            PieceJointe.objects.filter(fiche__in=fiches), fiche__reference=reference, pk=pk
        )
        return servir(piece.fichier, piece.fichier.name)


class TelechargerDocumentMouvement(View):
    """What proves a grant or a payment: only for those who work on the fiche."""

    def get(self, request, reference, pk):
        siens = MouvementFinancier.objects.for_user(request.user).exclude(document="")
        mouvement = get_object_or_404(siens, financement__fiche__reference=reference, pk=pk)
        return servir(mouvement.document, mouvement.document.name)
