"""An amount is typed as people write it, in every field of every form that takes one."""

import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib import admin
from django.db import models
from django.urls import reverse

import config.urls  # noqa: F401 - every form is known once the addresses are
from programme.fiches import parcours
from territoires.liste_publique import MontantFilter
from tests import factories as f

ECRITURES = ["500 000", "500\u202f000", "500\u00a0000 €", "500\u202f000,00\u00a0€", "500000.00"]
A_NOUS = ("territoires.", "programme.", "evenements.", "echanges.", "config.")


def des_modeles(agent, rf):
    """Every field of an amount in a form or a table of the admin."""
    request = rf.get("/")
    request.user = agent
    for modele, tenu in admin.site._registry.items():
        if not modele.__module__.startswith(A_NOUS):
            continue
        for porteur in (tenu, *tenu.get_inline_instances(request)):
            for champ in porteur.model._meta.concrete_fields:
                if isinstance(champ, models.DecimalField) and champ.editable:
                    nom = f"{modele.__name__} {porteur.model.__name__}.{champ.name}"
                    yield nom, porteur.formfield_for_dbfield(champ, request)


def sous_classes(classe):
    for fille in classe.__subclasses__():
        yield fille
        yield from sous_classes(fille)


def des_formulaires():
    """Those of the other forms that are written out."""
    for classe in sous_classes(forms.BaseForm):
        if not classe.__module__.startswith(A_NOUS):
            continue
        for nom, champ in classe.base_fields.items():
            if isinstance(champ, forms.DecimalField):
                yield f"{classe.__name__}.{nom}", champ


@pytest.mark.django_db
def test_every_amount_of_a_form_is_understood_as_people_write_it(rf):
    champs = [*des_modeles(f.agent_delegation(), rf), *des_formulaires()]
    noms = {nom for nom, _ in champs}
    assert {
        "Convention Engagement.montant",
        "FicheAction FicheAction.cout_total",
        "EngagementForm.montant",
        "MouvementForm.montant",
    } <= noms
    for nom, champ in champs:
        for ecriture in ECRITURES:
            print(nom)
            assert champ.clean(ecriture) == Decimal(500000), (nom, ecriture)


@pytest.mark.parametrize("ecriture", ECRITURES)
def test_so_is_an_amount_searched_by(ecriture):
    assert MontantFilter().field.clean(ecriture) == Decimal(500000)


@pytest.mark.parametrize("ecriture", ["-1", "beaucoup", "1e3000"])
def test_what_is_no_amount_is_told(ecriture):
    with pytest.raises(forms.ValidationError):
        MontantFilter().field.clean(ecriture)


@pytest.mark.parametrize("genre", ["intercommunalité", "délégation"])
def test_what_is_read_of_a_number_is_as_people_write_it(genre, pays, entrer):
    """Amounts with their sign, what is counted without decimals that say nothing."""
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    f.IndicateurFactory(fiche=fiche, libelle="Personnes formées", cible=300)
    parcours.transmettre(fiche, agent=f.agent_delegation())
    adresse = reverse("admin:programme_ficheaction_change", args=[fiche.pk])
    page = BeautifulSoup(entrer(pays["agents"][genre]).get(adresse).content, "html.parser")
    montants = page.select("td.field-montant p, .field-cout_total .readonly")
    assert len(montants) >= 2
    assert all(re.search(r"\d\s€$", montant.text) for montant in montants), montants
    cibles = [cible.text for cible in page.select("td.field-cible p")]
    assert "300" in cibles
    assert not any(cible.endswith(",00") for cible in cibles)
