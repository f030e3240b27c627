"""The screen of the avis: one point after the other, and nothing typed is ever lost."""

import pytest
from django.urls import reverse

from programme.comites import conduite, decisions, demandes
from programme.comites.admin.avis import AvisForm
from programme.comites.models import Avis
from programme.fiches import parcours
from programme.fiches.models import FicheAction, TransitionRefusee
from tests import factories as f


def ecran(point):
    return reverse("admin:programme_seance_avis_point", args=[point.seance_id, point.pk])


def saisie(point, **champs):
    passage = point.fiche.dernier_envoi_id if point.fiche_id else ""
    return {"passage": passage or "", "motif": ""} | champs


def erreurs(reponse):
    return list(reponse.context["formulaire"].non_field_errors())


@pytest.fixture
def entrer(client, agent):
    client.force_login(agent)
    return client


def test_saving_leads_to_the_next_point_and_the_last_one_to_the_summary(
    entrer, seance, transmettre, composer
):
    premier, second = composer(seance, transmettre(titre="Un"), transmettre(titre="Deux"))
    page = entrer.get(ecran(premier))
    assert "1 sur 2" in page.content.decode()
    assert (page.context["reste"], page.context["suivant"].pk) == (2, second.pk)
    suite = entrer.post(ecran(premier), saisie(premier, sens="favorable"))
    assert suite.url == ecran(second)
    suite = entrer.post(ecran(second), saisie(second, sens="favorable"))
    assert suite.url == reverse("admin:programme_seance_avis", args=[seance.pk])
    assert [avis.rendu_par.pk for avis in seance.avis.all()] == [
        int(entrer.session["_auth_user_id"])
    ] * 2


def test_remarks_go_to_their_fields(entrer, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    envoi = saisie(point, sens="ajourne", motif="À préciser")
    envoi |= {"remarque-contexte": "Depuis quand ?", "remarque-financements": "Et la région ?"}
    entrer.post(ecran(point), envoi)
    assert list(seance.avis.get().remarques.values_list("champ", "texte")) == [
        ("contexte", "Depuis quand ?"),
        ("financements", "Et la région ?"),
    ]


@pytest.mark.parametrize("sens", ["defavorable", "ajourne"])
def test_a_refusal_says_why_and_keeps_what_was_typed(entrer, seance, transmettre, composer, sens):
    (point,) = composer(seance, transmettre())
    reponse = entrer.post(ecran(point), saisie(point, sens=sens, **{"remarque-titre": "Trop long"}))
    formulaire = reponse.context["formulaire"]
    assert formulaire.errors["motif"] == ["Un avis défavorable ou ajourné doit être motivé."]
    assert (formulaire["sens"].value(), formulaire["remarque-titre"].value()) == (
        sens,
        "Trop long",
    )
    assert not seance.avis.exists()


def test_no_choice_is_no_avis(entrer, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    reponse = entrer.post(ecran(point), saisie(point, motif="Un motif"))
    assert "sens" in reponse.context["formulaire"].errors
    assert reponse.context["formulaire"]["motif"].value() == "Un motif"


def test_somebody_decided_meanwhile_and_the_text_is_kept(
    entrer, comite, seance, transmettre, composer
):
    (point,) = composer(seance, transmettre())
    collegue = f.agent_region(comite.region)
    decisions.rendre_avis(point.fiche, seance=seance, sens="favorable", agent=collegue)
    envoi = saisie(point, sens="ajourne", motif="Mon long motif")
    reponse = entrer.post(ecran(point), envoi | {"remarque-titre": "Le mien"})
    assert reponse.status_code == 200
    refus, qui = erreurs(reponse)
    assert refus == "Le comité de la région Occitanie a déjà rendu son avis."
    assert qui.startswith(f"{collegue} a rendu un avis favorable le ")
    page = reponse.content.decode()
    assert "Mon long motif" in page and "Le mien" in page
    assert seance.avis.count() == 1


def test_the_same_avis_sent_twice_is_one(entrer, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    envoi = saisie(point, sens="ajourne", motif="À revoir") | {"remarque-titre": "Long"}
    assert entrer.post(ecran(point), envoi).status_code == 302
    assert entrer.post(ecran(point), envoi).status_code == 302
    assert Avis.objects.count() == 1
    autre = entrer.post(ecran(point), envoi | {"motif": "Autre chose"})
    assert (autre.status_code, Avis.objects.count()) == (200, 1)


def test_a_fiche_that_came_back_is_read_again_before_the_avis(
    entrer, seance, transmettre, composer
):
    (point,) = composer(seance, transmettre())
    lue = saisie(point, sens="favorable", motif="Sur la première version")
    delegation = f.agent_delegation()
    parcours.rappeler(point.fiche, agent=delegation, motif="Coût")
    parcours.transmettre(point.fiche, agent=delegation)
    reponse = entrer.post(ecran(point), lue)
    assert erreurs(reponse)[0].startswith("Cette fiche a été rappelée, puis transmise de nouveau")
    assert "Sur la première version" in reponse.content.decode()
    assert not seance.avis.exists()
    lue["passage"] = reponse.context["formulaire"]["passage"].value()
    assert entrer.post(ecran(point), lue).status_code == 302
    assert seance.avis.get().passage_id == FicheAction.objects.get().dernier_envoi_id


def test_a_fiche_called_back_is_not_answered(entrer, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    parcours.rappeler(point.fiche, agent=f.agent_delegation(), motif="Coût")
    page = entrer.get(ecran(point))
    assert "n’attend plus l’avis de ce comité" in page.content.decode()
    reponse = entrer.post(ecran(point), saisie(point, sens="favorable", motif="Oui"))
    assert "La fiche est « brouillon »" in erreurs(reponse)[0]
    assert not seance.avis.exists()


def test_a_closed_seance_takes_no_avis(entrer, agent, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    conduite.clore(seance, agent=agent)
    reponse = entrer.post(ecran(point), saisie(point, sens="favorable", motif="Trop tard"))
    assert erreurs(reponse)[0].startswith("Cette séance est close")
    assert "Trop tard" in reponse.content.decode()
    # The same rule whichever the way in.
    with pytest.raises(Exception, match="Cette séance est close"):
        decisions.rendre_avis(point.fiche, seance=seance, sens="favorable", agent=agent)
    assert not seance.avis.exists()


def test_a_region_that_is_not_concerned_is_refused_with_its_reason(
    client, seance, transmettre, composer
):
    fiche = transmettre()
    ailleurs = f.SeanceFactory(comite__region__code="75")
    voisin = f.agent_region("75")
    with pytest.raises(TransitionRefusee, match="ne concerne pas la région"):
        decisions.rendre_avis(fiche, seance=ailleurs, sens="favorable", agent=voisin)
    # Forced on its agenda by a file, its screen says the same.
    point = f.PointOrdreDuJourFactory(seance=ailleurs, demande=None, fiche=fiche)
    client.force_login(voisin)
    reponse = client.post(ecran(point), saisie(point, sens="favorable"))
    assert "ne concerne pas la région" in erreurs(reponse)[0]
    assert not Avis.objects.exists()


def test_a_demande_is_answered_once_a_seance_and_put_off_to_the_next(
    entrer, agent, comite, seance, transmettre
):
    perimetre = transmettre().territoire.perimetre_courant
    demande = f.DemandePerimetreFactory(perimetre=perimetre)
    f.MouvementDemandeFactory(demande=demande)
    point = f.PointOrdreDuJourFactory(seance=seance, demande=demande)
    envoi = {"sens": "ajourne", "motif": "Entendre la vallée", "passage": ""}
    assert "Val d’Essai" in entrer.get(ecran(point)).content.decode()
    for _ in range(2):
        assert entrer.post(ecran(point), envoi).status_code == 302
    assert demande.avis.count() == 1
    suivante = f.SeanceFactory(comite=comite)
    with pytest.raises(TransitionRefusee, match="qui n’est pas close"):
        demandes.rendre_avis(demande, seance=suivante, sens="favorable", agent=agent)
    conduite.clore(seance, agent=agent)
    demande.refresh_from_db()
    assert demande.etat == "deposee"
    f.rendre_et_clore(demande, seance=suivante, sens="favorable", agent=agent)
    demande.refresh_from_db()
    assert demande.etat == "acceptee"


def test_a_point_of_another_seance_is_not_found_here(entrer, comite, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    autre = f.SeanceFactory(comite=comite)
    adresse = reverse("admin:programme_seance_avis_point", args=[autre.pk, point.pk])
    assert entrer.get(adresse).status_code == 404


@pytest.fixture
def entre_deux(monkeypatch):
    """Slip somebody else's act between the reading of the page and the lock of the avis."""

    def glisser(acte):
        d_origine = AvisForm.enregistrer

        def enregistrer(self, seance, agent):
            acte()
            return d_origine(self, seance, agent)

        monkeypatch.setattr(AvisForm, "enregistrer", enregistrer)

    return glisser


def test_two_clicks_at_once_give_one_avis(entrer, agent, seance, transmettre, composer, entre_deux):
    (point,) = composer(seance, transmettre())
    jumeau = {"seance": seance, "sens": "ajourne", "motif": "À revoir", "agent": agent}
    entre_deux(lambda: decisions.rendre_avis(point.fiche, **jumeau))
    reponse = entrer.post(ecran(point), saisie(point, sens="ajourne", motif="À revoir"))
    assert reponse.status_code == 302
    assert Avis.objects.count() == 1


def test_an_avis_given_a_second_before_is_told_with_its_author(
    entrer, comite, seance, transmettre, composer, entre_deux
):
    (point,) = composer(seance, transmettre("75"))
    collegue = f.agent_region(comite.region)
    leur = {"seance": seance, "sens": "favorable", "agent": collegue}
    entre_deux(lambda: decisions.rendre_avis(point.fiche, **leur))
    reponse = entrer.post(ecran(point), saisie(point, sens="defavorable", motif="Mon motif"))
    assert erreurs(reponse)[0] == "Le comité de la région Occitanie a déjà rendu son avis."
    assert erreurs(reponse)[1].startswith(f"{collegue} a rendu un avis favorable le ")
    assert reponse.context["formulaire"]["motif"].value() == "Mon motif"
    assert Avis.objects.get().rendu_par == collegue


def test_a_seance_closed_a_second_before_takes_no_avis(
    entrer, agent, seance, transmettre, composer, entre_deux
):
    (point,) = composer(seance, transmettre())
    entre_deux(lambda: conduite.clore(seance, agent=agent))
    reponse = entrer.post(ecran(point), saisie(point, sens="favorable"))
    assert erreurs(reponse)[0].startswith("Cette séance est close")
    assert not Avis.objects.exists()
