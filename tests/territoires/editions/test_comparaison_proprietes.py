"""Whatever two compositions are, their comparison keeps the same promises."""

from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.editions.comparaison import Comparaison, Composition, Mouvement

COMMUNES = "abcdefgh"
# Which périmètre holds each commune, if any: 0 stands for none.
PLACES = st.lists(st.integers(0, 4), min_size=len(COMMUNES), max_size=len(COMMUNES))
HABITANTS = st.lists(st.integers(0, 500), min_size=len(COMMUNES), max_size=len(COMMUNES))


def composition(prefixe, places, habitants):
    """Keys differ from one edition to the other, names do not."""
    tenus = sorted({place for place in places if place})
    resultat = Composition(
        {f"{prefixe}{place}": SimpleNamespace(nom=f"Val {place}") for place in tenus}
    )
    for commune, place, population in zip(COMMUNES, places, habitants, strict=True):
        if place:
            resultat.placer(commune, population, f"{prefixe}{place}")
    return resultat


def comparer(avant, apres, habitants, decidees=None):
    anciens = composition("a", avant, habitants)
    nouveaux = composition("n", apres, habitants)
    return Comparaison(None, None, anciens, nouveaux, decidees or {})


@given(PLACES, PLACES, HABITANTS)
@settings(max_examples=60, deadline=None)
def test_each_perimetre_stands_in_one_line_and_its_movement_is_true(avant, apres, habitants):
    comparaison = comparer(avant, apres, habitants)
    rangs = {
        id(p): k
        for c in (comparaison.anciens, comparaison.nouveaux)
        for k, p in c.perimetres.items()
    }
    places = [rangs[id(p)] for x in comparaison.lignes for p in [*x.anciens, *x.nouveaux]]
    assert sorted(places) == sorted(rangs.values())
    for ligne in comparaison.lignes:
        vieux = [comparaison.anciens.communes[rangs[id(p)]] for p in ligne.anciens]
        neufs = [comparaison.nouveaux.communes[rangs[id(p)]] for p in ligne.nouveaux]
        assert VRAI[ligne.mouvement](set().union(*vieux), set().union(*neufs), ligne)
        if vieux and neufs:
            assert set(ligne.entrees) == set().union(*neufs) - set().union(*vieux)
            assert set(ligne.sorties) == set().union(*vieux) - set().union(*neufs)


VRAI = {
    Mouvement.ENTRE: lambda v, n, x: not x.anciens and len(x.nouveaux) == 1,
    Mouvement.SORTI: lambda v, n, x: not x.nouveaux and len(x.anciens) == 1,
    Mouvement.FUSIONNE: lambda v, n, x: len(x.anciens) > 1 == len(x.nouveaux),
    Mouvement.SCINDE: lambda v, n, x: len(x.nouveaux) > 1 == len(x.anciens),
    Mouvement.AGRANDI: lambda v, n, x: un_a_un(x) and v < n,
    Mouvement.REDUIT: lambda v, n, x: un_a_un(x) and n < v,
    Mouvement.REMANIE: lambda v, n, x: (
        (un_a_un(x) and v - n and n - v) or (len(x.anciens) > 1 < len(x.nouveaux))
    ),
    Mouvement.INCHANGE: lambda v, n, x: (
        un_a_un(x) and v == n and x.anciens[0].nom == x.nouveaux[0].nom
    ),
    Mouvement.RENOMME: lambda v, n, x: (
        un_a_un(x) and v == n and x.anciens[0].nom != x.nouveaux[0].nom
    ),
}


def un_a_un(ligne):
    return len(ligne.anciens) == len(ligne.nouveaux) == 1


@given(PLACES, HABITANTS)
@settings(max_examples=30, deadline=None)
def test_an_edition_compared_with_its_own_copy_changes_nothing(places, habitants):
    lignes = comparer(places, places, habitants).lignes
    assert {ligne.mouvement for ligne in lignes} <= {Mouvement.INCHANGE}


@given(PLACES, PLACES, HABITANTS)
@settings(max_examples=40, deadline=None)
def test_back_and_forth_mirror_each_other(avant, apres, habitants):
    miroir = {
        Mouvement.ENTRE: Mouvement.SORTI,
        Mouvement.AGRANDI: Mouvement.REDUIT,
        Mouvement.FUSIONNE: Mouvement.SCINDE,
    }
    miroir |= {autre: un for un, autre in miroir.items()}
    aller = [ligne.mouvement for ligne in comparer(avant, apres, habitants).lignes]
    retour = [ligne.mouvement for ligne in comparer(apres, avant, habitants).lignes]
    assert sorted(miroir.get(m, m) for m in aller) == sorted(retour)


@given(PLACES, PLACES, HABITANTS, st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_decided_is_never_proposed_again(avant, apres, habitants, data):
    proposees = sorted(comparer(avant, apres, habitants).proposees)
    decidees = {lien: data.draw(st.booleans()) for lien in proposees}
    comparaison = comparer(avant, apres, habitants, decidees)
    assert comparaison.proposees == set()
    for ligne in comparaison.lignes:
        assert ligne.confirmee == bool(ligne.anciens and ligne.nouveaux)
