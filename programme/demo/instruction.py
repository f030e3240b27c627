"""A fiche that is examined: a State's avis, a complement asked and answered, a conversation."""

from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour
from programme.fiches.models import FicheAction
from programme.instruction import examen, lignes, tenue
from programme.instruction.models import PIECES, PointDeControle
from programme.rappels.models import DelaiDeRappel
from territoires.geographie.models import Region

GRILLE = (
    "Le plan de financement est équilibré",
    "Un maître d’ouvrage est désigné",
    "Le calendrier tient avec les autorisations à obtenir",
)
PREFECTURE, DREETS = "prefecture-pyrenees-atlantiques", "dreets-occitanie"
LACQ, NOUVELLE_AQUITAINE, OCCITANIE = (
    "cc-lacq-orthez",
    "region-nouvelle-aquitaine",
    "region-occitanie",
)


def raconter_l_instruction(agents):
    for code in ("75", "76"):
        for ordre, intitule in enumerate(GRILLE, start=1):
            PointDeControle.objects.create(
                region_id=code, ordre=ordre, intitule=f"{intitule} {MARQUE}"
            )
    for code, attente in (("75", 30), ("76", 21)):
        DelaiDeRappel.objects.create(region_id=code, attente=attente, seance=30)
    transmises = FicheAction.objects.filter(
        etat=FicheAction.Etat.TRANSMISE, territoire__identifiant="lacq-pau-tarbes"
    )
    fiches = list(transmises.order_by("dernier_envoi__le", "pk"))
    if fiches:
        _une_instruction_complete(fiches[-1], agents)
    if len(fiches) > 1:
        _un_complement_attendu(fiches[0], agents)


def _une_instruction_complete(fiche, agents):
    lacq, region = agents[LACQ], agents[NOUVELLE_AQUITAINE]
    with il_y_a(9):
        chez_elle = Region.objects.get(pk="75")
        tenue.attribuer(fiche, region=chez_elle, suivie_par=region, agent=region)
        tenue.noter(
            fiche,
            region=chez_elle,
            texte=f"À rapprocher du schéma régional des formations {MARQUE}.",
            agent=region,
        )
    with il_y_a(8):
        demande = examen.demander(
            fiche,
            question=f"Combien d’emplois l’action concerne-t-elle, et à quelle échéance ? {MARQUE}",
            champs=["objectifs", PIECES],
            attendue_le=jour(3),
            agent=region,
        )
    with il_y_a(6):
        fiche.refresh_from_db()
        examen.repondre(
            demande,
            reponse=f"Quarante emplois d’ici trois ans, l’objectif le dit désormais {MARQUE}.",
            valeurs={"objectifs": f"{fiche.objectifs} Quarante emplois d’ici trois ans."},
            agent=lacq,
            version=fiche.version,
        )
    with il_y_a(5):
        examen.donner_son_avis(
            fiche,
            sens="reserves",
            texte=f"Le projet répond aux besoins du bassin ; le calendrier dépend d’une "
            f"autorisation environnementale à déposer avant l’été {MARQUE}.",
            agent=agents[PREFECTURE],
        )
    _converser(fiche, agents)
    with il_y_a(2):
        points = PointDeControle.objects.filter(region="75").values_list("pk", flat=True)[:2]
        tenue.cocher(fiche, points=points, agent=region)


def _converser(fiche, agents):
    for jours, qui, texte in (
        (5, PREFECTURE, "Le dossier d’autorisation est-il prêt ?"),
        (4, LACQ, "Il sera déposé le mois prochain, le bureau d’études vient de finir."),
        (3, NOUVELLE_AQUITAINE, "Parfait, nous présenterons la fiche à la prochaine séance."),
    ):
        with il_y_a(jours):
            tenue.ecrire(fiche, texte=f"{texte} {MARQUE}", agent=agents[qui])


def _un_complement_attendu(fiche, agents):
    """The plan and the letter of its private funder: one line, and a document."""
    with il_y_a(10):
        examen.donner_son_avis(
            fiche,
            sens="favorable",
            texte=f"Le besoin est établi, les entreprises sont engagées {MARQUE}.",
            agent=agents[DREETS],
        )
        examen.demander(
            fiche,
            question=f"Joignez la lettre d’intention du cofinanceur privé {MARQUE}.",
            champs=[PIECES],
            lignes=[
                lignes.decrire("financements", ligne)
                for ligne in fiche.financements.filter(financeur="Entreprises du groupement")
            ],
            attendue_le=jour(-4),
            agent=agents[OCCITANIE],
        )
