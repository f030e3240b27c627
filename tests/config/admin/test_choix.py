"""Choosing rows without script: what is sought comes back to be chosen, nothing typed is lost."""

import pytest
from django.urls import reverse

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.formulaires import en_clair, envoi

pytestmark = pytest.mark.django_db
AJOUT = "admin:programme_ficheaction_add"


@pytest.fixture
def territoire(delegation):
    f.IntercommunaliteFactory(nom="CA Pau Béarn Pyrénées")
    return f.territoire_publie(f.RegionFactory())


def demander(client, page, **changes):
    return client.post(reverse(AJOUT), en_clair(envoi(page, "ficheaction_form", **changes)))


def test_what_is_sought_is_offered_and_what_was_typed_stays(territoire, client):
    page = client.get(reverse(AJOUT))
    cherche = {"intercommunalites--terme": "bearn", "_chercher": "intercommunalites"}
    page = demander(client, page, titre="Un titre", **cherche)
    texte = page.content.decode()
    assert page.status_code == 200 and not FicheAction.objects.exists()
    assert "CA Pau Béarn Pyrénées" in texte and 'value="Un titre"' in texte
    assert "errornote" not in texte and "errorlist" not in texte
    choisie = (
        page.context["adminform"]
        .form.fields["intercommunalites"]
        .queryset.get(nom="CA Pau Béarn Pyrénées")
    )
    page = demander(
        client, page, territoire=str(territoire.pk), intercommunalites=[str(choisie.pk)]
    )
    assert page.status_code == 302, page.context["errors"]
    assert list(FicheAction.objects.get().intercommunalites.all()) == [choisie]


def test_what_was_typed_to_be_sought_is_sought_before_anything_is_saved(territoire, client):
    page = client.get(reverse(AJOUT))
    complet = {"titre": "Un titre", "territoire": str(territoire.pk)}
    page = demander(client, page, **complet, **{"partenaires--terme": "introuvable"})
    assert not FicheAction.objects.exists()
    assert "Rien n’est encore enregistré" in page.content.decode()
    # The answer was seen: sent again, the form is saved.
    assert demander(client, page).status_code == 302
    assert FicheAction.objects.get().titre == "Un titre"


def test_a_line_more_comes_without_script(territoire, client):
    page = client.get(reverse(AJOUT))
    avant = int(envoi(page, "ficheaction_form")["etapes-TOTAL_FORMS"])
    page = demander(client, page, titre="Un titre", _ajouter="etapes")
    lignes = envoi(page, "ficheaction_form")
    assert lignes["titre"] == "Un titre" and int(lignes["etapes-TOTAL_FORMS"]) == avant + 1
    assert f"etapes-{avant}-intitule" in lignes and not FicheAction.objects.exists()
