"""The catalogue that a data portal harvests: DCAT-AP 2.1, one data set a file of the open data."""

from django.urls import reverse

from config.donnees import archives, scdl
from config.donnees.graphe import Iri, Noeud, Texte
from config.jeux_de_donnees import JEUX
from echanges.dialectes import FORMATS_OUVERTS
from territoires.carte.exports import LICENCE
from territoires.carte.views_donnees import FICHIERS, GEOGRAPHIQUES
from territoires.editions.models import EditionCarte

AUTORITES = "http://publications.europa.eu/resource/authority"
FRANCAIS, FRANCE = Iri(f"{AUTORITES}/language/FRA"), Iri(f"{AUTORITES}/country/FRA")
THEMES = [Iri(f"{AUTORITES}/data-theme/{code}") for code in ("REGI", "ECON", "GOVE")]
IRREGULIERE, MENSUELLE = (Iri(f"{AUTORITES}/frequency/{code}") for code in ("IRREG", "MONTHLY"))
# What the authority calls each kind of file; a zip is how an archive is packed.
GENRES = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "ods": "ODS",
    "jsonl": "JSON",
    "geojson": "GEOJSON",
    "topojson": "JSON",
    "gpkg": "GPKG",
    "zip": "ZIP",
    "svg": "SVG",
    "png": "PNG",
}
MOTS = ["Territoires d’industrie", "industrie", "développement économique"]
EDITEUR = "Délégation aux Territoires d’industrie"


class Catalogue:
    """The statements of the catalogue, with the addresses of the site at `racine`."""

    def __init__(self, racine):
        self.racine = racine.rstrip("/")
        self.editeur = Iri(f"{self.page('donnees')}#editeur")

    def page(self, nom, *arguments):
        return self.racine + reverse(nom, args=arguments)

    def noeuds(self):
        """[Noeud], the catalogue first."""
        jeux = [*self._des_jeux(), *self._du_scdl(), *self._des_editions(), *self._des_archives()]
        jeux = [noeud for groupe in jeux for noeud in groupe]
        description = "Ce qui est public du programme Territoires d’industrie, à télécharger."
        catalogue = Noeud(
            f"{self.page('donnees')}#catalogue",
            "dcat:Catalog",
            {
                "dct:title": [Texte("Données ouvertes des Territoires d’industrie")],
                "dct:description": [Texte(description)],
                "dct:publisher": [self.editeur],
                "dct:language": [FRANCAIS],
                "dct:license": [Iri(LICENCE)],
                "dct:spatial": [FRANCE],
                "foaf:homepage": [Iri(self.page("donnees"))],
                "dcat:themeTaxonomy": [Iri(f"{AUTORITES}/data-theme")],
                "dcat:dataset": [Iri(n.adresse) for n in jeux if n.genre == "dcat:Dataset"],
            },
        )
        editeur = Noeud(
            self.editeur.adresse,
            "foaf:Agent",
            {
                "foaf:name": [Texte(EDITEUR)],
                "foaf:homepage": [Iri(f"{self.racine}/")],
                "dct:type": [
                    Iri("http://purl.org/adms/publishertype/NationalAuthority"),
                ],
            },
        )
        return [catalogue, editeur, *jeux]

    def _des_jeux(self):
        for nom, jeu in JEUX.items():
            fichiers = [
                (self.page("donnees-csv", nom, format_.nom), format_.libelle, format_.extension)
                for format_ in FORMATS_OUVERTS.values()
            ]
            schema = self.page("donnees-schema", nom)
            yield self._jeu(
                nom, jeu.titre, jeu.contenu, self.page("donnees-jeu", nom), fichiers, schema
            )

    def _du_scdl(self):
        for nom, fichier in scdl.FICHIERS.items():
            adresse = self.page("donnees-scdl", nom)
            schema = f"https://schema.data.gouv.fr/{fichier.schema}"
            fichiers = [(adresse, "CSV", "csv")]
            page = self.page("donnees")
            yield self._jeu(nom, fichier.titre, fichier.contenu, page, fichiers, schema)

    def _des_editions(self):
        for edition in EditionCarte.objects.composees():
            noms = [nom for nom in FICHIERS if nom.partition(".")[2] in (*GEOGRAPHIQUES, "csv")]
            yield self._jeu(
                f"carte-{edition.code}",
                f"Carte des Territoires d’industrie, {edition}",
                "Contours et composition de chaque territoire de cette édition.",
                self.racine + edition.get_absolute_url(),
                [
                    (self.page("fichier-carte", edition.code, nom), nom, nom.partition(".")[2])
                    for nom in noms
                ],
                emis=edition.date,
            )

    def _des_archives(self):
        mois = archives.gardees()
        if mois:
            fichiers = [
                (self.page("donnees-archive", f"{une.mois}"), f"État au {une.le:%d/%m/%Y}", "zip")
                for une in mois
            ]
            titre = "Archives mensuelles de toutes les données ouvertes"
            page = f"{self.page('donnees')}#archives"
            yield self._jeu(
                "archives", titre, archives.CONTENU, page, fichiers, frequence=MENSUELLE
            )

    def _jeu(self, nom, titre, contenu, page, fichiers, schema="", emis=None, frequence=None):
        """The data set and its distributions."""
        depart = f"{self.page('donnees')}#{nom}"
        distributions = [
            self._distribution(f"{depart}.{rang}", *fichier, schema)
            for rang, fichier in enumerate(fichiers, 1)
        ]
        dits = {
            "dct:title": [Texte(titre)],
            "dct:description": [Texte(contenu)],
            "dct:identifier": [Texte(nom, langue="")],
            "dct:publisher": [self.editeur],
            "dct:language": [FRANCAIS],
            "dct:spatial": [FRANCE],
            "dct:accrualPeriodicity": [frequence or IRREGULIERE],
            "dct:issued": [Texte(f"{emis}", genre="xsd:date")] if emis else [],
            "dcat:theme": THEMES,
            "dcat:keyword": [Texte(mot) for mot in MOTS],
            "dcat:landingPage": [Iri(page)],
            "dcat:distribution": [Iri(d.adresse) for d in distributions],
        }
        return [Noeud(depart, "dcat:Dataset", dits), *distributions]

    def _distribution(self, depart, adresse, titre, genre, schema):
        # The schema is that of the CSV for machines.
        conforme = [Iri(schema)] if schema and genre == "csv" and "Excel" not in titre else []
        dits = {
            "dct:title": [Texte(titre)],
            "dct:format": [Iri(f"{AUTORITES}/file-type/{GENRES[genre]}")],
            "dct:license": [Iri(LICENCE)],
            "dct:conformsTo": conforme,
            "dcat:accessURL": [Iri(adresse)],
            "dcat:downloadURL": [Iri(adresse)],
        }
        return Noeud(depart, "dcat:Distribution", dits)
