"""Open data: every public file, in every dialect, with its schema, and only once when unchanged."""

import csv
import io
import json

import pytest
from django.urls import reverse
from frictionless import Resource, Schema, system

from config.donnees_ouvertes import JEUX, PETIT
from echanges.dialectes import FORMATS_OUVERTS as FORMATS
from echanges.registre import resources
from tests import factories
from tests.echanges.test_aller_retour import un_de_chaque

pytestmark = pytest.mark.django_db
# By file, the columns that agents alone read.
INTERNES = {
    # What they are about may not be public yet: the page shows what is.
    "actualites": {"territoires", "fiches", "conventions", "assemblees"},
    "liens_choisis": {"retire"},
    "avis": {"demande", "modification", "modification_transmise_le", "motif", "rendu_le"}
    | {"rendu_par"},
    "editions": {"publiee_par"},
    "filiations": {"confirmee_par", "refusee_par", "refusee_le"},
    "mesures": {"commentaire", "auteur"},
    "passages": {"avant", "motif", "auteur"},
    "seances": {"commune_avec", "ordre_du_jour", "compte_rendu"}
    | {"compose_le", "close_le", "close_par"},
    "annonces": {"ensemble"},  # of people who may be known from a draft alone
    "assemblees": {"conventions", "edition"},
    "bonnes_pratiques": {"fiche", "fiches_liees", "publiee_par"},
    "financements": {"convention", "engagement"},  # of a convention that may not be public
    "mouvements": {
        *("reference", "auteur", "saisi_le"),
        *("annule_le", "annule_par", "motif_annulation"),
    },
    "mandats": {"courriel", "telephone", "note"},
    "reports_etapes": {"motif", "auteur"},
    "nouvelles": {"publique", "auteur"},
    "obstacles_nationaux": {"publiee_par"},
    "bilans": {"auteur", "saisi_le"},
    "modifications": {
        *("motif", "etat", "created_at", "created_by"),
        *("propose", "avant", "version_ecrite"),
    },
    "fiches": {
        *("contact_nom", "contact_courriel", "contact_telephone"),
        *("partagee_le", "saisie_par"),  # of when it was a draft
    },
}


def fichier(client, nom, format_="machine", **entetes):
    return client.get(reverse("donnees-csv", args=[nom, format_]), headers=entetes)


def test_every_public_file_is_what_its_public_schema_says(client, tmp_path):
    un_de_chaque()
    for nom in JEUX:
        descripteur = json.loads(client.get(reverse("donnees-schema", args=[nom])).content)
        chemin = tmp_path / f"{nom}.csv"
        chemin.write_bytes(fichier(client, nom).getvalue())
        with system.use_context(trusted=True):
            rapport = Resource(
                path=str(chemin), schema=Schema.from_descriptor(descripteur)
            ).validate()
        assert rapport.valid, (nom, rapport.flatten(["rowNumber", "fieldName", "note"]))


@pytest.mark.parametrize("nom", JEUX)
def test_a_file_lists_columns_that_exist_and_keeps_inside_only_those_named_here(nom):
    """A new column of a resource fails here until it is listed, or said to stay inside."""
    entetes, colonnes = resources()[nom].entetes(), list(JEUX[nom].colonnes)
    internes = INTERNES.get(nom, set())
    assert colonnes == [entete for entete in entetes if entete not in internes]
    assert internes <= set(entetes)


def test_no_internal_column_is_public_nor_described(client):
    for nom in JEUX:
        colonnes = list(JEUX[nom].colonnes)
        page = client.get(reverse("donnees-jeu", args=[nom]))
        assert [d.nom for d in page.context["descriptions"]] == colonnes
        schema = client.get(reverse("donnees-schema", args=[nom])).json()
        assert [champ["name"] for champ in schema["fields"]] == colonnes
        entete = fichier(client, nom).getvalue().decode().splitlines()[0]
        assert entete.split(",") == colonnes


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_did_not_change_is_not_sent_again(client, format_):
    factories.territoire_publie()
    reponse = fichier(client, "territoires", format_)
    assert reponse.getvalue()
    assert reponse["Content-Disposition"].startswith('attachment; filename="territoires.')
    marque = {"if-none-match": reponse["ETag"]}
    assert fichier(client, "territoires", format_, **marque).status_code == 304
    factories.territoire_publie()
    assert fichier(client, "territoires", format_, **marque).status_code == 200


def test_a_long_file_is_streamed(client, monkeypatch):
    assert PETIT > 1
    monkeypatch.setattr("config.donnees_ouvertes.PETIT", 1)
    for _ in range(2):
        factories.territoire_publie()
    assert fichier(client, "territoires").streaming


def test_json_lines_say_the_same_with_their_own_types(client):
    un_de_chaque()
    for nom in JEUX:
        lignes = [
            json.loads(ligne)
            for ligne in fichier(client, nom, "jsonl").getvalue().split(b"\n")[:-1]
        ]
        texte = fichier(client, nom).getvalue().decode()
        attendues = list(csv.DictReader(io.StringIO(texte, newline="")))
        assert [list(ligne) for ligne in lignes] == [list(JEUX[nom].colonnes) for _ in attendues]
        schema = client.get(reverse("donnees-schema", args=[nom])).json()
        genres = {champ["name"]: champ["type"] for champ in schema["fields"]}
        for ligne, attendue in zip(lignes, attendues, strict=True):
            for colonne, valeur in ligne.items():
                if genres[colonne] in ("integer", "number", "boolean"):
                    assert not isinstance(valeur, str), (nom, colonne)
                elif isinstance(valeur, list):
                    assert " ".join(valeur) == attendue[colonne], (nom, colonne)
                elif genres[colonne] == "date":
                    assert (valeur or "") == attendue[colonne], (nom, colonne)


def test_json_lines_leave_texts_as_they_were_typed(client):
    factories.territoire_publie(nom="=1+1 « é »\\")
    (ligne,) = map(json.loads, fichier(client, "territoires", "jsonl").getvalue().splitlines())
    assert ligne["nom"] == "=1+1 « é »\\"
    assert fichier(client, "territoires").getvalue().count(b"'=1+1") == 1


@pytest.mark.parametrize("nom", ["donnees-jeu", "donnees-schema"])
def test_what_is_not_open_data_has_no_page(client, nom):
    assert client.get(reverse(nom, args=["agents"])).status_code == 404


def test_the_page_links_every_file(client):
    page = client.get(reverse("donnees")).content.decode()
    for nom in JEUX:
        assert f'href="{reverse("donnees-jeu", args=[nom])}"' in page
        for format_ in FORMATS:
            assert f'href="{reverse("donnees-csv", args=[nom, format_])}"' in page


def test_the_page_of_a_file_says_how_many_rows_it_has_now(client):
    for n in range(1, 3):
        factories.territoire_publie()
        page = client.get(reverse("donnees-jeu", args=["territoires"])).content.decode()
        assert f"{n} ligne{'s' if n > 1 else ''} au " in page


def test_it_counts_the_members_of_the_edition_in_force_alone(client):
    perimetre = factories.territoire_publie().perimetre_courant
    edition = perimetre.edition
    factories.MembrePerimetreFactory(perimetre=perimetre)
    factories.MembrePerimetreFactory(perimetre__edition__publiee_le=None)
    page = client.get(reverse("donnees-jeu", args=["perimetres"]))
    lignes = fichier(client, "perimetres").getvalue().decode().splitlines()
    assert page.context["nombre"] == len(lignes) - 1 == edition.perimetres.count() + 1
