"""Finding a commune among the 35,000 on PostgreSQL, beside an indexed exact lookup of the same.

A name may be typed in any way; a code is looked for as Insee code and as postcode. Look-alikes are
compared with all the names, only when no name holds what was typed: they have no target.
"""

from tests.bench.chronometre import mediane
from tests.bench.postgresql import mesurer

NOMS = {
    "Saint-Étienne": "st etienne",
    "CHALON SUR SAONE": "chalon sur saone",
    "Oloron-Ste-Marie": "oloron ste marie",
    "l'isle d'abeau": "l isle d abeau",
}
CODES = {"42218": "42218", "64360": "64360", "2A004": "2A004"}
APPROCHES = {"Saint Etiene": "st etienne", "Chalon sur Soane": "chalon sur saone"}


def chercher(dossier):
    """{measure: (ours, reference)}, for all the texts of each kind together."""
    from territoires.geographie.models import Commune
    from territoires.geographie.recherche import chercher_communes

    communes = Commune.objects.select_related("departement")

    def trouver(textes):
        return mediane(lambda: [chercher_communes(texte) for texte in textes], 50)

    def exactes(cles):
        return mediane(lambda: [list(communes.filter(recherche=cle)) for cle in cles], 50)

    def par_code(codes):
        return mediane(lambda: [list(communes.filter(pk=code)) for code in codes], 50)

    return {
        "recherche_commune": (trouver(NOMS), exactes(NOMS.values())),
        "recherche_code": (trouver(CODES), par_code(CODES.values())),
        "recherche_approchee": (trouver(APPROCHES), exactes(APPROCHES.values())),
    }


def une(nom):
    return lambda: mesurer(__name__, "chercher")[nom]


MESURES = {nom: une(nom) for nom in ("recherche_commune", "recherche_code", "recherche_approchee")}
