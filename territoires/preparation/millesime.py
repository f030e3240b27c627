"""The official geography of a year beside the database: what changed, and writing what is approved.

A millésime is the package `@etalab/decoupage-administratif` of that year, as an archive or as a
folder that holds its `communes.json`, `epci.json` and `ept.json`.
"""

import json
import tarfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices

from territoires.editions.composition import calculer
from territoires.editions.models import EditionCarte, Perimetre
from territoires.geographie.models import Commune, Departement, Intercommunalite
from territoires.geographie.reconstruction.archives import DEFAUTS, SourceManquante

TABLES = ("communes", "epci", "ept")


class Nature(TextChoices):
    NOUVELLE = "nouvelle", "intercommunalité nouvelle"
    RENOMMEE = "renommee", "intercommunalité renommée"
    DISSOUTE = "dissoute", "intercommunalité dissoute"
    FUSIONNEE = "fusionnee", "intercommunalité fusionnée"
    COMMUNE_NOUVELLE = "commune-nouvelle", "commune nouvelle"
    COMMUNE_RENOMMEE = "commune-renommee", "commune renommée"
    COMMUNE_DEPLACEE = "commune-deplacee", "commune qui change d’intercommunalité"
    COMMUNE_DISPARUE = "commune-disparue", "commune qui n’existe plus"


# A commune that is gone stays in the base: fiches, contrats and old périmètres name it.
SANS_EFFET = {Nature.COMMUNE_DISPARUE}


@dataclass(frozen=True)
class Ecart:
    """One difference. `avant` and `apres` are names or codes, as a person reads them."""

    nature: str
    code: str
    nom: str
    avant: str = ""
    apres: str = ""

    @property
    def phrase(self):
        suite = " → ".join(texte for texte in (self.avant, self.apres) if texte)
        return f"{self.nom} ({self.code})" + (f" : {suite}" if suite else "")


class Millesime:
    """The tables of one year: {code: row} for communes, intercommunalités and EPT together."""

    def __init__(self, source: Path):
        communes, epci, ept = _lire(source)
        try:
            self.communes = {
                ligne["code"]: ligne
                for ligne in communes
                if ligne["type"] == "commune-actuelle" and len(ligne["region"]) == 2
            }
            self.groupements = {ligne["code"]: ligne for ligne in [*epci, *ept]}
            self.epci_de = _membres(epci)
            self.ept_de = _membres(ept)
        except (KeyError, TypeError) as erreur:
            raise SourceManquante(
                f"{source} n’est pas un millésime du découpage administratif : "
                f"il manque {erreur} dans ses lignes."
            ) from erreur
        if not self.communes or not self.groupements:
            raise SourceManquante(f"{source} ne contient aucune commune ou intercommunalité.")

    def habitants(self, siren):
        membres = self.groupements[siren]["membres"]
        return sum(self.communes.get(m["code"], {}).get("population", 0) for m in membres)

    def departement(self, siren):
        """Where most of its inhabitants live."""
        comptes = Counter()
        for membre in self.groupements[siren]["membres"]:
            if commune := self.communes.get(membre["code"]):
                comptes[commune["departement"]] += commune.get("population", 0)
        if not comptes:
            raise ValidationError(f"Aucune commune connue pour {siren}.")
        return comptes.most_common(1)[0][0]


def _lire(source):
    try:
        if source.is_dir():
            return [json.loads((source / f"{t}.json").read_text("utf-8")) for t in TABLES]
        with tarfile.open(source) as archive:
            return [json.load(archive.extractfile(f"package/data/{t}.json")) for t in TABLES]
    except FileNotFoundError as erreur:
        raise SourceManquante(f"Fichier introuvable : {erreur.filename}.") from erreur
    except DEFAUTS as erreur:
        raise SourceManquante(
            f"{source.name} est illisible ({erreur}). Donnez l’archive .tgz du paquet "
            "@etalab/decoupage-administratif, ou le dossier de ses fichiers JSON."
        ) from erreur


def _membres(groupements):
    return {m["code"]: ligne["code"] for ligne in groupements for m in ligne["membres"]}


def comparer(millesime, progression=iter):
    """[Ecart] between the database and a year, by kind then by code."""
    ecarts = [*_intercommunalites(millesime, progression), *_communes(millesime, progression)]
    rangs = {nature: rang for rang, nature in enumerate(Nature)}
    return sorted(ecarts, key=lambda ecart: (rangs[ecart.nature], ecart.code))


def _intercommunalites(millesime, progression):
    connues = {i.siren: i for i in Intercommunalite.objects.existantes()}
    dissoutes = set(Intercommunalite.objects.exclude(dissoute_le=None).values_list("pk", flat=True))
    for siren, ligne in progression(millesime.groupements.items()):
        if siren not in connues and siren not in dissoutes:
            yield Ecart(Nature.NOUVELLE, siren, ligne["nom"])
        elif siren in connues and connues[siren].nom != ligne["nom"]:
            yield Ecart(Nature.RENOMMEE, siren, ligne["nom"], connues[siren].nom, ligne["nom"])
    for siren in sorted(connues.keys() - millesime.groupements.keys()):
        suites = successeurs(millesime, connues[siren])
        nature = Nature.FUSIONNEE if len(suites) == 1 else Nature.DISSOUTE
        noms = ", ".join(millesime.groupements[s]["nom"] for s in suites)
        yield Ecart(nature, siren, connues[siren].nom, apres=noms)


def successeurs(millesime, intercommunalite):
    """SIREN that hold, this year, the communes it has in the database."""
    table = millesime.ept_de if intercommunalite.nature == "EPT" else millesime.epci_de
    codes = intercommunalite.communes().values_list("pk", flat=True)
    return sorted({table[code] for code in codes if code in table})


def _communes(millesime, progression):
    connues = {c.code: c for c in Commune.objects.all()}
    for code, ligne in progression(millesime.communes.items()):
        if code not in connues:
            yield Ecart(Nature.COMMUNE_NOUVELLE, code, ligne["nom"])
            continue
        commune = connues[code]
        if commune.nom != ligne["nom"]:
            yield Ecart(Nature.COMMUNE_RENOMMEE, code, ligne["nom"], commune.nom, ligne["nom"])
        avant = _tenants(commune.intercommunalite_id, commune.ept_id)
        apres = _tenants(millesime.epci_de.get(code), millesime.ept_de.get(code))
        if avant != apres:
            yield Ecart(
                Nature.COMMUNE_DEPLACEE, code, ligne["nom"], avant or "aucune", apres or "aucune"
            )
    for code in sorted(connues.keys() - millesime.communes.keys()):
        yield Ecart(Nature.COMMUNE_DISPARUE, code, connues[code].nom)


def _tenants(*sirens):
    return " + ".join(siren for siren in sirens if siren)


@transaction.atomic
def appliquer(millesime, ecarts, au):
    """Write these approved differences; returns how many. `au`: when dissolutions take effect.

    Raises ValidationError, and writes nothing, when one no longer matches the database or needs
    another that was not approved.
    """
    presents = set(comparer(millesime))
    if perimes := [ecart.phrase for ecart in ecarts if ecart not in presents]:
        raise ValidationError(f"Ces écarts n’existent plus : {' ; '.join(perimes)}.")
    par_nature = defaultdict(list)
    for ecart in ecarts:
        par_nature[ecart.nature].append(ecart)
    suites = {
        e.code: successeurs(millesime, Intercommunalite.objects.get(pk=e.code))
        for nature in (Nature.DISSOUTE, Nature.FUSIONNEE)
        for e in par_nature[nature]
    }
    for ecart in par_nature[Nature.NOUVELLE]:
        _creer_intercommunalite(millesime, ecart.code)
    for ecart in par_nature[Nature.RENOMMEE]:
        _renommer(Intercommunalite, ecart)
    for nature in (Nature.COMMUNE_NOUVELLE, Nature.COMMUNE_DEPLACEE):
        for ecart in par_nature[nature]:
            _placer(millesime, ecart.code)
    for ecart in par_nature[Nature.COMMUNE_RENOMMEE]:
        _renommer(Commune, ecart)
    for siren, sirens in suites.items():
        _dissoudre(siren, sirens, au)
    calculer(Perimetre.objects.filter(edition__in=_editions_a_recalculer()))
    return len(ecarts)


def _editions_a_recalculer():
    """Those in preparation: what a published edition was stays as it was published."""
    return EditionCarte.objects.en_preparation()


def _creer_intercommunalite(millesime, siren):
    ligne = millesime.groupements[siren]
    departement = millesime.departement(siren)
    if not Departement.objects.filter(pk=departement).exists():
        raise ValidationError(f"Le département {departement} de {ligne['nom']} est inconnu.")
    intercommunalite = Intercommunalite(
        siren=siren,
        nom=ligne["nom"],
        nature=ligne.get("type", "EPT"),
        departement_id=departement,
        population=millesime.habitants(siren),
    )
    intercommunalite.full_clean()
    intercommunalite.save()


def _renommer(modele, ecart):
    objet = modele.objects.get(pk=ecart.code)
    objet.nom = ecart.apres
    objet.save()


def _placer(millesime, code):
    """A commune, new or known, with the intercommunalité and the EPT it has this year."""
    ligne = millesime.communes[code]
    commune = Commune.objects.filter(pk=code).first() or Commune(
        code=code,
        nom=ligne["nom"],
        departement_id=ligne["departement"],
        population=ligne.get("population"),
    )
    commune.intercommunalite_id = millesime.epci_de.get(code)
    commune.ept_id = millesime.ept_de.get(code)
    for siren in filter(None, [commune.intercommunalite_id, commune.ept_id]):
        if not Intercommunalite.objects.filter(pk=siren).exists():
            raise ValidationError(
                f"{ligne['nom']} ({code}) rejoint {siren}, qui est nouvelle : approuvez-la aussi."
            )
    commune.save()


def _dissoudre(siren, sirens, au):
    """It stays, with its end and those that succeed it."""
    intercommunalite = Intercommunalite.objects.get(pk=siren)
    if restantes := intercommunalite.communes().values_list("nom", flat=True)[:3]:
        raise ValidationError(
            f"{intercommunalite.nom} tient encore des communes ({', '.join(restantes)}) : "
            "approuvez aussi leur changement d’intercommunalité."
        )
    intercommunalite.dissoute_le = au
    intercommunalite.save()
    intercommunalite.successeurs.set(sirens)
