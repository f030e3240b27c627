"""Measures in time, and how each agent chooses to be told."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from programme.courriels.models import Courriel, PreferenceCourriel
from programme.fiches import parcours
from programme.fiches.models import Indicateur, Mesure
from programme.fiches.suivi import mesurer
from programme.graphiques import serie
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 3, 1)


@pytest.fixture
def engagee():
    fiche = une_fiche_decidee()
    return fiche, fiche.indicateurs.get(), *f.agents_de(fiche.territoire)


def test_the_latest_measure_stands_on_the_indicateur(engagee):
    _, indicateur, agent, _ = engagee
    mesurer(indicateur, mesure_le=JOUR, valeur=20, agent=agent)
    mesurer(indicateur, mesure_le=JOUR - datetime.timedelta(days=90), valeur=5, agent=agent)
    indicateur.refresh_from_db()
    assert (indicateur.valeur, indicateur.mesure_le) == (20, JOUR)
    assert [(m.valeur, m.auteur) for m in indicateur.mesures.all()] == [(5, agent), (20, agent)]


def test_a_value_typed_in_the_form_of_the_fiche_joins_the_series(engagee):
    indicateur = engagee[1]
    indicateur.valeur, indicateur.mesure_le = 7, JOUR
    indicateur.save()
    indicateur.save()
    assert [(m.valeur, m.mesure_le) for m in Mesure.objects.all()] == [(7, JOUR)]


def test_only_who_follows_the_fiche_measures_and_only_once_it_is_decided(engagee):
    _, indicateur, agent, _ = engagee
    brouillon = f.IndicateurFactory()
    for cible, qui in ((indicateur, f.agent_intercommunalite()), (brouillon, agent)):
        with pytest.raises(PermissionDenied):
            mesurer(cible, mesure_le=JOUR, valeur=1, agent=qui)


def test_a_measure_is_entered_on_the_page_and_shown_with_its_chart(engagee, client):
    fiche, indicateur, agent, _ = engagee
    client.force_login(agent)
    adresse = reverse("resultats", args=[fiche.reference])
    for mois, valeur in ((1, "4"), (2, "12,5")):
        saisie = {"valeur": valeur, "mesure_le": f"2026-0{mois}-01", "commentaire": "Interne"}
        saisie = {f"{indicateur.pk}-{nom}": v for nom, v in saisie.items()}
        assert client.post(adresse, saisie | {"indicateur": indicateur.pk}).status_code == 302
    assert Indicateur.objects.get(pk=indicateur.pk).valeur == 12.5
    assert "<svg" in client.get(adresse).content.decode()
    client.logout()
    page = client.get(fiche.get_absolute_url()).content.decode()
    assert "<svg" in page
    assert "12,5" in page and "12,50" not in page
    assert "Interne" not in page
    assert agent.last_name not in page


@pytest.mark.parametrize(
    "saisie", [{"valeur": "beaucoup"}, {"mesure_le": "2999-01-01"}, {"mesure_le": ""}]
)
def test_a_bad_measure_is_told_and_nothing_typed_is_lost(saisie, engagee, client):
    fiche, indicateur, agent, _ = engagee
    client.force_login(agent)
    envoi = {"valeur": "3", "mesure_le": "2026-01-01", "commentaire": "Gardé"} | saisie
    envoi = {f"{indicateur.pk}-{nom}": v for nom, v in envoi.items()}
    reponse = client.post(
        reverse("resultats", args=[fiche.reference]), envoi | {"indicateur": indicateur.pk}
    )
    assert "Gardé" in reponse.content.decode()
    assert "fr-error-text" in reponse.content.decode()
    assert not Mesure.objects.exists()


def test_a_chart_names_its_target_and_its_last_value():
    indicateur = f.IndicateurFactory(libelle="Emplois <créés>", cible=40)
    assert serie(indicateur, [f.MesureFactory(indicateur=indicateur)]) == ""
    mesures = [
        f.MesureFactory(indicateur=indicateur, mesure_le=JOUR, valeur=10),
        f.MesureFactory(indicateur=indicateur, mesure_le=JOUR.replace(month=6), valeur=30),
    ]
    dessin = serie(indicateur, mesures)
    assert "cible\u202f: 40" in dessin
    assert "de 10 à 30" in dessin
    assert "<créés>" not in dessin


@pytest.mark.parametrize("nom", ["obstacle", "resultats"])
def test_pages_of_a_foreign_fiche_do_not_exist(nom, engagee, client):
    adresse = reverse(nom, args=[engagee[0].reference])
    assert client.get(adresse).status_code == 302
    client.force_login(f.agent_intercommunalite())
    assert client.get(adresse).status_code == 404


def test_who_wants_no_information_only_receives_what_it_has_to_do(engagee):
    fiche, _, agent, _ = engagee
    Courriel.objects.all().delete()
    delegation = f.agent_delegation()
    f.PreferenceCourrielFactory(agent=agent, information="aucun")
    f.BilanFactory(fiche=fiche)
    parcours.realiser(fiche, agent=delegation)
    assert not Courriel.objects.exists()
    autre = f.fiche_complete(fiche.territoire)
    parcours.transmettre(autre, agent=delegation)
    seance = f.SeanceFactory(comite__region=autre.regions_concernees()[0])
    f.rendre_et_clore(autre, seance=seance, sens="ajourne", motif="Chiffrez.", agent=delegation)
    recu = Courriel.objects.get(agent=agent)
    assert recu.genre == "action"
    assert reverse("admin:programme_ficheaction_change", args=[autre.pk]) in recu.corps


def test_each_agent_sets_its_own_e_mails(client):
    agent = f.agent_region()
    adresse = reverse("mes-courriels")
    assert client.get(adresse).status_code == 302
    client.force_login(agent)
    choix = {"action": "quotidien", "information": "aucun", "rappels": "lundi"}
    assert client.post(adresse, choix).status_code == 302
    assert client.post(adresse, choix).status_code == 302
    preference = PreferenceCourriel.objects.get()
    assert (preference.agent, preference.action, preference.information) == (
        agent,
        "quotidien",
        "aucun",
    )
    refus = client.post(adresse, {"action": "aucun", "information": "aucun"})
    assert refus.context["form"].errors
