"""What a table is called, one row and several: the counts of every list are read from it."""

from django.apps import apps
from django.contrib import admin

import config.urls  # noqa: F401 - every table that people count is known once the addresses are

A_NOUS = ("territoires.", "programme.", "evenements.", "echanges.")
INVARIABLES = {"avis"}
TITRES = {"programme.Financement"}  # its rows are never counted: the plural is their heading


def comptes():
    """The models whose rows a person sees counted: their own list, or rows of a form."""
    for modele, page in admin.site._registry.items():
        if page.__module__.startswith(A_NOUS):
            yield modele
            yield from (lignes.model for lignes in page.inlines)


def pluriel(mot):
    if mot in INVARIABLES:
        return mot
    return f"{mot[:-2]}aux" if mot.endswith("al") else f"{mot}s"


def test_one_row_is_named_in_the_singular_and_several_in_the_plural():
    faux = {}
    for modele in set(comptes()):
        un, plusieurs = modele._meta.verbose_name, modele._meta.verbose_name_plural
        tete = un.split()[0]
        attendu = pluriel(tete)
        accorde = plusieurs.split()[0] == attendu and (tete in INVARIABLES or tete[-1] not in "sx")
        if not accorde and modele._meta.label not in TITRES:
            faux[modele._meta.label] = (un, plusieurs)
    assert faux == {}
    assert {modele._meta.label for modele in apps.get_models()} >= TITRES


def test_a_field_that_leads_to_a_seance_is_not_read_as_a_town():
    """« Commune » is a town everywhere else."""
    for modele in set(comptes()):
        for champ in modele._meta.concrete_fields:
            nom = str(champ.verbose_name).lower()
            cible = champ.related_model._meta.model_name if champ.related_model else ""
            if "commune" in nom.split() and cible:
                assert "commune" in cible, (modele, nom)
