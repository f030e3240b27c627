"""Messages are judged when they leave; one that cannot leave stops no other."""

import ast
import datetime
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from programme.courriels.juges import JUGES
from programme.courriels.models import Courriel
from programme.fiches import obstacles, parcours
from programme.management.commands import alerter_engagements
from tests import factories as f
from tests.factories.carte import intercommunalites_de

pytestmark = pytest.mark.django_db
RACINE = Path(__file__).resolve().parents[3]


def envoyer():
    call_command("envoyer_courriels")
    return [message.to[0] for message in mail.outbox]


class Bizarre(EmailBackend):
    """Fails as no mail server does, for the first message only."""

    def send_messages(self, messages):
        if "bizarre" in messages[0].subject:
            raise UnicodeError("adresse impossible")
        return super().send_messages(messages)


@pytest.mark.parametrize(
    "defaut",
    [
        {"objet": "Un titre\nsur deux lignes"},
        {"agent__email": "a@b\nBcc: c@d"},
        {"objet": "bizarre"},
    ],
)
def test_one_bad_message_stops_no_other(settings, defaut):
    settings.EMAIL_BACKEND = f"{__name__}.Bizarre"
    mauvais, bon = f.CourrielFactory(**defaut), f.CourrielFactory()
    with connection.cursor() as curseur:  # as rows of before the texts were cleaned
        if adresse := defaut.get("agent__email"):
            curseur.execute(
                "UPDATE territoires_agent SET email = %s WHERE id = %s", [adresse, mauvais.agent_id]
            )
        elif "\n" in defaut["objet"]:
            curseur.execute(
                "UPDATE programme_courriel SET objet = %s WHERE id = %s",
                [defaut["objet"], mauvais.pk],
            )
    assert bon.agent.email in envoyer()
    mauvais.refresh_from_db()
    if "\n" in defaut.get("objet", ""):
        assert mail.outbox[0].subject == "Un titre sur deux lignes"
    else:
        assert mauvais.envoye_le is None
        assert mauvais.derniere_erreur
        assert mauvais.situation.startswith("en attente")


@pytest.mark.parametrize(
    ("champs", "raison"),
    [({"is_active": False}, "désactivé"), ({"niveau": ""}, "périmètre")],
)
def test_who_left_is_told_nothing(champs, raison):
    courriel = f.CourrielFactory()
    for nom, valeur in champs.items():
        setattr(courriel.agent, nom, valeur)
    courriel.agent.save()
    assert envoyer() == envoyer() == []
    courriel.refresh_from_db()
    assert raison in courriel.situation
    assert (courriel.envoye_le, courriel.tentatives) == (None, 0)
    assert courriel.retenu_le


def test_an_emptied_address_is_not_a_sending_and_a_new_one_is_used():
    courriel = f.CourrielFactory()
    agent = courriel.agent
    agent.email = ""
    agent.save()
    assert envoyer() == []
    courriel.refresh_from_db()
    assert courriel.envoye_le is courriel.retenu_le is None
    assert courriel.situation == "en attente\u202f: cet agent n’a plus d’adresse électronique"
    agent.email = "nouvelle@exemple.invalid"
    agent.save()
    assert envoyer() == ["nouvelle@exemple.invalid"]
    courriel.refresh_from_db()
    assert courriel.situation == "envoyé"


@pytest.fixture
def montee():
    """A fiche that just went up, its own agent, and the agent of the région, told of it."""
    fiche = f.fiche_complete(f.territoire_publie())
    ici, region = f.agents_de(fiche.territoire)
    parcours.transmettre(fiche, agent=ici)
    return fiche, ici, region


def situations():
    return [(c.agent_id, c.situation) for c in Courriel.objects.all()]


def test_what_still_holds_is_told(montee):
    assert envoyer() == [montee[2].email]


def test_what_was_recalled_is_not_told(montee):
    fiche, ici, region = montee
    parcours.rappeler(fiche, agent=ici)
    envoyer()
    montee_, rappel = situations()
    assert montee_ == (
        region.pk,
        "ne part pas\u202f: la fiche a changé depuis\u202f: elle est «\u202fbrouillon\u202f»",
    )
    assert rappel == (region.pk, "envoyé")


def test_a_task_that_the_comite_did_is_not_told(montee):
    fiche, _, region = montee
    autre = f.RegionFactory()
    fiche.territoire.perimetre_courant.regions.add(autre)
    comite = f.ComiteDePilotageFactory(region=region.regions.get())
    seance = f.SeanceFactory(comite=comite, date=timezone.localdate())
    f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=region)
    assert envoyer() == []
    ((_, situation),) = situations()
    assert "déjà rendu son avis" in situation


def test_a_fiche_that_left_one_s_perimeter_is_not_told(montee):
    region = montee[2]
    region.regions.set([f.RegionFactory()])
    assert envoyer() == []
    ((_, situation),) = situations()
    assert "plus de son périmètre" in situation


def test_an_answer_that_another_followed_is_not_told():
    fiche = f.FicheActionFactory(territoire=f.territoire_publie())
    obstacle = f.ObstacleFactory(fiche=fiche)
    ici = f.agent_intercommunalite(intercommunalites_de(fiche.territoire)[0])
    for texte in ("Première", "Seconde"):
        obstacles.repondre(obstacle, texte=texte, agent=f.agent_delegation())
    assert envoyer() == [ici.email]
    assert "Seconde" in mail.outbox[0].body


def test_an_engagement_that_is_settled_is_not_told():
    delegue = f.agent_delegation()
    tenu, tardif = f.EngagementFactory.create_batch(2, echeance=datetime.date(2020, 1, 1))
    alerter_engagements.Command().handle()
    type(tenu).objects.filter(pk=tenu.pk).update(etat="tenu")
    partis = envoyer()
    assert partis and set(partis) == {delegue.email}
    restent = Courriel.objects.exclude(retenu_le=None)
    assert restent and all(c.cle.startswith(f"engagement-{tenu.pk}-") for c in restent)
    assert Courriel.objects.filter(cle__startswith=f"engagement-{tardif.pk}-", retenu_le=None)


def sujets():
    """The first word of the key of every message that the application writes."""
    for fichier in (RACINE / "programme").rglob("*.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            cles = []
            if isinstance(noeud, ast.Call) and ast.unparse(noeud.func).endswith(
                ("prevenir", "dire")
            ):
                cles = [k.value for k in noeud.keywords if k.arg == "cle"]
            elif isinstance(noeud, ast.FunctionDef) and noeud.name.startswith("cle_du_"):
                cles = [n.value for n in ast.walk(noeud) if isinstance(n, ast.Return)]
            if cles:
                yield from (
                    cle.values[0].value.partition("-")[0]
                    for cle in cles
                    if isinstance(cle, ast.JoinedStr) and isinstance(cle.values[0], ast.Constant)
                )


def test_every_kind_of_message_has_its_judge():
    assert set(sujets()) == set(JUGES)
