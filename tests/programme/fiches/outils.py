"""What a browser does with the form of a fiche: read it, change some of it, post all of it."""

import threading
from html.parser import HTMLParser

from django.http import QueryDict
from django.urls import reverse


def adresse(fiche):
    return reverse("admin:programme_ficheaction_change", args=[fiche.pk])


class Formulaire(HTMLParser):
    """The controls of the fiche's form, as HTML says that they are to be sent."""

    def __init__(self, page, identifiant="ficheaction_form"):
        super().__init__()
        self.identifiant = identifiant
        self.donnees, self.dedans, self.texte, self.choix = (
            QueryDict(mutable=True),
            False,
            None,
            None,
        )
        self.feed(page.content.decode())

    def handle_starttag(self, balise, attributs):
        a = dict(attributs)
        if balise == "form":
            self.dedans = a.get("id") == self.identifiant
        if not self.dedans:
            return
        if balise == "input" and a.get("name"):
            genre = a.get("type", "text")
            coche = genre not in ("checkbox", "radio") or "checked" in a
            if not coche or genre in ("submit", "file"):
                return
            self.donnees.appendlist(a["name"], a.get("value", "on" if genre == "checkbox" else ""))
        elif balise == "textarea":
            self.texte = [a["name"], ""]
        elif balise == "select":
            self.choix = a["name"]
        elif balise == "option" and "selected" in a:
            self.donnees.appendlist(self.choix, a["value"])

    def handle_data(self, texte):
        if self.texte:
            self.texte[1] += texte

    def handle_endtag(self, balise):
        if balise == "textarea" and self.texte:
            nom, texte = self.texte
            # The first line break after the tag is not content; those sent are CRLF.
            texte = texte.removeprefix("\r\n").removeprefix("\n")
            self.donnees.appendlist(nom, texte.replace("\r\n", "\n").replace("\n", "\r\n"))
            self.texte = None
        elif balise == "form":
            self.dedans = False


def envoi(page, **changes):
    """The POST that a browser would send of this page, these inputs changed (None: removed)."""
    donnees = Formulaire(page).donnees
    for nom in [n for n in donnees if "__prefix__" in n]:
        del donnees[nom]
    for nom, valeur in changes.items():
        if valeur is None:
            donnees.pop(nom, None)
        else:
            donnees.setlist(nom, valeur if isinstance(valeur, list) else [valeur])
    return donnees


def ajouter(donnees, prefixe, **valeurs):
    """One more row in this group, as the button « Ajouter » makes it."""
    rang = int(donnees[f"{prefixe}-TOTAL_FORMS"])
    donnees[f"{prefixe}-TOTAL_FORMS"] = str(rang + 1)
    donnees[f"{prefixe}-{rang}-id"] = ""
    for nom, valeur in valeurs.items():
        donnees[f"{prefixe}-{rang}-{nom}"] = valeur
    return donnees


def poster(client, fiche, donnees, **fichiers):
    """Files go with the rest, under the names of their inputs (with _ for -)."""
    return client.post(adresse(fiche), {nom: donnees.getlist(nom) for nom in donnees} | fichiers)


def en_parallele(taches):
    """Run each (function, arguments…) in a thread of its own, to the end."""
    fils = [threading.Thread(target=tache, args=arguments) for tache, *arguments in taches]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
