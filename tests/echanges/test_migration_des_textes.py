"""What was kept before texts were cleaned is cleaned once, and search keys are written again."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from territoires.champs import cle_de_recherche
from tests import factories

migration = import_module("evenements.migrations.0004_textes_propres")


def poser(objet, **valeurs):
    """Write as a row of before has it, past the fields that clean."""
    with connection.cursor() as curseur:
        for nom, valeur in valeurs.items():
            curseur.execute(
                f"UPDATE {objet._meta.db_table} SET {nom} = %s WHERE id = %s", [valeur, objet.pk]
            )


@pytest.mark.django_db
def test_rows_of_before_are_cleaned_and_found():
    iva = factories.IntervenantFactory(prenom="Ива", nom="Петрова")
    assemblee = factories.AssembleeFactory()
    fiche = factories.FicheActionFactory(contexte="x")
    poser(iva, recherche="")
    poser(assemblee, titre="L’usine\x0bde demain", resume="un\r\ndeux\x01")
    poser(fiche, contexte="un\r\ndeux")
    migration.nettoyer_tout(apps, None)
    for objet in (iva, assemblee, fiche):
        objet.refresh_from_db()
    assert iva.recherche == cle_de_recherche("Ива Петрова") != ""
    assert (assemblee.titre, assemblee.resume) == ("L’usine de demain", "un\ndeux")
    assert fiche.contexte == "un\ndeux"


@pytest.mark.django_db
def test_a_text_whose_clean_form_is_another_s_key_stays():
    assemblee = factories.AssembleeFactory()
    propre = factories.DocumentFactory(assemblee=assemblee, titre="Le programme")
    sale = factories.DocumentFactory(assemblee=assemblee, titre="autre")
    poser(sale, titre="Le\x0bprogramme")
    migration.nettoyer_tout(apps, None)
    sale.refresh_from_db()
    propre.refresh_from_db()
    assert (propre.titre, sale.titre) == ("Le programme", "Le\x0bprogramme")
