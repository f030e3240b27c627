"""The pages, files and schemas of the open data."""

from hashlib import sha1

from django.http import Http404, JsonResponse
from django.views.generic import TemplateView, View

from config.donnees import archives, scdl
from config.jeux_de_donnees import JEUX
from echanges.colonnes.schemas import decrire, schema
from echanges.dialectes import FORMATS_OUVERTS
from echanges.exports.views import telecharger
from echanges.registre import resources
from territoires.carte.reponses import repondre
from territoires.editions.dates import date_de_fichier
from territoires.editions.models import EditionCarte

PETIT = 5000  # rows: below, a file is compared with what the visitor already has


# What a table is about, by the first room that its model is in.
GROUPES = {
    "programme.fiches": "Les fiches actions",
    "programme.comites": "Les comités",
    "programme.contrats": "Les contrats",
    "programme.pratiques": "Les bonnes pratiques",
    "programme": "Le programme et ses partenaires",
    "evenements": "Les assemblées",
    "territoires.editions": "Les territoires et la carte",
    "territoires": "La géographie",
}


def _groupes():
    """[(group, [(name, table)])], in the order of the groups."""
    groupes = {titre: [] for titre in GROUPES.values()}
    for nom, jeu in JEUX.items():
        module = resources()[nom]._meta.model.__module__
        titre = next(t for piece, t in GROUPES.items() if module.startswith(piece))
        groupes[titre].append((nom, jeu))
    return groupes.items()


class PageDonnees(TemplateView):
    template_name = "donnees_ouvertes/donnees.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            groupes=_groupes(),
            scdl=scdl.FICHIERS,
            archives=archives.gardees(),
            formats=FORMATS_OUVERTS.values(),
            editions=EditionCarte.objects.composees(),
            **kwargs,
        )


class DuJeu:
    """A page or a file about one of the data sets."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.nom = kwargs["nom"]
        if self.nom not in JEUX:
            raise Http404("Ce fichier n’existe pas.")
        self.jeu, self.resource = JEUX[self.nom], resources()[self.nom]()

    def lignes(self, edition=None):
        """The public rows; of this edition of the map, the one in force if none is named."""
        lignes = self.resource.modele._default_manager.du_public()
        if self.nom != "perimetres":
            return lignes
        edition = edition or EditionCarte.objects.en_vigueur()
        return lignes.filter(edition=edition) if edition else lignes


class PageJeu(DuJeu, TemplateView):
    """What one file holds, column by column."""

    template_name = "donnees_ouvertes/jeu.html"

    def get_context_data(self, **kwargs):
        descriptions = [d for d in decrire(self.resource) if d.nom in self.jeu.colonnes]
        return super().get_context_data(
            jeu=self.jeu,
            # Of a périmètre, the file has one row a member.
            nombre=self.lignes().values("membres" if self.nom == "perimetres" else "pk").count(),
            descriptions=descriptions,
            formats=FORMATS_OUVERTS.values(),
            editions=EditionCarte.objects.composees() if self.nom == "perimetres" else (),
            **kwargs,
        )


class SchemaJeu(DuJeu, View):
    """Frictionless Table Schema of the file for machines, at an address that does not move."""

    def get(self, request, nom):
        return JsonResponse(
            schema(self.resource, self.jeu.colonnes),
            json_dumps_params={"ensure_ascii": False},
            headers={"Access-Control-Allow-Origin": "*"},
        )


class Telecharger(DuJeu, View):
    def get(self, request, nom, dialecte):
        if dialecte not in FORMATS_OUVERTS:
            raise Http404("Ce fichier n’existe pas.")
        edition = self._edition() if nom == "perimetres" else None
        dialecte, lignes = FORMATS_OUVERTS[dialecte], self.lignes(edition)
        suffixe = f"-{edition.code}" if edition else ""
        nom_du_fichier = f"{nom}-{date_de_fichier(edition)}" if edition else nom
        morceaux = self.resource.exporter(lignes, dialecte, colonnes=self.jeu.colonnes)
        if lignes[PETIT : PETIT + 1].exists():
            return telecharger(request, morceaux, dialecte, nom_du_fichier)
        contenu = b"".join(morceaux)
        reponse = repondre(
            request,
            lambda: contenu,
            cle=f"donnees-{nom}{suffixe}-{dialecte.nom}",
            empreinte=sha1(contenu, usedforsecurity=False).hexdigest(),
            type_mime=dialecte.type_mime,
        )
        entete = f'attachment; filename="{nom_du_fichier}.{dialecte.extension}"'
        reponse["Content-Disposition"] = entete
        return reponse

    def _edition(self):
        """The edition asked for, else the one in force; a wrong code is not found."""
        code = self.request.GET.get("edition")
        if not code:
            return EditionCarte.objects.en_vigueur()
        for edition in EditionCarte.objects.du_public():
            if edition.code == code:
                return edition
        raise Http404("Cette édition n’est pas publiée.")
