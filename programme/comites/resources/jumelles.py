"""Two séances held together: the région of the other comité, written on one row of the two."""

from echanges.colonnes.colonne import Cles, chemin_naturel
from echanges.colonnes.listes import Liste
from programme.comites.models import ComiteDePilotage, Seance
from territoires.geographie.models import Region

UNE_SEULE = "une séance n’est commune qu’avec une autre"
INCONNUE = "le comité de cette région n’a pas d’autre séance ce jour-là"
DEJA = "une de ces deux séances est déjà commune avec une autre ; une seule des deux lignes le dit"
DEJA_CLOSE = "cette autre séance est close"


class Jumelle(Liste):
    """Written once every row of the file stands: the other séance may come with it."""

    soi = True
    lignes_liees = Seance
    parent, cible, parent_nomme = "pk", "commune_avec_id", None

    def __init__(self, nom):
        super().__init__(nom)
        self.cles = Cles(Region, [chemin_naturel(Region)])

    def preparer(self, cles_du_fichier=()):
        self.cles.preparer()

    def lire_element(self, mot):
        return self.cles.trouver([mot])

    def ecrire_element(self, element):
        return self.cles.ecrire(element)[0]

    def element(self, region):
        return region

    def lignes(self, pks=None):
        communes = Seance.objects.order_by().exclude(commune_avec=None)
        if pks is not None:
            communes = communes.filter(pk__in=pks)
        return communes.values_list("pk", "commune_avec__comite__region")

    def qui_vise(self, pks):
        """The séances of others that say they are held with one of these."""
        return Seance.objects.filter(commune_avec__in=pks).exclude(pk__in=pks)

    def enregistrer(self, changements, auteur, raison):
        """Write [(key of the séance, list before, list after)]."""
        seances = Seance.objects.in_bulk([pk for pk, _, _ in changements])
        Seance.objects.filter(pk__in=seances).update(commune_avec=None)
        for pk, _, regions in changements:
            autres = Seance.objects.filter(comite__region__in=regions, date=seances[pk].date)
            Seance.objects.filter(pk=pk).update(commune_avec=autres.first())


def conflits(plans, chargement):
    """(row number, column, value, message) of the rows that cannot be held together."""
    regions = dict(ComiteDePilotage.objects.values_list("pk", "region"))
    siennes = {(regions[plan.objet.comite_id], plan.objet.date): plan for plan in plans}
    presentes = Seance.objects.filter(date__in={jour for _, jour in siennes})
    presentes = presentes.values_list(
        "comite__region", "date", "commune_avec__comite__region", "close_le"
    )
    closes = {(region, jour) for region, jour, _, close in presentes if close}
    connues = {(region, jour) for region, jour, _, _ in presentes} | set(siennes)
    liens = {(region, jour): avec for region, jour, avec, _ in presentes if avec}
    dites = {cle: apres for cle, plan in siennes.items() for _, _, apres in plan.listes()}
    liens = {cle: avec for cle, avec in liens.items() if cle not in dites}
    for (region, jour), codes in dites.items():
        if not codes:
            continue
        autre = (codes[0], jour)
        vises = {(avec, quand) for (_, quand), avec in liens.items()}
        motif = ""
        if len(codes) > 1:
            motif = UNE_SEULE
        elif autre not in connues or codes[0] == region:
            motif = INCONNUE
        elif autre in liens or {autre, (region, jour)} & vises:
            motif = DEJA
        elif autre in closes and not chargement:
            motif = DEJA_CLOSE
        if motif:
            yield siennes[region, jour].lignes[0], "commune_avec", " ".join(codes), motif
        liens[region, jour] = codes[0]
