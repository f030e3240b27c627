"""The way up of a fiche through the admin, as each person walks it."""

import pytest
from django.urls import reverse

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.programme.fiches.outils import adresse, envoi, poster


@pytest.fixture
def fiche(pays):
    return f.fiche_complete(pays["ici"]["territoire"])


def pas(fiche, action):
    return reverse("admin:programme_ficheaction_parcours", args=[fiche.pk, action])


def etat(fiche):
    return FicheAction.objects.get(pk=fiche.pk).etat


def test_a_step_asks_before_it_acts(fiche, pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    page = client.get(pas(fiche, "transmettre"))
    assert list(page.context["destinataires"]) == [pays["agents"]["région"]]
    assert etat(fiche) == "brouillon"
    client.post(pas(fiche, "transmettre"))
    assert etat(fiche) == "transmise"


def test_an_incomplete_fiche_is_refused_with_its_reason(pays, entrer):
    fiche = pays["ici"]["ficheaction"]
    page = entrer(pays["agents"]["intercommunalité"]).post(pas(fiche, "transmettre"))
    assert page.context["erreurs"][0].startswith("La fiche n’est pas complète.")
    assert etat(fiche) == "brouillon"


def test_another_territoire_cannot_move_a_fiche(fiche, pays, entrer):
    for genre in ("intercommunalité voisine", "région voisine"):
        assert entrer(pays["agents"][genre]).post(pas(fiche, "transmettre")).status_code == 404
    assert etat(fiche) == "brouillon"


def test_the_region_sends_back_with_a_remark_and_the_territoire_answers(fiche, pays, entrer):
    entrer(pays["agents"]["intercommunalité"]).post(pas(fiche, "transmettre"))
    point = f.PointOrdreDuJourFactory(seance=pays["ici"]["seance"], demande=None, fiche=fiche)
    ecran = reverse("admin:programme_seance_avis_point", args=[point.seance_id, point.pk])
    assert entrer(pays["agents"]["région voisine"]).get(ecran).status_code == 404
    client = entrer(pays["agents"]["région"])
    fiche.refresh_from_db()
    avis = {"sens": "ajourne", "motif": "", "passage": fiche.dernier_envoi_id}
    sans_motif = client.post(ecran, avis)
    assert "motif" in sans_motif.context["formulaire"].errors
    client.post(ecran, avis | {"motif": "À préciser", "remarque-contexte": "Qui <b>?"})
    assert etat(fiche) == "transmise"
    # It was sent up after the date of that séance: closing says so, and asks.
    clore = reverse("admin:programme_seance_clore", args=[point.seance_id])
    client.post(clore, {"confirme": "1"})
    assert etat(fiche) == "ajournee"
    client = entrer(pays["agents"]["intercommunalité"])
    page = client.get(adresse(fiche))
    (remarque,) = page.context["remarques"]
    assert (remarque.libelle, remarque.texte) == ("contexte", "Qui <b>?")
    champ = page.context["adminform"].form.fields[f"remarque_{remarque.pk}"]
    assert champ.help_text == "<strong>Comité (Région 75)\u202f:</strong> Qui &lt;b&gt;?"
    (bloc,) = [b for b in page.context["adminform"].fieldsets if "contexte" in b[1]["fields"]]
    champs = bloc[1]["fields"]
    assert champs[champs.index("contexte") + 1] == f"remarque_{remarque.pk}"
    assert (
        poster(client, fiche, envoi(page, **{f"remarque_{remarque.pk}": "Les ateliers."}))
    ).status_code == 302
    (remarque,) = client.get(adresse(fiche)).context["remarques"]
    assert remarque.reponse == "Les ateliers."
