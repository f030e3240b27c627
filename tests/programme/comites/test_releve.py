"""The relevé says what was decided, by whom and how many: frozen, and corrected in the open."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from programme.comites import conduite, decisions, releve
from programme.comites.models import Presence, Releve, Seance
from tests import factories as f
from tests.echanges.outils import analyser, csv, messages


def page(seance, nom="releve"):
    return reverse(f"admin:programme_seance_{nom}", args=[seance.pk])


@pytest.fixture
def tenue(agent, comite, seance, transmettre, composer):
    """A séance with one fiche decided, one ajournée with a remark, one without avis."""
    membres = [f.MembreComiteFactory(comite=comite, nom=nom) for nom in ("Ana", "Bea", "Cyr")]
    statuts = {membres[0]: "present", membres[1]: "excuse"}
    conduite.noter_presences(seance, agent=agent, statuts=statuts)
    un, deux, _ = composer(seance, *(transmettre(titre=t) for t in ("Un", "Deux", "Trois")))
    decisions.rendre_avis(un.fiche, seance=seance, sens="favorable", agent=agent)
    decisions.rendre_avis(
        deux.fiche,
        seance=seance,
        sens="ajourne",
        motif="À préciser",
        remarques=[("cout_total", "Trop rond")],
        agent=agent,
    )
    return seance


def test_it_tells_the_whole_seance(agent, tenue):
    contenu = conduite.clore(tenue, agent=agent).contenu
    assert contenu["lieu"] == "Toulouse"
    assert (contenu["presents"], contenu["excuses"], contenu["membres"]) == (["Ana"], ["Bea"], 3)
    assert releve.quorum(contenu)[0] is False
    un, deux = contenu["fiches"]
    assert (un["titre"], un["sens"], un["suite"]) == ("Un", "favorable", "La fiche est validée.")
    assert (deux["sens"], deux["motif"]) == ("ajourné", "À préciser")
    assert deux["remarques"] == [{"champ": "coût total", "texte": "Trop rond"}]
    assert contenu["sans_avis"] == ["Trois"]


def test_the_other_region_still_awaited_is_named(agent, seance, transmettre, composer):
    (point,) = composer(seance, transmettre("75"))
    decisions.rendre_avis(point.fiche, seance=seance, sens="favorable", agent=agent)
    (decision,) = conduite.clore(seance, agent=agent).contenu["fiches"]
    assert decision["suite"] == "La décision attend encore l’avis de : Région 75."


def test_nothing_that_happens_later_changes_it(agent, tenue, comite):
    avant = conduite.clore(tenue, agent=agent).contenu
    fiche = tenue.points.first().fiche
    fiche.titre = "Autre titre"
    fiche.save()
    comite.membres.update(organisation="Ailleurs")
    comite.quorum = 1
    comite.save()
    etabli = Releve.objects.get()
    assert etabli.contenu == avant
    with pytest.raises(ValidationError, match="ne se réécrit pas"):
        etabli.save()
    assert releve.quorum(etabli.contenu)[1].endswith("Les avis rendus le sont sans lui.")


def test_it_comes_after_the_seance_and_is_a_project_until_then(client, agent, a_venir, seance):
    client.force_login(agent)
    assert client.get(page(a_venir)).status_code == 404
    assert client.get(page(a_venir, "releve_pdf")).status_code == 404
    with pytest.raises(conduite.SeanceRefusee, match="pas encore eu lieu"):
        conduite.clore(a_venir, agent=agent)
    reponse = client.get(page(seance))
    assert reponse.context["d"]["version"] == 0
    assert "Projet de relevé de décisions" in reponse.content.decode()
    assert client.post(page(seance, "clore")).url == page(seance)
    assert client.get(page(seance)).context["d"]["version"] == 1


def test_a_closed_seance_changes_by_rectification_only(client, agent, tenue, transmettre):
    conduite.clore(tenue, agent=agent)
    vu = [point.cle for point in tenue.points.all()]
    with pytest.raises(conduite.SeanceRefusee, match="est close"):
        conduite.composer(tenue, agent=agent, cles=[], vu=vu)
    with pytest.raises(conduite.SeanceRefusee, match="est close"):
        conduite.noter_presences(tenue, agent=agent, statuts={})
    with pytest.raises(conduite.SeanceRefusee, match="est close"):
        conduite.clore(tenue, agent=agent)
    client.force_login(agent)
    formulaire = client.get(page(tenue, "change")).context["adminform"]
    assert set(formulaire.form.fields) == {"compte_rendu"}
    assert client.get(page(tenue, "delete")).status_code == 403


def test_a_file_does_not_change_a_closed_seance_either(agent, tenue):
    conduite.clore(tenue, agent=agent)
    cle = f"76,{tenue.date}"
    fiche = tenue.points.first().fiche
    for nom, contenu in {
        "seances": csv("comite,date,lieu", f"{cle},Ailleurs"),
        "presences": csv("comite,seance,nom,organisation,statut", f"{cle},Ana,,excuse"),
        "ordres_du_jour": csv(
            "comite,seance,fiche,demande,modification,ordre", f"{cle},{fiche.reference},,,9"
        ),
        "releves": csv("comite,seance,numero,motif", f"{cle},1,Autre"),
    }.items():
        assert messages(analyser(nom, contenu)), nom
    assert not messages(
        analyser("seances", csv("comite,date,compte_rendu", f"{cle},Après la séance"))
    )


def test_a_rectification_says_what_it_changes_and_keeps_the_former(client, agent, tenue, comite):
    premier = conduite.clore(tenue, agent=agent)
    cyr = comite.membres.get(nom="Cyr")
    client.force_login(agent)
    envoi = {f"membre-{cyr.pk}": "present", "lieu": "Toulouse", "motif": "Cyr était là"}
    assert client.post(page(tenue, "presences"), envoi).url == page(tenue)
    second = tenue.releves.last()
    assert second.contenu["rectifications"] == [
        {"quoi": "Présents", "avant": "Ana", "apres": "Ana ; Cyr"}
    ]
    assert releve.quorum(second.contenu)[0] is True
    assert Releve.objects.get(numero=1).contenu == premier.contenu
    reponse = client.get(page(tenue))
    assert (reponse.context["d"]["version"], len(reponse.context["versions"])) == (2, 2)
    ancien = client.get(page(tenue), {"version": 1})
    assert ancien.context["d"]["version"] == 1
    assert "Ce relevé a été rectifié depuis" in ancien.content.decode()
    assert client.get(page(tenue), {"version": 3}).status_code == 404
    assert client.get(page(tenue), {"version": "1'"}).status_code == 404


def test_a_rectification_without_reason_or_change_is_refused_whole(client, agent, tenue, comite):
    conduite.clore(tenue, agent=agent)
    cyr = comite.membres.get(nom="Cyr")
    client.force_login(agent)
    envoi = {f"membre-{cyr.pk}": "present", "lieu": "Albi", "motif": " ", "precision": "Mot"}
    formulaire = client.post(page(tenue, "presences"), envoi).context["formulaire"]
    assert formulaire.errors == {"motif": ["Dites ce que vous rectifiez, et pourquoi."]}
    assert (formulaire["lieu"].value(), formulaire["precision"].value()) == ("Albi", "Mot")
    nul = client.post(page(tenue, "presences"), envoi | {"motif": "a\x00b", "lieu": "x" * 151})
    assert set(nul.context["formulaire"].errors) == {"motif", "lieu"}
    reponse = client.post(page(tenue, "presences"), {"lieu": "Toulouse", "motif": "Rien"})
    assert reponse.context["erreurs"] == ["Rien ne change : il n’y a rien à rectifier."]
    assert (Releve.objects.count(), Seance.objects.get().lieu) == (1, "Toulouse")
    assert Presence.objects.filter(membre=cyr).count() == 0


def test_each_rectification_keeps_its_own_quorum_and_reason(agent, tenue):
    conduite.clore(tenue, agent=agent)
    for lieu in ("Albi", "Auch"):
        conduite.rectifier(tenue, agent=agent, motif=f"Salle de {lieu}", lieu=lieu, statuts={})
    assert list(tenue.releves.values_list("numero", "motif")) == [
        (1, ""),
        (2, "Salle de Albi"),
        (3, "Salle de Auch"),
    ]
    with pytest.raises(conduite.SeanceRefusee, match="n’est pas close"):
        ouverte = f.SeanceFactory(comite=tenue.comite, date=datetime.date(2020, 1, 1))
        conduite.rectifier(ouverte, agent=agent, motif="x", lieu="y", statuts={})
    with pytest.raises(PermissionDenied):
        voisin = f.agent_region("75")
        conduite.rectifier(tenue, agent=voisin, motif="x", lieu="y", statuts={})
    with pytest.raises(conduite.SeanceRefusee, match="Dites ce que vous rectifiez"):
        conduite.rectifier(tenue, agent=agent, motif=" ", lieu="Albi", statuts={})


def test_the_history_tells_agenda_presences_and_releves_beside_the_fields(client, agent, tenue):
    conduite.clore(tenue, agent=agent)
    conduite.rectifier(tenue, agent=agent, motif="Salle", lieu="Albi", statuts={})
    client.force_login(agent)
    etapes = client.get(page(tenue, "history")).context["etapes"]
    gestes = [etape["geste"] for etape in etapes]
    assert {geste: gestes.count(geste) for geste in gestes} == {
        "Création": 1,
        "Modification": 1,
        "Point ajouté": 3,
        "Présence notée": 2,
        "Avis noté": 2,
        "Relevé établi": 1,
        "Relevé rectifié": 1,
    }
    assert gestes[-1] == "Création"
    assert ("lieu", "Toulouse", "Albi") in [c for e in etapes for c in e["changements"]]
    assert [e["raison"] for e in etapes if e["geste"] == "Relevé rectifié"] == ["Salle"]
