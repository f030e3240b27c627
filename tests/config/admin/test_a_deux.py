"""Two people on one form, any form of the admin: nothing is overwritten unseen."""

import pytest
from django.contrib import admin
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from echanges.champs import est_texte_libre
from tests import factories as f
from tests.config.admin import lignes_a_garder as lignes
from tests.config.admin.conftest import dessinees
from tests.config.admin.test_intact import (
    a_decider,
    autre_valeur,
    avant,  # noqa: F401
    erreurs,
    pages_a_ecrire,
    photo,  # noqa: F401
)
from tests.config.admin.test_matrice import AILLEURS, LUS, MODELES
from tests.formulaires import en_clair, envoi, formulaire
from tests.monde import une_fois

NOMS = sorted(set(MODELES) - AILLEURS - LUS)
# Somebody else is another row: nobody is overwritten; no text is the address of a page.
QUI_LE_PORTE = {("mandat", "nom"), ("lienchoisi", "page"), ("lienchoisi", "cible")}


monde = une_fois(lambda: lignes.monde() | {"autre": f.agent_delegation(first_name="Dominique")})


@pytest.fixture
def deux(monde, db):
    """(mine, the other's): two clients of the délégation."""
    clients = Client(), Client()
    for client, agent in zip(clients, (monde["délégation"], monde["autre"]), strict=True):
        client.force_login(agent)
    return clients


@pytest.fixture
def sa_page(deux, connues):
    """The page of the other at this address: it says whose it is."""

    def ouvrir(adresse):
        if ("autre", adresse) not in connues:
            connues["autre", adresse] = deux[1].get(adresse)
        return connues["autre", adresse]

    return ouvrir


def ecrivable(nom, client, connues):
    """(address, page, input, its field, its row) of the first text that this form lets change."""
    for objet, adresse, page in pages_a_ecrire(nom, client, connues):
        if not a_decider(objet):
            donnees, _ = formulaire(page, f"{nom}_form")
            for cle, champ, ligne in textes(page):
                if cle in donnees and autre_valeur(champ, donnees[cle]):
                    return adresse, page, cle, champ, ligne
    pytest.fail(f"No form of {nom} has a text to change.")


def textes(page):
    formulaires = [page.context["adminform"].form]
    for groupe in page.context["inline_admin_formsets"]:
        formulaires += groupe.formset.initial_forms
    for lu in formulaires:
        colonnes = {c.name: c for c in lu._meta.model._meta.concrete_fields}
        for nom in lu.fields:
            champ = colonnes.get(nom)
            libre = champ is not None and (texte_long(champ) or nombre(champ))
            if libre and (champ.model._meta.model_name, nom) not in QUI_LE_PORTE:
                yield lu.add_prefix(nom), champ, lu.instance


def texte_long(champ):
    return est_texte_libre(champ) and (champ.max_length or 100) > 8


def nombre(champ):
    return isinstance(champ, models.PositiveSmallIntegerField)


def enregistrer(client, nom, adresse, page, /, **changes):
    donnees = envoi(page, f"{nom}_form", **changes)
    return client.post(adresse, en_clair(donnees) | {"_save": "Enregistrer"})


def stockee(champ, ligne):
    return str(champ.model._base_manager.values_list(champ.attname, flat=True).get(pk=ligne.pk))


def deux_textes(champ):
    return ("33", "34") if nombre(champ) else ("Le leur", "Le mien")


@pytest.mark.parametrize("nom", [n for n in NOMS if n not in ("filiation", "contour")])
def test_what_both_changed_is_told_and_chosen(nom, monde, deux, connues, sa_page):
    moi, autre = deux
    adresse, page, cle, champ, ligne = ecrivable(nom, moi, connues)
    leur, mien = deux_textes(champ)
    fait = enregistrer(autre, nom, adresse, sa_page(adresse), **{cle: leur})
    assert fait.status_code == 302, erreurs(fait)
    refus = enregistrer(moi, nom, adresse, page, **{cle: mien})
    assert refus.status_code == 200
    # Nothing of theirs is overwritten, nothing of mine is lost.
    assert stockee(champ, ligne) == leur
    assert formulaire(refus, f"{nom}_form")[0][cle] == mien
    (ecart,) = [d for d in refus.context["rapprochement"].differences() if d["a_choisir"]]
    assert (ecart["leur"], ecart["mien"], ecart["qui"]) == (leur, mien, monde["autre"])
    assert "Dominique" in refus.content.decode()
    for choix, reste in (("leur", leur), ("mien", mien)):
        with transaction.atomic():
            fin = enregistrer(moi, nom, adresse, refus, **{f"choix:{ecart['cle']}": choix})
            assert fin.status_code == 302, (choix, erreurs(fin))
            assert stockee(champ, ligne) == reste
            transaction.set_rollback(True)


@pytest.mark.parametrize("nom", NOMS)
def test_a_form_without_what_it_showed_overwrites_nothing(nom, deux, avant, connues):  # noqa: F811
    """Drawn before, or by nobody: everything that stands is told."""
    for objet, adresse, page in pages_a_ecrire(nom, deux[0], connues):
        donnees, _ = formulaire(page, f"{nom}_form")
        cle = next((c for c, *_ in textes(page) if donnees.get(c)), None)
        if cle and not a_decider(objet):
            with lignes.tables_ecrites() as ecrites:
                refus = enregistrer(deux[0], nom, adresse, page, lu=None, **{cle: "7"})
            assert refus.status_code == 200
            assert lignes.ecarts(avant, lignes.photographie(ecrites)) == []
            return


@pytest.mark.parametrize(
    "nom", [n for n in NOMS if admin.site._registry[MODELES[n]].inlines and n != "territoire"]
)
def test_a_row_that_the_other_took_away_is_told_with_its_text(nom, monde, deux, connues, sa_page):
    moi, autre = deux
    for _, adresse, page in pages_a_ecrire(nom, moi, connues):
        retraits = [
            f"{g.formset.prefix}-0-DELETE"
            for g in page.context["inline_admin_formsets"]
            if g.formset.can_delete and g.formset.initial_forms
        ]
        for retrait in retraits:
            sienne = sa_page(adresse)
            with dessinees(lambda reponse: False):
                fait = enregistrer(autre, nom, adresse, sienne, **{retrait: "on"})
            if fait.status_code != 302:
                continue  # something holds this row
            refus = enregistrer(moi, nom, adresse, page)
            assert refus.status_code == 200
            (ecart,) = [d for d in refus.context["rapprochement"].differences() if not d["leur"]]
            assert ecart["avant"] and ecart["qui"] == monde["autre"]
            assert enregistrer(moi, nom, adresse, refus).status_code == 302
            # Its text can be read again in the history of the object.
            histoire = autre.get(adresse.replace("/change/", "/history/"))
            assert "Suppression" in [e["geste"][:11] for e in histoire.context["etapes"]]
            return
    pytest.fail(f"No row of {nom} could be taken away.")


@pytest.mark.parametrize("nom", [n for n in NOMS if n not in ("filiation", "contour")])
def test_what_has_just_changed_is_not_deleted_unseen(nom, deux, connues, sa_page):
    moi, autre = deux
    adresse, _, cle, champ, ligne = ecrivable(nom, moi, connues)
    suppression = adresse.replace("/change/", "/delete/")
    demande = moi.get(suppression)
    if demande.status_code != 200 or "lu" not in demande.context:
        pytest.skip("never deleted from its page")
    leur, _ = deux_textes(champ)
    enregistrer(autre, nom, adresse, sa_page(adresse), **{cle: leur})
    reponse = moi.post(suppression, {"post": "yes", "lu": demande.context["lu"]})
    assert reponse.status_code == 200
    assert leur in [d["leur"] for d in reponse.context["rapprochement"].differences()]
    assert stockee(champ, ligne) == leur


def test_no_list_is_edited_in_place():
    """Such a list would overwrite unseen: each object has its form."""
    assert [m for m, page in admin.site._registry.items() if page.list_editable] == []


class TestFromTheList:
    def test_what_has_just_changed_is_named_before_it_is_deleted(self, monde, deux):
        moi, autre = deux
        axe = f.AxeFactory(nom="Avant", code="a-supprimer")
        liste = reverse("admin:programme_axe_changelist")
        choisis = {"action": "delete_selected", "_selected_action": [axe.pk]}
        demande = moi.post(liste, choisis)
        adresse = reverse("admin:programme_axe_change", args=[axe.pk])
        enregistrer(autre, "axe", adresse, autre.get(adresse), nom="Après")
        fin = choisis | {"post": "yes", "lu": demande.context["lu"]}
        page = moi.post(liste, fin)
        assert page.status_code == 200
        assert "« Après" in page.content.decode() and "Dominique" in page.content.decode()
        assert type(axe).objects.filter(pk=axe.pk).exists()
        assert moi.post(liste, fin | {"lu": page.context["lu"]}).status_code == 302
        assert not type(axe).objects.filter(pk=axe.pk).exists()


def test_an_object_deleted_meanwhile_gives_the_text_back_and_tells_by_whom(monde, deux):
    moi, autre = deux
    partenaire = f.PartenaireFactory(identifiant="a-supprimer")
    adresse = reverse("admin:programme_partenaire_change", args=[partenaire.pk])
    page = moi.get(adresse)
    suppression = adresse.replace("/change/", "/delete/")
    autre.post(suppression, {"post": "yes", "lu": autre.get(suppression).context["lu"]})
    reponse = enregistrer(moi, "partenaire", adresse, page, presentation="Un long texte")
    assert reponse.status_code == 409
    assert "Un long texte" in reponse.content.decode()
    assert "Dominique" in reponse.content.decode()


def test_comparing_costs_the_same_whatever_the_number_of_rows(monde, deux):
    couts = []
    for nombre in (2, 1, 3):  # the first one pays for what is kept afterwards
        convention = f.ConventionFactory(reference=f"CV-{nombre}-lignes")
        for rang in range(nombre):
            f.SignataireConventionFactory(convention=convention, ordre=rang + 1)
        adresse = reverse("admin:programme_convention_change", args=[convention.pk])
        with CaptureQueriesContext(connection) as lecture:
            page = deux[0].get(adresse)
        with CaptureQueriesContext(connection) as ecriture:
            assert enregistrer(deux[0], "convention", adresse, page).status_code == 302
        couts.append((len(lecture), len(ecriture)))
    (lecture, ecriture), (autre_lecture, autre_ecriture) = couts[1:]
    assert lecture == autre_lecture
    assert autre_ecriture - ecriture == 2  # Django finds each posted row by its key
