import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from echanges.dialectes import FORMATS
from echanges.registre import resources
from programme.fiches.models import FicheAction, Financement
from territoires.champs import ANNEES_DU_PROGRAMME
from territoires.editions.models import Perimetre
from territoires.geographie.models import Region
from tests import factories
from tests.echanges.imports.outils import une_modification_acceptee
from tests.echanges.outils import analyser, exporter, importer

pytestmark = pytest.mark.django_db
DIALECTE = pytest.mark.parametrize("dialecte", FORMATS.values(), ids=lambda d: d.nom)
# What the database itself cannot hold is not typed: no surrogates, no NUL.
TEXTE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
# Other years are typing errors, refused wherever they are typed.
DATES = st.dates(
    datetime.date(ANNEES_DU_PROGRAMME[0], 1, 1), datetime.date(ANNEES_DU_PROGRAMME[1], 12, 31)
)
PIEGES = [
    '"',
    ";",
    "\r\n",
    "\r",
    "=1+1",
    "'=x",
    "'",
    "007",
    "\ufeff",
    "\u200f",
    "🏭",
    "\u00a0a",
    " a ",
]
UNE_DATE = datetime.date(2024, 2, 29)


@DIALECTE
@settings(max_examples=6, deadline=None)
@given(
    lignes=st.lists(
        st.tuples(TEXTE | st.sampled_from(PIEGES), st.decimals(0, 10**9, places=2), DATES),
        min_size=len(PIEGES),
        max_size=len(PIEGES),
    )
)
@example(lignes=[(texte, Decimal("0.50"), UNE_DATE) for texte in PIEGES])
def test_any_text_any_amount_any_date_comes_back_unchanged(dialecte, lignes):
    fiches = FicheAction.objects.all() or factories.FicheActionFactory.create_batch(
        len(lignes), titre="Titre"
    )
    for fiche, (texte, montant, date) in zip(fiches, lignes, strict=True):
        fiche.contexte = fiche.maitre_ouvrage = texte
        fiche.cout_total, fiche.date_debut = montant, date
        fiche.save()
    comptes = analyser("fiches", exporter("fiches", dialecte=dialecte)).comptes()
    assert comptes == {"creees": 0, "modifiees": 0, "inchangees": len(lignes), "refusees": 0}


def un_de_chaque():
    """One row at least of every kind of object that goes in and out."""
    fiche = factories.FicheActionFactory(
        territoire=factories.territoire_publie(), titre="=1+1; « é »\nœuvre"
    )
    fiche.intercommunalites.set([factories.IntercommunaliteFactory() for _ in range(2)])
    _son_suivi(fiche)
    factories.BilanFactory(fiche=fiche, auteur=factories.AgentFactory())
    factories.CodePostalFactory()
    factories.LocaliteFactory()
    factories.EngagementFactory()
    factories.ModificationAvenantFactory()
    factories.SignataireConventionFactory()
    factories.OffreDeServiceFactory().axes.set([factories.AxeFactory()])
    factories.MembreComiteFactory()
    factories.PresenceFactory()
    factories.PointOrdreDuJourFactory(demande=None, fiche=fiche)
    factories.FicheContratFactory()
    factories.SignataireContratFactory()
    factories.BonnePratiqueFactory()
    factories.InterventionFactory()
    factories.DocumentFactory()
    factories.CorrectionFactory()
    factories.AutreNomFactory()
    parole = factories.InterventionFactory()
    engagement = {"contrat": None, "engagement": factories.EngagementFactory()}
    factories.AnnonceFactory(sequence=parole.sequence, intervention=parole, **engagement)
    factories.AnnonceFactory()
    protocole = factories.ContratFactory(type="protocole")
    contrat = factories.ContratFactory(precedent=protocole, territoire=protocole.territoire)
    contrat.liens.add(factories.LienProgrammeFactory())
    factories.ModificationAvenantContratFactory(avenant__contrat=contrat)
    factories.MandatFactory(courriel="elue@exemple.invalid", fin=datetime.date(2026, 3, 21))
    agent = factories.agent_region()
    factories.FiliationFactory(
        ancien__edition__date=datetime.date(2020, 10, 15),
        nouveau__edition__date=datetime.date(2023, 11, 9),
        nouveau__edition__publiee_par=agent,
        confirmee_par=agent,
        confirmee_le=timezone.now(),
    )
    factories.FiliationFactory(
        ancien__edition__date=datetime.date(2020, 10, 16),
        nouveau__edition__date=datetime.date(2023, 11, 10),
        refusee_par=agent,
        refusee_le=timezone.now(),
    )
    factories.UtiliteFactory()
    mouvement = factories.MouvementDemandeFactory(demande__deposee_par=agent)
    factories.MouvementDemandeFactory(demande=mouvement.demande, sens="retrait")


def _son_suivi(fiche):
    """A row at least of each kind that hangs on a fiche."""
    auteur = factories.AgentFactory()
    ligne = factories.FinancementFactory(fiche=fiche, montant=Decimal("12.50"))
    factories.MouvementFinancierFactory(financement=ligne, auteur=auteur)
    etape = factories.EtapeFactory(fiche=fiche, debut=datetime.date(2023, 1, 2))
    factories.ReportEtapeFactory(etape=etape, auteur=auteur)
    indicateur = factories.IndicateurFactory(fiche=fiche)
    factories.MesureFactory(indicateur=indicateur, auteur=auteur)
    nationale = factories.ObstacleNationalFactory()
    obstacle = factories.ObstacleFactory(
        fiche=fiche, nationale=nationale, emplois=12, montant=Decimal("1500.50")
    )
    factories.ReponseFactory(obstacle=obstacle)
    factories.NouvelleFactory(fiche=fiche, auteur=auteur)


def tout():
    """With what only people do, on pages: the way of a fiche, avis, remarks, relevés."""
    un_de_chaque()
    factories.DateCleFactory()
    factories.PageEditorialeFactory(texte="## Titre\n\n- a\n- b")
    factories.LienChoisiFactory()
    factories.ActualiteFactory().themes.add(factories.ThemeFactory())
    factories.ThemeFactory(mots="chaleur fatale\nfours")
    une_modification_acceptee()
    factories.AvisFactory(rendu_le=timezone.now(), rendu_par=factories.AgentFactory())
    factories.ReleveFactory()
    for fabrique in (
        factories.AvisTechniqueFactory,
        factories.DemandeComplementFactory,
        factories.MessageFactory,
        factories.NoteInterneFactory,
        factories.AttributionFactory,
        factories.CocheFactory,
        factories.DelaiDeRappelFactory,
    ):
        fabrique()


@DIALECTE
def test_every_export_reads_back_as_nothing_to_do(dialecte):
    tout()
    for nom, classe in resources().items():
        attendues = classe._meta.model._default_manager.count()
        assert attendues, nom
        rapport = analyser(nom, exporter(nom, dialecte=dialecte))
        assert (rapport.plans, rapport.erreurs()) == ([], []), nom
        assert rapport.inchangees >= attendues, nom


def test_what_a_form_strips_an_import_strips_too():
    importer("regions", b"code,nom\n84, Auvergne \n")
    assert Region.objects.get().nom == "Auvergne"


def test_line_breaks_of_another_system_change_nothing():
    fiche = factories.FicheActionFactory(contexte="un\r\ndeux")
    contenu = f'reference,contexte\n{fiche.reference},"un\ndeux"\n'.encode()
    assert analyser("fiches", contenu).inchangees == 1


def test_a_perimetre_is_one_row_a_member_and_the_file_is_its_whole_composition():
    perimetre = factories.PerimetreFactory(edition__publiee_le=None)
    autre = factories.CommuneFactory().intercommunalite
    ligne = f"{perimetre.edition.code},{perimetre.code},{perimetre.nom}"
    ligne += f",{perimetre.territoire.identifiant},{autre.pk}"
    rapport = importer("perimetres", f"edition,code,nom,territoire,membre\n{ligne}\n".encode())
    assert rapport.comptes()["modifiees"] == 1
    assert [m.intercommunalite for m in perimetre.membres.all()] == [autre]
    assert set(Perimetre.objects.get().regions.all()) == {autre.departement.region}


def test_the_financing_follows_its_fiche():
    fiche = factories.FicheActionFactory()
    lignes = f"fiche;financeur;montant;statut\n{fiche.reference};Région;1 234,56;acquis\n"
    importer("financements", lignes.encode())
    assert list(Financement.objects.values_list("fiche", "montant", "statut")) == [
        (fiche.pk, Decimal("1234.56"), "acquis")
    ]
