"""The official geography of a year beside the database: told, then written as approved."""

import csv
import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command

from territoires.editions.models import EditionCarte
from territoires.geographie.models import Commune, Intercommunalite
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def pays():
    """A territoire on the map whose intercommunalité has one commune; another one beside it."""
    territoire = f.territoire_publie()
    ici = territoire.perimetre_courant.membres.get().intercommunalite
    bourg = ici.communes_epci.get()
    voisine = f.CommuneFactory(departement=bourg.departement).intercommunalite
    return {"ici": ici, "voisine": voisine, "bourg": bourg}


def fichiers(tmp_path, groupements, communes=None):
    """A millésime: {siren: (name, [INSEE codes])}; names of communes as they are now."""
    connues = communes or {c.code: c.nom for c in Commune.objects.all()}
    departement = Commune.objects.first().departement
    tables = {
        "communes": [
            {
                "code": code,
                "nom": nom,
                "type": "commune-actuelle",
                "departement": departement.code,
                "region": departement.region_id,
                "population": 100,
            }
            for code, nom in connues.items()
        ],
        "epci": [
            {"code": s, "nom": nom, "type": "CC", "membres": [{"code": c} for c in codes]}
            for s, (nom, codes) in groupements.items()
        ],
        "ept": [],
    }
    for nom, lignes in tables.items():
        (tmp_path / f"{nom}.json").write_text(json.dumps(lignes), "utf-8")
    return tmp_path


def actuels():
    return {
        i.siren: (i.nom, list(i.communes_epci.values_list("pk", flat=True)))
        for i in Intercommunalite.objects.existantes()
    }


def lancer(source, *options):
    sortie = io.StringIO()
    code = 0
    try:
        call_command("verifier_geographie", str(source), *options, stdout=sortie, verbosity=0)
    except SystemExit as fin:
        code = fin.code
    return code, sortie.getvalue()


def approuver(rapport, sauf=()):
    with rapport.open(encoding="utf-8-sig", newline="") as fichier:
        lignes = list(csv.reader(fichier, delimiter=";"))
    for ligne in lignes[1:]:
        ligne[0] = "non" if ligne[1] in sauf else "oui"
    with rapport.open("w", encoding="utf-8", newline="") as fichier:
        csv.writer(fichier, delimiter=";").writerows(lignes)


def fusion(pays, tmp_path):
    """« ici » joins its neighbour, which takes another name."""
    tous = actuels()
    codes = tous.pop(pays["ici"].siren)[1]
    siren = pays["voisine"].siren
    tous[siren] = ("CC Réunie", tous[siren][1] + codes)
    return fichiers(tmp_path, tous)


def test_nothing_to_say_when_nothing_changed(pays, tmp_path):
    assert lancer(fichiers(tmp_path, actuels())) == (
        0,
        "Aucun écart\u202f: la base est à jour.\n",
    )


def test_a_merger_is_told_and_nothing_is_written(pays, tmp_path):
    rapport = tmp_path / "rapport.csv"
    code, texte = lancer(fusion(pays, tmp_path), "--rapport", str(rapport))
    assert code == 3
    for titre in ("renommée", "fusionnée", "commune qui change"):
        assert titre in texte.lower(), titre
    assert not Intercommunalite.objects.exclude(dissoute_le=None).exists()
    assert rapport.exists()


def test_what_is_approved_is_written_with_a_draft_edition(pays, tmp_path):
    rapport, source = tmp_path / "rapport.csv", fusion(pays, tmp_path)
    lancer(source, "--rapport", str(rapport))
    approuver(rapport, sauf=["renommee"])
    code, texte = lancer(
        source, "--appliquer", str(rapport), "--au", "2027-01-01", "--edition", "2027-01"
    )
    assert code == 0
    pays["ici"].refresh_from_db()
    assert pays["ici"].dissoute_le == datetime.date(2027, 1, 1)
    assert list(pays["ici"].successeurs.all()) == [pays["voisine"]]
    brouillon = EditionCarte.objects.get(code="2027-01")
    assert [str(m) for m in brouillon.membres.all()] == [str(pays["voisine"])]
    assert brouillon.publiee_le is None
    publiee = EditionCarte.objects.en_vigueur()
    assert [m.intercommunalite for m in publiee.membres.all()] == [pays["ici"]]
    code, texte = lancer(source)
    assert (code, "renommée" in texte, "fusionnée" in texte) == (3, True, False)


def test_half_of_a_merger_is_refused_and_nothing_is_written(pays, tmp_path):
    rapport, source = tmp_path / "rapport.csv", fusion(pays, tmp_path)
    lancer(source, "--rapport", str(rapport))
    approuver(rapport, sauf=["commune-deplacee"])
    with pytest.raises(CommandError, match="tient encore des communes"):
        lancer(source, "--appliquer", str(rapport))
    assert not Intercommunalite.objects.filter(nom="CC Réunie").exists()


def test_a_new_intercommunalite_takes_its_communes(pays, tmp_path):
    tous = actuels()
    siren = f.siren(777)
    tous[siren] = ("CC Neuve", [*tous[pays["ici"].siren][1], "27999"])
    tous[pays["ici"].siren] = (pays["ici"].nom, [])
    communes = {c.code: c.nom for c in Commune.objects.all()} | {"27999": "Bourg-Neuf"}
    source, rapport = fichiers(tmp_path, tous, communes), tmp_path / "rapport.csv"
    lancer(source, "--rapport", str(rapport))
    approuver(rapport)
    assert lancer(source, "--appliquer", str(rapport))[0] == 0
    neuve = Intercommunalite.objects.get(pk=siren)
    assert {c.nom for c in neuve.communes_epci.all()} == {pays["bourg"].nom, "Bourg-Neuf"}
    assert lancer(source)[0] == 0


@pytest.mark.parametrize("contenu", [None, "", "pas du json", "[]", '[{"code": "1"}]'])
def test_a_bad_source_is_told_and_changes_nothing(contenu, pays, tmp_path):
    if contenu is not None:
        for nom in ("communes", "epci", "ept"):
            (tmp_path / f"{nom}.json").write_text(contenu, "utf-8")
    with pytest.raises(CommandError):
        lancer(tmp_path)


@pytest.mark.parametrize(
    "contenu", ["", "bonjour", "approuve;nature;code;nom;avant;apres\nX;renommee;1;a;b;c"]
)
def test_a_bad_report_is_told(contenu, pays, tmp_path):
    rapport = tmp_path / "rapport.csv"
    rapport.write_text(contenu, "utf-8")
    with pytest.raises(CommandError):
        lancer(fusion(pays, tmp_path), "--appliquer", str(rapport))
    with pytest.raises(CommandError, match="introuvable"):
        lancer(tmp_path / "absent.tgz")
