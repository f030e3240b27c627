"""Two people in one form, or a person and a file: nothing is overwritten unseen."""

import pytest

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.programme.fiches.outils import adresse, ajouter, envoi, poster

pytestmark = pytest.mark.django_db


def ecarts(page):
    return [
        (d["cle"], d["avant"], d["leur"], d["mien"], d["a_choisir"])
        for d in page.context["rapprochement"].differences()
    ]


@pytest.fixture
def ouvertes(fiche, deux):
    """The page of the fiche as each of the two has it on screen."""
    return [client.get(adresse(fiche)) for client in deux]


@pytest.fixture
def apres_l_autre(fiche, deux, ouvertes):
    """`(theirs, mine)`: the second client saves, then the first: the answer to the first."""

    def _apres(leurs, miens):
        assert poster(deux[1], fiche, leurs).status_code == 302
        return poster(deux[0], fiche, miens)

    return _apres


def relire(fiche):
    return FicheAction.objects.get(pk=fiche.pk)


def test_alone_one_saves_at_once(fiche, deux, ouvertes):
    assert poster(deux[0], fiche, envoi(ouvertes[0], contexte="Le mien")).status_code == 302
    assert relire(fiche).contexte == "Le mien"


@pytest.mark.parametrize("choix, garde", [("mien", "Le mien"), ("leur", "Le leur")])
def test_what_both_changed_is_chosen(choix, garde, fiche, deux, ouvertes, apres_l_autre):
    avant = fiche.contexte
    page = apres_l_autre(
        envoi(ouvertes[1], contexte="Le leur"), envoi(ouvertes[0], contexte="Le mien")
    )
    assert ecarts(page) == [("contexte", avant, "Le leur", "Le mien", True)]
    assert str(deux[1].agent) in page.content.decode()
    assert relire(fiche).contexte == "Le leur"
    sans_choix = poster(deux[0], fiche, envoi(page))
    assert ecarts(sans_choix) == ecarts(page)
    fin = poster(deux[0], fiche, envoi(sans_choix, **{"choix:contexte": choix}))
    assert fin.status_code == 302
    assert relire(fiche).contexte == garde


def test_both_texts_can_be_joined_by_hand(fiche, deux, ouvertes, apres_l_autre):
    page = apres_l_autre(envoi(ouvertes[1], contexte="A"), envoi(ouvertes[0], contexte="B"))
    poster(deux[0], fiche, envoi(page, contexte="A et B", **{"choix:contexte": "mien"}))
    assert relire(fiche).contexte == "A et B"


def test_what_only_the_other_changed_is_taken_and_told(fiche, deux, ouvertes, apres_l_autre):
    page = apres_l_autre(
        envoi(ouvertes[1], objectifs="Le leur", cout_total="900 000"),
        envoi(ouvertes[0], contexte="Le mien"),
    )
    assert [e[0::4] for e in ecarts(page)] == [("objectifs", False), ("cout_total", False)]
    assert poster(deux[0], fiche, envoi(page)).status_code == 302
    apres = relire(fiche)
    assert (apres.contexte, apres.objectifs, apres.cout_total) == ("Le mien", "Le leur", 900_000)


def test_a_third_change_is_seen_as_well(fiche, deux, ouvertes, apres_l_autre):
    page = apres_l_autre(envoi(ouvertes[1], contexte="A"), envoi(ouvertes[0], contexte="B"))
    poster(deux[1], fiche, envoi(deux[1].get(adresse(fiche)), contexte="C", titre="Autre titre"))
    page = poster(deux[0], fiche, envoi(page, **{"choix:contexte": "mien"}))
    assert [(e[0], e[2], e[3]) for e in ecarts(page)] == [
        ("titre", "Autre titre", fiche.titre),
        ("contexte", "C", "B"),
    ]


def test_amounts_and_lists_of_partenaires_are_compared_as_values(fiche, deux, apres_l_autre):
    a, b = f.PartenaireFactory(), f.PartenaireFactory()
    pages = [client.get(adresse(fiche)) for client in deux]
    page = apres_l_autre(
        envoi(pages[1], partenaires=[str(a.pk)], cout_total="1200000,00"),
        envoi(pages[0], partenaires=[str(b.pk)], cout_total="1 200 000 €"),
    )
    assert ecarts(page) == [("partenaires", "", str(a), str(b), True)]


class TestRows:
    def test_two_new_rows_stand_side_by_side(self, fiche, deux, ouvertes, apres_l_autre):
        leurs = ajouter(envoi(ouvertes[1]), "etapes", intitule="La leur", ordre="")
        miens = ajouter(envoi(ouvertes[0]), "etapes", intitule="La mienne", ordre="")
        page = apres_l_autre(leurs, miens)
        assert [(e[1], e[4]) for e in ecarts(page)] == [("", False)]
        assert poster(deux[0], fiche, envoi(page)).status_code == 302
        noms = {e.intitule for e in fiche.etapes.all()}
        assert noms == {"Recruter l’équipe", "La leur", "La mienne"}

    def test_a_field_of_a_row_that_both_changed_is_chosen(
        self, fiche, deux, ouvertes, apres_l_autre
    ):
        (ligne,) = fiche.financements.all()
        page = apres_l_autre(
            envoi(ouvertes[1], **{"financements-0-montant": "400 000"}),
            envoi(ouvertes[0], **{"financements-0-montant": "500000"}),
        )
        ((cle, *valeurs, _),) = ecarts(page)
        assert cle == f"financements-{ligne.pk}-montant"
        assert [v.replace("\u202f", "") for v in valeurs] == ["300000", "400000", "500000"]
        poster(deux[0], fiche, envoi(page, **{f"choix:{cle}": "mien"}))
        assert fiche.financements.get().montant == 500_000

    def test_two_fields_of_one_row_are_both_kept(self, fiche, deux, ouvertes, apres_l_autre):
        page = apres_l_autre(
            envoi(ouvertes[1], **{"financements-0-montant": "400000"}),
            envoi(ouvertes[0], **{"financements-0-statut": "acquis"}),
        )
        assert poster(deux[0], fiche, envoi(page)).status_code == 302
        ligne = fiche.financements.get()
        assert (ligne.montant, ligne.statut) == (400_000, "acquis")

    @pytest.mark.parametrize("choix, reste", [("mien", ["Mon libellé"]), ("leur", [])])
    def test_a_row_they_deleted_and_i_changed(
        self, choix, reste, fiche, deux, ouvertes, apres_l_autre
    ):
        page = apres_l_autre(
            envoi(ouvertes[1], **{"indicateurs-0-DELETE": "on"}),
            envoi(ouvertes[0], **{"indicateurs-0-libelle": "Mon libellé"}),
        )
        ((cle, _, leur, mien, a_choisir),) = ecarts(page)
        assert (leur, a_choisir) == ("", True)
        assert "Mon libellé" in mien
        page = poster(deux[0], fiche, envoi(page))  # nothing chosen: asked again, nothing lost
        fin = poster(deux[0], fiche, envoi(page, **{f"choix:{cle}": choix}))
        assert fin.status_code == 302
        assert [i.libelle for i in fiche.indicateurs.all()] == reste

    @pytest.mark.parametrize("choix, reste", [("mien", []), ("leur", ["Leur libellé"])])
    def test_a_row_they_changed_and_i_deleted(
        self, choix, reste, fiche, deux, ouvertes, apres_l_autre
    ):
        page = apres_l_autre(
            envoi(ouvertes[1], **{"indicateurs-0-libelle": "Leur libellé"}),
            envoi(ouvertes[0], **{"indicateurs-0-DELETE": "on"}),
        )
        ((cle, *_),) = ecarts(page)
        fin = poster(deux[0], fiche, envoi(page, **{f"choix:{cle}": choix}))
        assert fin.status_code == 302
        assert [i.libelle for i in fiche.indicateurs.all()] == reste

    def test_a_row_they_deleted_and_i_left_goes(self, fiche, deux, ouvertes, apres_l_autre):
        page = apres_l_autre(
            envoi(ouvertes[1], **{"etapes-0-DELETE": "on"}), envoi(ouvertes[0], contexte="Le mien")
        )
        assert [e[4] for e in ecarts(page)] == [False]
        assert poster(deux[0], fiche, envoi(page)).status_code == 302
        assert (fiche.etapes.count(), relire(fiche).contexte) == (0, "Le mien")

    def test_an_attachment_they_added_is_kept(self, fiche, deux, ouvertes):
        f.PieceJointeFactory(fiche=fiche, titre="La leur")
        page = poster(deux[0], fiche, envoi(ouvertes[0], contexte="Le mien"))
        assert [e[2] for e in ecarts(page)] == ["titre\u202f: La leur, fichier\u202f: note.pdf"]
        assert poster(deux[0], fiche, envoi(page)).status_code == 302
        assert fiche.pieces.count() == 1
