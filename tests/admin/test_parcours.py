"""The way up of a fiche through the admin, as each person walks it."""

import pytest
from django.urls import reverse

from programme.models import FicheAction
from tests import factories as f


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
    assert etat(fiche) == "ajournee"
    client = entrer(pays["agents"]["intercommunalité"])
    page = client.get(reverse("admin:programme_ficheaction_change", args=[fiche.pk]))
    (remarque,) = page.context["remarques"]
    assert (remarque.libelle, remarque.texte) == ("contexte", "Qui <b>?")
    aide = page.context["adminform"].form.fields["contexte"].help_text
    assert aide.endswith("<strong>Comité (Région 75)\u202f:</strong> Qui &lt;b&gt;?")
    reponse = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1}
    reponse |= {"form-0-id": remarque.pk, "form-0-reponse": "Les ateliers."}
    client.post(reverse("admin:programme_ficheaction_remarques", args=[fiche.pk]), reponse)
    remarque.refresh_from_db()
    assert remarque.reponse == "Les ateliers."


def test_the_second_to_save_overwrites_nothing(fiche, pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    adresse = reverse("admin:programme_ficheaction_change", args=[fiche.pk])
    formulaire = client.get(adresse).context["adminform"].form
    lue = formulaire.instance.version
    autre = FicheAction.objects.get(pk=fiche.pk)
    autre.contexte = "Le leur"
    autre.save()
    envoi = {"version_lue": lue, "titre": fiche.titre, "territoire": fiche.territoire_id}
    envoi |= {"contexte": "Le mien"}
    for prefixe in ("financements", "etapes", "indicateurs", "pieces"):
        envoi |= {f"{prefixe}-TOTAL_FORMS": 0, f"{prefixe}-INITIAL_FORMS": 0}
    page = client.post(adresse, envoi)
    erreurs = page.context["adminform"].form.errors
    assert erreurs["contexte"] == ["Vous : Le mien. Enregistré entre-temps : Le leur."]
    assert FicheAction.objects.get(pk=fiche.pk).contexte == "Le leur"
    assert page.context["adminform"].form["contexte"].value() == "Le mien"
    envoi["version_lue"] = page.context["adminform"].form["version_lue"].value()
    assert client.post(adresse, envoi).status_code == 302
    assert FicheAction.objects.get(pk=fiche.pk).contexte == "Le mien"
