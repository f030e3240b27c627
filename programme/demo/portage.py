"""Who carries the invented territoires: an élu before and after an election, a mandat left open."""

from datetime import timedelta

from programme.contrats.models import (
    AvenantContrat,
    Contrat,
    ModificationAvenantContrat,
)
from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour
from territoires.editions.models import Territoire
from territoires.liens.models import LienProgramme
from territoires.mandats.models import Mandat

# (role, name, function, days ago it began, days ago it ended or None)
MANDATS = {
    "lacq-pau-tarbes": [
        ("elu", "Maxime Exemple", "présidente de la communauté de communes", 2300, 240),
        ("elu", "Sacha Exemple", "président de la communauté de communes", 239, None),
        ("industriel", "Lou Exemple", "directrice d’une usine du bassin", 1500, None),
        ("chef_de_projet", "Camille Exemple", "chargée de mission industrie", 900, None),
        ("presidence", "Sacha Exemple", "président de la communauté de communes", 200, None),
        ("membre", "Alix Exemple", "chambre de commerce et d’industrie", 1400, None),
        ("membre", "Noa Exemple", "Région Occitanie", 1400, None),
        ("membre", "Charlie Exemple", "Région Nouvelle-Aquitaine", 1400, 240),
    ],
    # After the elections nobody has said who follows: the handover is to be made.
    "ales": [
        ("elu", "Dominique Exemple", "président de l’agglomération", 2300, 245),
        ("industriel", "Andrea Exemple", "dirigeant d’une PME", 1100, None),
    ],
}
LIENS = [
    ("lacq-pau-tarbes", "crte", "CRTE des trois vallées"),
    ("lacq-pau-tarbes", "acv", "Pau"),
    ("lacq-pau-tarbes", "pvd", "Mourenx"),
    ("ales", "ort", "Opération de revitalisation du centre"),
]


def raconter_le_portage():
    """Mandats through an election, links, a protocole, its contrat and an avenant."""
    for identifiant, mandats in MANDATS.items():
        territoire = Territoire.objects.get(identifiant=identifiant)
        for role, nom, fonction, debut, fin in mandats:
            with il_y_a(debut):
                Mandat.objects.create(
                    territoire=territoire,
                    role=role,
                    nom=f"{nom} {MARQUE}",
                    fonction=fonction,
                    debut=jour(debut),
                    fin=jour(fin) if fin else None,
                    courriel=f"{nom.split()[0].lower()}@exemple.invalid",
                )
    with il_y_a(300):
        for identifiant, genre, nom in LIENS:
            LienProgramme.objects.create(
                territoire=Territoire.objects.get(identifiant=identifiant),
                genre=genre,
                nom=f"{nom} {MARQUE}",
                adresse=f"https://{genre}.exemple.invalid/",
            )
    _la_chaine()


def _la_chaine():
    contrat = Contrat.objects.get(reference="contrat-lacq-pau-tarbes-exemple")
    with il_y_a(1000):
        contrat.precedent = Contrat.objects.create(
            reference="protocole-lacq-pau-tarbes-exemple",
            territoire=contrat.territoire,
            type=Contrat.Type.PROTOCOLE,
            etat=Contrat.Etat.TERMINE,
            signe_le=jour(1000),
            debut=jour(1000),
            fin=jour(651),
            source=f"Délibération de la communauté de communes {MARQUE}",
        )
    with il_y_a(200):
        contrat.save()
        contrat.liens.set(LienProgramme.objects.filter(territoire=contrat.territoire)[:1])
        avenant = AvenantContrat.objects.create(
            contrat=contrat,
            numero=1,
            signe_le=jour(200),
            objet=f"Prolongation d’un an {MARQUE}",
        )
        ModificationAvenantContrat.objects.create(
            avenant=avenant,
            champ=ModificationAvenantContrat.Champ.FIN,
            avant=str(contrat.fin - timedelta(days=365)),
            apres=str(contrat.fin),
        )
