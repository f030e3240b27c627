"""Random walks by agents of every kind: each does what is theirs, nothing leaks on the way."""

import random
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from programme.courriels.juges import perime
from programme.courriels.models import Courriel
from programme.fiches import financement, parcours, partage
from programme.fiches.models import FicheAction, MouvementFinancier
from programme.instruction import examen, tenue
from programme.instruction.models import (
    Attribution,
    AvisTechnique,
    DemandeComplement,
    Message,
    NoteInterne,
)
from tests import factories as f

SECRET = "Xyzzy"  # in all that is said between agents
VOISINS = {"intercommunalité voisine", "région voisine", "préfecture voisine", "opérateur voisin"}
QUI = ["intercommunalité", "région", "État", "opérateur", "délégation", "sans périmètre"]
QUI += sorted(VOISINS)
# Written from the rules of the programme and not from the code: {act: who may}.
PEUVENT = {
    "avis technique": {"région", "État", "délégation"},
    "demander": {"région", "État", "délégation"},
    "répondre": {"intercommunalité", "délégation"},
    "écrire": {"intercommunalité", "région", "État", "opérateur", "délégation"},
    "noter": {"région"},
    "attribuer": {"région"},
    "accorder": {"intercommunalité", "région", "opérateur", "délégation"},
    "accorder ailleurs": {"intercommunalité", "région", "délégation"},
    "transmettre": {"intercommunalité", "région", "délégation"},
    "rappeler": {"intercommunalité", "région", "délégation"},
    "partager": {"intercommunalité", "délégation"},
    "ne_plus_partager": {"intercommunalité", "délégation"},
}
AVANT = {"avis technique", "demander", "répondre"}  # while it is transmise
APRES = {"accorder", "accorder ailleurs"}  # once it is decided
PASSENT = {"transmettre": {"brouillon", "ajournee"}, "rappeler": {"transmise"}}
PARTAGENT = {"partager": False, "ne_plus_partager": True}  # whether it is shared already


def faire(acte, fiche, agent, region):
    if acte == "avis technique":
        return examen.donner_son_avis(fiche, sens="favorable", texte=SECRET, agent=agent)
    if acte == "demander":
        return examen.demander(fiche, question=SECRET, champs=["contexte"], agent=agent)
    if acte == "répondre":
        demande = DemandeComplement.objects.filter(fiche=fiche).last()
        return demande and examen.repondre(
            demande,
            reponse=SECRET,
            valeurs={"contexte": "Le contexte est précisé."},
            agent=agent,
            version=fiche.version,
        )
    if acte == "écrire":
        return tenue.ecrire(fiche, texte=SECRET, agent=agent)
    if acte == "noter":
        return tenue.noter(fiche, region=region, texte=SECRET, agent=agent)
    if acte == "attribuer":
        return tenue.attribuer(fiche, region=region, suivie_par=agent, agent=agent)
    if acte == "rappeler":
        return parcours.rappeler(fiche, agent=agent, motif="RAPPEL")
    if acte.startswith("accorder"):
        nom = "Un autre" if acte.endswith("ailleurs") else "Le nôtre"
        return financement.noter(
            fiche.financements.get(financeur=nom),
            nature="accorde",
            montant=random.Random(MouvementFinancier.objects.count()).randint(1, 10**6),
            le=fiche.created_at.date(),
            reference=f"{SECRET} {MouvementFinancier.objects.count()}",
            agent=agent,
        )
    return getattr(partage if acte in PARTAGENT else parcours, acte)(fiche, agent=agent)


TENUS = (AvisTechnique, DemandeComplement, Message, NoteInterne, Attribution, MouvementFinancier)


def compter():
    reponses = DemandeComplement.objects.exclude(repondue_le=None).count()
    partagees = FicheAction.objects.exclude(partagee_le=None).count()
    return [modele.objects.count() for modele in TENUS] + [reponses, partagees]


def lecteurs(fiche):
    """A draft is its territoire's and the délégation's, and its région's once it is shared."""
    lisent = {"intercommunalité", "délégation"}
    if fiche.etat != "brouillon":
        return lisent | {"région", "État", "opérateur"}
    return lisent | ({"région"} if fiche.partagee_le else set())


def permis(acte, genre, fiche, demande):
    if genre not in PEUVENT[acte]:
        return False
    if genre not in lecteurs(fiche):
        return False
    if acte in PARTAGENT:
        return fiche.etat == "brouillon" and bool(fiche.partagee_le) is PARTAGENT[acte]
    if acte == "répondre":
        return demande is not None and demande.est_ouverte
    if acte in AVANT:
        return fiche.etat == "transmise"
    if acte in APRES:
        return fiche.est_du_public
    return acte not in PASSENT or fiche.etat in PASSENT[acte]


def verifier(fiche, agents, client):
    """Who reads the fiche, and that nothing said of it is public or told to others."""
    lisent = {
        genre for genre in QUI if FicheAction.objects.for_user(agents[genre]).filter(pk=fiche.pk)
    }
    assert lisent == lecteurs(fiche), fiche.etat
    for modele in (AvisTechnique, DemandeComplement, Message):
        for genre in VOISINS | {"sans périmètre"}:
            assert not modele.objects.for_user(agents[genre]).exists()
    assert {g for g in QUI if NoteInterne.objects.for_user(agents[g]).exists()} <= {"région"}
    page = client.get(reverse("fiche", args=[fiche.reference]))
    assert page.status_code == (200 if fiche.est_du_public else 404)
    assert SECRET not in page.content.decode()
    connus = {agents[genre] for genre in QUI if genre not in VOISINS | {"sans périmètre"}}
    connus.add(agents["préfecture"])
    for courriel in Courriel.objects.filter(corps__contains=fiche.titre).select_related("agent"):
        assert courriel.agent in connus or courriel.agent.niveau == "delegation"
        genre = next((g for g in QUI if agents[g] == courriel.agent), None)
        rappel = "RAPPEL" in courriel.corps
        if genre in ("État", "région", "opérateur") and genre not in lisent and not rappel:
            assert perime(courriel), genre


@pytest.mark.parametrize("graine", range(4))
def test_whatever_the_walk_each_does_what_is_theirs_and_nothing_leaks(graine, pays, client):
    sort, agents = random.Random(graine), pays["agents"]
    fiche = f.fiche_complete(pays["ici"]["territoire"], titre="La fiche des promenades")
    for nom, lieu in (("Le nôtre", "ici"), ("Un autre", "la")):
        f.FinancementFactory(
            fiche=fiche, financeur=nom, montant=1, partenaire=pays[lieu]["partenaire"]
        )
    # That of elsewhere holds a line: it reads the fiche too, which is not what is walked here.
    fiche.financements.filter(financeur="Un autre").update(partenaire=f.PartenaireFactory())
    region = pays["ici"]["comitedepilotage"].region
    for _ in range(35):
        fiche = FicheAction.objects.get(pk=fiche.pk)
        genre, acte = sort.choice(QUI), sort.choice([*PEUVENT, "transmettre", "décider"])
        if acte == "décider":
            if fiche.etat == "transmise" and sort.random() < 0.5:
                parcours.decider(
                    fiche, sort.choice(["valider", "ajourner"]), agent=agents["délégation"]
                )
            continue
        demande = DemandeComplement.objects.filter(fiche=fiche).last()
        if demande:
            demande.fiche = fiche
        attendu, avant, etat = permis(acte, genre, fiche, demande), compter(), fiche.etat
        with suppress(PermissionDenied, ValidationError):
            faire(acte, fiche, agents[genre], region)
        fiche = FicheAction.objects.get(pk=fiche.pk)
        change = compter() != avant or fiche.etat != etat
        if acte in ("avis technique", "attribuer", "noter") and attendu:
            change = True  # corrected, or said again
        assert change is attendu, (graine, genre, acte, etat)
        verifier(fiche, agents, client)
