"""What an import refuses, in which words, and that nothing is written then."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from config.donnees_ouvertes import JEUX
from echanges.erreurs import FichierRefuse
from echanges.registre import resources
from programme.fiches.models import FicheAction
from territoires.editions.models import Perimetre
from territoires.geographie.models import Commune, Departement, Intercommunalite, Region
from tests import factories
from tests.echanges.outils import analyser, csv, exporter, importer, messages

pytestmark = pytest.mark.django_db


def test_a_header_with_a_slip_is_read_as_the_nearest_and_said():
    rapport = analyser("regions", csv("code,nmo", "84,Auvergne"))
    assert rapport.creees == 1
    assert "«\u202fnmo\u202f» est lue comme «\u202fnom\u202f»" in str(rapport.remarques[0])


def test_an_unknown_column_stops_nothing_and_is_named():
    rapport = analyser("regions", csv("code,nom,vu par", "84,Auvergne,Paul"))
    assert rapport.creees == 1
    assert "non importée\u202f: «\u202fvu par\u202f»" in str(rapport.remarques[0])


def test_two_columns_that_say_the_same_are_refused_together():
    with pytest.raises(FichierRefuse, match="Deux colonnes"):
        analyser("regions", csv("code,nom,Nom", "84,Auvergne,Rhône"))


def test_a_column_without_header_is_left_out_and_said():
    rapport = analyser("regions", csv("code,,nom", "84,vu,Auvergne"))
    assert "colonne 2 n’a pas d’en-tête" in str(rapport.remarques[0])


def test_a_missing_key_column_is_named():
    with pytest.raises(FichierRefuse, match=r"Il manque la colonne .* : code"):
        analyser("regions", csv("nom", "Auvergne"))


def test_headers_alone_are_no_import():
    with pytest.raises(FichierRefuse, match="aucune ligne"):
        analyser("regions", csv("code,nom"))


def test_headers_are_read_whatever_their_accents_case_and_spaces():
    factories.RegionFactory(code="84")
    contenu = csv("Identifiant;NOM;Région pilote", "x;Xaintrie;84")
    assert importer("territoires", contenu).comptes()["creees"] == 1


def test_an_absent_column_is_untouched_and_an_empty_one_clears():
    epci = factories.IntercommunaliteFactory(population=12)
    importer("intercommunalites", csv("siren,nom", f"{epci.pk},Autre"))
    epci.refresh_from_db()
    assert (epci.nom, epci.population) == ("Autre", 12)
    importer("intercommunalites", csv("siren,population", f"{epci.pk},"))
    epci.refresh_from_db()
    assert epci.population is None


def test_what_is_required_cannot_be_cleared():
    epci = factories.IntercommunaliteFactory()
    rapport = analyser("intercommunalites", csv("siren,nom", f"{epci.pk},"))
    assert messages(rapport) == ["ligne 2, colonne « nom » : cette valeur est obligatoire."]


def test_a_creation_without_a_required_column_is_refused():
    rapport = analyser("departements", csv("code,nom", "01,Ain"))
    assert "colonne « region »" in messages(rapport)[0]


def test_an_unknown_key_suggests_the_nearest_known_value():
    factories.IntercommunaliteFactory(siren="247100589", nom="CA Le Grand Chalon")
    factories.DepartementFactory(code="71")
    contenu = csv("code,nom,departement,intercommunalite", "71076,Chalon,71,CA du Grand Chalon")
    (message,) = messages(analyser("communes", contenu))
    assert "« CA du Grand Chalon » n’est pas une clé connue" in message
    assert "la plus proche est 247100589 (CA Le Grand Chalon)" in message


def test_a_lost_leading_zero_is_repaired_and_reported():
    factories.DepartementFactory(code="01")
    rapport = importer(
        "communes", csv("code;nom;departement;codes_postaux", "1004;Ambérieu;1;1500 01500")
    )
    commune = Commune.objects.get()
    assert (commune.pk, commune.departement_id) == ("01004", "01")
    assert [c.code for c in commune.codes_postaux.all()] == ["01500"]
    assert [str(r) for r in rapport.remarques] == [
        "ligne 2 : code : « 1004 » lu 01004 : zéro perdu rétabli.",
        "ligne 2 : departement : « 1 » lu 01 : zéro perdu rétabli.",
        "ligne 2 : codes_postaux : « 1500 » lu 01500 : zéro perdu rétabli.",
    ]


def test_a_siren_in_scientific_notation_says_how_to_mend_it():
    factories.DepartementFactory(code="01")
    contenu = csv("siren;nom;nature;departement", "2,0001E+08;CC;CC;01")
    (message,) = messages(analyser("intercommunalites", contenu))
    assert "ligne 2, colonne « siren »" in message
    assert "format Texte" in message


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("population", "beaucoup", "nombre entier"),
        ("population", "-3", "supérieure ou égale à 0"),
        ("nature", "syndicat", "CC, CA, CU, METRO, MET69, EPT"),
        ("dissoute_le", "31/02/2020", "calendrier"),
        ("nom", "x" * 300, "200"),
    ],
)
def test_a_wrong_cell_is_refused_with_what_was_expected(champ, valeur, phrase):
    epci = factories.IntercommunaliteFactory()
    rapport = analyser("intercommunalites", csv(f"siren;{champ}", f"{epci.pk};{valeur}"))
    (refus,) = rapport.erreurs()
    assert (refus.ligne, refus.colonne) == (2, champ)
    assert phrase in refus.message


def test_choices_are_read_by_label_or_value():
    epci = factories.IntercommunaliteFactory(nature="CC")
    importer("intercommunalites", csv("siren;nature", f"{epci.pk};Communaute d'agglomeration"))
    epci.refresh_from_db()
    assert epci.nature == "CA"


def test_a_constraint_between_columns_is_said_at_the_row():
    fiche = factories.FicheActionFactory()
    contenu = csv("reference;date_debut;date_fin", f"{fiche.reference};02/01/2024;01/01/2024")
    assert messages(analyser("fiches", contenu)) == [
        "ligne 2 : La date de fin ne peut pas précéder la date de début."
    ]


def test_a_unique_value_taken_by_another_row_is_refused():
    factories.EditionCarteFactory(code="2020-10", date=date(2020, 10, 15))
    rapport = analyser("editions", csv("code,date", "autre,2020-10-15"))
    assert "porte déjà cette date" in messages(rapport)[0]


def test_the_same_key_twice_is_refused_unless_the_rows_are_alike():
    rapport = analyser("regions", csv("code,nom", "84,A", "84,B", "11,C", "11,C"))
    assert sorted(rapport.refus) == [2, 3] and rapport.creees == 1
    assert "aussi ligne 3" in messages(rapport)[0]
    assert [str(r) for r in rapport.remarques] == [
        "ligne 5 : répète la ligne 4 : elle n’est lue qu’une fois."
    ]


def test_one_refused_row_and_nothing_is_written():
    with pytest.raises(FichierRefuse, match="rien n’est écrit"):
        importer("regions", csv("code,nom", "84,Auvergne", "XX,Nulle part"))
    assert not Region.objects.exists()


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    classe = resources()["regions"]

    def panne(*args):
        raise RuntimeError("disk full")

    monkeypatch.setattr(classe, "apres_ecriture", panne)
    with pytest.raises(RuntimeError):
        importer("regions", csv("code,nom", "84,Auvergne"))
    assert not Region.objects.exists()


def test_refused_rows_come_back_with_their_reason_and_can_be_sent_again():
    rapport = analyser("regions", csv("code,nom", "84,Auvergne", "XX,Île-de-France"))
    fichier = rapport.lignes_refusees()
    assert fichier.startswith("code,nom,erreur\nXX,Île-de-France,".encode())
    assert b"Auvergne" not in fichier
    assert importer("regions", fichier.replace(b"XX", b"11")).comptes()["creees"] == 1


@pytest.mark.parametrize("encodage", ["cp1252", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separateur", [";", "\t", ","])
def test_refused_rows_keep_the_dialect_of_their_file(encodage, separateur):
    lignes = [("code", "nom"), ("84", "Auvergne"), ("XX", "Île")]
    texte = "".join(separateur.join(ligne) + "\r\n" for ligne in lignes)
    fichier = analyser("regions", texte.encode(encodage)).lignes_refusees()
    # Windows-1252 has no narrow no-break space: the reasons make it UTF-8, that says so.
    encodage = "utf-8-sig" if encodage == "cp1252" else encodage
    attendu = separateur.join(("code", "nom", "erreur")) + "\r\n" + separateur.join(("XX", "Île"))
    assert fichier.decode(encodage).startswith(attendu)


def test_a_row_too_short_or_too_long_is_refused():
    rapport = analyser("regions", csv("code,nom", "84", "11,Île,de,France"))
    assert [refus.ligne for refus in rapport.erreurs()] == [2, 3]


def test_formulas_typed_by_hand_stay_text():
    fiche = factories.FicheActionFactory(contexte="=HYPERLINK(1)")
    assert b"'=HYPERLINK(1)" in exporter("fiches")
    importer("fiches", csv("reference,contexte", f"{fiche.reference},'@moi"))
    fiche.refresh_from_db()
    assert fiche.contexte == "@moi"


# --- Rules of the objects --------------------------------------------------------------------


def test_an_import_never_moves_the_state_of_a_fiche():
    fiche = factories.FicheActionFactory()
    rapport = analyser("fiches", csv("reference,etat", f"{fiche.reference},validee"))
    assert "l’état d’une fiche ne change que par son parcours" in messages(rapport)[0]
    contenu = csv("reference,titre,territoire,etat", f"X,T,{fiche.territoire.identifiant},validee")
    assert "parcours" in messages(analyser("fiches", contenu))[0]


def test_the_present_state_is_accepted():
    fiche = factories.FicheActionFactory()
    contenu = csv("reference,titre,etat", f"{fiche.reference},Nouveau,brouillon")
    assert importer("fiches", contenu).comptes()["modifiees"] == 1


@pytest.mark.parametrize("etat", ["transmise", "validee", "refusee"])
def test_a_fiche_that_went_up_is_locked_with_all_that_hangs_on_it(etat):
    fiche = factories.FicheActionFactory()
    factories.EtapeFactory(fiche=fiche, ordre=1)
    ligne = factories.FinancementFactory(fiche=fiche, statut="demande")
    FicheAction._base_manager.bulk_update([FicheAction(pk=fiche.pk, etat=etat)], ["etat"])
    refusees = [
        analyser("fiches", csv("reference,titre", f"{fiche.reference},Autre")),
        analyser("etapes", csv("fiche,ordre,intitule", f"{fiche.reference},1,Une autre")),
        analyser(
            "financements",
            csv("fiche,financeur,statut,montant", f"{fiche.reference},{ligne.financeur},demande,3"),
        ),
    ]
    assert [len(rapport.refus) for rapport in refusees] == [1, 1, 1]


def test_history_tells_who_imported_and_from_what():
    agent = factories.agent_delegation()
    fiche = factories.FicheActionFactory()
    epci = factories.IntercommunaliteFactory()
    contenu = csv("reference,titre,intercommunalites", f"{fiche.reference},Neuf,{epci.pk}")
    importer("fiches", contenu, agent)
    trace = fiche.history.first()
    assert (trace.titre, trace.history_user, trace.history_change_reason, trace.history_type) == (
        "Neuf",
        agent,
        "essai",
        "~",
    )
    assert [ligne.intercommunalite for ligne in trace.intercommunalites.all()] == [epci]
    assert trace.version == fiche.version + 1


def test_a_created_fiche_knows_its_author():
    agent = factories.agent_delegation()
    territoire = factories.TerritoireFactory()
    importer("fiches", csv("reference,titre,territoire", f"FA-1,T,{territoire.identifiant}"), agent)
    fiche = FicheAction.objects.get()
    assert (fiche.created_by, fiche.etat, fiche.recherche) == (agent, "brouillon", "t fa 1")


def test_the_composition_of_a_published_edition_is_locked():
    perimetre = factories.PerimetreFactory()
    export = exporter("perimetres")
    autre = factories.IntercommunaliteFactory()
    assert analyser("perimetres", export).plans == []
    rapport = analyser("perimetres", export.replace(b"ti-", b"xx-"))
    assert "ne change plus" in messages(rapport)[0]
    membre = perimetre.membres.get().intercommunalite_id
    rapport = analyser("perimetres", export.replace(membre.encode(), autre.pk.encode()))
    assert "ne change plus" in messages(rapport)[0]
    assert Perimetre.objects.count() == 1


def test_two_perimetres_of_an_edition_cannot_share_a_member():
    perimetre = factories.PerimetreFactory(edition__publiee_le=None)
    territoire = factories.TerritoireFactory()
    membre = perimetre.membres.get().intercommunalite_id
    ligne = f"{perimetre.edition.code},autre,Autre,{territoire.identifiant},{membre}"
    rapport = analyser("perimetres", csv("edition,code,nom,territoire,membre", ligne))
    assert messages(rapport) == [
        f"ligne 2, colonne « membre » : « {membre} » : ce membre appartient déjà à un territoire "
        f"de cette édition : {perimetre.nom}."
    ]
    assert Perimetre.objects.count() == 1


def test_an_avis_is_never_imported():
    factories.AvisFactory()
    export = exporter("avis")
    assert analyser("avis", export).plans == []
    rapport = analyser("avis", export.replace(b"favorable", b"ajourne"))
    assert "un avis se rend en séance" in messages(rapport)[0]


@pytest.mark.parametrize("fabrique", ["agent_region", "agent_intercommunalite", "AgentFactory"])
def test_only_the_delegation_imports(fabrique):
    agent = getattr(factories, fabrique)()
    for nom in resources():
        with pytest.raises(PermissionDenied):
            analyser(nom, csv("code", "1"), agent)


def test_an_agent_exports_its_own_fiches_and_what_hangs_on_them():
    sienne, autre = (
        factories.FicheActionFactory(territoire=factories.territoire_publie()) for _ in range(2)
    )
    for fiche in (sienne, autre):
        factories.EtapeFactory(fiche=fiche)
    sirens = Intercommunalite.objects.filter(membres__perimetre__territoire=sienne.territoire)
    agent = factories.agent_intercommunalite(*sirens)
    for nom in ("fiches", "etapes"):
        lignes = exporter(nom, agent).decode().splitlines()
        assert [ligne.split(",")[0] for ligne in lignes[1:]] == [sienne.reference]
    assert len(exporter("fiches", factories.AgentFactory()).splitlines()) == 1


def test_open_data_never_holds_a_contact():
    factories.FicheActionFactory(contact_nom="Secret", contact_courriel="secret@exemple.invalid")
    sorti = exporter("fiches", colonnes=JEUX["fiches"].colonnes)
    assert b"ecret" not in sorti
    assert b"contact" not in sorti


def test_the_number_of_queries_does_not_follow_the_number_of_rows(django_assert_num_queries):
    factories.RegionFactory(code="84")
    for nombre in (1, 300):
        lignes = [f"{100 + n},D{n},84" for n in range(nombre)]
        with django_assert_num_queries(2):
            analyser("departements", csv("code,nom,region", *lignes))
    assert not Departement.objects.exists()
