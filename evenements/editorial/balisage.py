"""The small markup of editorial texts (CommonMark): made HTML, its headings set, its links checked.

Raw HTML is text, images and code are not known. Headings start at h2 and skip no level, whatever
was typed: the title of the page is its h1.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from evenements.editorial.pages import D_UN_OBJET, nom_de_page, publiques, rien_de_public

AIDE = (
    "Une ligne vide entre deux paragraphes. « ## Titre » pour un intertitre, « - » devant chaque "
    "élément d’une liste, **gras**, [texte du lien](/fiches/)."
)
DEHORS = ("http", "https", "mailto")
PREMIER, DERNIER = 2, 6  # of the headings

_lecteur = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])


def en_html(texte):
    """The text as HTML; a link to what nobody reads any more is its words alone."""
    jetons = _lecteur.parse(texte)
    _delier(jetons)
    _poser_les_titres(jetons)
    return mark_safe(_lecteur.renderer.render(jetons, _lecteur.options, {}))


def en_clair(texte):
    """Its words alone, a paragraph a line: for the search and for what sums it up."""
    dits = [jeton for jeton in _lecteur.parse(texte) if jeton.type == "inline"]
    return "\n".join(
        "".join(" " if fils.type.endswith("break") else fils.content for fils in jeton.children)
        for jeton in dits
    )


def verifier(texte):
    """Raises ValidationError for a link that leads nowhere, in French."""
    erreurs = [phrase for lien in liens(texte) if (phrase := _faute(lien))]
    if erreurs:
        raise ValidationError(erreurs)


def liens(texte):
    """The addresses that the text leads to."""
    return _adresses(_lecteur.parse(texte))


def _adresses(jetons):
    return [
        fils.attrs["href"]
        for jeton in jetons
        for fils in jeton.children or ()
        if fils.type == "link_open"
    ]


def _delier(jetons):
    """Without the links to objects that nobody reads any more: one query, where there are links."""
    morts = _perdus(lien for lien in _adresses(jetons) if _mene_a_un_objet(lien))
    for jeton in jetons if morts else ():
        gardes, dedans = [], False
        for fils in jeton.children or ():
            if fils.type == "link_open" and fils.attrs["href"] in morts:
                dedans = True
            elif fils.type == "link_close" and dedans:
                dedans = False
            else:
                gardes.append(fils)
        if jeton.children:
            jeton.children = gardes


def _mene_a_un_objet(lien):
    morceaux = urlsplit(lien)
    if morceaux.scheme or morceaux.netloc:
        return False
    return nom_de_page(morceaux.path) in D_UN_OBJET


def _perdus(liens):
    """Those of these links to objects that lead to nothing public."""
    chemins = {lien: urlsplit(lien).path for lien in liens}
    trouvees = publiques(chemins.values())
    return {lien for lien, chemin in chemins.items() if chemin not in trouvees}


def _poser_les_titres(jetons):
    """The first is an h2; a deeper one goes down by one, a higher one comes back."""
    ouverts = []  # levels as typed
    for jeton in jetons:
        if jeton.type == "heading_open":
            tape = int(jeton.tag[1])
            while ouverts and ouverts[-1] >= tape:
                ouverts.pop()
            ouverts.append(tape)
        if jeton.type in ("heading_open", "heading_close"):
            jeton.tag = f"h{min(PREMIER + len(ouverts) - 1, DERNIER)}"


def _faute(lien):
    morceaux = urlsplit(lien)
    if morceaux.scheme or morceaux.netloc:
        complet = morceaux.netloc or morceaux.scheme == "mailto"
        if morceaux.scheme in DEHORS and complet:
            return ""
        return f"Ce lien n’est pas celui d’une page\u202f: {lien}."
    if not morceaux.path.startswith("/"):
        return f"Écrivez l’adresse entière, ou celle d’une page du site avec « / »\u202f: {lien}."
    try:
        page = resolve(morceaux.path)
    except Resolver404:
        return f"Aucune page du site n’a cette adresse\u202f: {lien}."
    if page.url_name in D_UN_OBJET and _perdus([lien]):
        return rien_de_public(lien)
    return ""
