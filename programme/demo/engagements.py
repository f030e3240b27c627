"""What stands around the fiches: a convention, two contrats, bonnes pratiques, a demande."""

from programme.comites.models import DemandePerimetre, MouvementDemande
from programme.contrats.models import Contrat, FicheContrat, SignataireContrat
from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour
from programme.demo.subventions import faire_deliberer
from programme.fiches.models import FicheAction, Financement
from programme.partenaires.models import (
    Avenant,
    Convention,
    Engagement,
    Partenaire,
    SignataireConvention,
)
from programme.pratiques.models import BonnePratique
from programme.themes.propositions import proposes
from territoires.editions.models import Territoire
from territoires.geographie.models import Intercommunalite

# (what, euros, days ago it falls due, where it stands, latest news)
ENGAGEMENTS = [
    (
        "Financer cent diagnostics d’atelier",
        1_500_000,
        60,
        "tenu",
        "Cent quatre diagnostics menés.",
    ),
    ("Ouvrir un guichet dans chaque région", None, 200, "tenu", "Les guichets sont ouverts."),
    (
        "Garantir les prêts de trente entreprises",
        6_000_000,
        -240,
        "en_cours",
        "Onze prêts garantis.",
    ),
    ("Accueillir dix volontaires par an", 300_000, 30, "en_cours", "Six volontaires accueillis."),
    ("Publier un bilan annuel", None, -400, "annonce", ""),
]
CONTRATS = [
    ("contrat-lacq-pau-tarbes-exemple", "lacq-pau-tarbes", "contrat"),
    ("protocole-ales-exemple", "ales", "protocole"),
]


def creer_engagements(delegation):
    """Write them in the name of the délégation, beside the fiches that stand already."""
    with il_y_a(700):
        _convention()
        for rang, (reference, identifiant, genre) in enumerate(CONTRATS, start=11):
            territoire = Territoire.objects.get(identifiant=identifiant)
            faire_deliberer(_contrat(reference, territoire, genre), rang)
    with il_y_a(30):
        _bonnes_pratiques(delegation)
        _demande(delegation)


def _convention():
    convention = Convention.objects.create(
        reference="accompagnement-exemple",
        partenaire=Partenaire.objects.get(identifiant="bpifrance"),
        objet=f"Convention d’accompagnement des ateliers {MARQUE}",
        description="Elle montre comment se suivent une convention et ses engagements.",
        signee_le=jour(700),
        lieu="Paris",
        debut=jour(690),
        fin=jour(-400),
        publiee=True,
        source=f"Aucune {MARQUE}",
    )
    for ordre, organisation in enumerate(("État", "Bpifrance"), start=1):
        SignataireConvention.objects.create(
            convention=convention,
            ordre=ordre,
            organisation=organisation,
            personne=f"Dominique Exemple {MARQUE}",
        )
    for numero, (intitule, montant, echeance, etat, nouvelle) in enumerate(ENGAGEMENTS, start=1):
        Engagement.objects.create(
            convention=convention,
            numero=numero,
            intitule=f"{intitule} {MARQUE}",
            montant=montant,
            echeance=jour(echeance),
            etat=etat,
            nouvelle=nouvelle,
            nouvelle_du=jour(20) if nouvelle else None,
        )
    _avenant(convention)
    _prises_sur(convention)


def _prises_sur(convention):
    """Money of decided fiches, drawn on what the convention promises."""
    promesses = convention.engagements.exclude(montant=None).order_by("-montant")
    lignes = Financement.objects.du_public().filter(partenaire=convention.partenaire)
    for rang, ligne in enumerate(lignes.order_by("fiche__reference")):
        ligne.engagement = promesses[rang % 2]
        ligne.save()


def _avenant(convention):
    avenant = Avenant.objects.create(
        convention=convention,
        numero=1,
        signe_le=jour(300),
        objet=f"Prolongation et garantie relevée {MARQUE}",
        changements="L’engagement nᵒ 4, sur les volontaires, est ajouté.",
    )
    garantie = convention.engagements.get(numero=3)
    avenant.modifications.create(
        ordre=1, champ="fin", avant=str(jour(-35)), apres=str(convention.fin)
    )
    avenant.modifications.create(
        ordre=2, champ="montant", engagement=garantie, avant="4000000.00", apres="6000000.00"
    )


def _contrat(reference, territoire, genre):
    contrat = Contrat.objects.create(
        reference=reference,
        territoire=territoire,
        type=genre,
        etat=Contrat.Etat.SIGNE,
        signe_le=jour(650),
        debut=jour(640),
        fin=jour(-455),
        source=f"Aucune {MARQUE}",
    )
    membres = [
        membre.intercommunalite
        for membre in territoire.perimetre_courant.membres.exclude(intercommunalite=None)[:3]
    ]
    signataires = [("intercommunalites", membre.nom) for membre in membres]
    signataires += [
        ("publics", f"Conseil régional – {region.nom}") for region in territoire.regions
    ]
    signataires += [("publics", "État"), ("economiques", "Groupement des industriels du bassin")]
    for rang, (groupe, organisation) in enumerate(signataires, start=1):
        delibere = groupe == "intercommunalites"
        SignataireContrat.objects.create(
            contrat=contrat,
            groupe=groupe,
            organisation=organisation,
            personne=f"Dominique Exemple {MARQUE}",
            deliberation_assemblee="Conseil communautaire" if delibere else "",
            deliberation_numero=f"{rang:03d} {MARQUE}" if delibere else "",
            deliberation_date=jour(680) if delibere else None,
        )
    publiques = territoire.fiches.du_public()
    for rang, fiche in enumerate(publiques.order_by("reference")):
        FicheContrat.objects.create(contrat=contrat, fiche=fiche, engagement_ferme=rang % 2 == 0)
    return contrat


def _bonnes_pratiques(delegation):
    realisees = FicheAction.objects.filter(etat=FicheAction.Etat.REALISEE).order_by("reference")
    for rang, fiche in enumerate(realisees.select_related("territoire", "axe")[:4], start=1):
        with il_y_a(10 * rang) as instant:
            pratique = BonnePratique.objects.create(
                identifiant=f"exemple-{rang}",
                titre=fiche.titre,
                territoire=fiche.territoire,
                axe=fiche.axe,
                fiche=fiche,
                resume=f"{fiche.description} Résultat : {fiche.resultats_attendus}",
                mise_en_oeuvre="Un chef de projet à mi-temps, un comité d’entreprises qui se "
                "réunit chaque mois et l’accord de toutes les intercommunalités avant les travaux.",
                cout="Voir le plan de financement de la fiche.",
                contact="Délégation aux Territoires d’industrie",
                publiee_le=instant,
                publiee_par=delegation,
            )
            pratique.themes.set(proposes([pratique.titre, pratique.resume]))


def _demande(delegation):
    perimetre = Territoire.objects.get(identifiant="lacq-pau-tarbes").perimetre_courant
    libre = (
        Intercommunalite.objects.existantes()
        .filter(departement__in=["64", "65", "40", "32"])
        .exclude(membres__edition=perimetre.edition)
        .first()
    )
    demande = DemandePerimetre.objects.create(
        reference="DP-EXEMPLE-1",
        perimetre=perimetre,
        motif=f"La vallée voisine travaille pour les mêmes usines {MARQUE}.",
        deposee_par=delegation,
    )
    MouvementDemande.objects.create(demande=demande, intercommunalite=libre)
