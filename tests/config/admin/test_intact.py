"""Saving what was opened changes nothing: every form of the admin, every role, every state."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_modify import submit_row
from django.db import models, transaction
from django.template import Context
from django.urls import reverse

from echanges.champs import est_texte_libre
from tests.config.admin import lignes_a_garder as lignes
from tests.config.admin.conftest import dessinees
from tests.config.admin.test_matrice import AILLEURS, LUS, MODELES
from tests.formulaires import en_clair, formulaire
from tests.monde import une_fois

NOMS = sorted(set(MODELES) - AILLEURS - LUS)


monde = une_fois(lignes.monde)


@pytest.fixture(scope="module")
def photo(monde, django_db_blocker):
    with django_db_blocker.unblock():
        return lignes.photographie()


@pytest.fixture
def avant(photo, db):
    return photo


def pages_a_ecrire(nom, client, connues=None):
    """(row, its address, its page) of each row of which this person may save something.

    `connues` ({address: its page, None when it is only read}) is that of tests of one world, each
    of which opens as this person what none of them has opened yet.
    """
    connues = {} if connues is None else connues
    modele = MODELES[nom]
    cles = list(modele._base_manager.order_by("pk").values_list("pk", flat=True))
    # Of the many communes that others need, some: those that were made for this come last.
    for objet in modele._base_manager.filter(pk__in=cles[:2] + cles[-8:]).order_by("pk"):
        adresse = reverse(f"admin:{modele._meta.app_label}_{nom}_change", args=[objet.pk])
        if adresse not in connues:
            with dessinees(s_enregistre):
                page = client.get(adresse)
            ecrite = page.status_code == 200 and s_enregistre(page)
            assert not ecrite or page.context["show_save"]
            connues[adresse] = page if ecrite else None
            if not ecrite and ne_fait_que_lire(page.wsgi_request, modele):
                return
        if connues[adresse]:
            yield objet, adresse, connues[adresse]


def ne_fait_que_lire(request, modele):
    """Whatever the row: this person changes none of this model, nor of the tables on its page."""
    sa_page = admin.site._registry[modele]
    tables = sa_page.get_inline_instances(request)
    return not sa_page.has_change_permission(request) and not any(
        table.has_change_permission(request) or table.has_add_permission(request, None)
        for table in tables
    )


def s_enregistre(page):
    """What the template asks to show a button that saves."""
    return submit_row(Context(page.context_data))["show_save"]


def a_decider(objet):
    """Saving a filiation that nobody decided is to confirm it, as its page says."""
    return objet._meta.model_name == "filiation" and objet.decision is None


def erreurs(reponse):
    """What the page refuses, in words."""
    contexte = reponse.context or {}
    if "adminform" not in contexte:
        return reponse.status_code
    groupes = [g.formset for g in contexte["inline_admin_formsets"]]
    refus = [contexte["adminform"].form.errors, *(g.errors for g in groupes)]
    return [*refus, *(g.non_form_errors() for g in groupes)]


@pytest.mark.parametrize("nom", NOMS)
def test_saving_a_page_as_it_was_opened_changes_no_table(nom, monde, avant, client):
    ouvertes = 0
    for genre, agent in monde.items():
        client.force_login(agent)
        for objet, adresse, page in pages_a_ecrire(nom, client):
            if a_decider(objet):
                continue
            ouvertes += 1
            donnees, _ = formulaire(page, f"{nom}_form")
            with lignes.tables_ecrites() as ecrites:
                reponse = client.post(adresse, en_clair(donnees) | {"_save": "Enregistrer"})
            assert reponse.status_code == 302, (genre, objet, erreurs(reponse))
            assert lignes.ecarts(avant, lignes.photographie(ecrites)) == [], (genre, objet)
    assert ouvertes


def test_no_table_of_a_page_is_empty(monde, db):
    """The test above would say nothing of it."""
    for nom in NOMS:
        for inline in admin.site._registry[MODELES[nom]].inlines:
            assert inline.model._base_manager.count() > 1, inline


def etrangers(nom, objet, champ, suite):
    """Of these differences, those that this field of this row does not explain."""
    tables = {objet._meta.db_table, MODELES[nom]._meta.db_table}
    # Agendas are told anew of what they show: its revision moves with it.
    dits = {champ, "recherche", "version", "updated_at", "modifie_le"}
    if champ == "montant":
        dits |= {"acquis", "demande"}  # drawn from it by the database
    dits |= {"agenda_empreinte", "agenda_revision", "agenda_revu_le"}
    if MODELES[nom]._meta.app_label == "evenements":
        tables |= {"evenements_sequence", "evenements_assemblee"}
    # A published assemblée says what changed on its page; a value of a new day joins its series.
    attendues = {("evenements_correction", "+"), ("programme_mesure", "+")}
    attendues |= {("programme_reponse", "+"), ("programme_courriel", "+")}  # an answer is told
    suite = [e for e in suite if (e[0], e[2]) not in attendues]
    return [
        e
        for e in suite
        if "historical" not in e[0] and (e[0] not in tables or not {e[2], e[2][:-3]} & dits)
    ]


def autre_valeur(champ, texte):
    """Another text for this field, one that a person could type; None when there is none to say."""
    if est_texte_libre(champ):
        return f"{texte} bis" if not champ.choices and not champ.unique else None
    if isinstance(champ, models.DateField) and texte:
        jour = datetime.datetime.strptime(texte, "%d/%m/%Y") + datetime.timedelta(days=1)
        return f"{jour:%d/%m/%Y}"
    if isinstance(champ, models.DecimalField | models.PositiveSmallIntegerField) and texte:
        return "39" if texte != "39" else "38"
    return None


def champs_ouverts(page, donnees):
    """(name in the POST, row, model field) of one field of each kind in each form of the page."""
    vus = set()
    formulaires = [page.context["adminform"].form]
    for groupe in page.context["inline_admin_formsets"]:
        formulaires += groupe.formset.initial_forms
    for formulaire_lu in formulaires:
        colonnes = {c.name: c for c in formulaire_lu._meta.model._meta.concrete_fields}
        for nom in [nom for nom in formulaire_lu.fields if nom in colonnes]:
            cle, champ = formulaire_lu.add_prefix(nom), colonnes[nom]
            sorte = type(champ), champ.model
            if sorte not in vus and cle in donnees and autre_valeur(champ, donnees[cle]):
                vus.add(sorte)
                yield cle, formulaire_lu.instance, champ


@pytest.mark.parametrize("nom", [n for n in NOMS if n not in ("filiation", "contour")])
def test_changing_one_field_changes_this_field_alone(nom, monde, avant, client):
    """Each is tried on the page as it was opened, and undone before the next."""
    client.force_login(monde["délégation"])
    changes = 0
    _, adresse, page = next(pages_a_ecrire(nom, client))
    tirees, _ = formulaire(page, f"{nom}_form")
    for cle, objet, champ in list(champs_ouverts(page, tirees)):
        donnees = tirees.copy()
        donnees[cle] = autre_valeur(champ, donnees[cle])
        with transaction.atomic():
            with lignes.tables_ecrites() as ecrites:
                reponse = client.post(adresse, en_clair(donnees) | {"_save": "Enregistrer"})
            suite = lignes.ecarts(avant, lignes.photographie(ecrites))
            transaction.set_rollback(True)
        if reponse.status_code != 302:
            continue  # two dates out of order, a text too long: refused, and told
        assert suite, cle
        assert etrangers(nom, objet, champ.name, suite) == [], cle
        changes += 1
    assert changes
