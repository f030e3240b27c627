"""A field that nobody listed goes nowhere: not on a page, not in a file, not in a feed.

Every model has one more field, every resource one more column, with the same words in all of
them; then everything that anybody can reach is read.
"""

import json
import re
from itertools import product

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, models
from django.urls import Resolver404, resolve, reverse

from config.donnees_ouvertes import JEUX
from echanges.dialectes import DIALECTES, FORMATS_OUVERTS
from echanges.registre import resources
from programme.fiches import parcours
from territoires import ecrites
from territoires.carte.views_donnees import FICHIERS
from territoires.editions.models import EditionCarte, Territoire
from tests import factories as f
from tests.config.test_adresses_publiques import AUTRES, DE_REFERENCE, OUVERTES, SECRETES
from tests.echanges.imports.outils import une_fiche_decidee
from tests.echanges.test_aller_retour import tout
from tests.programme.fiches import sorties
from tests.programme.test_fuites import valider

CHAMP, VALEUR = "kanarichamp", "Kanarivaleur"
MOT = re.compile("kanari", re.I)
LIENS = re.compile(r'(?:href|src|action)="(/[^"#?]*)|(?:<loc>|content=")http://testserver([^<"]+)')
# Read with an account only, or without a link that leads there.
SANS_LIEN = {"piece-jointe", "document-mouvement"}


def modeles():
    for app in ("territoires", "programme", "evenements"):
        yield from apps.get_app_config(app).get_models()


@pytest.fixture
def champ_de_plus(db, monkeypatch):
    """One more field everywhere, that holds the same word in every row."""
    with connection.cursor() as curseur:
        for modele in modeles():
            table = connection.ops.quote_name(modele._meta.db_table)
            curseur.execute(
                f"ALTER TABLE {table} ADD COLUMN {CHAMP} varchar(40) NOT NULL DEFAULT '{VALEUR}'"
            )
    for modele in modeles():
        champ = models.CharField(CHAMP, max_length=40, default=VALEUR, help_text=VALEUR)
        champ.contribute_to_class(modele, CHAMP)
    for classe in resources().values():
        options = classe._meta
        monkeypatch.setattr(options, "fields", [*options.fields, CHAMP])
        if options.entetes:
            monkeypatch.setattr(options, "entetes", [*options.entetes, CHAMP])
    _oublier_les_requetes()
    yield
    for modele in modeles():
        modele._meta.local_fields.remove(modele._meta.get_field(CHAMP))
        delattr(modele, CHAMP)
        modele._meta._expire_cache()
    _oublier_les_requetes()


def _oublier_les_requetes():
    """Those that are written once in the process would not name the field, or name it for ever."""
    ecrites._batie.cache_clear()
    ecrites._ecrite.cache_clear()


def tout_ce_qui_est_public():
    """A row at least of everything that a page or a file shows."""
    tout()
    fiche = sorties.fiche_qui_en_dit_trop(f.territoire_publie(nom="Val d’Ici"))
    valider(fiche, f.agent_delegation())
    realisee = une_fiche_decidee()
    f.BilanFactory(fiche=realisee)
    parcours.realiser(realisee, agent=f.agent_delegation())
    f.MouvementFinancierFactory(financement=fiche.financements.first())
    f.ReportEtapeFactory(etape=fiche.etapes.first())
    parole = f.InterventionFactory(territoire=fiche.territoire)
    f.AutreNomFactory(intervenant=parole.intervenant)
    note = ContentFile(b"%PDF-1.4 essai", "note.pdf")
    f.DocumentFactory(assemblee=parole.sequence.assemblee, fichier=note)
    f.DocumentConventionFactory()
    _un_contrat_et_ce_qui_y_tient()
    f.NouvelleFactory(fiche=fiche)
    entree = f.obstacle_national_publie()
    f.ObstacleFactory(fiche=fiche, nationale=entree)


def _un_contrat_et_ce_qui_y_tient():
    contrat = f.ContratFactory()
    f.DocumentContratFactory(contrat=contrat)
    f.ModificationAvenantContratFactory(avenant__contrat=contrat)
    vote = ContentFile(b"%PDF-1.4 essai", "vote.pdf")
    f.SignataireContratFactory(contrat=contrat, fichier=vote)
    contrat.liens.add(f.LienProgrammeFactory(territoire=contrat.territoire))


def parcourir(client, departs):
    """{address: what it says} of all that a visitor reaches from these by following links."""
    lues, a_lire = {}, list(departs)
    while a_lire:
        adresse = a_lire.pop()
        if adresse in lues or not _est_une_page(adresse):
            continue
        reponse = client.get(adresse)
        lues[adresse] = sorties.en_texte(reponse) if reponse.status_code == 200 else ""
        if "html" in reponse["Content-Type"] or "xml" in reponse["Content-Type"]:
            a_lire += [a or b for a, b in LIENS.findall(lues[adresse])]
    return lues


def _est_une_page(adresse):
    """Also of the site, outside the admin."""
    try:
        return "admin" not in resolve(adresse).namespaces
    except Resolver404:
        return False


def departs():
    yield from (reverse(nom) for nom in OUVERTES)
    yield from (reverse("donnees-csv", args=couple) for couple in product(JEUX, FORMATS_OUVERTS))
    yield from (reverse("donnees-schema", args=[nom]) for nom in JEUX)
    yield from (reverse(f"api-{nom}") for nom in JEUX)
    yield reverse("api-schema")
    yield from (reverse("mobilisation-csv", args=[dialecte]) for dialecte in DIALECTES)
    # Pages and files of the map for other sites, to which no page leads.
    yield from (reverse("fichier-en-vigueur", args=[nom]) for nom in FICHIERS)
    yield from (reverse("integrer-carte", args=[e.code]) for e in EditionCarte.objects.composees())
    for territoire in Territoire.objects.du_public():
        yield reverse("integrer-territoire", args=[territoire.identifiant])


def test_a_field_that_nobody_listed_is_in_no_public_answer(champ_de_plus, client):
    tout_ce_qui_est_public()
    assert CHAMP in b"".join(resources()["fiches"]().exporter()).decode()  # it would show
    lues = parcourir(client, departs())
    # The description of the API names the columns that a key may read, as docs/echanges.md does.
    dits = {adresse: texte for adresse, texte in lues.items() if adresse != reverse("api-schema")}
    fuites = [adresse for adresse, texte in dits.items() if MOT.search(texte)]
    assert fuites == []
    # What was read is all that there is.
    dites = {resolve(adresse).url_name for adresse, texte in lues.items() if texte}
    assert {*OUVERTES, *DE_REFERENCE, *SECRETES} - AUTRES - SANS_LIEN - dites == set()
    fichiers = {nom: lues[reverse("donnees-csv", args=[nom, "machine"])] for nom in JEUX}
    assert [nom for nom, texte in fichiers.items() if len(texte.splitlines()) < 2] == []
    reponses = {nom: json.loads(lues[reverse(f"api-{nom}")]) for nom in JEUX}
    assert [nom for nom, reponse in reponses.items() if not reponse["resultats"]] == []
