"""An avis takes effect when its séance is closed: until then it is nobody's business but theirs."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from programme.comites import conduite, decisions, demandes
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.models import TransitionRefusee
from tests import factories as f


def page(seance, nom, *args):
    return reverse(f"admin:programme_seance_{nom}", args=[seance.pk, *args])


def etat(objet):
    return type(objet).objects.get(pk=objet.pk).etat


def suites(client, seance):
    return [suite for _, suite in client.get(page(seance, "clore")).context["lignes"]]


@pytest.fixture
def entrer(client, agent):
    client.force_login(agent)
    return client


def test_nothing_comes_of_an_avis_before_the_closing(client, agent, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    fiche = point.fiche
    Courriel.objects.all().delete()
    decisions.rendre_avis(
        fiche,
        seance=seance,
        sens="favorable",
        motif="Motif-discret",
        remarques=[("titre", "Remarque-discrete")],
        agent=agent,
    )
    local = f.agents_de(fiche.territoire)[0]
    assert etat(fiche) == "transmise"
    assert client.get(fiche.get_absolute_url()).status_code == 404
    client.force_login(local)
    for adresse in (
        fiche.get_absolute_url(),
        reverse("admin:programme_ficheaction_change", args=[fiche.pk]),
        reverse("admin:programme_ficheaction_history", args=[fiche.pk]),
    ):
        texte = client.get(adresse).content.decode()
        assert "discret" not in texte and "favorable" not in texte, adresse
    assert not Courriel.objects.exists()
    conduite.clore(seance, agent=agent)
    assert etat(fiche) == "validee"
    assert fiche.passages.last().le >= Avis.objects.get().effet_le
    assert Courriel.objects.filter(agent=local).exists()
    assert "Motif-discret" in client.get(fiche.get_absolute_url()).content.decode()


def test_the_other_region_reads_it_once_in_effect(agent, seance, transmettre):
    voisin = f.agent_region("75")
    fiche = transmettre("75")
    decisions.rendre_avis(fiche, seance=seance, sens="favorable", agent=agent)
    assert list(Avis.objects.for_user(agent)) == list(Avis.objects.all())
    assert not Avis.objects.for_user(voisin).exists()
    conduite.clore(seance, agent=agent)
    assert Avis.objects.for_user(voisin).count() == 1


def test_it_is_corrected_on_its_screen_and_the_history_tells_it(
    entrer, agent, seance, transmettre, composer
):
    (point,) = composer(seance, transmettre())
    avis = {"seance": seance, "agent": agent, "motif": "À préciser"}
    remarques = [("titre", "Long"), ("contexte", "Court")]
    decisions.rendre_avis(point.fiche, sens="ajourne", remarques=remarques, **avis)
    garde = seance.avis.get().remarques.get(champ="titre")
    ecran = page(seance, "avis_point", point.pk)
    formulaire = entrer.get(f"{ecran}?corriger=1").context["formulaire"]
    assert formulaire["sens"].value() == "ajourne"
    assert formulaire["remarque-contexte"].value() == "Court"
    envoi = {"passage": point.fiche.dernier_envoi_id, "vu": formulaire["vu"].value()}
    envoi |= {"sens": "defavorable", "motif": "Hors sujet", "remarque-titre": "Long"}
    assert entrer.post(ecran, envoi).status_code == 302
    corrige = seance.avis.get()
    assert (corrige.sens, corrige.motif) == ("defavorable", "Hors sujet")
    assert list(corrige.remarques.all()) == [garde]
    # What was read has changed since: told, and nothing replaced.
    reponse = entrer.post(ecran, envoi | {"sens": "favorable", "motif": ""})
    refus = reponse.context["formulaire"].non_field_errors()
    assert refus[0] == "Cet avis a été corrigé depuis que vous l’avez lu."
    assert seance.avis.get().sens == "defavorable"
    gestes = {e["geste"]: e for e in entrer.get(page(seance, "history")).context["etapes"]}
    assert gestes["Avis corrigé"]["changements"] == [
        (point.fiche.titre, "ajourné. À préciser", "défavorable. Hors sujet")
    ]


def test_it_is_withdrawn_and_the_point_waits_again(entrer, agent, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    note = decisions.rendre_avis(point.fiche, seance=seance, sens="favorable", agent=agent)
    ecran = page(seance, "avis_point", point.pk)
    entrer.post(ecran, {"retirer": "1", "vu": "autre"})
    assert seance.avis.exists()
    assert entrer.post(ecran, {"retirer": "1", "vu": note.rendu_le.isoformat()}).url == ecran
    assert not seance.avis.exists()
    assert entrer.get(ecran).context["point"].attend
    assert Avis.history.filter(history_type="-", history_user=agent).count() == 1
    conduite.composer(seance, agent=agent, cles=[], vu=[point.cle])


def test_only_its_comite_corrects_and_withdraws_and_only_before_the_closing(
    agent, seance, transmettre
):
    note = decisions.rendre_avis(transmettre("75"), seance=seance, sens="favorable", agent=agent)
    for voisin in (f.agent_region("75"), f.agents_de(note.fiche.territoire)[0]):
        with pytest.raises(PermissionDenied):
            decisions.retirer(note, agent=voisin)
        with pytest.raises(PermissionDenied):
            decisions.corriger(note, sens="favorable", motif="Non", agent=voisin)
    conduite.clore(seance, agent=agent)
    with pytest.raises(TransitionRefusee, match="Cette séance est close"):
        decisions.retirer(note, agent=f.agent_delegation())
    with pytest.raises(TransitionRefusee, match="Cette séance est close"):
        decisions.corriger(note, sens="ajourne", motif="Non", agent=agent)


def test_the_closing_page_says_what_follows_point_by_point_and_the_releve_keeps_it(
    entrer, agent, seance, transmettre, composer
):
    titres = ("Un", "Deux", "Trois", "Quatre", "Cinq", "Six")
    fiches = [transmettre(*(["75"] if t == "Deux" else []), titre=t) for t in titres]
    composer(seance, *fiches)
    avis = [("favorable", ""), ("favorable", ""), ("ajourne", "M"), ("defavorable", "M")]
    for fiche, (sens, motif) in zip(fiches, avis, strict=False):
        remarques = [("titre", "A"), ("contexte", "B")] if sens == "ajourne" else []
        decisions.rendre_avis(
            fiche, seance=seance, sens=sens, motif=motif, remarques=remarques, agent=agent
        )
    rappelee = decisions.rendre_avis(fiches[5], seance=seance, sens="favorable", agent=agent)
    parcours.rappeler(fiches[5], agent=f.agent_delegation(), motif="Coût")
    attendu = [
        "La fiche est validée.",
        "La décision attend encore l’avis de\u202f: Région 75.",
        "La fiche revient au territoire avec 2 remarques\u202f: il peut la corriger et la "
        "retransmettre.",
        "La fiche est refusée.",
        "Point sans avis.",
        "La fiche a été rappelée par son territoire\u202f: l’avis est sans effet.",
    ]
    assert suites(entrer, seance) == attendu
    contenu = conduite.clore(seance, agent=agent).contenu
    assert [d["suite"] for d in contenu["fiches"]] == [*attendu[:4], attendu[5]]
    assert contenu["sans_avis"] == ["Cinq"]
    assert [etat(fiche) for fiche in fiches] == [
        "validee",
        "transmise",
        "ajournee",
        "refusee",
        "transmise",
        "brouillon",
    ]
    rappelee.refresh_from_db()
    assert rappelee.effet_le is None
    assert rappelee not in Avis.objects.en_effet()


def test_a_fiche_that_came_back_in_the_same_seance_is_answered_again(
    entrer, agent, seance, transmettre, composer
):
    (point,) = composer(seance, transmettre())
    ancien = decisions.rendre_avis(
        point.fiche, seance=seance, sens="defavorable", motif="M", agent=agent
    )
    delegation = f.agent_delegation()
    parcours.rappeler(point.fiche, agent=delegation, motif="Coût")
    fiche = parcours.transmettre(point.fiche, agent=delegation)
    lu = entrer.get(page(seance, "avis_point", point.pk)).context["point"]
    assert (lu.attend, lu.caduc) == (True, ancien)
    assert suites(entrer, seance)[0].startswith("Point sans avis. La fiche a été rappelée, puis")
    decisions.rendre_avis(fiche, seance=seance, sens="favorable", agent=agent)
    conduite.clore(seance, agent=agent)
    assert etat(fiche) == "validee"
    assert [avis.sens for avis in Avis.objects.en_effet()] == ["favorable"]


def test_a_demande_is_decided_at_the_closing(agent, seance, transmettre):
    perimetre = transmettre("75").territoire.perimetre_courant
    demande = f.DemandePerimetreFactory(perimetre=perimetre)
    demandes.rendre_avis(demande, seance=seance, sens="favorable", agent=agent)
    assert etat(demande) == "deposee"
    conduite.clore(seance, agent=agent)
    assert etat(demande) == "deposee"
    voisine, voisin = f.SeanceFactory(comite__region__code="75"), f.agent_region("75")
    f.rendre_et_clore(demande, seance=voisine, sens="favorable", agent=voisin)
    assert etat(demande) == "acceptee"


def test_a_fiche_refused_meanwhile_by_the_other_region_is_told_void(
    entrer, agent, seance, transmettre
):
    fiche = transmettre("75")
    decisions.rendre_avis(fiche, seance=seance, sens="favorable", agent=agent)
    voisine, voisin = f.SeanceFactory(comite__region__code="75"), f.agent_region("75")
    f.rendre_et_clore(fiche, seance=voisine, sens="defavorable", motif="Non", agent=voisin)
    dit = "La fiche est déjà «\u202frefusée\u202f»\u202f: l’avis est sans effet."
    assert suites(entrer, seance) == [dit]
    assert conduite.clore(seance, agent=agent).contenu["fiches"][0]["suite"] == dit
    assert etat(fiche) == "refusee"
