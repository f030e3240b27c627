"""A year 26 is a typing error, wherever a date is typed: models, forms, filters, imports."""

import datetime

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from programme.fiches.filters import FicheFilter
from programme.fiches.models import FicheAction
from territoires.champs import Jour
from tests import factories as f
from tests.config.test_adresses_folles import filtersets

NOTRES = {"territoires", "programme", "evenements", "echanges"}


def jours_saisis():
    for modele in apps.get_models():
        if modele._meta.app_label in NOTRES and not hasattr(modele, "instance_type"):
            for champ in modele._meta.concrete_fields:
                if isinstance(champ, models.DateField) and champ.editable:
                    yield champ


def test_every_date_that_is_typed_knows_its_years():
    jours = [c for c in jours_saisis() if not isinstance(c, models.DateTimeField)]
    assert len(jours) > 15
    for champ in jours:
        assert isinstance(champ, Jour), champ
        for annee in (26, 202, 9999):
            with pytest.raises(ValidationError, match="écrivez-la en entier"):
                champ.clean(datetime.date(annee, 2, 3), None)
        assert champ.clean(datetime.date(2026, 2, 3), None) == datetime.date(2026, 2, 3)


def test_every_date_filter_refuses_a_short_year_beside_its_field():
    vus = 0
    for classe in filtersets():
        for filtre in classe.base_filters.values():
            if issubclass(filtre.field_class, forms.DateField):
                vus += 1
                with pytest.raises(ValidationError, match="écrivez-la en entier"):
                    filtre.field.run_validators(datetime.date(26, 2, 3))
    assert vus >= 4


def test_every_free_text_and_every_amount_has_a_bound():
    for classe in filtersets():
        for nom, filtre in classe.base_filters.items():
            if type(filtre.field) is forms.CharField:
                assert filtre.field.max_length, (classe, nom)
            if hasattr(filtre, "get_max_validator"):
                assert filtre.get_max_validator().limit_value <= 10**12, (classe, nom)


def test_a_mad_amount_is_told_and_leaves_the_list_whole(db):
    f.FicheActionFactory()
    filtre = FicheFilter({"montant_min": "1e49", "debut_min": "0026-01-01"})
    assert {*filtre.form.errors} == {"montant_min", "debut_min"}
    assert filtre.qs.count() == FicheAction.objects.count() == 1


@pytest.mark.parametrize("suite", ["debut=abc", "region=%00", "date_debut__year=99999", "cas=rien"])
def test_the_admin_says_what_it_could_not_read(suite, db, client, delegation):
    for annee in (2024, 2025):  # a filter that has a choice to offer
        f.FicheActionFactory(date_debut=datetime.date(annee, 1, 1))
    adresse = reverse("admin:programme_ficheaction_changelist")
    page = client.get(f"{adresse}?{suite}", follow=True)
    assert "voici la liste entière" in page.content.decode()
    assert page.context["cl"].result_count == 2
    # What is wrong beside the mark of an earlier error is told again, not called a broken base.
    page = client.get(f"{adresse}?e=1&{suite}", follow=True)
    assert "voici la liste entière" in page.content.decode()


def test_a_search_of_two_thousand_words_is_refused_in_a_sentence(db, client, delegation):
    f.FicheActionFactory()
    adresse = reverse("admin:programme_ficheaction_changelist")
    page = client.get(adresse, {"q": "mot " * 2000}, follow=True)
    assert "dépasse 200 caractères" in page.content.decode()
    demande = {"app_label": "programme", "model_name": "fichecontrat", "field_name": "fiche"}
    reponse = client.get(reverse("admin:autocomplete"), demande | {"term": "mot " * 2000})
    assert reponse.json()["results"] == []
    publique = client.get(reverse("fiches"), {"texte": "mot " * 2000}).content.decode()
    assert "200 caractères" in publique
