"""From names as they are written to people who stand once, and from a read programme to rows."""

from difflib import get_close_matches

from django.db import transaction

from echanges.textes import identifiant
from evenements.models import AutreNom, Intervenant, Intervention
from programme.partenaires.models import Partenaire
from territoires.champs import cle_distincte

PROXIMITE = 0.86  # below, two names are two people


class Annuaire:
    """Who is known already, whatever the spelling; read once for a whole programme."""

    def __init__(self):
        self.connus = {cle_distincte(str(i)): i for i in Intervenant.objects.all()}
        for autre in AutreNom.objects.select_related("intervenant"):
            self.connus.setdefault(cle_distincte(autre.nom), autre.intervenant)
        noms = Intervention.objects.order_by().values_list("organisation", flat=True).distinct()
        self.organisations = {cle_distincte(nom) for nom in noms if nom}
        noms = Partenaire.objects.order_by().values_list("nom", flat=True)
        self.organisations |= {cle_distincte(nom) for nom in noms}

    def trouver(self, parole):
        return next((self.connus[cle] for cle in _cles(parole) if cle in self.connus), None)

    def est_organisation(self, parole):
        """One word alone, or the name of an organisation that is known."""
        if self.trouver(parole):
            return False
        return cle_distincte(parole.nom) in self.organisations or (
            len(parole.nom.split()) == 1 and not parole.fonction
        )

    def proche(self, parole):
        """Somebody whose name is nearly this one, to be told before a second spelling is made."""
        cles = get_close_matches(_cles(parole)[-1], self.connus, 1, PROXIMITE)
        return self.connus[cles[0]] if cles else None

    def trouver_ou_creer(self, parole):
        if connu := self.trouver(parole):
            return connu
        prenom, nom = parole.prenom_et_nom
        nouveau = Intervenant(identifiant=identifiant_libre(parole.nom), prenom=prenom, nom=nom)
        nouveau.save()
        self.connus[cle_distincte(str(nouveau))] = nouveau
        return nouveau


def _cles(parole):
    """The keys under which a person may stand: as typed, then the first name first."""
    return [cle_distincte(nom) for nom in (parole.nom, " ".join(parole.prenom_et_nom))]


def identifiant_libre(nom):
    """An address that nobody has, nor had before a merge."""
    base = identifiant(nom, longueur=70, sinon="intervenant")
    pris = set(
        Intervenant.objects.filter(identifiant__startswith=base).values_list(
            "identifiant", flat=True
        )
    )
    pris |= set(
        AutreNom.objects.filter(identifiant__startswith=base).values_list("identifiant", flat=True)
    )
    rang, libre = 1, base
    while libre in pris:
        rang += 1
        libre = f"{base}-{rang}"
    return libre


def deja_inscrites(assemblee, lues):
    """Those of these that stand already: same day, same hour, same title.

    Or that the text says twice, room and speakers included.
    """
    presentes = {(s.jour, s.debut, cle_distincte(s.titre)) for s in assemblee.sequences.all()}
    dites, deja = [], []
    for lue in lues:
        dite = (_cle(lue), lue.sequence.salle, lue.paroles)
        if _cle(lue) in presentes or dite in dites:
            deja.append(lue)
        dites.append(dite)
    return deja


def _cle(lue):
    return lue.sequence.jour, lue.sequence.debut, cle_distincte(lue.sequence.titre)


@transaction.atomic
def inscrire(assemblee, lues):
    """Write these séquences after those that stand; returns the new ones."""
    annuaire, deja = Annuaire(), deja_inscrites(assemblee, lues)
    rang = max(assemblee.sequences.values_list("ordre", flat=True), default=0)
    nouvelles = []
    for lue in lues:
        if lue in deja:
            continue
        rang += 1
        lue.sequence.assemblee, lue.sequence.ordre = assemblee, rang
        lue.sequence.save()
        nouvelles.append(lue.sequence)
        for ordre, parole in enumerate(lue.paroles, start=1):
            lue.sequence.interventions.create(ordre=ordre, **champs(parole, annuaire))
    return nouvelles


def champs(parole, annuaire):
    """What an intervention holds of it."""
    if annuaire.est_organisation(parole):
        return {"organisation": parole.nom, "role": parole.fonction}
    return {
        "intervenant": annuaire.trouver_ou_creer(parole),
        "role": parole.fonction,
        "organisation": parole.organisation,
    }
