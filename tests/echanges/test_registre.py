"""A model field is in a file, or left out with a reason: none is forgotten."""

import pytest
from django.apps import apps

from echanges.registre import resources

# Models without a file of their own, and why.
SANS_FICHIER = {
    "CodePostal": "a column of the communes",
    "MembrePerimetre": "one row each in the périmètres",
    "Trace": "computed from the members",
    "Parution": "dates of public answers, written as they change",
    **dict.fromkeys(("ReleveGarde", "TerritoireARelever"), "counted from the fiches"),
    **dict.fromkeys(
        ("AIndexer", "Indexation", "MotConnu", "NomTrouvable", "SujetTrouvable", "Trouvable"),
        "the index of the search, made from what is public",
    ),
    "Courriel": "messages to send",
    "FiltreEnregistre": "what each agent sets for itself in its lists",
    "DemandeAcces": "what a provider said of somebody, until it is answered",
    "IdentiteLiee": "keys of a provider",
    "CleApi": "secrets, of which a digest alone is kept",
    "Essai": "guesses of the last minute",
    "LigneDuJournal": "taken away from its list, never brought in",
    "PreferenceCourriel": "what each agent sets for itself on its page",
    "MouvementDemande": "two columns of the demandes",
    "AbonnementAgenda": "the address of a calendar, known to its agent alone",
    "PieceJointe": "files are uploaded on the fiche's page",
    "DocumentContrat": "files are uploaded on the contrat’s page",
    "DocumentConvention": "files are uploaded on the convention's page",
}


@pytest.mark.parametrize("classe", resources().values(), ids=lambda c: c._meta.nom)
def test_every_field_goes_out_or_is_left_out_with_a_reason(classe):
    meta = classe._meta.model._meta
    champs = {c.name for c in (*meta.fields, *meta.many_to_many)} - {"id"}
    dits = {c.nom for c in classe().colonnes} - (set(classe._meta.listes) - champs)
    laisses = set(classe._meta.laisses) - {"id"}
    assert champs == dits | laisses
    assert not dits & laisses
    assert all(classe._meta.laisses.values())


def test_every_model_has_a_file_or_a_reason_to_have_none():
    modeles = {
        modele.__name__
        for app in ("territoires", "programme", "evenements")
        for modele in apps.get_app_config(app).get_models()
        if not modele.__name__.startswith("Historical")
    }
    avec = {classe._meta.model.__name__ for classe in resources().values()}
    assert modeles == avec | set(SANS_FICHIER)


def test_keys_and_headers_are_columns():
    for nom, classe in resources().items():
        resource = classe()
        entetes = {e for colonne in resource.colonnes for e in colonne.entetes}
        assert entetes == set(classe.entetes()), nom
        assert set(classe._meta.import_id_fields) <= entetes, nom
        assert resource.cles, nom


def test_the_documentation_names_every_file_and_its_headers():
    from pathlib import Path

    page = Path("docs/echanges.md").read_text()
    for nom, classe in resources().items():
        ligne = next(ligne for ligne in page.splitlines() if ligne.startswith(f"| `{nom}` |"))
        assert all(entete in ligne for entete in classe.entetes()), nom
