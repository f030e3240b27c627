"""Open data: the public rows of each resource, never a contact nor an internal remark."""

from dataclasses import dataclass, field
from hashlib import sha1

from django.http import Http404, JsonResponse
from django.views.generic import TemplateView, View

from echanges.colonnes.schemas import decrire, schema
from echanges.dialectes import FORMATS
from echanges.exports.views import telecharger
from echanges.registre import resources
from territoires.carte.reponses import repondre
from territoires.editions.models import EditionCarte


@dataclass(frozen=True)
class Jeu:
    """One file: the resource of that name, its rows by these lookups, less these columns."""

    titre: str
    contenu: str
    lignes: dict | str  # lookups, or the name of the queryset's method
    sans: tuple = field(default=())


PUBLIEE = {"publiee_le__isnull": False}
DE_L_ASSEMBLEE = {"assemblee__publiee_le__isnull": False}
DE_LA_CONVENTION = {"convention__publiee": True}
# Columns left out name rows that may not be public, or say what the page keeps internal.
JEUX = {
    "territoires": Jeu(
        "Territoires",
        "Nom, région pilote, binôme de chaque territoire publié.",
        {"perimetre_courant__isnull": False},
    ),
    "perimetres": Jeu(
        "Périmètres d’une édition de la carte",
        "Une ligne par intercommunalité (SIREN) ou commune (code Insee) membre.",
        {"edition__publiee_le__isnull": False, "edition__composition_connue": True},
    ),
    "fiches": Jeu(
        "Fiches actions publiques",
        "Contenu, calendrier, coût et état ; sans les contacts.",
        {"etat__in": ("validee", "engagee", "realisee", "abandonnee")},
        ("obstacle", "simplification", "reponse"),
    ),
    "conventions": Jeu("Conventions", "Partenaire, objet, dates.", {"publiee": True}),
    "engagements": Jeu("Engagements des conventions", "Montant, échéance, état.", DE_LA_CONVENTION),
    "assemblees": Jeu(
        "Assemblées", "Dates, lieu, organisateurs, résumé.", PUBLIEE, ("conventions", "edition")
    ),
    "sequences": Jeu("Séquences des assemblées", "Programme et comptes rendus.", DE_L_ASSEMBLEE),
    "interventions": Jeu(
        "Interventions dans les assemblées",
        "Qui a parlé, à quel titre, et ce qui a été dit.",
        {"sequence__assemblee__publiee_le__isnull": False},
    ),
    "intervenants": Jeu(
        "Intervenants", "Qui a parlé dans une assemblée, chacun une fois.", "publics"
    ),
    "annonces": Jeu(
        "Annonces des assemblées",
        "Ce qui a été annoncé, et l’objet public où cela se suit.",
        "publiques",
    ),
    "documents": Jeu("Documents des assemblées", "Titre, auteurs, date, lien.", DE_L_ASSEMBLEE),
    "corrections": Jeu(
        "Corrections des assemblées", "Ce qui a été corrigé, et quand.", DE_L_ASSEMBLEE
    ),
    "signataires_conventions": Jeu(
        "Signataires des conventions", "Organisation, personne, fonction.", DE_LA_CONVENTION
    ),
    "avenants": Jeu("Avenants des conventions", "Date et objet.", DE_LA_CONVENTION),
    "modifications_avenants": Jeu(
        "Ce que les avenants ont changé",
        "Avant et après : objet, dates, montants.",
        {"avenant__convention__publiee": True},
    ),
    "offres": Jeu("Offres de service", "Partenaire, genre, axes, qui peut la demander.", {}),
    "contrats": Jeu("Protocoles et contrats signés", "Territoire, dates, état.", "publics"),
    "signataires_contrats": Jeu(
        "Signataires des contrats",
        "Les trois groupes, avec leurs délibérations.",
        {"contrat__etat__in": ("signe", "termine")},
    ),
    "bonnes_pratiques": Jeu(
        "Bonnes pratiques", "Résumé, mise en œuvre, coût.", PUBLIEE, ("fiche", "fiches_liees")
    ),
}


PETIT = 5000  # rows: below, a file is compared with what the visitor already has


class PageDonnees(TemplateView):
    template_name = "donnees_ouvertes/donnees.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            jeux=JEUX, formats=FORMATS.values(), editions=_editions(), **kwargs
        )


def _editions():
    return EditionCarte.objects.publiees().filter(composition_connue=True)


class DuJeu:
    """A page or a file about one of the data sets."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.nom = kwargs["nom"]
        if self.nom not in JEUX:
            raise Http404("Ce fichier n’existe pas.")
        self.jeu, self.resource = JEUX[self.nom], resources()[self.nom]()
        self.colonnes = [
            entete
            for entete in self.resource.entetes()
            if entete not in (*self.jeu.sans, *self.resource._meta.internes)
        ]

    def lignes(self, edition=None):
        """The public rows; of this edition of the map, the one in force if none is named."""
        tous, lignes = self.resource.modele._default_manager.all(), self.jeu.lignes
        lignes = getattr(tous, lignes)() if isinstance(lignes, str) else tous.filter(**lignes)
        if self.nom != "perimetres":
            return lignes
        edition = edition or EditionCarte.objects.en_vigueur()
        return lignes.filter(edition=edition) if edition else lignes


class PageJeu(DuJeu, TemplateView):
    """What one file holds, column by column."""

    template_name = "donnees_ouvertes/jeu.html"

    def get_context_data(self, **kwargs):
        descriptions = [d for d in decrire(self.resource) if d.nom in self.colonnes]
        return super().get_context_data(
            jeu=self.jeu,
            # Of a périmètre, the file has one row a member.
            nombre=self.lignes().values("membres" if self.nom == "perimetres" else "pk").count(),
            descriptions=descriptions,
            formats=FORMATS.values(),
            editions=_editions() if self.nom == "perimetres" else (),
            **kwargs,
        )


class SchemaJeu(DuJeu, View):
    """Frictionless Table Schema of the file for machines, at an address that does not move."""

    def get(self, request, nom):
        return JsonResponse(
            schema(self.resource, self.colonnes),
            json_dumps_params={"ensure_ascii": False},
            headers={"Access-Control-Allow-Origin": "*"},
        )


class Telecharger(DuJeu, View):
    def get(self, request, nom, dialecte):
        if dialecte not in FORMATS:
            raise Http404("Ce fichier n’existe pas.")
        edition = self._edition() if nom == "perimetres" else None
        dialecte, lignes = FORMATS[dialecte], self.lignes(edition)
        suffixe = f"-{edition.code}" if edition else ""
        morceaux = self.resource.exporter(lignes, dialecte, public=True, colonnes=self.colonnes)
        if lignes[PETIT : PETIT + 1].exists():
            return telecharger(request, morceaux, dialecte, f"{nom}{suffixe}")
        contenu = b"".join(morceaux)
        reponse = repondre(
            request,
            lambda: contenu,
            cle=f"donnees-{nom}{suffixe}-{dialecte.nom}",
            empreinte=sha1(contenu, usedforsecurity=False).hexdigest(),
            type_mime=dialecte.type_mime,
        )
        nom_du_fichier = f"{nom}{suffixe}.{dialecte.extension}"
        reponse["Content-Disposition"] = f'attachment; filename="{nom_du_fichier}"'
        return reponse

    def _edition(self):
        """The edition asked for, else the one in force; a wrong code is not found."""
        code = self.request.GET.get("edition")
        if not code:
            return EditionCarte.objects.en_vigueur()
        for edition in EditionCarte.objects.publiees():
            if edition.code == code:
                return edition
        raise Http404("Cette édition n’est pas publiée.")
