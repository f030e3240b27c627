"""The search over 35,000 communes and 100,000 fiches on PostgreSQL, beside an indexed exact lookup.

An exact name or a code costs at most 4 times that lookup, its first page of results included; a
name mistyped takes at most 30 ms of the process's time, what is proposed for a beginning at most
10 ms.
"""

import time

from tests.bench.chronometre import mediane
from tests.bench.postgresql import mesurer
from tests.bench.tailles import taille

FICHES = taille(100_000, 200)
NOMS = {
    "Saint-Étienne": "st etienne",
    "CHALON SUR SAONE": "chalon sur saone",
    "Oloron-Ste-Marie": "oloron ste marie",
    "l'isle d'abeau": "l isle d abeau",
}
CODES = {"42218": "42218", "64360": "64360", "2A004": "2A004"}
APPROCHES = {"Saint Etiene": "st etienne", "Chalon sur Soane": "chalon sur saone"}
DEBUTS = {"sa": "st etienne", "oloron": "oloron ste marie", "saint-ét": "st etienne"}


def preparer(dossier):
    """As many fiches as the country could have, and the index made."""
    from django.core.management import call_command
    from django.db import connection

    from programme.demo.volume import Foule
    from territoires.agents.models import Agent
    from territoires.recherche.indexation import mettre_a_jour

    call_command("demo", verbosity=0)
    Foule(Agent.objects.get(username="delegation")).inventer(FICHES)
    mettre_a_jour()
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")


def chercher(dossier):
    """{measure: (ours, reference)}, for all the texts of each kind together."""
    from territoires.geographie.models import Commune
    from territoires.recherche.moteur import chercher, proposer

    communes = Commune.objects.select_related("departement")

    def duree(fonction, textes):
        return mediane(lambda: [fonction(texte) for texte in textes], 50)

    def exactes(cles):
        return mediane(lambda: [list(communes.filter(recherche=cle)) for cle in cles], 50)

    def par_code(codes):
        return mediane(lambda: [list(communes.filter(pk=code)) for code in codes], 50)

    return {
        "recherche_nom": (duree(chercher, NOMS), exactes(NOMS.values())),
        "recherche_code": (duree(chercher, CODES), par_code(CODES.values())),
        "recherche_approchee": (processeur(chercher, APPROCHES), 30),
        "recherche_texte": (duree(chercher, ["décarbonation"]), exactes(["st etienne"])),
        "propositions": (max(duree(proposer, [debut]) for debut in DEBUTS), 10),
    }


def processeur(fonction, textes):
    """Milliseconds of this process for the slowest of these texts."""
    pires = []
    for texte in textes:
        fonction(texte)
        durees = []
        for _ in range(taille(20, 1)):
            depart = time.process_time()
            fonction(texte)
            durees.append(1000 * (time.process_time() - depart))
        pires.append(sorted(durees)[len(durees) // 2])
    return max(pires)


def une(nom):
    return lambda: mesurer(__name__, "preparer", "chercher")[nom]


NOMMEES = "recherche_nom recherche_code recherche_approchee recherche_texte propositions"
MESURES = {nom: une(nom) for nom in NOMMEES.split()}
