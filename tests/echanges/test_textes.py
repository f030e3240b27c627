"""Any text a person can type, in every column of text of every kind of file, in every dialect."""

from itertools import cycle

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from echanges.champs import est_texte_libre
from echanges.colonnes.colonne import Relation
from echanges.colonnes.valeurs import Texte
from echanges.imports.verifications import unicites
from echanges.registre import resources
from tests.echanges.outils import analyser, exporter, messages
from tests.echanges.test_aller_retour import DIALECTE, tout

pytestmark = pytest.mark.django_db
# What the database itself cannot hold is not typed: no surrogates, no NUL.
CARACTERES = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
PIEGES = [
    *('"', '""', ";", ",", "\t", "|", "\r", "\n", "\r\n", "a\u2028b\u2029c\x85d", "\x0b\x0c\x1c"),
    *("=1+1", "+33 1", "-5", "@a", "'=1", "''=1", "'", "'a", "\t=1", "\r=1", "=", "'='"),
    *("007", "01004", "1e5", "2,0001E+08", "12/03/2024", "2024-03-12", "1 234,56", "oui", "non"),
    *(
        "\ufeff",
        "\ufeffa",
        "\u200f\u05d0\u202e",
        "🏭👩🏽‍🔬",
        "e\u0301é",
        "\u00a0a\u202f",
        " a ",
        "  ",
    ),
    *("_x0041_", "_x000D_", "_x005F_x000D_", "\x01", "\ufffe", "<&>]]>", "NULL", "#N/A", "None"),
    *("a  b", "a\n\nb", "\\n", "l’« œuvre »", "nan", "TRUE", '="01"', "sep=;"),
]
# Texts that a `clean` takes for a field's name, a date or an amount; those that a constraint ties
# to who did it and when.
JUGES = ("collectivite", "champ", "avant", "apres", "raison", "motif_annulation")
JUGES += ("siret", "maitre_ouvrage_siret", "champs")
AVEC_SA_DATE = {("demandecomplement", "reponse")}
D_UNE_PAGE = {("lienchoisi", "page"), ("lienchoisi", "cible")}
TEXTES = st.lists(
    st.sampled_from(PIEGES) | st.text(CARACTERES, max_size=12), min_size=60, max_size=120
)


def colonnes_libres(resource):
    """Columns of free text, those that name the row among them when their field takes any text."""
    return [
        colonne
        for colonne in resource.colonnes
        if type(getattr(colonne, "valeur", None)) is Texte
        and not isinstance(colonne, Relation)
        and est_texte_libre(colonne.champ)
        and not colonne.champ.unique
        and colonne.nom not in JUGES
        and (resource.modele._meta.model_name, colonne.nom) not in AVEC_SA_DATE | D_UNE_PAGE
    ]


def ecrire(textes):
    """Each column of text of each row takes the next of these texts, as a form would keep it."""
    suite = cycle(textes)
    for classe in resources().values():
        resource = classe()
        if not (libres := colonnes_libres(resource)):
            continue
        uniques = {nom for noms, _ in unicites(resource.modele) for nom in noms}
        for pk in resource.modele._default_manager.order_by("pk").values_list("pk", flat=True):
            valeurs = {c.nom: _saisi(c, next(suite), pk, uniques) for c in libres}
            resource.modele._base_manager.filter(pk=pk).update(**valeurs)


def _saisi(colonne, texte, pk, uniques):
    champ = colonne.champ
    texte = champ.to_python(texte).strip()[: champ.max_length or 100].strip()
    if colonne.cle or colonne.attribut in uniques:
        texte = f"{texte[:20]}{pk}"
    return texte or str(pk)  # an avis, a rectification need their motive


@DIALECTE
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(textes=TEXTES)
@example(textes=PIEGES)
@example(textes=PIEGES[::-1])
def test_whatever_is_typed_reads_back_as_nothing_to_do(db, dialecte, textes):
    if not resources()["fiches"]().modele.objects.exists():
        tout()
    ecrire(textes)
    for nom in resources():
        rapport = analyser(nom, exporter(nom, dialecte=dialecte))
        assert (messages(rapport), rapport.plans) == ([], []), nom


# PostgreSQL empties no table whose foreign keys are still to be checked: each row is committed.
@pytest.mark.django_db(transaction=True)
@DIALECTE
def test_an_export_loaded_in_an_empty_database_gives_the_same_bytes(dialecte):
    tout()
    ecrire(PIEGES)
    fichiers = {nom: exporter(nom, dialecte=dialecte) for nom in resources()}
    call_command("flush", verbosity=0, interactive=False)
    for nom in resources():
        resource = resources()[nom](chargement=True)
        rapport = resource.analyser(fichiers[nom])
        assert messages(rapport) == [], nom
        resource.appliquer(rapport, "essai")
        assert exporter(nom, dialecte=dialecte) == fichiers[nom], nom
