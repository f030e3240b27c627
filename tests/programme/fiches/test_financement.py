"""The ledger of a line: what its columns say is what its moves say, whatever happened."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.fiches import financement
from programme.fiches.models import Financement, MouvementFinancier
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2024, 3, 1)
EUROS = st.decimals(0, 10**6, places=2)
GESTES = st.lists(
    st.tuples(
        st.sampled_from([*MouvementFinancier.Nature.values, "annuler"]),
        EUROS,
        st.integers(0, 20),
    ),
    max_size=12,
)


def attendu(ligne):
    """(acquired, still asked for, paid, refused) of a line, told again from its rows."""
    sommes = {nature: Decimal(0) for nature in MouvementFinancier.Nature}
    for mouvement in ligne.mouvements.all():
        if not mouvement.annule_le:
            sommes[mouvement.nature] += mouvement.montant
    ouverture = ligne.montant if ligne.statut == "acquis" else Decimal(0)
    acquis = max(ouverture + sommes["accorde"], sommes["verse"])
    demande = ligne.montant - ouverture + sommes["demande"]
    demande = max(demande - (acquis - ouverture) - sommes["refuse"], Decimal(0))
    return acquis, demande, sommes["verse"], sommes["refuse"]


@pytest.fixture
def fiche():
    return une_fiche_decidee()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(montant=EUROS, statut=st.sampled_from(Financement.Statut.values), gestes=GESTES)
def test_the_columns_say_what_the_moves_say_after_any_sequence(fiche, montant, statut, gestes):
    agent = fiche.passages.last().auteur
    fiche.financements.all().delete()
    lignes = [f.FinancementFactory(fiche=fiche, montant=montant, statut=statut) for _ in range(2)]
    for rang, (geste, somme, choisi) in enumerate(gestes):
        ligne = lignes[choisi % 2]
        _faire(ligne, geste, somme, choisi, rang, agent)
        relue = Financement.objects.get(pk=ligne.pk)
        assert (relue.acquis, relue.demande, relue.verse, relue.refuse) == attendu(relue)
        assert (relue.montant, relue.statut) == (montant, statut)
    totaux = fiche.financement_par_statut()
    tous = [attendu(une) for une in fiche.financements.all()]
    assert [getattr(totaux, n) for n in ("acquis", "demande", "verse", "refuse")] == [
        sum(colonne) for colonne in zip(*tous, strict=True)
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(montant=EUROS, statut=st.sampled_from(Financement.Statut.values), gestes=GESTES)
def test_a_line_in_memory_counts_as_the_database_does(fiche, montant, statut, gestes):
    fiche.financements.all().delete()
    ligne = f.FinancementFactory(fiche=fiche, montant=montant, statut=statut)
    ligne = Financement.objects.get(pk=ligne.pk)
    for geste, somme, _ in gestes:
        if geste != "annuler":
            ligne.compter(financement.colonne(geste), somme)
    sommes = {nom: getattr(ligne, nom) for nom in financement.COLONNES}
    Financement.objects.filter(pk=ligne.pk).update(**sommes)
    relue = Financement.objects.get(pk=ligne.pk)
    assert (ligne.acquis, ligne.demande) == (relue.acquis, relue.demande)


def _faire(ligne, geste, somme, choisi, rang, agent):
    if geste == "annuler":
        mouvements = list(ligne.mouvements.valables())
        if mouvements:
            mouvement = mouvements[choisi % len(mouvements)]
            financement.annuler(mouvement, motif="Erreur.", agent=agent)
        return
    try:
        financement.noter(
            ligne, nature=geste, montant=somme, le=JOUR, reference=f"n{rang}", agent=agent
        )
    except ValidationError:
        assert geste == "refuse" or somme == 0


def test_money_granted_then_paid_counts_once(fiche):
    ligne, agent = fiche.financements.get(), f.agents_de(fiche.territoire)[0]
    assert (ligne.acquis, ligne.demande) == (0, 300_000)
    for nature, montant in (("accorde", 250_000), ("verse", 100_000), ("verse", 150_000)):
        financement.noter(ligne, nature=nature, montant=montant, le=JOUR, agent=agent)
    ligne = fiche.financements.get()
    assert (ligne.acquis, ligne.demande, ligne.verse) == (250_000, 50_000, 250_000)
    financement.noter(ligne, nature="refuse", montant=50_000, le=JOUR, agent=agent)
    assert fiche.financements.get().demande == 0
    assert (ligne.montant, ligne.statut) == (300_000, "demande")


def test_its_page_tells_of_refusals_where_there_is_one(fiche, client):
    ligne, agent = fiche.financements.get(), f.agents_de(fiche.territoire)[0]
    assert "Refusé" not in client.get(fiche.get_absolute_url()).content.decode()
    financement.noter(ligne, nature="refuse", montant=50_000, le=JOUR, agent=agent)
    page = client.get(fiche.get_absolute_url()).content.decode()
    assert page.count('data-titre="Refusé">50\u202f000\xa0€') == 2


def test_nobody_notes_what_is_not_decided_or_not_theirs(fiche):
    ailleurs = f.agents_de(f.territoire_publie())
    ligne = fiche.financements.get()
    brouillon = f.fiche_complete(fiche.territoire)
    mouvement = {"nature": "accorde", "montant": 1, "le": JOUR}
    for agent in ailleurs:
        with pytest.raises(PermissionDenied):
            financement.noter(ligne, agent=agent, **mouvement)
        with pytest.raises(PermissionDenied):
            financement.ajouter_un_financeur(
                fiche, agent=agent, financeur="X", montant=1, statut="demande"
            )
    for agent in f.agents_de(fiche.territoire):
        with pytest.raises(PermissionDenied):
            financement.noter(brouillon.financements.get(), agent=agent, **mouvement)
    assert not MouvementFinancier.objects.exists()
