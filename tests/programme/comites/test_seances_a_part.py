"""Consultation écrite, joint séance, séance older than what it judges, second examination."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from programme.comites import conduite, decisions, releve
from programme.comites.dossier import dossier
from programme.comites.models import Seance
from programme.fiches import parcours
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.echanges.outils import analyser, csv
from tests.formulaires import en_clair, envoi


def page(seance, nom, *args):
    return reverse(f"admin:programme_seance_{nom}", args=[seance.pk, *args])


def cles(seance):
    return [point.cle for point in seance.points.all()]


@pytest.fixture
def entrer(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def ancienne(comite):
    return f.SeanceFactory(comite=comite, date=datetime.date(2020, 1, 6))


def test_a_seance_older_than_what_it_judges_is_confirmed(entrer, agent, ancienne, transmettre):
    fiche = transmettre(titre="Tard venue")
    cle = f"fiche-{fiche.pk}"
    envoi = {"vu": "", "retenu": [cle], f"ordre-{cle}": "1"}
    reponse = entrer.post(page(ancienne, "ordre_du_jour"), envoi)
    assert "Tard venue" in reponse.context["erreurs"][0]
    assert cles(ancienne) == []
    assert (
        entrer.post(page(ancienne, "ordre_du_jour"), envoi | {"confirme": "1"}).status_code == 302
    )
    assert cles(ancienne) == [cle]
    decisions.rendre_avis(fiche, seance=ancienne, sens="favorable", agent=agent)
    assert "«\u202fTard venue" in entrer.post(page(ancienne, "clore")).context["trop_tot"]
    assert not Seance.objects.get(pk=ancienne.pk).est_close
    assert entrer.post(page(ancienne, "clore"), {"confirme": "1"}).status_code == 302
    (decision,) = ancienne.releves.get().contenu["fiches"]
    assert "après la date de la séance" in decision["inscription"]


def test_changing_the_date_of_a_seance_says_what_it_no_longer_precedes(
    entrer, agent, seance, transmettre, composer
):
    composer(seance, transmettre(titre="Tard venue"))
    adresse = reverse("admin:programme_seance_change", args=[seance.pk])

    def dater(jour):
        donnees = envoi(entrer.get(adresse), "seance_form", date=jour)
        reponse = entrer.post(adresse, en_clair(donnees), follow=True)
        return [str(m) for m in reponse.context["messages"] if m.level_tag == "warning"]

    (dit,) = dater("06/01/2020")
    assert "du 6\xa0janvier 2020" in dit and "Tard venue" in dit
    # It is the sentence of the page where the agenda is composed.
    cle = f"fiche-{transmettre(titre='Autre').pk}"
    saisie = {"vu": " ".join(cles(seance)), "retenu": [cle], f"ordre-{cle}": "1"}
    lu = entrer.post(page(seance, "ordre_du_jour"), saisie).context["erreurs"][0]
    assert lu.startswith(dit.partition("«")[0])
    # Said again only when the date changes again; nothing to say of a later one.
    assert dater("06/01/2020") == dater(f"{timezone.localdate():%d/%m/%Y}") == []


def test_a_file_says_it_too(ancienne, seance, transmettre):
    fiche = transmettre()
    entetes = "comite,seance,fiche,demande,modification,ordre"
    for une, nombre in ((ancienne, 1), (seance, 0)):
        rapport = analyser("ordres_du_jour", csv(entetes, f"76,{une.date},{fiche.reference},,,1"))
        dites = [r for r in rapport.remarques if "après cette séance" in str(r.message)]
        assert (len(rapport.plans), len(dites)) == (1, nombre)


def test_a_second_examination_shows_the_first_with_its_answers(
    entrer, agent, ancienne, seance, transmettre, composer
):
    fiche = transmettre()
    remarques = [("titre", "Trop long"), ("contexte", "Trop court")]
    avis = {"sens": "ajourne", "motif": "À préciser", "remarques": remarques, "agent": agent}
    f.rendre_et_clore(fiche, seance=ancienne, **avis)
    fiche.avis.get().remarques.filter(champ="titre").update(reponse="Raccourci")
    fiche = parcours.transmettre(FicheAction.objects.get(pk=fiche.pk), agent=agent)
    (point,) = composer(seance, fiche)
    texte = " ".join(entrer.get(page(seance, "avis_point", point.pk)).content.decode().split())
    for dit in ("À préciser", "Trop long", "Raccourci", "Sans réponse du territoire."):
        assert dit in texte


def test_a_consultation_has_no_place_and_counts_answers(entrer, agent, comite):
    ecrite = f.SeanceFactory(comite=comite, genre="consultation")
    assert str(ecrite).startswith("Occitanie, consultation écrite du")
    ecrite.lieu = "Toulouse"
    with pytest.raises(ValidationError, match="n’a pas de lieu"):
        ecrite.full_clean()
    membres = [f.MembreComiteFactory(comite=comite, nom=nom) for nom in ("Ana", "Bea", "Cyr")]
    conduite.noter_presences(agent=agent, seance=ecrite, statuts={membres[2]: "excuse"})
    envoi = {f"membre-{membres[2].pk}": "excuse", "tous_presents": "1"}
    assert "A répondu" in entrer.get(page(ecrite, "presences")).content.decode()
    entrer.post(page(ecrite, "presences"), envoi)
    assert releve.quorum_de(Seance.objects.get(pk=ecrite.pk)) == (
        True,
        "2 membres ont répondu sur 3, pour un quorum de 2\u202f: le quorum est atteint.",
    )
    assert "Dossier de consultation écrite" in entrer.get(page(ecrite, "dossier")).content.decode()
    conduite.clore(ecrite, agent=agent)
    texte = entrer.get(page(ecrite, "releve")).content.decode()
    assert "Consultation écrite du" in texte and "Ont répondu" in texte
    for nom in ("dossier_pdf", "releve_pdf"):
        assert entrer.get(page(ecrite, nom)).status_code == 200


@pytest.fixture
def communes(comite):
    """Two séances of today, of two régions, held together."""
    aujourdhui = timezone.localdate()
    autre = f.SeanceFactory(comite__region__code="75", date=aujourdhui)
    return f.SeanceFactory(comite=comite, date=aujourdhui, commune_avec=autre), autre


def test_a_joint_seance_has_one_agenda_and_two_avis(entrer, agent, communes, transmettre):
    ici, la = communes
    partagee, seule = transmettre("75", titre="Partagée"), transmettre(titre="Seule")
    ajout = [f"fiche-{seule.pk}", f"fiche-{partagee.pk}"]
    conduite.composer(ici, agent=agent, cles=ajout, vu=[])
    assert (cles(ici), cles(la)) == (ajout, ajout[1:])
    for une in (ici, la):
        contenu = dossier(Seance.objects.get(pk=une.pk))
        assert [p["titre"] for p in contenu["points"]] == ["Partagée", "Seule"]
        assert len(contenu["commune"]) == 2
    voisin = f.agent_region("75")
    note = decisions.rendre_avis(partagee, seance=la, sens="favorable", motif="Oui", agent=voisin)
    ecran = page(ici, "avis_point", ici.points.get(fiche=partagee).pk)
    lu = entrer.get(ecran)
    assert lu.context["point"].voisin == note
    assert "a noté un avis" in lu.content.decode()
    # What it decides is still the business of each closing.
    decisions.rendre_avis(partagee, seance=ici, sens="favorable", agent=agent)
    conduite.clore(ici, agent=agent)
    assert FicheAction.objects.get(pk=partagee.pk).etat == "transmise"
    conduite.clore(la, agent=voisin)
    assert FicheAction.objects.get(pk=partagee.pk).etat == "validee"


def test_what_is_taken_off_one_agenda_leaves_the_other(agent, communes, transmettre):
    ici, la = communes
    fiche = transmettre("75")
    conduite.composer(ici, agent=agent, cles=[f"fiche-{fiche.pk}"], vu=[])
    conduite.composer(la, agent=f.agent_region("75"), cles=[], vu=cles(la))
    assert (cles(ici), cles(la)) == ([], [])


def test_two_seances_are_joined_on_the_same_day_of_two_comites(comite, communes):
    ici, la = communes
    demain = timezone.localdate() + datetime.timedelta(days=1)
    refusees = [
        Seance(comite=comite, date=demain, commune_avec=f.SeanceFactory(comite=comite)),
        Seance(comite=comite, date=demain, commune_avec=f.SeanceFactory(comite=la.comite)),
        Seance(comite=f.ComiteDePilotageFactory(), date=la.date, commune_avec=la),
    ]
    for refusee in refusees:
        with pytest.raises(ValidationError, match=r"(un autre comité|commune avec|le même jour)"):
            refusee.full_clean()
    assert (ici.jumelle, Seance.objects.get(pk=la.pk).jumelle) == (la, ici)


def test_a_new_seance_is_held_with_an_open_one_of_another_comite_not_past(entrer, comite):
    demain = timezone.localdate() + datetime.timedelta(days=1)
    siennes = f.SeanceFactory(comite=comite, date=demain)
    a_venir = f.SeanceFactory(comite__region__code="75", date=demain)
    passee = f.SeanceFactory(comite=a_venir.comite, date="2024-01-10")
    page = entrer.get(reverse("admin:programme_seance_add"))
    champ = page.context["adminform"].form.fields["commune_avec"]
    assert list(champ.queryset) == [a_venir]
    assert champ.label == "Tenue avec le comité de…"
    page = entrer.get(reverse("admin:programme_seance_change", args=[siennes.pk]))
    offertes = page.context["adminform"].form.fields["commune_avec"].queryset
    assert a_venir in offertes
    assert siennes not in offertes
    assert passee not in offertes


def test_a_seance_is_joined_to_another_as_it_is_created(entrer, agent, comite, transmettre):
    la = f.SeanceFactory(comite__region__code="75", date=timezone.localdate())
    partagee, ailleurs = transmettre("75"), f.fiche_complete(f.territoire_publie("75"))
    ailleurs = parcours.transmettre(ailleurs, agent=f.agent_delegation())
    points = [f"fiche-{partagee.pk}", f"fiche-{ailleurs.pk}"]
    conduite.composer(la, agent=f.agent_region("75"), cles=points, vu=[])
    adresse = reverse("admin:programme_seance_add")
    choix = {"comite": comite.pk, "date": la.date, "commune_avec": la.pk}
    donnees = envoi(entrer.get(adresse), "seance_form", **choix)
    assert entrer.post(adresse, en_clair(donnees)).status_code == 302
    assert la.jumelle == Seance.objects.get(comite=comite)
    assert (cles(la.jumelle), cles(la)) == (points[:1], points)


def test_steps_of_a_seance_left_as_it_was_say_nothing(entrer, seance):
    adresse = reverse("admin:programme_seance_change", args=[seance.pk])

    def suite(**change):
        donnees = envoi(entrer.get(adresse), "seance_form", _puis="presences", **change)
        return entrer.post(adresse, en_clair(donnees), follow=True)

    rien = suite()
    assert rien.redirect_chain[-1][0] == page(seance, "presences")
    assert list(rien.context["messages"]) == []
    fait = suite(lieu="Pau")
    assert fait.redirect_chain[-1][0] == page(seance, "presences")
    assert len(list(fait.context["messages"])) == 1
