"""The step between upload and preview: each column of a file is said, guessed, or left out."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from echanges.erreurs import FichierRefuse
from echanges.imports.correspondances import proposer
from echanges.lecture.tableau import Choix
from echanges.models import Correspondance, Import
from echanges.registre import resources
from programme.fiches.models import FicheAction
from territoires.geographie.models import Region
from tests import factories
from tests.echanges.outils import analyser, csv, exporter, messages
from tests.echanges.test_aller_retour import tout

pytestmark = pytest.mark.django_db
REGIONS = "/admin/territoires/region/"
APERCU = re.compile(r"/importer/\d+/$")
VUES = pytest.mark.urls("tests.echanges.urls")


def deviner(nom, *lignes):
    """{header of the file: ours}"""
    resource = resources()[nom]()
    return {p.nom: p.cible for p in proposer(resource, resource.ouvrir(csv(*lignes)))}


def deposer(client, *lignes, adresse=REGIONS, resource="regions"):
    fichier = SimpleUploadedFile("regions.csv", csv(*lignes))
    champs = {"resource": resource, "fichier": fichier}
    return client.post(f"{adresse}importer/", champs)


def lire(client, adresse):
    return BeautifulSoup(client.get(adresse).content, "html.parser")


def etape(page):
    """What a browser would send of this page, untouched."""
    return {
        "entetes": page.find("input", {"name": "entetes"})["value"],
        "cle": [champ["value"] for champ in page.select("input[name=cle]")],
        "colonne": [
            (select.find("option", selected=True) or {"value": ""})["value"]
            for select in page.select("select[name=colonne]")
        ],
    }


@VUES
def test_a_column_that_the_workbook_hides_is_told_where_it_is_chosen(client, delegation):
    livre = Workbook()
    for ligne in (["code", "Appellation", "caché"], ["84", "A", "secret"]):
        livre.active.append(ligne)
    livre.active.column_dimensions["C"].hidden = True
    sortie = io.BytesIO()
    livre.save(sortie)
    fichier = SimpleUploadedFile("regions.xlsx", sortie.getvalue())
    reponse = client.post(f"{REGIONS}importer/", {"resource": "regions", "fichier": fichier})
    page = lire(client, reponse.url)
    dites = {th.get_text(" ", strip=True) for th in page.select("tbody th")}
    assert dites == {"code", "Appellation", "caché (masquée dans votre classeur)"}
    for colonnes, dite in ((["code", "nom", ""], False), (["code", "", "nom"], True)):
        envoi = etape(lire(client, reponse.url)) | {"colonne": colonnes}
        apercu = client.post(reponse.url, envoi).url
        texte = lire(client, f"{apercu}?vue=remarques").get_text()
        assert ("colonne masquée, lue comme les autres\u202f: «\u202fcaché\u202f»" in texte) == dite


# --- Guesses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nom", "entetes", "attendu"),
    [
        ("communes", "code_com_insee;lib_com;code_postal", "code nom codes_postaux"),
        ("communes", "INSEE_COM;Libellé de la commune;DEP", "code nom departement"),
        ("communes", "CODGEO;LIBGEO;EPCI", "code nom intercommunalite"),
        ("intercommunalites", "N° SIREN;raison_sociale;nature_juridique", "siren nom nature"),
        ("fiches", "Intitulé de l’action;Porteur;Coût total HT", "titre maitre_ouvrage cout_total"),
        ("partenaires", "identifant;nom;Site web", "identifiant nom site"),
        ("regions", "code;nmo", "code nom"),
    ],
)
def test_a_column_is_recognised_by_its_words(nom, entetes, attendu):
    assert list(deviner(nom, entetes).values()) == attendu.split()


@pytest.mark.parametrize(
    ("nom", "entetes"),
    [
        ("communes", "nomAttribuant;dateConvention;remarque interne;Ville jumelée"),
        ("fiches", "Financeur 1;Montant € HT;Montant € HT;N° de ligne budgétaire"),
        ("conventions", "nomAttribuant;idBeneficiaire"),
        ("regions", "is_superuser;password"),
    ],
)
def test_what_is_not_ours_is_left_out(nom, entetes):
    assert set(deviner(nom, entetes).values()) == {""}


def test_nine_digits_with_a_right_key_are_a_siren():
    lignes = ("Collectivité;Groupement", "CA Le Grand Chalon;247100589", "CA X;200071579")
    assert deviner("intercommunalites", *lignes)["Groupement"] == "siren"
    fausses = ("Collectivité;Groupement", "CA Le Grand Chalon;247100588", "CA X;200071570")
    assert deviner("intercommunalites", *fausses)["Groupement"] == ""


def test_a_known_word_over_values_of_another_kind_is_not_believed():
    assert (
        deviner("communes", "code;Nb habitants", "01004;Ambérieu", "01005;Ars")["Nb habitants"]
        == ""
    )


def test_two_columns_are_never_read_as_one():
    for nom, classe in resources().items():
        entetes = [*classe.entetes(), *(f"{e} 2" for e in classe.entetes()), *classe.entetes()]
        cibles = [c for c in deviner(nom, ";".join(entetes)).values() if c]
        assert len(cibles) == len(set(cibles)), nom


def test_titles_then_labels_then_codes_are_told_apart():
    tableau = resources()["communes"]().ouvrir(
        csv("Composition communale;;", "Au 01/01/2024;;", ";;", "Code;Libellé;EPCI - Métropole")
        + csv("CODGEO;LIBGEO;EPCI", "01004;Ambérieu-en-Bugey;240100883")
    )
    assert tableau.ligne_des_entetes == 5
    inconnus = csv("Tableau 4;;", "Zone;Effet;Année", "ZN_A;EF_B;AN_C", "1;2;3")
    assert resources()["regions"]().ouvrir(inconnus).ligne_des_entetes == 3


# --- The same bytes -------------------------------------------------------------------------------


def test_a_file_under_other_headers_does_the_same(monkeypatch):
    """Every kind of object: nothing to do where there was nothing to do, the same changes else."""
    tout()
    for nom, classe in resources().items():
        contenu = exporter(nom)
        entetes, _, lignes = contenu.partition(b"\n")
        autres = [f"Rubrique {rang}" for rang, _ in enumerate(entetes.split(b","))]
        choix = Choix(colonnes=dict(zip(map(str.lower, autres), classe.entetes(), strict=True)))
        mappe = ",".join(autres).encode() + b"\n" + lignes
        lu, attendu = classe().analyser(mappe, choix=choix), analyser(nom, contenu)
        assert lu.comptes() == attendu.comptes() and lu.inchangees, nom
        monkeypatch.setattr(classe, "visibles", lambda soi: soi.modele._default_manager.none())
        lu, attendu = classe().analyser(mappe, choix=choix), analyser(nom, contenu)
        assert lu.marque.hexdigest() == attendu.marque.hexdigest(), nom
        assert [(r.ligne, r.colonne) for r in lu.erreurs()] == [
            (r.ligne, r.colonne) for r in attendu.erreurs()
        ], nom


# --- The screen -----------------------------------------------------------------------------------


@VUES
def test_known_headers_lead_straight_to_the_preview_and_the_step_stays_reachable(
    client, delegation
):
    adresse = deposer(client, "code;nom", "84;Auvergne").url
    assert APERCU.search(adresse)
    lien = lire(client, adresse).find("a", string="Revoir les colonnes")["href"]
    assert etape(lire(client, lien))["colonne"] == ["code", "nom"]


@VUES
def test_one_unknown_column_is_asked_and_stops_nothing(client, delegation):
    adresse = deposer(client, "code;Intitulé officiel;Remarque", "84;Auvergne;vu").url
    page = lire(client, adresse)
    envoi = etape(page)
    assert envoi["colonne"] == ["code", "nom", ""]
    assert "vu" in page.find("tbody").text and "Auvergne" in page.find("tbody").text
    apercu = client.post(adresse, envoi | {"continuer": ""}).url
    marque = lire(client, apercu).find("input", {"name": "empreinte"})["value"]
    client.post(apercu, {"confirmer": "", "empreinte": marque})
    assert list(Region.objects.values_list("code", "nom")) == [("84", "Auvergne")]


@VUES
def test_what_is_missing_is_said_at_once(client, delegation):
    adresse = deposer(client, "truc;nom", "84;Auvergne").url
    page = lire(client, adresse)
    assert "Il manque code" in " ".join(page.select_one("[role=status]").text.split())
    refus = client.post(adresse, etape(page) | {"continuer": ""})
    assert "Sans elle aucune ligne" in refus.content.decode()
    envoi = etape(page) | {"colonne": ["code", "nom"], "continuer": ""}
    assert APERCU.search(client.post(adresse, envoi).url)


@VUES
def test_two_columns_read_as_one_are_told_and_nothing_is_lost(client, delegation):
    adresse = deposer(client, "a;b;c", "84;Auvergne;Autre").url
    envoi = etape(lire(client, adresse)) | {"colonne": ["code", "nom", "nom"], "continuer": ""}
    page = BeautifulSoup(
        client.post(adresse, envoi | {"nom_du_profil": "Le mien"}).content, "html.parser"
    )
    assert "Deux colonnes du fichier" in page.select_one("[role=alert]").text
    assert etape(page)["colonne"] == ["code", "nom", "nom"]
    assert page.find(id="nom_du_profil")["value"] == "Le mien"
    assert not Correspondance.objects.exists()


@VUES
def test_a_choice_is_remembered_for_the_same_headers_by_its_author_alone(client, delegation):
    adresse = deposer(client, "Titre du tableau;", "a;b", "84;Auvergne").url
    client.post(adresse, etape(lire(client, adresse)) | {"ligne": "2", "relire_entetes": ""})
    envoi = etape(lire(client, adresse)) | {"colonne": ["code", "nom"], "continuer": ""}
    client.post(adresse, envoi)
    apercu = deposer(client, "a;b", "11;Île-de-France").url
    assert APERCU.search(apercu)
    assert "comme vous l’aviez choisi" in lire(client, f"{apercu}?vue=remarques").text
    assert "colonnes" in deposer(client, "a;c", "11;Île-de-France").url
    client.force_login(factories.agent_delegation())
    assert "colonnes" in deposer(client, "a;b", "11;Île-de-France").url


@VUES
def test_a_named_profile_serves_everybody_and_its_own_kind(client, delegation):
    adresse = deposer(client, "a;b", "84;Auvergne").url
    envoi = etape(lire(client, adresse)) | {"colonne": ["code", "nom"], "continuer": ""}
    client.post(adresse, envoi | {"nom_du_profil": "DGCL périmètre", "partager": "on"})
    autre = Correspondance.objects.retenir(
        auteur=delegation, resource="communes", entetes="x", colonnes={"b": "code"}, nom="Autre"
    )
    client.force_login(factories.agent_delegation())
    adresse = deposer(client, "b;a", "Auvergne;84").url
    page = lire(client, adresse)
    (option,) = page.select("#profil option")
    assert option.text == "DGCL périmètre"
    refus = client.post(
        adresse, etape(page) | {"colonne": ["nom", ""], "profil": autre.pk, "appliquer": ""}
    )
    page = BeautifulSoup(refus.content, "html.parser")
    assert "n’a pas été appliqué" in page.text and etape(page)["colonne"] == ["nom", ""]
    client.post(adresse, etape(page) | {"profil": option["value"], "appliquer": ""})
    assert etape(lire(client, adresse))["colonne"] == ["nom", "code"]


@VUES
def test_a_profile_applied_to_a_file_that_changed_says_what_it_lacks(client, delegation):
    colonnes = {"zone": "code", "appellation": "nom", "note": ""}
    profil = Correspondance.objects.retenir(
        auteur=delegation, resource="regions", entetes="x", colonnes=colonnes, nom="D’hier"
    )
    adresse = deposer(client, "zone;intitulé 2026", "84;Auvergne").url
    envoi = etape(lire(client, adresse)) | {"profil": profil.pk, "appliquer": ""}
    page = BeautifulSoup(client.post(adresse, envoi, follow=True).content, "html.parser")
    dit = page.select_one(".messagelist .warning").text
    assert "«\u202fappellation\u202f»" in dit
    assert "note" not in dit and "zone" not in dit
    assert etape(page)["colonne"][0] == "code"
    adresse = deposer(client, "zone;appellation;x", "84;Auvergne;1").url
    envoi = etape(lire(client, adresse)) | {"profil": profil.pk, "appliquer": ""}
    page = BeautifulSoup(client.post(adresse, envoi, follow=True).content, "html.parser")
    assert etape(page)["colonne"] == ["code", "nom", ""]
    assert not page.select(".messagelist .warning")


@VUES
def test_a_profile_that_is_not_shared_is_its_authors_and_its_name_stays_taken(client, delegation):
    adresse = deposer(client, "a;b", "84;Auvergne").url
    envoi = etape(lire(client, adresse)) | {"colonne": ["code", "nom"], "continuer": ""}
    client.post(adresse, envoi | {"nom_du_profil": "Le mien"})
    assert lire(client, deposer(client, "c;d", "1;2").url).select_one("#profil option")
    client.force_login(factories.agent_delegation())
    adresse = deposer(client, "a;b", "84;Auvergne").url
    page = lire(client, adresse)
    assert page.select("#profil option") == []
    envoi = etape(page) | {"colonne": ["nom", "code"], "continuer": "", "nom_du_profil": "Le mien"}
    refus = BeautifulSoup(client.post(adresse, envoi).content, "html.parser")
    assert "déjà le nom d’un profil" in refus.select_one("[role=alert]").text
    assert refus.find(id="nom_du_profil")["value"] == "Le mien"
    assert not refus.find(id="partager").has_attr("checked")
    (profil,) = Correspondance.objects.exclude(nom="")
    assert (profil.auteur, profil.colonnes) == (delegation, {"a": "code", "b": "nom"})


@VUES
@pytest.mark.parametrize("ligne", ["19", "400", "-1", "deux", "", "9" * 30])
def test_a_header_row_beyond_the_end_is_said_and_nothing_is_lost(client, delegation, ligne):
    adresse = deposer(client, "a;b", "84;Auvergne").url
    envoi = etape(lire(client, adresse)) | {"colonne": ["code", ""], "ligne": ligne}
    reponse = client.post(adresse, envoi | {"relire_entetes": ""}, follow=True)
    page = BeautifulSoup(reponse.content, "html.parser")
    assert reponse.status_code == 200 and etape(page)["colonne"] == ["code", ""]
    assert ("au-delà de la fin" in page.text) == (ligne in ("19", "400"))


@VUES
def test_headers_that_changed_in_another_tab_are_told(client, delegation):
    adresse = deposer(client, "a;b", "c;d", "84;Auvergne").url
    ancien = etape(lire(client, adresse)) | {"colonne": ["code", "nom"], "continuer": ""}
    client.post(adresse, etape(lire(client, adresse)) | {"ligne": "2", "relire_entetes": ""})
    page = BeautifulSoup(client.post(adresse, ancien).content, "html.parser")
    assert "ont changé" in page.select_one("[role=alert]").text
    assert [th.text.strip() for th in page.select("tbody th")] == ["c", "d"]


@VUES
def test_nobody_else_sees_the_columns_of_a_file(client, delegation):
    adresse = deposer(client, "a;b", "84;Auvergne").url
    client.force_login(factories.agent_delegation())
    assert client.get(adresse).status_code == 404
    client.force_login(factories.agent_region())
    assert client.get(adresse).status_code == 403
    assert Import.objects.get().etat == "apercu"


# --- Only what is read is judged ------------------------------------------------------------------


def test_equal_headers_that_nobody_reads_hide_nothing():
    territoire = factories.territoire_publie()
    axe = factories.AxeFactory()
    rapport = analyser(
        "fiches",
        csv(
            "reference;titre;territoire;axe;Montant € HT;Montant € HT",
            f";Essai;{territoire.identifiant};inconnu;1;2",
            f";Essai;{territoire.identifiant};{axe.code};1;2",
        ),
    )
    (message,) = messages(rapport)
    assert "colonne «\u202faxe\u202f»" in message and rapport.creees == 1
    assert not FicheAction.objects.exists()


@pytest.mark.parametrize("nom", sorted(resources()))
def test_a_file_of_which_nothing_is_of_the_table_is_refused_in_words(nom):
    """Also where no column is required, since the base numbers the rows itself."""
    seules = [e for c in resources()[nom]().colonnes for e in c.entetes]
    lues = [e for e in seules if e in resources()[nom]._meta.lecture_seule]
    for entetes in (["rien", "de", "connu"], lues):
        if entetes:
            choix = Choix(colonnes={"rien": "", "de": "", "connu": ""})
            with pytest.raises(FichierRefuse):
                resources()[nom]().analyser(csv(";".join(entetes), ";".join("abc")), choix=choix)
