"""The séances of the two régions that the demonstration signs in: one held, one being prepared."""

from programme.comites import conduite
from programme.comites.models import (
    ComiteDePilotage,
    MembreComite,
    PointOrdreDuJour,
    Presence,
    Seance,
)
from programme.comites.models.seances import OBJETS
from programme.comites.ordre_du_jour import en_attente
from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour

REGIONS = {"75": "region-nouvelle-aquitaine", "76": "region-occitanie"}
QUORUM = 3
# (name, what it represents, its presence at the séance that was held)
MEMBRES = [
    ("Camille Exemple", "Vice-présidence à l’économie", "present"),
    ("Dominique Exemple", "Chambre de commerce et d’industrie", "present"),
    ("Claude Exemple", "Préfecture de région", "present"),
    ("Andréa Exemple", "Banque des Territoires", "excuse"),
    ("Sacha Exemple", "Agence de développement économique", ""),
]


def tenir_les_seances(agents):
    """Close every past séance; in two régions, tell the last one whole and prepare the next."""
    for region, identifiant in REGIONS.items():
        comite = ComiteDePilotage.objects.get(region=region)
        comite.quorum = QUORUM
        comite.save(update_fields=["quorum"])
        membres = [
            MembreComite.objects.create(
                comite=comite, nom=f"{nom} {MARQUE}", organisation=organisation
            )
            for nom, organisation, _ in MEMBRES
        ]
        siennes = Seance.objects.filter(comite=comite, date__lt=jour(0))
        tenue = siennes.exclude(avis=None).first()
        if tenue:
            _tenir(tenue, agents[identifiant], membres)
        _composer(Seance.objects.filter(comite=comite).first(), agents[identifiant])
    passees = Seance.objects.filter(date__lt=jour(0), close_le=None).exclude(avis=None)
    for seance in passees.distinct().order_by("date"):
        _clore(seance, agents["delegation"])


def _composer(seance, agent):
    with il_y_a(6):
        fiches, demandes, _ = en_attente(seance)
        cles = [f"fiche-{fiche.pk}" for fiche in fiches[:3]]
        conduite.composer(seance, agent=agent, cles=cles, vu=[])
    with il_y_a(2):
        ajouts = [f"fiche-{fiche.pk}" for fiche in fiches[:1]]
        ajouts += [f"demande-{demande.pk}" for demande in demandes]
        conduite.composer(seance, agent=agent, cles=[*cles, *ajouts], vu=cles)


def _tenir(seance, agent, membres):
    statuts = dict(zip(membres, [statut for *_, statut in MEMBRES], strict=True))
    age = (jour(0) - seance.date).days
    with il_y_a(age + 10):
        _inscrire(seance)
    with il_y_a(age):
        conduite.noter_presences(seance, agent=agent, statuts=statuts)
        conduite.clore(seance, agent=agent)
    with il_y_a(age - 3):
        conduite.rectifier(
            seance,
            agent=agent,
            motif=f"Une membre excusée avait été oubliée {MARQUE}.",
            lieu=seance.lieu,
            statuts={membres[-1]: Presence.Statut.EXCUSE},
        )


def _clore(seance, agent):
    """A séance of which only the agenda and the avis are told."""
    age = (jour(0) - seance.date).days
    with il_y_a(age + 10):
        _inscrire(seance)
    with il_y_a(age):
        conduite.clore(seance, agent=agent)


def _inscrire(seance):
    for ordre, avis in enumerate(seance.avis.order_by("pk"), start=1):
        examines = {nom: getattr(avis, nom) for nom in OBJETS}
        PointOrdreDuJour.objects.create(seance=seance, ordre=ordre, **examines)
