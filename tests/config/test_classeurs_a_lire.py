"""Workbooks for people: names, régions, totals, one sheet a subject, and only what may be read."""

import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from odf.opendocument import load as ouvrir_ods
from odf.table import DatabaseRange, Table, TableCell, TableRow

from config.api.filtres import DES_PAGES
from config.donnees.views import LISTES
from config.jeux_de_donnees import JEUX
from echanges.exports.lecture import Sujet, ecrire
from echanges.exports.views import CLASSEURS_A_LIRE
from echanges.registre import resources
from programme.fiches.models import FicheAction
from programme.pilotage.views import DesAgents
from territoires.liste_publique import ListePublique
from tests import factories as f
from tests.config.test_rien_de_plus import CHAMP, MOT, champ_de_plus, tout_ce_qui_est_public
from tests.echanges.imports.outils import une_fiche_decidee
from tests.echanges.test_aller_retour import tout
from tests.monde import une_fois
from tests.programme.fiches.sorties import en_texte

pytestmark = pytest.mark.django_db
NOS_APPS = {"territoires", "programme", "evenements"}
__all__ = ["champ_de_plus"]
un_peu_de_tout = une_fois(tout)


def ouvrir(reponse):
    assert reponse.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(reponse.getvalue()))


def public(client, nom="fiches", **parametres):
    return ouvrir(client.get(reverse("donnees-classeur", args=[nom, "xlsx"]), parametres))


def de_l_admin(client, modele="programme_ficheaction", **parametres):
    return ouvrir(client.get(reverse(f"admin:{modele}_classeur", args=["xlsx"]), parametres))


def lignes(feuille):
    entetes, *autres = [[cellule.value for cellule in ligne] for ligne in feuille.iter_rows()]
    return [dict(zip(entetes, ligne, strict=True)) for ligne in autres]


def une_fiche(territoire=None, **champs):
    fiche = une_fiche_decidee()
    FicheAction.objects.filter(pk=fiche.pk).update(**champs)
    return FicheAction.objects.get(pk=fiche.pk)


def test_a_public_list_leaves_with_names_dates_numbers_and_totals(client):
    fiche = une_fiche(cout_total=Decimal("1000.50"), date_debut=datetime.date(2024, 3, 1))
    une_fiche(cout_total=Decimal("500"))
    f.FinancementFactory(fiche=fiche, financeur="Région", montant=200, statut="acquis")
    f.EtapeFactory(fiche=fiche, intitule="Ouvrir")
    f.MesureFactory(indicateur=f.IndicateurFactory(fiche=fiche, libelle="Emplois"), valeur=12)
    classeur = public(client)
    assert classeur.sheetnames[0] == "Fiches actions"
    assert {"Plan de financement", "Étapes", "Mesures", "Indicateurs"} <= set(classeur.sheetnames)
    une, autre, total = lignes(classeur["Fiches actions"])
    une = next(x for x in (une, autre) if x["Titre"] == fiche.titre and x["Coût total"] == 1000.5)
    assert une["Territoire"] == fiche.territoire.nom
    assert une["Régions"] == fiche.territoire.regions[0].nom
    assert une["État"] == "engagée"
    assert une["Date de début"] == datetime.datetime(2024, 3, 1)
    assert total["Coût total"] == "=SUBTOTAL(109,{0}2:{0}3)".format(
        next(c.column_letter for c in classeur["Fiches actions"][1] if c.value == "Coût total")
    )
    financements = lignes(classeur["Plan de financement"])
    (financement,) = [x for x in financements if x["Financeur"] == "Région"]
    assert financement["Montant"] == 200
    assert financement["Territoire"] == fiche.territoire.nom
    assert fiche.reference in financement.values()
    for feuille in classeur:
        assert feuille.freeze_panes == "A2"
        assert feuille.auto_filter.ref.startswith("A1:")
    # Totals are not among what is filtered.
    assert classeur["Fiches actions"].auto_filter.ref.endswith("3")


def test_it_is_the_list_as_filtered_and_what_hangs_on_its_rows(client):
    ici, ailleurs = une_fiche(), une_fiche()
    for fiche in (ici, ailleurs):
        f.EtapeFactory(fiche=fiche, intitule=f"Étape de {fiche.reference}")
    classeur = public(client, territoire=ici.territoire.identifiant)
    assert [x["Référence"] for x in lignes(classeur["Fiches actions"])[:-1]] == [ici.reference]
    etapes = [x["Étape"] for x in lignes(classeur["Étapes"])]
    assert f"Étape de {ailleurs.reference}" not in etapes
    assert f"Étape de {ici.reference}" in etapes
    page = client.get(reverse("fiches"), {"territoire": ici.territoire.identifiant})
    lien = reverse("donnees-classeur", args=["fiches", "xlsx"])
    assert f'href="{lien}?territoire={ici.territoire.identifiant}"' in page.content.decode()


@pytest.mark.parametrize("nom", DES_PAGES)
def test_every_public_list_offers_it(nom, un_peu_de_tout, client):
    adresse = reverse("donnees-classeur", args=[nom, "ods"])
    assert client.get(adresse).status_code == 200
    noms = {"bonnes_pratiques": "bonnes-pratiques", "obstacles_nationaux": "registre-obstacles"}
    page = client.get(reverse(noms.get(nom, nom)))
    if page.context["page_obj"].object_list:
        assert f'href="{adresse}"' in page.content.decode()


def des_listes(classe=ListePublique):
    for fille in classe.__subclasses__():
        yield fille
        yield from des_listes(fille)


def test_no_public_list_is_without_its_workbook():
    reverse("fiches")  # the addresses, read, have loaded every view
    vues = {vue for vue in des_listes() if vue.__module__.split(".")[0] in NOS_APPS}
    listes = {vue for vue in vues if not issubclass(vue, DesAgents)}
    assert len(listes) > 8
    assert {vue for vue in listes if vue.jeu not in {*JEUX, *LISTES}} == set()


def test_the_money_that_conventions_raise_leaves_as_its_list_is_filtered(client):
    convention = f.ConventionFactory()
    fiche = une_fiche()
    autre = f.PartenaireFactory(nom="Sans convention")
    for partenaire, montant in ((convention.partenaire, 200), (autre, 300)):
        f.FinancementFactory(
            fiche=fiche,
            partenaire=partenaire,
            financeur=partenaire.nom,
            montant=montant,
            statut="acquis",
        )
    page = client.get(reverse("financements-mobilises"))
    adresse = reverse("donnees-classeur", args=["financements-mobilises", "xlsx"])
    assert f'href="{adresse}"' in page.content.decode()
    (feuille, *_) = ouvrir(client.get(adresse))
    assert [x["Montant"] for x in lignes(feuille)[:-1]] == [200]
    vide = ouvrir(client.get(adresse, {"partenaire": autre.identifiant}))
    assert 300 not in [x["Montant"] for x in lignes(vide.worksheets[0])]


def test_every_table_becomes_sheets_in_both_formats(un_peu_de_tout, client):
    for nom in JEUX:
        for format_ in CLASSEURS_A_LIRE:
            reponse = client.get(reverse("donnees-classeur", args=[nom, format_]))
            assert reponse.status_code == 200
            assert reponse.getvalue()[:2] == b"PK", nom
    for nom, classe in resources().items():
        sujet = Sujet(classe(), classe._meta.model._default_manager.all())
        assert b"".join(ecrire([sujet], CLASSEURS_A_LIRE["xlsx"])), nom
        titres = [colonne.titre for colonne in sujet.colonnes]
        assert len(titres) == len(set(titres)) >= 2, nom


def test_an_agent_takes_away_what_it_may_read_and_no_more(client):
    ici, ailleurs = f.territoire_publie("27"), f.territoire_publie("75")
    sienne = f.fiche_complete(ici, titre="À nous", contact_nom="Camille")
    f.EtapeFactory(fiche=f.fiche_complete(ailleurs, titre="À eux"), intitule="Leur étape")
    client.force_login(f.agents_de(ici)[0])
    classeur = de_l_admin(client)
    (ligne, _) = lignes(classeur["Fiches actions"])
    assert (ligne["Référence"], ligne["Titre"]) == (sienne.reference, "À nous")
    assert "Camille" in ligne.values()
    etapes = lignes(classeur["Étapes"])
    assert "Leur étape" not in [x["Étape"] for x in etapes]
    client.force_login(f.AgentFactory())
    adresse = reverse("admin:programme_ficheaction_classeur", args=["xlsx"])
    assert client.get(adresse).status_code in (302, 403)


def test_the_list_of_the_admin_leaves_as_filtered(client):
    une, autre = f.fiche_complete(f.territoire_publie()), f.fiche_complete(f.territoire_publie())
    client.force_login(f.agent_delegation())
    classeur = de_l_admin(client, q=une.titre, _cles=f"{une.pk}")
    assert [x["Référence"] for x in lignes(classeur["Fiches actions"])[:-1]] == [une.reference]
    assert autre.reference not in str([lignes(feuille) for feuille in classeur])
    page = client.get(reverse("admin:programme_ficheaction_exporter")).content.decode()
    assert reverse("admin:programme_ficheaction_classeur", args=["ods"]) in page


def test_texts_are_as_they_were_typed_and_no_formula(client):
    texte = "- un tiret\n=1+1"
    une_fiche(titre="=1+1", contexte=texte)
    feuille = public(client)["Fiches actions"]
    cellules = {cellule.value: cellule.data_type for cellule in feuille[2]}
    assert cellules[texte] == "s"
    assert cellules["=1+1"] == "s"


def test_a_moment_is_a_date_with_its_hour_to_the_second():
    le = timezone.make_aware(datetime.datetime(2026, 3, 4, 15, 16, 17, 999))
    f.EditionCarteFactory(publiee_le=le)
    classe = resources()["editions"]
    sujet = Sujet(classe(), classe._meta.model._default_manager.all())
    octets = b"".join(ecrire([sujet], CLASSEURS_A_LIRE["xlsx"]))
    (ligne,) = lignes(openpyxl.load_workbook(io.BytesIO(octets)).active)
    assert ligne["Publiée le"] == datetime.datetime(2026, 3, 4, 15, 16, 17)


def test_libreoffice_finds_the_filters_the_frozen_headers_and_the_totals(client):
    une_fiche(cout_total=Decimal("1000.50"))
    reponse = client.get(reverse("donnees-classeur", args=["fiches", "ods"]))
    octets = reponse.getvalue()
    classeur = ouvrir_ods(io.BytesIO(octets))
    tables = classeur.spreadsheet.getElementsByType(Table)
    plages = classeur.spreadsheet.getElementsByType(DatabaseRange)
    assert len(plages) == len(tables)
    assert {plage.getAttribute("displayfilterbuttons") for plage in plages} == {"true"}
    dernieres = tables[0].getElementsByType(TableRow)[-1].getElementsByType(TableCell)
    formules = [c.getAttribute("formula") for c in dernieres if c.getAttribute("formula")]
    assert len(formules) == 1
    assert formules[0].startswith("of:=SUBTOTAL(109;")
    archive = zipfile.ZipFile(io.BytesIO(octets))
    assert b'"VerticalSplitPosition" config:type="int">1<' in archive.read("settings.xml")


@pytest.mark.parametrize("nombre", [1, 3])
def test_the_number_of_queries_does_not_grow(nombre, client, django_assert_num_queries):
    for _ in range(nombre):
        une_fiche()
    with django_assert_num_queries(20):
        public(client)


def test_a_field_that_nobody_listed_is_not_in_it(champ_de_plus, client):
    tout_ce_qui_est_public()
    for nom in JEUX:
        for format_ in CLASSEURS_A_LIRE:
            texte = en_texte(client.get(reverse("donnees-classeur", args=[nom, format_])))
            assert not MOT.search(texte), (nom, format_)
            assert CHAMP not in texte
