"""The four columns of before become rows, with what their history said; nothing is lost."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from territoires.mandats.models import Mandat
from tests import factories as f

reprise = import_module("territoires.migrations.0012_reprise_des_binomes")
COLONNES = ("elu_nom", "elu_fonction", "industriel_nom", "industriel_fonction")
UN, DEUX, TROIS = (datetime.date(annee, 5, 4) for annee in (2021, 2022, 2023))
UN_JOUR = datetime.timedelta(days=1)


def instant(jour, heure=10):
    return timezone.make_aware(datetime.datetime.combine(jour, datetime.time(heure)))


@pytest.fixture
def colonnes(db):
    """The tables as they were, with the four columns."""
    touches = [apps.get_model("territoires", nom) for nom in ("Territoire", "HistoricalTerritoire")]
    with connection.cursor() as curseur:
        for modele in touches:
            for nom in COLONNES:
                curseur.execute(
                    f"ALTER TABLE {modele._meta.db_table} ADD COLUMN {nom} varchar(200) "
                    "NOT NULL DEFAULT ''"
                )
    for modele in touches:
        for nom in COLONNES:
            models.CharField(max_length=200, default="").contribute_to_class(modele, nom)
    yield
    for modele in touches:
        for nom in COLONNES:
            modele._meta.local_fields.remove(modele._meta.get_field(nom))
            delattr(modele, nom)
        modele._meta._expire_cache()


def ancien():
    """A territoire that has been there for long."""
    territoire = f.TerritoireFactory()
    territoire.history.update(history_date=instant(datetime.date(2019, 1, 1)))
    return territoire


def dire(territoire, jour, heure=10, **valeurs):
    for nom, valeur in valeurs.items():
        setattr(territoire, nom, valeur)
    territoire._history_date = instant(jour, heure)
    territoire.save()


def repris():
    reprise.reprendre(apps, None)
    return [(m.nom, m.fonction, m.debut, m.fin) for m in Mandat.objects.order_by("debut", "role")]


def test_each_name_keeps_the_days_on_which_it_stood(colonnes):
    territoire = ancien()
    dire(territoire, UN, elu_nom="Alix", elu_fonction="maire")
    dire(territoire, DEUX, elu_nom="Zoé", industriel_nom="Ira")
    dire(territoire, TROIS, industriel_nom="")
    assert repris() == [
        ("Alix", "maire", UN, DEUX - UN_JOUR),
        ("Zoé", "maire", DEUX, None),
        ("Ira", "", DEUX, TROIS - UN_JOUR),
    ]
    assert {m.constate for m in Mandat.objects.all()} == {True}
    traces = Mandat.objects.get(nom="Alix").history.filter(history_change_reason=reprise.RAISON)
    gestes = traces.order_by("history_date")
    assert [(g.history_type, g.history_date) for g in gestes] == [
        ("+", instant(UN)),
        ("~", instant(DEUX)),
    ]


def test_what_was_mended_on_the_same_day_is_told_in_the_note(colonnes):
    territoire = ancien()
    dire(territoire, UN, 9, elu_nom="Alxi")
    dire(territoire, UN, 10, elu_nom="Alix")
    assert repris() == [("Alix", "", UN, None)]
    assert "Alxi" in Mandat.objects.get().note


def test_a_name_removed_the_day_it_was_typed_stays(colonnes):
    territoire = ancien()
    dire(territoire, UN, 9, elu_nom="Alix")
    dire(territoire, UN, 10, elu_nom="")
    assert repris() == [("Alix", "", UN, UN)]


def test_a_row_without_history_has_no_date(colonnes):
    territoire = ancien()
    territoire.history.all().delete()
    models.QuerySet(type(territoire)).update(elu_nom="Alix", industriel_fonction="directeur")
    assert repris() == [
        ("Alix", "", None, None),
        (reprise.SANS_NOM, "directeur", None, None),
    ]


def test_a_territoire_that_is_gone_keeps_it_in_its_history(colonnes):
    territoire = ancien()
    cle = territoire.pk
    dire(territoire, UN, elu_nom="Alix")
    territoire._history_date = instant(DEUX)
    territoire.delete()
    assert repris() == []
    traces = Mandat.history.filter(territoire_id=cle).order_by("history_date")
    assert [(t.nom, t.history_type) for t in traces] == [("Alix", "+"), ("Alix", "-")]


def test_the_columns_come_back(colonnes):
    territoire = ancien()
    dire(territoire, UN, elu_nom="Alix", elu_fonction="maire")
    repris()
    models.QuerySet(type(territoire)).update(elu_nom="", elu_fonction="")
    reprise.rendre(apps, None)
    territoire.refresh_from_db()
    assert (territoire.elu_nom, territoire.elu_fonction) == ("Alix", "maire")
