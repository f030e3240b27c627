"""The pages of one object: which kind of the search each shows, and what stands at an address."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from territoires.recherche.indexation import mettre_a_jour
from territoires.recherche.models import Trouvable

# {name of the page: kind of the search}: the index knows which of them are public.
D_UN_OBJET = {
    "actualite": "actualite",
    "assemblee": "assemblee",
    "bonne-pratique": "pratique",
    "contrat": "contrat",
    "convention": "convention",
    "fiche": "fiche",
    "intervenant": "personne",
    "page-editoriale": "page",
    "partenaire": "partenaire",
    "territoire": "territoire",
    "theme": "theme",
}
# Those that show what to read besides.
AVEC_LIENS = tuple(nom for nom in D_UN_OBJET if nom not in ("intervenant", "territoire"))


def nom_de_page(chemin):
    """The name of the page at this path, nothing where there is none."""
    try:
        return resolve(chemin).url_name
    except Resolver404:
        return ""


def chemin(adresse):
    """The path of an address of the site, whole or not, as our pages write it; none elsewhere."""
    morceaux = urlsplit(adresse.strip())
    ici = {urlsplit(settings.ADRESSE_DU_SITE).hostname, *settings.ALLOWED_HOSTS}
    if morceaux.netloc and morceaux.hostname not in ici:
        return ""
    trouve = unquote(morceaux.path)
    return trouve if trouve.endswith("/") or not trouve else f"{trouve}/"


def publiques(chemins):
    """{path: title} of those of these pages of one object that everybody may read."""
    chemins = set(chemins)
    if not chemins:
        return {}
    mettre_a_jour()
    trouves = Trouvable.objects.filter(adresse__in=chemins, genre__in=D_UN_OBJET.values())
    return dict(trouves.values_list("adresse", "titre"))


def chemin_d_une_page(adresse, noms):
    """The path of a page of one of these kinds; ValidationError, in French, otherwise."""
    trouve = chemin(adresse)
    if not trouve.startswith("/"):
        raise ValidationError(f"Ce n’est pas l’adresse d’une page de ce site\u202f: {adresse}.")
    nom = nom_de_page(trouve)
    if not nom:
        raise ValidationError(f"Aucune page du site n’a cette adresse\u202f: {trouve}.")
    if nom not in noms:
        raise ValidationError(f"Cette page ne se choisit pas ici\u202f: {trouve}.")
    return trouve


def rien_de_public(chemin):
    return f"Rien de public n’est à cette adresse\u202f: {chemin}."
