"""The agenda is made of what waits: proposed whole, ordered, and told when it grows later."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from programme.comites import conduite, decisions, demandes
from programme.comites.models import PointOrdreDuJour
from programme.comites.ordre_du_jour import en_attente, points
from programme.fiches import parcours
from tests import factories as f
from tests.echanges.outils import analyser, csv, importer, messages


def page(seance):
    return reverse("admin:programme_seance_ordre_du_jour", args=[seance.pk])


def cles(seance):
    return [point.cle for point in seance.points.all()]


def saisie(lignes, **autres):
    """What the form sends when every line is kept at its rank."""
    rangs = {f"ordre-{ligne.cle}": ligne.ordre for ligne in lignes}
    return {"vu": "", "retenu": [ligne.cle for ligne in lignes]} | rangs | autres


def test_all_that_waits_is_proposed_and_one_button_takes_it(client, agent, seance, transmettre):
    fiches = [transmettre(titre=titre) for titre in ("Bois", "Acier")]
    demande = f.DemandePerimetreFactory(perimetre=fiches[0].territoire.perimetre_courant)
    f.fiche_complete(fiches[0].territoire)  # still a brouillon
    f.DemandePerimetreFactory()  # of another région
    client.force_login(agent)
    lignes = client.get(page(seance)).context["lignes"]
    assert {ligne.objet for ligne in lignes} == {*fiches, demande}
    assert all(ligne.retenu for ligne in lignes)
    assert client.post(page(seance), saisie(lignes)).status_code == 302
    assert cles(seance) == [ligne.cle for ligne in lignes]
    assert not any(point.complement for point in seance.points.all())


def test_a_line_unticked_is_left_out_and_removed_later(client, agent, seance, transmettre):
    garde, ecarte = transmettre(), transmettre()
    client.force_login(agent)
    lignes = client.get(page(seance)).context["lignes"]
    client.post(page(seance), saisie(lignes, retenu=[f"fiche-{garde.pk}"]))
    assert cles(seance) == [f"fiche-{garde.pk}"]
    client.post(page(seance), {"vu": f"fiche-{garde.pk}"})
    assert cles(seance) == []
    assert PointOrdreDuJour.history.filter(history_type="-").count() == 1
    assert set(en_attente(seance)[0]) == {garde, ecarte}


def test_ranks_and_buttons_order_the_points(client, agent, seance, transmettre, composer):
    a, b, c = (point.cle for point in composer(seance, *(transmettre() for _ in range(3))))
    client.force_login(agent)
    envoi = {"vu": " ".join([a, b, c]), "retenu": [a, b, c]}
    client.post(page(seance), envoi | {f"ordre-{a}": 9, f"ordre-{b}": 2, f"ordre-{c}": 1})
    assert cles(seance) == [c, b, a]
    envoi = {"vu": " ".join([c, b, a]), "retenu": [c, b, a]}
    rangs = {f"ordre-{c}": 1, f"ordre-{b}": 2, f"ordre-{a}": 3}
    client.post(page(seance), envoi | rangs | {"monter": a})
    assert cles(seance) == [c, a, b]
    envoi = {"vu": " ".join([c, a, b]), "retenu": [c, a, b]}
    rangs = {f"ordre-{c}": 1, f"ordre-{a}": 2, f"ordre-{b}": 3}
    client.post(page(seance), envoi | rangs | {"descendre": b})  # the last one stays the last
    assert cles(seance) == [c, a, b]


def test_a_typed_rank_wins_over_the_ranks_it_meets(client, agent, seance, transmettre, composer):
    a, b, c, d = (point.cle for point in composer(seance, *(transmettre() for _ in range(4))))
    client.force_login(agent)
    envoi = {"vu": " ".join([a, b, c, d]), "retenu": [a, b, c, d]}
    envoi |= {f"avant-{cle}": rang for rang, cle in enumerate((a, b, c, d), start=1)}
    envoi |= {f"ordre-{cle}": rang for rang, cle in enumerate((a, b, c, d), start=1)}
    client.post(page(seance), envoi | {f"ordre-{d}": 1})
    assert cles(seance) == [d, a, b, c]
    envoi |= {"vu": " ".join([d, a, b, c]), "retenu": [d, a, b, c]}
    envoi |= {
        f"{nom}-{cle}": rang
        for rang, cle in enumerate((d, a, b, c), 1)
        for nom in ("avant", "ordre")
    }
    client.post(page(seance), envoi | {f"ordre-{d}": 3})
    assert cles(seance) == [a, b, d, c]


def test_what_was_left_out_stays_out_and_what_comes_back_is_no_addition(
    client, agent, seance, transmettre
):
    garde, ecarte = transmettre(titre="Garde"), transmettre(titre="Ecarte")
    client.force_login(agent)
    lignes = client.get(page(seance)).context["lignes"]
    client.post(page(seance), saisie(lignes))
    vu = cles(seance)
    client.post(
        page(seance),
        {"vu": " ".join(vu), "retenu": [f"fiche-{garde.pk}"], f"ordre-fiche-{garde.pk}": 1},
    )
    neuve = transmettre(titre="Neuve")
    lues = {ligne.objet: ligne for ligne in client.get(page(seance)).context["lignes"]}
    assert [lues[f].retenu for f in (garde, ecarte, neuve)] == [True, False, True]
    assert lues[ecarte].etat == "écarté de l’ordre du jour"
    client.post(page(seance), saisie(lues.values(), vu=f"fiche-{garde.pk}"))
    assert {p.fiche: p.complement for p in seance.points.all()} == {
        garde: False,
        ecarte: False,
        neuve: True,
    }


def test_what_is_added_later_is_shown_as_such(seance, transmettre, composer):
    composer(seance, transmettre())
    composer(seance, transmettre())
    assert [point.complement for point in seance.points.all()] == [False, True]


def test_a_rank_in_letters_keeps_what_was_typed(client, agent, seance, transmettre):
    fiche = transmettre()
    client.force_login(agent)
    cle = f"fiche-{fiche.pk}"
    reponse = client.post(page(seance), {"vu": "", "retenu": [cle], f"ordre-{cle}": "deux"})
    assert reponse.context["erreurs"] == ["« deux » n’est pas un rang : tapez un nombre."]
    assert reponse.context["lignes"][0].ordre == "deux"
    assert cles(seance) == []


def test_an_agenda_that_changed_meanwhile_is_not_replaced(agent, seance, transmettre, composer):
    composer(seance, transmettre())
    with pytest.raises(conduite.SeanceRefusee, match="a changé pendant que vous le composiez"):
        conduite.composer(seance, agent=agent, cles=[], vu=[])
    assert len(cles(seance)) == 1


def test_what_no_longer_waits_is_refused(agent, seance, transmettre):
    fiche = transmettre()
    parcours.rappeler(fiche, agent=f.agent_delegation(), motif="À revoir")
    for cle in (f"fiche-{fiche.pk}", "fiche-0", "fiche-x", "autre-1", "fiche-²", "", "fiche--1"):
        with pytest.raises(conduite.SeanceRefusee, match="n’attend plus l’avis"):
            conduite.composer(seance, agent=agent, cles=[cle], vu=[])
    assert cles(seance) == []


def test_a_point_that_got_its_avis_stays(agent, seance, transmettre, composer):
    (point,) = composer(seance, transmettre())
    decisions.rendre_avis(point.fiche, seance=seance, sens="favorable", agent=agent)
    with pytest.raises(conduite.SeanceRefusee, match="ce point reste"):
        conduite.composer(seance, agent=agent, cles=[], vu=[point.cle])


def test_another_region_composes_nothing_here(seance, transmettre):
    fiche = transmettre("75")
    voisin = f.agent_region("75")
    with pytest.raises(PermissionDenied):
        conduite.composer(seance, agent=voisin, cles=[f"fiche-{fiche.pk}"], vu=[])


def test_each_region_sees_what_the_other_one_said(client, agent, comite, seance, transmettre):
    fiche = transmettre("75")
    voisine = f.SeanceFactory(comite=f.ComiteDePilotageFactory(region__code="75"))
    client.force_login(agent)
    (ligne,) = client.get(page(seance)).context["lignes"]
    assert [(region.pk, avis) for region, avis in ligne.regions] == [("76", None), ("75", None)]
    avis = {"sens": "favorable", "motif": "Oui", "agent": f.agent_region("75")}
    note = decisions.rendre_avis(fiche, seance=voisine, **avis)
    reponse = client.get(page(seance))
    assert dict(reponse.context["lignes"][0].regions)[voisine.comite.region] is None
    assert "avis favorable" not in reponse.content.decode()
    conduite.clore(voisine, agent=avis["agent"])
    reponse = client.get(page(seance))
    assert dict(reponse.context["lignes"][0].regions)[voisine.comite.region] == note
    assert "avis favorable" in reponse.content.decode()


def test_what_this_comite_answered_is_proposed_no_more_though_another_region_is_awaited(
    agent, comite, seance, transmettre
):
    fiche = transmettre("75")
    demande = f.DemandePerimetreFactory(perimetre=fiche.territoire.perimetre_courant)
    suivante, ailleurs = f.SeanceFactory(comite=comite), f.SeanceFactory(comite__region__code="75")
    assert [list(lignes) for lignes in en_attente(suivante)] == [[fiche], [demande], []]
    decisions.rendre_avis(fiche, seance=seance, sens="favorable", agent=agent)
    demandes.rendre_avis(demande, seance=seance, sens="favorable", agent=agent)
    assert [list(lignes) for lignes in en_attente(suivante)] == [[], [], []]
    assert [list(lignes) for lignes in en_attente(ailleurs)] == [[fiche], [demande], []]


def test_an_avis_given_off_the_agenda_comes_last(agent, seance, transmettre, composer):
    composer(seance, transmettre())
    hors = transmettre()
    decisions.rendre_avis(hors, seance=seance, sens="favorable", agent=agent)
    inscrit, ajoute = points(seance)
    assert (inscrit.pk is not None, ajoute.pk, ajoute.fiche) == (True, None, hors)
    assert ajoute.avis.sens == "favorable"


def test_a_file_puts_no_fiche_of_another_region_on_an_agenda(seance, transmettre):
    ici, ailleurs = transmettre(), f.fiche_complete(f.territoire_publie("75"))
    entetes = "comite,seance,fiche,demande,modification,ordre"
    ligne = f"76,{seance.date}" + ",{},,,1"
    refusee = analyser("ordres_du_jour", csv(entetes, ligne.format(ailleurs.reference)))
    assert "ne concerne pas la région" in messages(refusee)[0]
    importer("ordres_du_jour", csv(entetes, ligne.format(ici.reference)))
    assert cles(seance) == [f"fiche-{ici.pk}"]
    assert PointOrdreDuJour.history.count() == 1
