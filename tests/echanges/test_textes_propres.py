"""Control characters and stray line ends: gone at every way in, harmless where they are kept."""

from xml.etree import ElementTree

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import connection, models
from django.test import RequestFactory
from django.urls import resolve, reverse
from icalendar import Calendar

from echanges.champs import SaisiePropre, TextePropre, est_texte_libre
from echanges.textes import nettoyer
from programme.fiches.models import FicheAction
from programme.partenaires.models import Partenaire
from tests import factories
from tests.echanges.imports.outils import un_programme, une_fiche_decidee
from tests.echanges.outils import analyser, csv, importer, messages

APPS = ("territoires", "programme", "evenements", "echanges")
SALE = "Usine\x0bdu\x01 futur\u2028et\ufdd0 du\x0c\r\nreste\ud800 \U0001ffff"
LIGNE, PARAGRAPHES = "Usine du futur et du reste", "Usine\ndu futur\net du\n\nreste "
# What the migration could not clean, another row having that key, or what a script wrote.
ANCIEN = "Une usine\x0bpour\x01 demain\u2028\nou après"


def champs_de_texte():
    return [
        champ
        for app in APPS
        for modele in apps.get_app_config(app).get_models(include_auto_created=True)
        for champ in modele._meta.local_fields
        if isinstance(champ, (models.CharField, models.TextField))
    ]


def test_every_text_field_of_every_model_keeps_clean_text():
    assert len(champs_de_texte()) > 100
    for champ in champs_de_texte():
        propre = champ.to_python(SALE)
        attendu = PARAGRAPHES if isinstance(champ, models.TextField) else LIGNE
        assert propre.casefold() == attendu.casefold(), champ
        assert champ.get_db_prep_save(SALE, connection) == propre, champ


@pytest.mark.parametrize("paragraphes", [False, True])
@pytest.mark.parametrize(
    "texte", [SALE, "\n", "\x0b a", "a \r\n\r\n b", "\x00\n\x00", "e\u0301 \t"]
)
def test_a_clean_text_is_clean_for_good(texte, paragraphes):
    propre = nettoyer(texte, paragraphes=paragraphes)
    assert nettoyer(propre, paragraphes=paragraphes) == propre


def formulaires():
    """(form class, model) of every page of the admin and of each of its tables of lines."""
    requete = RequestFactory().get("/")
    requete.user, requete.resolver_match = factories.agent_delegation(), resolve("/")
    for modele, page in admin.site._registry.items():
        if modele._meta.app_label not in APPS or not page.has_change_permission(requete):
            continue
        yield page.get_form(requete), modele
        for lignes in page.inlines:
            formset = lignes(modele, admin.site).get_formset(requete)
            yield formset.form, lignes.model


@pytest.mark.django_db
def test_every_text_of_every_form_of_the_admin_is_read_clean():
    vus = 0
    for formulaire, modele in formulaires():
        noms = {champ.name: champ for champ in modele._meta.fields}
        for nom, saisie in formulaire.base_fields.items():
            if nom == "username":  # its validator accepts neither of them
                continue
            brut = type(saisie) is forms.CharField and isinstance(noms.get(nom), TextePropre)
            assert not brut, f"{formulaire} : {nom}"
            vus += isinstance(saisie, SaisiePropre)
    assert vus > 60


def test_a_text_of_before_is_not_changed_by_being_shown():
    saisie = FicheAction._meta.get_field("contexte").formfield()
    assert not saisie.has_changed("a\r\nb\x0bc", "a\r\nb\r\nc")
    assert saisie.has_changed("a\r\nb", "a\r\nc")


@pytest.mark.django_db
@pytest.mark.parametrize("paragraphes", [False, True])
def test_bulk_writes_and_updates_are_clean_too(paragraphes):
    nom = "presentation" if paragraphes else "nom"
    attendu = PARAGRAPHES if paragraphes else LIGNE
    modele = apps.get_model("territoires", "territoire")
    cree = factories.TerritoireFactory(**{nom: SALE})
    modele.objects.bulk_create([modele(identifiant="b", **{"nom": "b", nom: SALE})])
    modele.objects.bulk_create([modele(identifiant="c", nom="c")])
    modele.objects.filter(identifiant="c").update(**{nom: SALE})
    lus = modele.objects.values_list(nom, flat=True)
    assert list(lus) == [attendu] * 3
    assert cree.pk


@pytest.mark.django_db
def test_alt_enter_in_a_title_is_told_and_is_no_change_once_read():
    fichier = csv(
        "identifiant;nom;nature;presentation",
        'bdt;"Banque\ndes Territoires";operateur;"un\x0bdeux"',
    )
    rapport = importer("partenaires", fichier)
    assert [str(r) for r in rapport.remarques] == [
        "ligne 2\u202f: nom\u202f: un saut de ligne a été remplacé par une espace."
    ]
    (partenaire,) = Partenaire.objects.all()
    assert partenaire.nom == "Banque des Territoires"
    rapport = analyser("partenaires", fichier)
    assert (messages(rapport), rapport.plans) == ([], [])


def ecrire_comme_avant(modele):
    """Put a dirty text in place of every free text, as if kept before the rule."""
    cite = connection.ops.quote_name
    uniques = {
        nom for contrainte in modele._meta.total_unique_constraints for nom in contrainte.fields
    }
    with connection.cursor() as curseur:
        for champ in modele._meta.local_fields:
            libre = isinstance(champ, (models.CharField, models.TextField)) and est_texte_libre(
                champ
            )
            if not libre or champ.choices or champ.unique or champ.name in uniques:
                continue
            texte = ANCIEN[: champ.max_length]
            colonne = cite(champ.column)
            curseur.execute(
                f"UPDATE {cite(modele._meta.db_table)} SET {colonne} = %s WHERE {colonne} <> ''",
                [texte],
            )


@pytest.mark.django_db
def test_what_was_kept_before_breaks_no_feed_no_calendar_no_drawing(client):
    fiche = une_fiche_decidee()
    un_programme()
    sequence = factories.SequenceFactory(assemblee=factories.AssembleeFactory(resume="Un résumé"))
    for app in ("territoires", "programme", "evenements"):
        for modele in apps.get_app_config(app).get_models():
            ecrire_comme_avant(modele)
    assert "\x0b" in FicheAction.objects.get(pk=fiche.pk).titre
    flux = client.get(reverse("nouvelles"))
    titres = [
        e.text
        for e in ElementTree.fromstring(flux.content).iter("{http://www.w3.org/2005/Atom}title")
    ]
    assert any("Une usine pour demain ou après" in titre for titre in titres)
    calendrier = client.get(reverse("assemblee-calendrier", args=[sequence.assemblee.identifiant]))
    (nom, *_) = Calendar.from_ical(calendrier.content).walk("VEVENT")
    assert str(nom["summary"]) == "Une usine pour demain ou après"
    edition = fiche.territoire.perimetre_courant.edition
    carte = client.get(reverse("fichier-carte", args=[edition.code, "carte.svg"]))
    assert ElementTree.fromstring(carte.content).tag.endswith("svg")
