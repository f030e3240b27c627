"""The séances of the two régions that the demonstration signs in: held, by writing, prepared."""

from programme.comites import conduite, rectifications
from programme.comites.models import (
    Avis,
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
PROCHAINE = -21  # days ago
# (name, what it represents, its presence at the séance that was held)
MEMBRES = [
    ("Camille Exemple", "Vice-présidence à l’économie", "present"),
    ("Dominique Exemple", "Chambre de commerce et d’industrie", "present"),
    ("Claude Exemple", "Préfecture de région", "present"),
    ("Andréa Exemple", "Banque des Territoires", "excuse"),
    ("Sacha Exemple", "Agence de développement économique", ""),
]


def convoquer_les_prochaines():
    """One in each comité."""
    for comite in ComiteDePilotage.objects.all():
        seance_du(comite.region_id, PROCHAINE)


def seance_du(region, jours):
    """The séance of this comité so many days ago, written the first time that it is asked for."""
    ecrite = {
        "lieu": "Conseil régional",
        "ordre_du_jour": f"Examen des fiches transmises {MARQUE}",
        "compte_rendu": "" if jours < 0 else f"Les fiches ont été présentées {MARQUE}.",
    }
    comite = ComiteDePilotage.objects.get(region=region)
    return Seance.objects.get_or_create(comite=comite, date=jour(jours), defaults=ecrite)[0]


def tenir_les_seances(agents):
    """Close every past séance; in two régions, tell the last ones whole and prepare the next."""
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
        siennes = Seance.objects.filter(comite=comite, date__lt=jour(0)).exclude(avis=None)
        tenue, *precedentes = siennes.distinct()
        _tenir(tenue, agents[identifiant], membres)
        if precedentes:
            _consulter(precedentes[0], agents[identifiant], membres)
    _preparer_ensemble([(region, agents[nom]) for region, nom in REGIONS.items()])
    passees = Seance.objects.filter(date__lt=jour(0), close_le=None).exclude(avis=None)
    for seance in passees.distinct().order_by("date"):
        _clore(seance, agents["delegation"])
    _rectifier(agents["delegation"])


def _consulter(seance, agent, membres):
    """This one was a written consultation: three members answered."""
    age = (jour(0) - seance.date).days
    seance.genre, seance.lieu = Seance.Genre.CONSULTATION, ""
    seance.save()
    with il_y_a(age):
        reponses = dict.fromkeys(membres[:QUORUM], Presence.Statut.PRESENT)
        conduite.noter_presences(seance, agent=agent, statuts=reponses)
    _clore(seance, agent)


def _preparer_ensemble(comites):
    """The next séances of these comités are one: each composes its part of the agenda."""
    seances = [Seance.objects.filter(comite__region=region).first() for region, _ in comites]
    seances[0].commune_avec = seances[1]
    seances[0].full_clean()
    seances[0].save()
    for seance, (_, agent) in zip(seances, comites, strict=True):
        _composer(Seance.objects.get(pk=seance.pk), agent)


def _composer(seance, agent):
    with il_y_a(6):
        fiches, demandes, _ = en_attente(seance)
        vu = [point.cle for point in seance.points.all()]
        cles = [*vu, *(f"fiche-{fiche.pk}" for fiche in fiches[:3])]
        conduite.composer(seance, agent=agent, cles=cles, vu=vu)
    with il_y_a(2):
        ajouts = [f"fiche-{fiche.pk}" for fiche in fiches[:1]]
        ajouts += [f"demande-{demande.pk}" for demande in demandes]
        conduite.composer(seance, agent=agent, cles=[*cles, *ajouts], vu=cles)


def _rectifier(agent):
    """The motive of one refusal was not what the comité said; its séance had one relevé."""
    refus = Avis.objects.en_effet().filter(sens=Avis.Sens.DEFAVORABLE, fiche__etat="refusee")
    avis = refus.exclude(seance__releves__numero=2).order_by("seance__date", "pk").last()
    with il_y_a((jour(0) - avis.seance.date).days - 5):
        rectifications.rectifier(
            avis,
            agent=agent,
            sens=avis.sens,
            motif=f"{avis.motif} Le comité invite le territoire à revenir avec un autre site.",
            raison=f"L’invitation à revenir n’avait pas été notée {MARQUE}.",
        )


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
