"""What a page must hold to be valid and readable by ear: each kind of fault that was once found.

The Nu checker says more (`make html`): what it found is here, so that no test needs Java.
"""

import re
from html.parser import HTMLParser

VIDES = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
VIDES |= {"track", "wbr"}
# An element that closes where this one opens, when its end is left out (HTML, 13.1.2.4).
IMPLICITES = {"p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "optgroup"}
TITRES = {"h1", "h2", "h3", "h4", "h5", "h6"}
DE_BLOC = TITRES | {
    *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure"),
    *("footer", "form", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
}
EN_LIGNE = {"abbr", "b", "bdi", "button", "em", "label", "legend", "p", "span", "strong"}
# What these hold directly, and nothing else.
ENFANTS = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"td", "th"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "select": {"option", "optgroup"},
}
NOMMABLES = {"a", "button", *TITRES, "legend", "th", "summary", "label"}
OBSOLETES = {"align", "valign", "bgcolor", "cellpadding", "cellspacing", "nowrap", "border"}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "form")
MUETS = {"hidden", "submit", "button", "reset", "image"}
EN_DIALOGUE = {"dialog", "template"}
QUI_SE_REMPLIT = {"button", "input", "select", "textarea", "fieldset", "option", "optgroup"}
ANGLAIS = {"True", "False", "None", "Search"}


class Noeud:
    def __init__(self, balise, attributs, parent, ligne):
        self.balise, self.attributs, self.parent, self.ligne = balise, attributs, parent, ligne
        self.enfants, self.textes = [], []

    def est_cache(self):
        return any("hidden" in n.attributs for n in (self, *self.ancetres()))

    def ancetres(self):
        noeud = self.parent
        while noeud is not None:
            yield noeud
            noeud = noeud.parent

    def tous(self):
        for enfant in self.enfants:
            yield enfant
            yield from enfant.tous()

    def nom(self):
        """What is read of it: its texts, those of what it holds, and what stands for pictures."""
        if "hidden" in self.attributs or self.attributs.get("aria-hidden") == "true":
            return ""
        propre = self.attributs.get("aria-label") or self.attributs.get("alt") or ""
        suite = " ".join([propre, *self.textes, *(enfant.nom() for enfant in self.enfants)])
        return " ".join(suite.split())

    def __str__(self):
        dits = "".join(f' {n}="{v or ""}"' for n, v in list(self.attributs.items())[:4])
        return f"<{self.balise}{dits}> (ligne {self.ligne})"


class Page(HTMLParser):
    def __init__(self, texte):
        super().__init__()
        self.fautes = []
        self.racine = self._la = Noeud("", {}, None, 0)
        self.feed(texte)
        self.noeuds = list(self.racine.tous())
        self.par_id = {}
        for noeud in self.noeuds:
            if "id" in noeud.attributs:
                self.par_id.setdefault(noeud.attributs["id"], []).append(noeud)

    def nom_de(self, noeud):
        """The name that it is given, by itself or by another."""
        cles = (noeud.attributs.get("aria-labelledby") or "").split()
        autres = " ".join(n.nom() for cle in cles for n in self.par_id.get(cle, []))
        return autres or noeud.attributs.get("aria-label") or ""

    def handle_starttag(self, balise, attributs):
        noms = [nom for nom, _ in attributs]
        noeud = Noeud(balise, dict(attributs), self._la, self.getpos()[0])
        if len(noms) != len(set(noms)):
            self.fautes.append(f"an attribute twice: {noeud}")
        if re.search(r'["\'][\w-]+=', self.get_starttag_text().replace('""', '"')) and re.search(
            r'=\s*(?:"[^"]*"|\'[^\']*\')[^\s/>]', self.get_starttag_text()
        ):
            self.fautes.append(f"no space between attributes: {noeud}")
        self._la.enfants.append(noeud)
        if balise not in VIDES and not self.get_starttag_text().endswith("/>"):
            self._la = noeud

    handle_startendtag = handle_starttag

    def handle_endtag(self, balise):
        if balise in VIDES:
            self.fautes.append(f"</{balise}> (ligne {self.getpos()[0]})")
            return
        noeud = self._la
        while noeud.balise and noeud.balise != balise:
            if noeud.balise not in IMPLICITES:
                self.fautes.append(f"</{balise}> while open: {noeud}")
            noeud = noeud.parent
        if noeud.balise:
            self._la = noeud.parent
        else:
            self.fautes.append(f"</{balise}> without its start (ligne {self.getpos()[0]})")

    def handle_data(self, texte):
        self._la.textes.append(texte)
        if texte.strip() and self._la.balise in ENFANTS and self._la.balise != "select":
            self.fautes.append(f"text in {self._la}: {texte.strip()[:40]}")


def fautes(texte):
    """[sentence] of what is wrong in this page."""
    page = Page(texte)
    suite = list(page.fautes)
    for regle in REGLES:
        suite += [f"{regle.__doc__}: {quoi}" for quoi in regle(page)]
    return suite


def _ids_doubles(page):
    """an id twice"""
    return [str(noeuds[1]) for noeuds in page.par_id.values() if len(noeuds) > 1]


def _references(page):
    """names an id that is not there"""
    for noeud in page.noeuds:
        for attribut in REFERENCES:
            for cle in (noeud.attributs.get(attribut) or "").split():
                if cle not in page.par_id:
                    yield f"{noeud} {attribut}={cle}"


def _enfants(page):
    """holds what it must not"""
    for noeud in page.noeuds:
        permis = ENFANTS.get(noeud.balise)
        for enfant in noeud.enfants if permis else ():
            if enfant.balise not in permis | {"script", "template"}:
                yield f"{noeud} > {enfant}"
        if noeud.balise in EN_LIGNE:
            for dedans in noeud.enfants:
                titre = noeud.balise == "legend" and dedans.balise in TITRES
                if dedans.balise in DE_BLOC and not titre:
                    yield f"{noeud} > {dedans}"


def _interactifs(page):
    """stands inside what is pressed already"""
    for noeud in page.noeuds:
        if noeud.balise in {"a", "button", "input", "select", "textarea", "summary"}:
            autour = {a.balise for a in noeud.ancetres()}
            if autour & {"a", "button"} and noeud.attributs.get("type") != "hidden":
                yield str(noeud)
        if noeud.balise == "form" and any(a.balise == "form" for a in noeud.ancetres()):
            yield str(noeud)


def _sans_nom(page):
    """says nothing"""
    for noeud in page.noeuds:
        if noeud.balise not in NOMMABLES or "aria-labelledby" in noeud.attributs:
            continue
        if not noeud.nom() and not noeud.est_cache():
            yield str(noeud)


def _champs_sans_nom(page):
    """a field without a name"""
    dits = {n.attributs.get("for") for n in page.noeuds if n.balise == "label"}
    for noeud in page.noeuds:
        a = noeud.attributs
        if noeud.balise not in {"input", "select", "textarea"} or a.get("type") in MUETS:
            continue
        dans_label = any(x.balise == "label" for x in noeud.ancetres())
        nomme = a.get("aria-label") or a.get("aria-labelledby") or a.get("id") in dits
        if not (nomme or dans_label or "hidden" in a):
            yield str(noeud)


def _labels(page):
    """labels nothing"""
    for noeud in page.noeuds:
        if noeud.balise != "label":
            continue
        vises = page.par_id.get(noeud.attributs.get("for"), [])
        dedans = [n for n in noeud.tous() if n.balise in {"input", "select", "textarea"}]
        if not dedans and not any(
            v.balise in {"input", "select", "textarea", "button", "output", "progress", "meter"}
            for v in vises
        ):
            yield str(noeud)


def _groupes(page):
    """choices of one question without their group"""
    for noeud in page.noeuds:
        if noeud.attributs.get("type") == "radio":
            roles = {(a.balise, a.attributs.get("role")) for a in noeud.ancetres()}
            if not any(b == "fieldset" or r in {"radiogroup", "group"} for b, r in roles):
                yield str(noeud)


def _fieldsets(page):
    """a group without a name"""
    for noeud in page.noeuds:
        if noeud.balise == "fieldset":
            nomme = {"aria-labelledby", "aria-label"} & noeud.attributs.keys()
            legende = any(e.balise == "legend" for e in noeud.enfants)
            de_l_admin = "module" in (noeud.attributs.get("class") or "")
            if not (nomme or legende or de_l_admin):
                yield str(noeud)


def _entetes(page):
    """a header that does not say what it heads"""
    for noeud in page.noeuds:
        if noeud.balise == "th" and not {"scope", "headers", "id"} & noeud.attributs.keys():
            yield str(noeud)


def _tables(page):
    """a table without headers"""
    for noeud in page.noeuds:
        if noeud.balise == "table" and not any(n.balise == "th" for n in noeud.tous()):
            yield str(noeud)


def _images(page):
    """a picture without its text"""
    for noeud in page.noeuds:
        if noeud.balise == "img" and "alt" not in noeud.attributs:
            yield str(noeud)
        if noeud.balise == "img" and noeud.attributs.get("alt") in ANGLAIS:
            yield str(noeud)


def _titres(page):
    """headings"""
    visibles = [
        n
        for n in page.noeuds
        if n.balise in TITRES and not any(a.balise in EN_DIALOGUE for a in n.ancetres())
    ]
    rangs = [int(n.balise[1]) for n in visibles]
    if rangs.count(1) != 1:
        yield f"{rangs.count(1)} h1"
    for avant, apres, noeud in zip(rangs, rangs[1:], visibles[1:], strict=False):
        if apres > avant + 1:
            yield f"h{avant} then {noeud}"


def _reperes(page):
    """landmarks"""
    if sum(n.balise == "main" for n in page.noeuds) != 1:
        yield "not one main"
    noms = [
        page.nom_de(n)
        for n in page.noeuds
        if n.balise == "nav" or n.attributs.get("role") == "search"
    ]
    if len(noms) != len(set(noms)) or "" in noms:
        yield f"navigations and searches of one name or none: {noms}"


def _vises(page):
    """takes the focus besides another"""
    vises = [n for n in page.noeuds if "autofocus" in n.attributs]
    return [str(n) for n in vises[1:]]


def _attributs(page):
    """an attribute of another age, or that the policy of contents refuses"""
    for noeud in page.noeuds:
        refuses = OBSOLETES | {"style"} if noeud.balise not in {"svg", "object"} else {"style"}
        if noeud.balise not in QUI_SE_REMPLIT:
            refuses |= {"disabled", "required"}
        for nom in noeud.attributs:
            if nom in refuses or nom.startswith("on"):
                yield f"{noeud} {nom}"


def _listes(page):
    """a list to choose from that its first choice makes wrong"""
    for noeud in page.noeuds:
        if noeud.balise == "select":
            choix = [n for n in noeud.tous() if n.balise == "option"]
            exige = "required" in noeud.attributs and "multiple" not in noeud.attributs
            if exige and (not choix or choix[0].attributs.get("value") != ""):
                yield str(noeud)
            for option in choix:
                if not option.nom() and not option.attributs.get("label"):
                    yield f"{noeud} > empty option"


def _liens_morts(page):
    """a link that leads nowhere"""
    for noeud in page.noeuds:
        a = noeud.attributs
        if noeud.balise != "a" or "aria-current" in a or "hidden" in a:
            continue
        if a.get("href") in (None, "", "#") or a.get("role") == "button":
            yield str(noeud)


REGLES = [
    _ids_doubles,
    _references,
    _enfants,
    _interactifs,
    _sans_nom,
    _champs_sans_nom,
    _labels,
    _groupes,
    _fieldsets,
    _entetes,
    _tables,
    _images,
    _titres,
    _reperes,
    _vises,
    _attributs,
    _listes,
    _liens_morts,
]
