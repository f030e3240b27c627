"""Files in the style of those that administrations publish; every name and figure is invented.

Each is (objects, bytes, {header of the file: the column of ours that it is, "" for none}); None in
place of the last when nothing can be read of it before its author mended it.
"""

import io
from datetime import date

from openpyxl import Workbook


def texte(*lignes, encodage="utf-8", fin="\r\n"):
    return fin.join([*lignes, ""]).encode(encodage)


def classeur(*feuilles, apres=None):
    """XLSX of these (title, rows); `apres` changes the workbook before it is saved."""
    livre = Workbook()
    livre.remove(livre.active)
    for titre, lignes in feuilles:
        feuille = livre.create_sheet(titre)
        for ligne in lignes:
            feuille.append(ligne)
    if apres:
        apres(livre)
    sortie = io.BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


COMMUNES = [["01004", "Ambérieu-en-Bugey", "01"], ["01138", "Culoz-Béon", "01"]]
EPCI = [["247100589", "CA Le Grand Chalon", "71"], ["200071579", "CC d’Essai", "71"]]
ACTION = "Former des soudeurs (exemple inventé)"


def _masquer(livre):
    feuille = livre.active
    feuille.row_dimensions[3].hidden = True
    feuille.column_dimensions["C"].hidden = True


def _fusionner_le_titre(livre):
    livre.active.merge_cells("A1:C1")


def _fusionner_les_lignes(livre):
    livre.active.merge_cells("A3:A4")


TITRES = ["Composition communale des EPCI", "Mise en ligne le 01/01/2026", "Source : DGCL"]
CODES = {"CODGEO": "code", "LIBGEO": "nom", "DEP": "departement"}

STYLES = {
    "titles, labels, then codes (INSEE)": (
        "communes",
        classeur(
            (
                "COM",
                [
                    *([titre] for titre in TITRES),
                    [],
                    ["Code géographique", "Libellé géographique", "Département"],
                    ["CODGEO", "LIBGEO", "DEP"],
                    *COMMUNES,
                ],
            )
        ),
        CODES,
    ),
    "a title merged over the table": (
        "communes",
        classeur(
            ("COM", [[TITRES[0]], ["CODGEO", "LIBGEO", "DEP"], *COMMUNES]),
            apres=_fusionner_le_titre,
        ),
        CODES,
    ),
    "cells merged in the table": (
        "communes",
        classeur(
            ("COM", [[TITRES[0]], ["CODGEO", "LIBGEO", "DEP"], *COMMUNES]),
            apres=_fusionner_les_lignes,
        ),
        None,
    ),
    "rows and columns hidden": (
        "communes",
        classeur(
            ("COM", [["CODGEO", "LIBGEO", "DEP"], *COMMUNES, ["01005", "Ars", "01"]]),
            apres=_masquer,
        ),
        CODES,
    ),
    "a hundred sheets": (
        "communes",
        classeur(
            *((f"Onglet {rang}", [["Notice"], ["Lisez-moi"]]) for rang in range(99)),
            ("COM", [["CODGEO", "LIBGEO", "DEP"], *COMMUNES]),
        ),
        CODES,
    ),
    "two rows of headers, both of words (région)": (
        "communes",
        texte(
            "Commune;;Rattachement;",
            "Code Insee;Nom;Département;Observations",
            *(f"{';'.join(ligne)};RAS" for ligne in COMMUNES),
        ),
        {"Code Insee": "code", "Nom": "nom", "Département": "departement"},
    ),
    "postcodes (La Poste)": (
        "communes",
        texte(
            "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5",
            "01004;AMBERIEU EN BUGEY;01500;AMBERIEU EN BUGEY;",
            "01138;CULOZ BEON;01350;CULOZ BEON;BEON",
        ),
        {
            "#Code_commune_INSEE": "code",
            "Nom_de_la_commune": "nom",
            "Code_postal": "codes_postaux",
        },
    ),
    "SIREN as numbers with a point": (
        "intercommunalites",
        classeur(
            (
                "Perimetre",
                [
                    ["N° SIREN", "Nom du groupement", "Nature juridique", "Population totale"],
                    *([float(siren), nom, "CA", 115156.0] for siren, nom, _ in EPCI),
                ],
            )
        ),
        {"N° SIREN": "siren", "Nature juridique": "nature", "Population totale": "population"},
    ),
    "SIREN written by a program as 247100589.0": (
        "intercommunalites",
        texte("siren,nom,dep", *(f"{siren}.0,{nom},{dep}" for siren, nom, dep in EPCI)),
        {"siren": "siren", "nom": "nom", "dep": "departement"},
    ),
    "a total at the end": (
        "intercommunalites",
        texte(
            "Siren;Raison sociale;Population municipale",
            *(f"{siren};{nom};12 000" for siren, nom, _ in EPCI),
            "Total;;24 000",
        ),
        {"Siren": "siren", "Raison sociale": "nom", "Population municipale": "population"},
    ),
    "« NA » and « ZZZZZZZZZ »": (
        "communes",
        texte("CODGEO;LIBGEO;EPCI", "01004;Ambérieu-en-Bugey;ZZZZZZZZZ", "01138;Culoz-Béon;NA"),
        {"CODGEO": "code", "LIBGEO": "nom", "EPCI": "intercommunalite"},
    ),
    "lost zeros": (
        "communes",
        texte("INSEE_COM\tNOM_COM\tINSEE_DEP", "1004\tAmbérieu-en-Bugey\t1"),
        {"INSEE_COM": "code", "NOM_COM": "nom", "INSEE_DEP": "departement"},
    ),
    "a commune that is no more": (
        "communes",
        texte("code|nom|departement", "01039|Béon|01", "01004|Ambérieu-en-Bugey|01"),
        {"code": "code", "nom": "nom", "departement": "departement"},
    ),
    "cp1252 (département)": (
        "communes",
        texte("Code Insee;Libellé;Année", "01004;Ambérieu-en-Bugey;2024", encodage="cp1252"),
        {"Code Insee": "code", "Libellé": "nom"},
    ),
    "UTF-8 with one damaged line": (
        "communes",
        texte("Code Insee;Libellé", *(f"0{n};Été" for n in range(1001, 1012)))
        + "01138;Culoz-Béon\r\n".encode("cp1252"),
        None,
    ),
    "encoded twice": (
        "intervenants",
        texte("Identifiant;Prénom;Nom", "x-1;FranÃ§ois;LefÃ¨vre", "x-2;ZoÃ©;Petit"),
        {"Identifiant": "identifiant", "Prénom": "prenom", "Nom": "nom"},
    ),
    "a BOM in the middle": (
        "communes",
        "\ufeffcode;nom\r\n".encode() + "\ufeff01004;Ambérieu-en-Bugey\r\n".encode(),
        {"code": "code", "nom": "nom"},
    ),
    "quotes that do not close": (
        "communes",
        texte("code;nom", '01004;"Ambérieu', "01138;Culoz-Béon"),
        None,
    ),
    "empty": ("communes", b"", None),
    "a space and line ends": ("communes", b" \r\n\r\n", None),
    "headers alone": ("communes", texte("CODGEO;LIBGEO;DEP"), CODES),
    "sixteen thousand columns": (
        "communes",
        texte(";".join(["CODGEO", "LIBGEO", *(f"P{rang}_POP" for rang in range(16_000))])),
        None,
    ),
    "grants with the names of partenaires (ASP)": (
        "financements",
        texte(
            "nomAttribuant;idAttribuant;dateConvention;nomBeneficiaire;objet;montant;nature",
            f"Banque des Territoires;18002002600019;2024-03-01;CC X;{ACTION};12 000,50 €;aide",
        ),
        {"nomAttribuant": "financeur", "montant": "montant", "idAttribuant": "", "nature": ""},
    ),
    "a plan with a row a funder (plan d’actions)": (
        "financements",
        classeur(
            (
                "Plan d’actions",
                [
                    ["Plan d’actions 2024-2027 (exemple inventé)"],
                    [],
                    ["Action", "Pilote", "Co-financeur", "Montant attribué", "Acquis ou sollicité"],
                    [ACTION, "M. X", "Ville d’essai", 1500, "acquis"],
                    [ACTION, "M. X", "Département d’essai", 2500.5, "demandé"],
                    ["TOTAL", None, None, 4000.5, None],
                ],
            )
        ),
        {"Co-financeur": "financeur", "Montant attribué": "montant"},
    ),
    "action sheets of a workbook, dates as text and as dates": (
        "fiches",
        classeur(
            (
                "Fiches",
                [
                    ["N°", "Intitulé de l’action", "Territoire", "Axe", "Début", "Fin"],
                    [1, ACTION, "agenais", "competences", "12 mars 2024", date(2026, 12, 31)],
                    [2, "Autre", "agenais", "competences", "03/2024", "fin 2026"],
                ],
            )
        ),
        # « N° » only counts the rows: as a reference, it would name a fiche that is not there.
        {
            "N°": "",
            "Intitulé de l’action": "titre",
            "Territoire": "territoire",
            "Début": "date_debut",
        },
    ),
    "percentages and people with a comma": (
        "indicateurs",
        texte(
            "fiche;libelle;unite;cible;valeur",
            "FA-1;Taux d’emploi;%;45 %;12,5 %",
            "FA-1;Personnes formées;personnes;28.0;3,0",
        ),
        {"fiche": "fiche", "libelle": "libelle", "cible": "cible", "valeur": "valeur"},
    ),
    "the national list, a row a commune (ANCT)": (
        "perimetres",
        texte(
            "insee_com,lib_com,id_ti,lib_ti",
            "01004,Ambérieu-en-Bugey,ti-8401,Plaine de l’Ain",
        ),
        {},
    ),
    "contracts with a year alone (région)": (
        "contrats",
        texte(
            "Référence;Territoire;Type;Année de signature;Nombre de fiches",
            "contrat-essai;agenais;contrat;2019;29.0",
        ),
        {"Référence": "reference", "Territoire": "territoire", "Type": "type"},
    ),
    "headers that are sentences": (
        "fiches",
        texte(
            "Quel est l’intitulé de votre action ?;Combien coûte-t-elle (en € HT) ?;Commentaires",
            f"{ACTION};12 k€;à revoir",
        ),
        {},
    ),
    "no header at all": ("communes", texte("01004;Ambérieu-en-Bugey;01"), {}),
}
