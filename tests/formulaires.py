"""What a browser does with the form of a page: read its controls, and send them as HTML says."""

import re
from html.parser import HTMLParser

from django.http import QueryDict

# What a browser makes of a value of these types before anybody touches it (HTML, 4.10.5.1).
NOMBRE = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?\Z")
EPURES = {
    "number": NOMBRE,
    "date": re.compile(r"\d{4}-\d\d-\d\d\Z"),
    "time": re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,3})?)?\Z"),
    "datetime-local": re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?\Z"),
}
# Sent only when pressed, or without anything to send until a person chooses.
MUETS = {"submit", "button", "reset", "image", "file"}


class Formulaires(HTMLParser):
    """The forms of a page: [(attributes, their controls, {name: kind of control})]."""

    def __init__(self, texte):
        super().__init__()
        self.lus, self.genres, self._dedans = [], {}, False
        self._texte = self._choix = None
        self._geles = []  # one a fieldset that is open: disabled or not
        self.feed(texte)

    def handle_starttag(self, balise, attributs):
        a = dict(attributs)
        if balise == "form":
            self.lus.append((a, QueryDict(mutable=True), {}))
            self._dedans = True
        elif balise == "fieldset":
            self._geles.append("disabled" in a)
        if not self._dedans:
            return
        lire = getattr(self, f"_lire_{balise}", None)
        if lire:
            lire(a, "disabled" in a or any(self._geles))

    handle_startendtag = handle_starttag

    def _envoyer(self, nom, valeur, genre):
        self.lus[-1][1].appendlist(nom, valeur)
        self.lus[-1][2].setdefault(nom, genre)

    def _lire_input(self, a, gele):
        nom, genre = a.get("name"), a.get("type") or "text"
        if not nom or gele or genre in MUETS:
            return
        if genre in ("checkbox", "radio"):
            self.lus[-1][2].setdefault(nom, genre)
            if "checked" in a:
                self._envoyer(nom, a.get("value", "on"), genre)
            return
        valeur = a.get("value") or ""
        if genre != "hidden":
            valeur = valeur.replace("\r", "").replace("\n", "")
        if genre in ("email", "url"):
            valeur = valeur.strip()
        if genre in EPURES and not EPURES[genre].match(valeur):
            valeur = ""
        self._envoyer(nom, valeur, genre)

    def _lire_textarea(self, a, gele):
        self._texte = None if gele else [a["name"], ""]

    def _lire_select(self, a, gele):
        self._choix = None if gele else {"nom": a["name"], "plusieurs": "multiple" in a}
        if self._choix:
            self._choix |= {"choisis": [], "premier": None}
            self.lus[-1][2].setdefault(a["name"], "select")

    def _lire_option(self, a, gele):
        if not self._choix or gele:
            return
        if self._choix["premier"] is None:
            self._choix["premier"] = a.get("value", "")
        if "selected" in a:
            self._choix["choisis"].append(a.get("value", ""))

    def handle_data(self, texte):
        if self._texte:
            self._texte[1] += texte

    def handle_endtag(self, balise):
        if balise == "textarea" and self._texte:
            nom, texte = self._texte
            texte = texte.replace("\r\n", "\n").replace("\r", "\n")
            # The first line break after the tag is not content; those sent are CRLF.
            self._envoyer(nom, texte.removeprefix("\n").replace("\n", "\r\n"), "textarea")
            self._texte = None
        elif balise == "select" and self._choix:
            choix, self._choix = self._choix, None
            choisis = choix["choisis"]
            if not choix["plusieurs"]:  # without a choice, the first one
                choisis = choisis[-1:] or [choix["premier"]] * (choix["premier"] is not None)
            for valeur in choisis:
                self._envoyer(choix["nom"], valeur, "select")
        elif balise == "fieldset":
            self._geles.pop()
        elif balise == "form":
            self._dedans = False


def formulaire(page, cle=None):
    """(what is sent, {name: kind}) of the form with this id; else of the page's last POST form."""
    lus = Formulaires(page.content.decode()).lus
    postes = [
        (donnees, genres)
        for attributs, donnees, genres in lus
        if (attributs.get("id") == cle if cle else _est_propre(attributs))
    ]
    return postes[-1]


def _est_propre(attributs):
    """Posted, and not what every page has: signing out, the look of the site."""
    return attributs.get("method", "").lower() == "post" and "/logout" not in attributs.get(
        "action", ""
    )


def envoi(page, cle=None, /, **changes):
    """What a browser would send of this page, these inputs changed (None: removed)."""
    donnees, _ = formulaire(page, cle)
    for nom, valeur in changes.items():
        if valeur is None:
            donnees.pop(nom, None)
        else:
            donnees.setlist(nom, valeur if isinstance(valeur, list) else [valeur])
    return donnees


def en_clair(donnees):
    """The same for `Client.post`, which writes them as a form with files does."""
    return {nom: donnees.getlist(nom) for nom in donnees}


def lu(client, adresse):
    """What the page at this address carries of the state that it shows, to be sent with a POST."""
    return {"lu": client.get(adresse).context["lu"]}


def ajouter(donnees, prefixe, **valeurs):
    """One more row in this group: the empty one that stands there, else as « Ajouter » makes it."""
    total, premier = int(donnees[f"{prefixe}-TOTAL_FORMS"]), next(iter(valeurs))
    nouvelles = range(int(donnees[f"{prefixe}-INITIAL_FORMS"]), total)
    libres = [rang for rang in nouvelles if not donnees.get(f"{prefixe}-{rang}-{premier}")]
    rang = libres[0] if libres else total
    donnees[f"{prefixe}-TOTAL_FORMS"] = str(max(total, rang + 1))
    donnees[f"{prefixe}-{rang}-id"] = ""
    for nom, valeur in valeurs.items():
        donnees[f"{prefixe}-{rang}-{nom}"] = valeur
    return donnees
