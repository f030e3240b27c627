"""The common base of local data (SCDL): what public grants and votes are, in its own columns.

A row that the norm would refuse stays out: without the SIRET of who grants or votes there is none.
Rules: schema.data.gouv.fr, scdl/subventions 2.1.1 and scdl/deliberations 2.1.4.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from echanges.dialectes import MACHINE, neutraliser
from echanges.exports.csv import encoder
from programme.contrats.models import Contrat, SignataireContrat
from programme.fiches.models import Financement, MouvementFinancier, Passage

LOT = 500  # rows
OBJET = 256  # characters
# Nomenclature ACTES: what a contrat of a territoire is about.
MATIERE = ("8.4", "domaines de compétences par thèmes/aménagement du territoire")


@dataclass(frozen=True)
class Fichier:
    titre: str
    contenu: str
    schema: str  # the name that it has at schema.data.gouv.fr
    entetes: tuple
    lignes: Callable


def ecrire(fichier):
    """Bytes of the CSV, by pieces."""
    yield encoder([fichier.entetes], MACHINE)
    lot = []
    for ligne in fichier.lignes():
        lot.append([neutraliser(str(cellule), MACHINE) for cellule in ligne])
        if len(lot) == LOT:
            yield encoder(lot, MACHINE)
            lot = []
    yield encoder(lot, MACHINE)


def _subventions():
    Nature = MouvementFinancier.Nature
    validations = Passage.objects.validations().filter(fiche=OuterRef("fiche"))
    mouvements = Q(mouvements__annule_le=None)
    verses = mouvements & Q(mouvements__nature=Nature.VERSE)
    lignes = (
        Financement.objects.du_public()
        .filter(acquis__gt=0)
        .exclude(partenaire__siret="")
        .exclude(partenaire=None)
        .exclude(fiche__maitre_ouvrage="")
        .annotate(
            validee_le=Subquery(validations.order_by("le").values("le")[:1]),
            accorde_le=Min(
                "mouvements__le", filter=mouvements & Q(mouvements__nature=Nature.ACCORDE)
            ),
            premier=Min("mouvements__le", filter=verses),
            dernier=Max("mouvements__le", filter=verses),
            versements=Count("mouvements", filter=verses),
        )
        .select_related("partenaire", "fiche")
        .order_by("fiche__reference", "financeur", "statut")
    )
    for ligne in lignes.iterator(chunk_size=LOT):
        # What came after the decision was not decided with it.
        decidee = ligne.accorde_le or ligne.ajoutee_le or timezone.localdate(ligne.validee_le)
        yield _subvention(ligne, decidee)


def _subvention(ligne, decidee):
    fiche, conditions, periode = ligne.fiche, "échelonné", f"{ligne.premier}/{ligne.dernier}"
    if ligne.versements == 1:
        conditions, periode = "unique", ligne.premier
    elif not ligne.versements:
        conditions = "autre : aucun versement n’est encore noté"
        periode = f"{decidee}/{max(decidee, fiche.date_fin or decidee)}"
    return (
        *(ligne.partenaire.nom, ligne.partenaire.siret, decidee, fiche.reference),
        *(fiche.maitre_ouvrage, fiche.maitre_ouvrage_siret, "", fiche.titre[:OBJET]),
        *(ligne.acquis, "aide en numéraire", conditions, periode),
        # One beneficiary has all of it; what the application does not know is left out.
        *("", "non", "1", ""),
    )


def _deliberations():
    signataires = (
        SignataireContrat.objects.du_public()
        .exclude(siret="")
        .exclude(deliberation_numero="")
        .exclude(deliberation_date=None)
        .select_related("contrat__territoire")
        .order_by("deliberation_date", "siret", "deliberation_numero", "contrat__reference")
    )
    deja = set()
    for signataire in signataires.iterator(chunk_size=LOT):
        cle = (signataire.siret, signataire.deliberation_numero)
        if cle not in deja:  # two people sign for one collectivité
            deja.add(cle)
            yield _deliberation(signataire)


def _deliberation(signataire):
    contrat = signataire.contrat
    quoi = "du protocole d’accord" if contrat.type == Contrat.Type.PROTOCOLE else "du contrat"
    return (
        *(signataire.organisation, signataire.siret, signataire.deliberation_numero),
        *(signataire.deliberation_date, *MATIERE),
        f"Signature {quoi} Territoire d’industrie – {contrat.territoire.nom}",
        *[""] * 10,
    )


FICHIERS = {
    "scdl-subventions": Fichier(
        "Subventions (SCDL)",
        "Ce que les partenaires ont accordé aux actions publiques, au format commun des "
        "collectivités.",
        "scdl/subventions/2.1.1",
        (
            *("nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision"),
            *("nomBeneficiaire", "idBeneficiaire", "rnaBeneficiaire", "objet", "montant"),
            *("nature", "conditionsVersement", "datesPeriodeVersement", "idRAE"),
            *("notificationUE", "pourcentageSubvention", "dispositifAide"),
        ),
        _subventions,
    ),
    "scdl-deliberations": Fichier(
        "Délibérations (SCDL)",
        "Celles par lesquelles les collectivités ont décidé de signer, au format commun des "
        "collectivités.",
        "scdl/deliberations/2.1.4",
        (
            *("COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE"),
            *("DELIB_MATIERE_NOM", "DELIB_OBJET", "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID"),
            *("PREF_DATE", "VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE"),
            *("VOTE_ABSTENTION", "DELIB_URL"),
        ),
        _deliberations,
    ),
}
