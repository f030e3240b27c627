"""The map as data: GeoJSON, TopoJSON, compositions and comparisons as CSV, a picture."""

import json

import typst
from django.utils import timezone
from shapely import orient_polygons
from shapely.geometry import LinearRing, mapping, shape
from topojson import Topology

from echanges.dialectes import DIALECTES, EXCEL, neutraliser
from echanges.exports.csv import encoder
from territoires.carte import comptes
from territoires.editions.models import MembrePerimetre, Trace
from territoires.editions.national import ENTETES, lignes_nationales

PAS = 10_000  # outlines stand on a grid of 0.0001 degree: TopoJSON says them in whole steps
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
LARGEUR_PNG = 1600  # pixels
COLONNES = [
    "edition",
    "date",
    "code",
    "territoire",
    "nom",
    "genre",
    "membre",
    "nom_du_membre",
    "nature",
    "departement",
    "population",
    "dissoute_le",
]


def geojson(lue, lignes, racine):
    """A FeatureCollection (RFC 7946): one feature a territoire that has an outline, by name."""
    traces = dict(
        Trace.objects.filter(perimetre__in=[ligne.pk for ligne in lignes]).values_list(
            "perimetre", "geometrie"
        )
    )
    entites = [
        {
            "type": "Feature",
            "id": ligne.identifiant,
            "properties": _proprietes(lue, ligne, racine),
            "geometry": _orientee(traces[ligne.pk]),
        }
        for ligne in lignes
        if ligne.pk in traces
    ]
    return {"type": "FeatureCollection", **_mentions(lue), "features": entites}


def topojson(collection):
    """The same features; each border between two territoires is one arc that both use."""
    entites = collection["features"]
    topologie = Topology([e["geometry"] for e in entites], prequantize=False).to_dict()
    geometries = [
        {"type": e["geometry"]["type"], "id": e["id"], "properties": e["properties"]}
        | {"arcs": _orienter(e["geometry"]["type"], objet["arcs"], topologie["arcs"])}
        for e, objet in zip(entites, topologie["objects"]["data"]["geometries"], strict=True)
    ]
    mentions = {cle: v for cle, v in collection.items() if cle not in ("type", "features")}
    return {
        "type": "Topology",
        **mentions,
        "transform": {"scale": [1 / PAS, 1 / PAS], "translate": [0, 0]},
        "objects": {"territoires": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_en_ecarts(arc) for arc in topologie["arcs"]],
    }


def en_json(objet):
    return json.dumps(objet, ensure_ascii=False, separators=(",", ":"))


def compositions(edition, dialecte):
    """CSV bytes: one row a member, whole intercommunalité or single commune, as `genre` says."""
    membres = (
        MembrePerimetre.objects.filter(edition=edition)
        .select_related("perimetre__territoire", "intercommunalite", "commune")
        .order_by("perimetre__recherche", "intercommunalite__recherche", "commune__recherche", "pk")
    )
    dialecte = DIALECTES[dialecte]
    lignes = [COLONNES, *(_membre(edition, membre) for membre in membres)]
    return dialecte.bom + encoder(lignes, dialecte)


def fichier_national(edition):
    """CSV bytes of the national file: one row a commune."""
    textes = [[neutraliser(texte) for texte in ligne] for ligne in lignes_nationales(edition)]
    return encoder([ENTETES, *textes], DIALECTES["machine"])


def comparaison_en_csv(comparaison):
    """CSV bytes: one row a commune that moved, one row a territoire where none did."""
    lignes = [["mouvement", "avant", "apres", "lien", "commune", "sens"]]
    for ligne in comparaison.lignes:
        tete = [
            ligne.libelle,
            neutraliser(", ".join(p.nom for p in ligne.anciens)),
            neutraliser(", ".join(p.nom for p in ligne.nouveaux)),
            "confirmé" if ligne.confirmee else "proposé",
        ]
        communes = [(code, "entrée") for code in ligne.entrees]
        communes += [(code, "sortie") for code in ligne.sorties]
        lignes += [[*tete, code, sens] for code, sens in communes or [("", "")]]
    return EXCEL.bom + encoder(lignes, EXCEL)


def en_png(svg):
    """The bytes of a PNG of this SVG file, `LARGEUR_PNG` pixels wide."""
    page = (
        f"#set page(width: {LARGEUR_PNG}pt, height: auto, margin: 0pt)\n"
        '#image("carte.svg", width: 100%)'
    )
    fichiers = {"main.typ": page.encode(), "carte.svg": svg.encode()}
    return typst.compile(fichiers, format="png", ppi=72, ignore_system_fonts=True)


def _proprietes(lue, ligne, racine):
    return {
        "territoire": ligne.identifiant,
        "code": ligne.code,
        "nom": ligne.nom,
        "regions": ligne.regions,
        "noms_des_regions": ligne.noms_des_regions,
        "region_pilote": ligne.region_pilote,
        "interregional": len(ligne.regions) > 1,
        "population": ligne.population,
        **{compte.propriete: ligne.comptes[compte.cle] for compte in comptes.declares()},
        "page": racine + ligne.adresse,
    }


def _mentions(lue):
    edition = lue.edition
    return {
        "edition": edition.code,
        "date": edition.date.isoformat(),
        "publiee_le": timezone.localtime(edition.publiee_le).date().isoformat(),
        "source": edition.source,
        "licence": LICENCE,
    }


def _orientee(geometrie):
    """Outer rings counterclockwise, holes clockwise, as RFC 7946 wants them."""
    return mapping(orient_polygons(shape(geometrie), exterior_cw=False))


def _orienter(genre, rangs, arcs):
    """The same for rings of ranks of arcs, where ~n is the arc n backwards."""

    def tourner(anneau, est_trou):
        points = [p for n in anneau for p in (arcs[n] if n >= 0 else arcs[~n][::-1])]
        a_l_endroit = LinearRing(points).is_ccw is not est_trou
        return anneau if a_l_endroit else [~n for n in reversed(anneau)]

    polygones = [rangs] if genre == "Polygon" else rangs
    polygones = [[tourner(a, rang > 0) for rang, a in enumerate(p)] for p in polygones]
    return polygones[0] if genre == "Polygon" else polygones


def _en_ecarts(arc):
    """Whole steps from one point to the next; the first is from the origin."""
    points = [(round(x * PAS), round(y * PAS)) for x, y in arc]
    precedents = [(0, 0), *points]
    return [[x - u, y - v] for (x, y), (u, v) in zip(points, precedents, strict=False)]


def _membre(edition, membre):
    entiere = membre.intercommunalite is not None
    objet = membre.intercommunalite if entiere else membre.commune
    textes = [
        edition.code,
        edition.date.isoformat(),
        membre.perimetre.code,
        membre.perimetre.territoire.identifiant,
        membre.perimetre.nom,
        "intercommunalité entière" if entiere else "commune seule",
        objet.pk,
        objet.nom,
        objet.get_nature_display() if entiere else "commune",
        objet.departement_id,
        "" if objet.population is None else str(objet.population),
        objet.dissoute_le.isoformat() if entiere and objet.dissoute_le else "",
    ]
    return [neutraliser(texte) for texte in textes]
