"""What is offered on a form saves it first; what was refused is told nowhere as if it were kept."""

import pytest
from django.urls import reverse

from tests import factories as f
from tests import formulaires
from tests.programme.fiches.outils import adresse, envoi, poster

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiche():
    return f.fiche_complete(f.territoire_publie(nom="Val d’Essai"), titre="Titre gardé")


@pytest.mark.parametrize("bouton", ["transmettre", "dupliquer", "imprimer-pdf"])
def test_an_act_offered_on_the_fiche_saves_it_first(bouton, fiche, client, delegation):
    page = client.get(adresse(fiche))
    suites = {cle: vers for cle, _, vers in page.context["suites"]}
    suite = poster(client, fiche, envoi(page, contexte="Tapé avant", _puis=bouton))
    assert suite.url == suites[bouton]
    fiche.refresh_from_db()
    assert (fiche.contexte, fiche.etat) == ("Tapé avant", "brouillon")


def test_an_act_on_a_form_with_errors_shows_them(fiche, client, delegation):
    page = poster(client, fiche, envoi(client.get(adresse(fiche)), titre="", _puis="transmettre"))
    assert page.status_code == 200
    assert "titre" in page.context["adminform"].form.errors


def test_an_act_that_is_not_offered_leads_nowhere_else(fiche, client, delegation):
    envoye = envoi(client.get(adresse(fiche)), contexte="Tapé", _puis="https://ailleurs.example")
    assert "ailleurs" not in poster(client, fiche, envoye).url


def test_enter_in_a_field_still_saves(fiche, client, delegation):
    page = client.get(adresse(fiche)).content.decode()
    assert page.index('name="_continue"') < page.index('name="_puis"')


@pytest.mark.parametrize(
    "modele, bouton, champ",
    [
        ("assemblee", "publier", "ville"),
        ("convention", "signer-un-avenant", "lieu"),
        ("seance", "presences", "lieu"),
        ("editioncarte", "publier", "occasion"),
    ],
)
def test_every_form_saves_before_it_leads_on(modele, bouton, champ, client, delegation):
    objet = {
        "assemblee": lambda: f.AssembleeFactory(publiee_le=None),
        "convention": f.ConventionFactory,
        "seance": f.SeanceFactory,
        "editioncarte": lambda: f.EditionCarteFactory(publiee_le=None),
    }[modele]()
    page_du_formulaire = reverse(f"admin:{objet._meta.app_label}_{modele}_change", args=[objet.pk])
    page = client.get(page_du_formulaire)
    donnees = formulaires.envoi(page, f"{modele}_form")
    donnees = {nom: donnees.getlist(nom) for nom in donnees if "__prefix__" not in nom}
    suites = {cle: vers for cle, _, vers in page.context["suites"]}
    reponse = client.post(page_du_formulaire, donnees | {champ: "Tapé avant", "_puis": bouton})
    assert reponse.status_code == 302, reponse.context["erreurs_liees"]
    assert reponse.url == suites[bouton]
    objet.refresh_from_db()
    assert getattr(objet, champ) == "Tapé avant"


def test_a_refused_save_is_told_nowhere_as_if_it_were_kept(fiche, client, delegation):
    etape = fiche.etapes.get()
    page = client.get(adresse(fiche))
    change = {"titre": "Titre refusé", "cout_total": "abc", "contexte": ""}
    refusee = poster(client, fiche, envoi(page, **change, **{"etapes-0-intitule": "Étape refusée"}))
    assert refusee.context["erreurs_liees"]
    montre = refusee.content.decode()
    assert montre.count("Titre refusé") == 1  # in the field
    assert montre.count("Étape refusée") == 1
    assert refusee.context["subtitle"] == str(fiche)
    assert refusee.context["manques"] == []
    assert (refusee.context["original"].titre, etape.intitule) == (
        "Titre gardé",
        "Recruter l’équipe",
    )
    assert montre.count(fiche.titre) == page.content.decode().count(fiche.titre) - 1


def test_the_browser_is_told_which_draft_to_clear_and_only_once_saved(fiche, client, delegation):
    page = client.get(adresse(fiche))
    poster(client, fiche, envoi(page, titre=""))
    assert "saisie_enregistree" not in client.cookies
    poster(client, fiche, envoi(page, titre="Autre"))
    assert client.cookies["saisie_enregistree"].value == adresse(fiche)


def test_drafts_are_for_agents_under_their_own_key(fiche, client, delegation):
    assert f'data-agent="{delegation.pk}"' in client.get(adresse(fiche)).content.decode()
    client.logout()
    assert "saisie-brouillons" not in client.get(reverse("account_login")).content.decode()
