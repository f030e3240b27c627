"""An opérateur: the fiches that name it, its own lines of money, its engagements and its offers."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from programme.courriels.juges import perime
from programme.courriels.models import Courriel
from programme.fiches import financement, parcours
from programme.fiches.models import FicheAction, MouvementFinancier
from programme.partenaires import engagements
from programme.partenaires.models import OffreDeService
from tests import factories as f


@pytest.fixture
def engagee(pays):
    """A fiche under way, with a line of the opérateur and one of another."""
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    f.FinancementFactory(fiche=fiche, financeur="Le nôtre", partenaire=pays["ici"]["partenaire"])
    f.FinancementFactory(fiche=fiche, financeur="Un autre", partenaire=pays["la"]["partenaire"])
    parcours.transmettre(fiche, agent=pays["agents"]["intercommunalité"])
    models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat="engagee")
    return FicheAction.objects.get(pk=fiche.pk)


def ligne(fiche, financeur="Le nôtre"):
    return fiche.financements.get(financeur=financeur)


def page_du_mouvement(fiche, financeur="Le nôtre"):
    cles = [fiche.pk, ligne(fiche, financeur).pk]
    return reverse("admin:programme_ficheaction_mouvement", args=cles)


MOUVEMENT = {
    "mouvement-nature": "accorde",
    "mouvement-montant": "100 000",
    "mouvement-le": "2024-05-02",
    "mouvement-reference": "Décision 12",
}


def test_it_grants_on_its_own_lines_and_those_who_follow_are_told(engagee, pays, entrer):
    client = entrer(pays["agents"]["opérateur"])
    assert client.post(page_du_mouvement(engagee), MOUVEMENT).status_code == 302
    (mouvement,) = MouvementFinancier.objects.all()
    assert (mouvement.auteur, mouvement.montant) == (pays["agents"]["opérateur"], 100_000)
    assert ligne(engagee).acquis == 100_000
    dits = Courriel.objects.filter(cle=f"mouvement-{mouvement.pk}")
    assert {c.agent for c in dits} == {pays["agents"][g] for g in ("intercommunalité", "région")}


def test_the_line_of_another_is_refused_in_words(engagee, pays, entrer):
    client = entrer(pays["agents"]["opérateur"])
    for envoi in (client.get, lambda page: client.post(page, MOUVEMENT)):
        reponse = envoi(page_du_mouvement(engagee, "Un autre"))
        assert reponse.status_code == 403
        assert "n’est pas de votre organisme" in reponse.content.decode()
    assert not MouvementFinancier.objects.exists()
    with pytest.raises(PermissionDenied):
        financement.noter(
            ligne(engagee, "Un autre"),
            nature="accorde",
            montant=1,
            le=datetime.date(2024, 5, 2),
            agent=pays["agents"]["opérateur"],
        )


def test_it_strikes_out_on_its_own_lines_alone(engagee, pays, entrer):
    for financeur, statut in (("Le nôtre", 302), ("Un autre", 403)):
        mouvement = f.MouvementFinancierFactory(
            financement=ligne(engagee, financeur), nature="accorde"
        )
        adresse = reverse(
            "admin:programme_ficheaction_annuler_mouvement", args=[engagee.pk, mouvement.pk]
        )
        client = entrer(pays["agents"]["opérateur"])
        reponse = client.post(adresse, {"motif": "Une erreur."})
        assert reponse.status_code == statut, financeur


@pytest.mark.parametrize("nom", ["financeur", "nouvelle_etape", "modifier"])
def test_it_follows_nothing_else(nom, engagee, pays, entrer):
    adresse = reverse(f"admin:programme_ficheaction_{nom}", args=[engagee.pk])
    for genre in ("opérateur", "État"):
        assert entrer(pays["agents"][genre]).get(adresse).status_code == 403


def test_the_page_offers_acts_on_its_lines_alone(engagee, pays, entrer):
    adresse = reverse("admin:programme_ficheaction_suivi", args=[engagee.pk])
    page = entrer(pays["agents"]["opérateur"]).get(adresse).content.decode()
    assert page_du_mouvement(engagee) in page
    assert page_du_mouvement(engagee, "Un autre") not in page
    assert "Nouveau financeur" not in page
    assert "Aucun obstacle." in page and "Lire les réponses" not in page


def test_it_is_told_when_a_fiche_asks_it_for_money(pays):
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    f.FinancementFactory(fiche=fiche, partenaire=pays["ici"]["partenaire"])
    fiche.partenaires.add(pays["la"]["partenaire"])
    parcours.transmettre(fiche, agent=pays["agents"]["délégation"])
    assert not Courriel.objects.filter(agent=pays["agents"]["opérateur"]).exists()
    parcours.decider(fiche, "valider", agent=pays["agents"]["délégation"])
    genres = dict(Courriel.objects.filter(agent__niveau="operateur").values_list("agent", "genre"))
    assert genres == {
        pays["agents"]["opérateur"].pk: "action",
        pays["agents"]["opérateur voisin"].pk: "information",
    }


def test_a_fiche_that_names_it_no_more_tells_it_nothing(pays):
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    une = f.FinancementFactory(fiche=fiche, partenaire=pays["ici"]["partenaire"])
    parcours.transmettre(fiche, agent=pays["agents"]["délégation"])
    parcours.decider(fiche, "valider", agent=pays["agents"]["délégation"])
    courriel = Courriel.objects.get(agent=pays["agents"]["opérateur"])
    assert perime(courriel) == ""
    une.delete()
    assert perime(courriel) == "cette fiche n’est plus de son périmètre"


# --- Engagements -------------------------------------------------------------------------------


def page_de(engagement):
    cles = [engagement.convention_id, engagement.pk]
    return reverse("admin:programme_convention_engagement", args=cles)


def engagement_de(partenaire):
    return f.EngagementFactory(convention=f.ConventionFactory(partenaire=partenaire))


def test_it_says_where_its_engagements_stand(pays, entrer):
    engagement = engagement_de(pays["ici"]["partenaire"])
    client = entrer(pays["agents"]["opérateur"])
    convention = reverse("admin:programme_convention_change", args=[engagement.convention_id])
    assert page_de(engagement) in client.get(convention).content.decode()
    montre = client.get(page_de(engagement)).context["form"]["montre"].value()
    envoi = {"etat": "en_cours", "nouvelle": "Dix prêts signés.", "montre": montre}
    assert client.post(page_de(engagement), envoi).status_code == 302
    engagement.refresh_from_db()
    assert (engagement.etat, engagement.nouvelle) == ("en_cours", "Dix prêts signés.")
    assert engagement.nouvelle_du == timezone.localdate()
    dits = Courriel.objects.filter(cle__startswith="engagementdit")
    assert {courriel.agent.niveau for courriel in dits} == {"delegation"}
    assert {perime(courriel) for courriel in dits} == {""}


def test_the_second_to_say_is_told_what_was_said(pays):
    engagement, agent = engagement_de(pays["ici"]["partenaire"]), pays["agents"]["opérateur"]
    montre = engagements.lu(engagement)
    engagements.dire(engagement, etat="en_cours", nouvelle="Un.", agent=agent, montre=montre)
    with pytest.raises(ValidationError, match="Quelqu’un a dit depuis"):
        engagements.dire(engagement, etat="tenu", nouvelle="Deux.", agent=agent, montre=montre)


def test_an_engagement_is_said_by_who_took_it(pays, entrer):
    engagement = engagement_de(pays["ici"]["partenaire"])
    statuts = {
        genre: entrer(agent).get(page_de(engagement)).status_code
        for genre, agent in pays["agents"].items()
    }
    ouverts = {genre for genre, statut in statuts.items() if statut == 200}
    assert ouverts == {"opérateur", "délégation"}


# --- Offers ------------------------------------------------------------------------------------


def test_it_keeps_its_offers_and_no_others(pays, entrer):
    sienne = f.OffreDeServiceFactory(partenaire=pays["ici"]["partenaire"])
    autre = f.OffreDeServiceFactory(partenaire=pays["la"]["partenaire"])
    client = entrer(pays["agents"]["opérateur"])
    for offre, champs in ((sienne, True), (autre, False)):
        page = client.get(reverse("admin:programme_offredeservice_change", args=[offre.pk]))
        assert page.context["has_change_permission"] is champs
    envoi = {"reference": "nouvelle", "intitule": "Prêt", "genre": "generique"}
    ajout = reverse("admin:programme_offredeservice_add")
    refusee = client.post(ajout, envoi | {"partenaire": pays["la"]["partenaire"].pk})
    assert "partenaire" in refusee.context["adminform"].form.errors
    client.post(ajout, envoi | {"partenaire": pays["ici"]["partenaire"].pk})
    assert OffreDeService.objects.get(reference="nouvelle").partenaire == pays["ici"]["partenaire"]
