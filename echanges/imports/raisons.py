"""Refusals told by reason, each with the values that cause it: one answer mends them all."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from echanges.imports import journal
from echanges.models import Feuillet
from echanges.textes import identifiant

RAISONS_MONTREES = 30
VALEURS_MONTREES = 40  # of one reason; the others come once these are mended
LIGNES_MONTREES = 12
NOMS = ("nom", "titre", "intitule", "objet")


@dataclass
class Valeur:
    texte: str
    proposition: str = ""
    lignes: list = field(default_factory=list)
    objets: list = field(default_factory=list)
    creation: str = ""  # address of the form that would create what is missing

    @property
    def lignes_montrees(self):
        suite = "…" if len(self.lignes) > LIGNES_MONTREES else ""
        return ", ".join(map(str, self.lignes[:LIGNES_MONTREES])) + suite

    @property
    def objets_montres(self):
        differents = list(dict.fromkeys(filter(None, self.objets)))
        suite = "…" if len(differents) > 3 else ""
        return " ; ".join(differents[:3]) + suite


@dataclass
class Raison:
    """`corrigeable` when what is written can be replaced once for all."""

    colonne: str
    motif: str
    lignes: set = field(default_factory=set)
    valeurs: dict = field(default_factory=dict)
    corrigeable: bool = False

    @property
    def titre(self):
        nombre = len(self.lignes)
        colonne = f" ({self.colonne})" if self.colonne else ""
        return f"{nombre} ligne{'s' if nombre > 1 else ''} : {self.motif}{colonne}"

    @property
    def montrees(self):
        triees = sorted(self.valeurs.values(), key=lambda v: -len(v.lignes))
        return triees[:VALEURS_MONTREES]

    @property
    def autres(self):
        return max(0, len(self.valeurs) - VALEURS_MONTREES)


def raisons_de(depot, resource):
    """[Raison], those of most rows first."""
    simples = {c.nom for c in resource.colonnes if len(c.entetes) == 1}
    raisons = {}
    for refus in journal.lire(depot, Feuillet.Genre.REFUSEES):
        motif = refus.motif or refus.message
        raison = raisons.setdefault((refus.colonne, motif), Raison(refus.colonne, motif))
        raison.lignes.add(refus.ligne)
        valeur = raison.valeurs.setdefault(refus.valeur, Valeur(refus.valeur, refus.proposition))
        valeur.lignes.append(refus.ligne)
        valeur.objets.append(refus.objet)
    for raison in raisons.values():
        raison.corrigeable = raison.colonne in simples and any(raison.valeurs)
    return sorted(raisons.values(), key=lambda r: -len(r.lignes))[:RAISONS_MONTREES]


def proposer_de_creer(raisons, resource, modele_admin, request):
    """Give each unknown name the address where the person may create what it names."""
    colonnes = {c.nom: c for c in resource.colonnes}
    for raison in raisons:
        champ = getattr(colonnes.get(raison.colonne), "champ", None)
        modele = champ.related_model if champ is not None and champ.is_relation else None
        cible = modele_admin.admin_site._registry.get(modele)
        if cible is None or "inconnu" not in raison.motif or not cible.has_add_permission(request):
            continue
        try:
            page = reverse(
                f"{modele_admin.admin_site.name}:{modele._meta.app_label}_"
                f"{modele._meta.model_name}_add"
            )
        except NoReverseMatch:
            continue
        for valeur in raison.montrees:
            valeur.creation = f"{page}?{urlencode(_initiales(modele, valeur.texte))}"


def _initiales(modele, texte):
    """What the form of this model may begin with."""
    champs = {c.name: c for c in modele._meta.fields}
    nom = next((n for n in NOMS if n in champs), None)
    initiales = {nom: texte} if nom else {}
    for cle in ("identifiant", "reference"):
        if cle in champs and nom:
            initiales[cle] = identifiant(texte, longueur=champs[cle].max_length, sinon="")
    return {c: v for c, v in initiales.items() if v}


def corrections_postees(post, resource):
    """{column: {what is written: what is meant}} of the form of the reasons."""
    simples = {c.nom for c in resource.colonnes if len(c.entetes) == 1}
    videes = set(post.getlist("vider"))
    corrections = {}
    suites = zip(
        post.getlist("rang"),
        post.getlist("colonne"),
        post.getlist("de"),
        post.getlist("par"),
        strict=False,
    )
    for rang, colonne, de, par in suites:
        par = par.strip()
        if colonne in simples and (par or rang in videes):
            corrections.setdefault(colonne, {})[de.strip()] = "" if rang in videes else par
    return corrections
