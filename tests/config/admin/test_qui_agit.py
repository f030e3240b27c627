"""Every state of whatever moves says who must act; who must sees it, and nobody else does."""

import copy
import datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone

from config.a_faire import ATTENTES, a_faire, attentes, comptes
from config.a_faire.attente import DELEGATION, ETAT, OPERATEUR, REGION, TERRITOIRE
from config.a_faire.de_la_delegation import A_RACONTER, ECHEC, NON_PUBLIEE, RETENU
from config.a_faire.de_la_region import OUVERTE
from config.a_faire.personne import PERSONNE
from echanges.models import Import
from evenements.models import Actualite, Assemblee, PageEditoriale
from programme.comites.models import DemandePerimetre, Seance
from programme.contrats.models import Contrat
from programme.courriels.models import ESSAIS, Courriel
from programme.fiches import parcours
from programme.fiches.models import (
    FicheAction,
    Financement,
    Modification,
    Obstacle,
    ObstacleNational,
)
from programme.fiches.modifications import parcours as parcours_modification
from programme.instruction.models import DemandeComplement, Message
from programme.partenaires.models import Convention, Engagement
from programme.pratiques.models import BonnePratique
from territoires.editions.models import EditionCarte
from territoires.mandats.models import Mandat
from tests import factories as f
from tests.config.admin.conftest import dessinees
from tests.config.admin.scenes import (
    DEMAIN,
    HIER,
    UN_JOUR,
    depot,
    fiche_en,
    ligne_sans_reponse,
    modification_en,
    seance_du,
    seance_qui_attend,
)

A_NOUS = {"territoires", "programme", "evenements", "echanges"}
ROLES = {
    "intercommunalité": TERRITOIRE,
    "région": REGION,
    "État": ETAT,
    "préfecture": ETAT,
    "opérateur": OPERATEUR,
    "délégation": DELEGATION,
    "intercommunalité voisine": None,
    "région voisine": None,
    "préfecture voisine": None,
    "DREETS voisine": None,
    "opérateur voisin": None,
    "opérateur sans fiche": None,
    "sans périmètre": None,
}


def notres():
    for modele in apps.get_models():
        if modele._meta.app_label in A_NOUS and not hasattr(modele, "instance_type"):
            yield modele


def etats_de(modele):
    """The states that a row of this model can be in, as its fields tell."""
    noms = {champ.name: champ for champ in modele._meta.concrete_fields}
    etats = {valeur for valeur, _ in noms["etat"].choices} if "etat" in noms else set()
    if {"publiee", "publiee_le"} & noms.keys():
        etats.add(NON_PUBLIEE)
    return etats | ({OUVERTE} if "close_le" in noms else set())


def test_every_state_says_who_must_act_or_why_nobody_must():
    for modele in notres():
        dits = {etat for un in ATTENTES if un.modele is modele for etat in un.etats}
        tus = set(PERSONNE.get(modele, ()))
        assert etats_de(modele) <= dits | tus, modele
        assert not dits & tus, modele


# --- One row of each kind, in each state -------------------------------------------------------


def mettre_en_scene(attente, etat, ici, agents):
    """Make what this attente waits for, in this state."""
    perimetre = ici["territoire"].perimetre_courant
    if attente.cle.startswith("seances-"):
        return seance_qui_attend(attente.cle, ici)
    a_qui = {"partenaire": ici["partenaire"]} if attente.cle == "nos-engagements" else {}
    passee = {"date_debut": datetime.date(2024, 1, 1), "date_fin": HIER}
    if attente.cle == "brouillons-partages":
        passee |= {"partagee_le": timezone.now()}
    return {
        FicheAction: lambda: fiche_en(etat, ici, **passee),
        Modification: lambda: modification_en(etat, ici),
        DemandePerimetre: lambda: f.DemandePerimetreFactory(perimetre=perimetre, etat=etat),
        Obstacle: lambda: f.ObstacleFactory(fiche=fiche_en("abandonnee", ici)),
        ObstacleNational: lambda: (
            f.ObstacleNationalFactory(etat="leve")
            if etat == NON_PUBLIEE
            else f.obstacle_national_publie(etat=etat)
        ),
        Engagement: lambda: f.EngagementFactory(
            convention=f.ConventionFactory(**a_qui), etat=etat, echeance=HIER
        ),
        DemandeComplement: lambda: f.DemandeComplementFactory(fiche=fiche_en("transmise", ici)),
        Financement: lambda: ligne_sans_reponse(ici),
        Import: lambda: depot(etat, agents),
        Mandat: lambda: f.MandatFactory(territoire=ici["territoire"], role="industriel", fin=HIER),
        Contrat: lambda: f.ContratFactory(territoire=ici["territoire"], etat=etat),
        EditionCarte: lambda: f.EditionCarteFactory(
            code="2031-01", date=datetime.date(2031, 1, 1), publiee_le=None
        ),
        Convention: lambda: f.ConventionFactory(publiee=False),
        BonnePratique: f.BonnePratiqueFactory,
        PageEditoriale: lambda: f.PageEditorialeFactory(publiee_le=None),
        Actualite: lambda: f.ActualiteFactory(publiee_le=None),
        Assemblee: lambda: f.AssembleeFactory(
            date_debut=HIER,
            date_fin=HIER,
            publiee_le=timezone.now() if etat == A_RACONTER else None,
            resume="",
        ),
        Courriel: lambda: f.CourrielFactory(
            **{
                ECHEC: {"tentatives": ESSAIS, "derniere_erreur": "boîte pleine"},
                RETENU: {"retenu_le": timezone.now(), "retenu_parce_que": "agent parti"},
            }[etat]
        ),
    }[attente.modele]()


CAS = [(un, etat) for un in ATTENTES for etat in un.etats]


def vus(agent):
    """{kind: {rows}} of all that this person is told to do."""
    return {un.cle: set(un.lignes(agent).values_list("pk", flat=True)) for un in attentes(agent)}


@pytest.fixture(scope="module")
def avant(_pays_du_module, django_db_blocker):
    """What each is told before anything is staged, the same for every test."""
    agents = copy.deepcopy(_pays_du_module)["agents"]
    with django_db_blocker.unblock():
        return {genre: vus(agents[genre]) for genre in ROLES}


def neuf(agents, avant, faire):
    """{role: {kinds in which something appeared}} once this was done."""
    faire()
    return {
        genre: {cle for cle, lignes in vus(agents[genre]).items() if lignes - avant[genre][cle]}
        for genre in ROLES
    }


# What is asked of a fiche is staged with the fiche, that waits too.
AVEC_SA_FICHE = {DemandeComplement: (FicheAction, FicheAction.Etat.TRANSMISE)}


def _meme_ligne(un, attente, etat, role):
    scene = {(attente.modele, etat), AVEC_SA_FICHE.get(attente.modele)}
    return role in un.pour and any((un.modele, etat) in scene for etat in un.etats)


@pytest.mark.parametrize("attente, etat", CAS, ids=[f"{un.cle}-{etat}" for un, etat in CAS])
def test_who_must_act_sees_it_and_nobody_else(attente, etat, pays, avant, entrer):
    agents = pays["agents"]
    gagnes = neuf(agents, avant, lambda: mettre_en_scene(attente, etat, pays["ici"], agents))
    for genre, role in ROLES.items():
        if role in attente.pour:
            assert attente.cle in gagnes[genre], genre
        else:
            # The same row may wait for somebody else in another way.
            autres = {un.cle for un in ATTENTES if _meme_ligne(un, attente, etat, role)}
            assert gagnes[genre] <= autres, genre
    for genre in [genre for genre, role in ROLES.items() if role in attente.pour]:
        page = entrer(agents[genre]).get(reverse("admin:index"))
        groupe = next(g for g in page.context["a_faire"] if g.attente.cle == attente.cle)
        for ligne in groupe.lignes:
            assert ligne.geste and ligne.texte
            with dessinees(lambda reponse: False):
                acte = entrer(agents[genre]).get(ligne.adresse, follow=True)
            assert acte.status_code == 200, ligne
            assert ligne.depuis is None or ligne.depuis <= timezone.localdate(), ligne


MUETS = [(modele, etat) for modele, etats in PERSONNE.items() for etat in etats]


@pytest.mark.parametrize("modele, etat", MUETS, ids=[f"{m.__name__}-{e}" for m, e in MUETS])
def test_what_waits_for_nobody_is_shown_to_nobody(modele, etat, pays, avant):
    agents = pays["agents"]
    attente = next(un for un in ATTENTES if un.modele is modele)
    gagnes = neuf(agents, avant, lambda: mettre_en_scene(attente, etat, pays["ici"], agents))
    assert all(cles == set() for cles in gagnes.values()), gagnes


QUI = {
    ETAT: "fiches-sans-avis-technique",
    OPERATEUR: "demandes-sans-reponse nos-engagements",
    TERRITOIRE: "complements fiches-revenues fiches-refusees modifications-refusees "
    "demandes-refusees modifications-a-terminer fiches-a-engager brouillons "
    "actions-arrivees-a-terme bilans mandats-a-pourvoir",
    REGION: "seances-a-clore seances-a-tenir seances-passees seances-a-preparer "
    "seances-a-convoquer brouillons-partages fiches-a-instruire modifications-a-instruire "
    "demandes-a-examiner obstacles mandats-a-pourvoir contrats",
    DELEGATION: "obstacles imports demandes-a-appliquer engagements editions conventions contrats "
    "assemblees assemblees-a-raconter bonnes-pratiques pages-du-programme actualites registre "
    "courriels-en-echec "
    "courriels-retenus silences-des-operateurs",
}


@pytest.mark.parametrize("niveau", QUI)
def test_each_role_has_these_obligations_and_no_others(niveau):
    assert {un.cle for un in ATTENTES if niveau in un.pour} == set(QUI[niveau].split())


def finir(cle, ligne, agent):
    """Do what this one waited for."""
    maintenant = timezone.now()
    appliquee = {"appliquee_le": maintenant, "appliquee_par": agent}
    futur = timezone.localdate() + datetime.timedelta(days=400)
    changes = {
        "actions-arrivees-a-terme": {"date_fin": futur},
        "obstacles": {"reponse": "Oui."},
        "demandes-a-appliquer": {"appliquee_a": f.EditionCarteFactory(), **appliquee},
        "engagements": {"echeance": futur, "nouvelle_du": timezone.localdate()},
        "nos-engagements": {"echeance": futur, "nouvelle_du": timezone.localdate()},
        "complements": {"repondue_le": maintenant, "reponse": "Oui."},
        "demandes-sans-reponse": {"refuse": 10**6},
        "silences-des-operateurs": {"refuse": 10**6},
        "conventions": {"publiee": True},
        "assemblees": {"publiee_le": maintenant},
        "assemblees-a-raconter": {"resume": "Il s’y est dit."},
        "bonnes-pratiques": {"publiee_le": maintenant, "publiee_par": agent},
        "pages-du-programme": {"publiee_le": maintenant},
        "actualites": {"publiee_le": maintenant},
        "courriels-en-echec": {"envoye_le": maintenant},
        "courriels-retenus": {"retenu_le": None, "retenu_parce_que": ""},
        "seances-a-clore": {"close_le": maintenant, "close_par": agent},
        "seances-a-tenir": {"close_le": maintenant, "close_par": agent},
        "seances-passees": {"date": DEMAIN},
        "demandes-refusees": {"deposee_le": maintenant - 31 * UN_JOUR},
        "mandats-a-pourvoir": {"fin": None},
        "seances-a-preparer": {"compose_le": maintenant},
    }
    if cle == "bilans":
        return f.BilanFactory(fiche=ligne)
    if cle in ("fiches-refusees", "modifications-refusees"):
        return ligne.passages.update(le=maintenant - 31 * UN_JOUR)
    return models.QuerySet(type(ligne)).filter(pk=ligne.pk).update(**changes[cle])


AUTREMENT = {un.cle for un in ATTENTES if set(un.etats) & {"brouillon", "transmise", "ajournee"}}
# They leave by another state, that the tests above go through; the map by its own tests.
AUTREMENT |= {"fiches-a-engager", "demandes-a-examiner", "imports", "contrats", "registre"}
AUTREMENT |= {"editions", "seances-a-convoquer"}
FINIES = [(un, etat) for un, etat in CAS if un.cle not in AUTREMENT]


@pytest.mark.parametrize("attente, etat", FINIES, ids=[f"{un.cle}-{etat}" for un, etat in FINIES])
def test_once_done_it_waits_no_longer(attente, etat, pays):
    agents = pays["agents"]
    ligne = mettre_en_scene(attente, etat, pays["ici"], agents)
    agent = next(agents[genre] for genre, role in ROLES.items() if role in attente.pour)
    assert attente.lignes(agent).filter(pk=ligne.pk).exists()
    finir(attente.cle, ligne, agents["délégation"])
    assert not attente.lignes(agent).filter(pk=ligne.pk).exists()


def test_what_waits_without_any_seance_asks_for_one(pays, entrer):
    agents, ici = pays["agents"], pays["ici"]
    Seance.objects.all().delete()
    avant = {genre: vus(agents[genre]) for genre in ROLES}
    gagnes = neuf(agents, avant, lambda: fiche_en(FicheAction.Etat.TRANSMISE, ici))
    cles = {un.cle for un in attentes(agents["région"]) if un.lignes(agents["région"]).exists()}
    assert "seances-a-convoquer" in cles
    assert gagnes["région voisine"] == gagnes["délégation"] == set()
    seance_du(DEMAIN, ici)
    assert comptes(agents["région"])["seances-a-convoquer"] == 0


def test_a_shared_brouillon_waits_until_the_region_wrote_of_it(pays):
    agents = pays["agents"]
    fiche = fiche_en("brouillon", pays["ici"], partagee_le=timezone.now())
    for qui, reste in (("intercommunalité", 1), ("région voisine", 1), ("région", 0)):
        Message.objects.create(fiche=fiche, auteur=agents[qui], texte="Lu.", au_brouillon=True)
        assert comptes(agents["région"])["brouillons-partages"] == reste, qui


@pytest.mark.parametrize("points", [True, False])
@pytest.mark.parametrize("compose", [True, False])
@pytest.mark.parametrize("avis", [True, False])
def test_no_seance_whose_day_is_past_is_forgotten(points, compose, avis, pays):
    seance = seance_du(HIER, pays["ici"], avis=avis, points=points)
    Seance.objects.filter(pk=seance.pk).update(compose_le=timezone.now() if compose else None)
    vues = vus(pays["agents"]["région"])
    assert sum(seance.pk in vues[cle] for cle in vues if cle.startswith("seances-")) == 1


def test_a_preview_waits_for_its_author_alone(pays):
    autre = f.agent_delegation()
    depot("apercu", pays["agents"])
    assert comptes(pays["agents"]["délégation"])["imports"] == 1
    assert comptes(autre)["imports"] == 0


# --- What e-mails announce ---------------------------------------------------------------------


def actes_annonces():
    """[(agent, message)] of those that ask for something."""
    return [(courriel.agent, courriel) for courriel in Courriel.objects.filter(genre="action")]


@pytest.mark.parametrize("action", ["transmettre", "ajourner", "valider", "rectifier"])
def test_what_an_email_asks_is_found_among_what_is_to_be_done(action, pays):
    fiche, tous = f.fiche_complete(pays["ici"]["territoire"]), pays["agents"]
    Courriel.objects.all().delete()
    parcours.transmettre(fiche, agent=tous["délégation"])
    if action in ("ajourner", "valider"):
        Courriel.objects.all().delete()
        parcours.decider(fiche, action, agent=tous["délégation"], motif="Parce que.")
    elif action == "rectifier":
        parcours.decider(fiche, "refuser", agent=tous["délégation"], motif="Parce que.")
        Courriel.objects.all().delete()
        parcours.rectifier(fiche, "validee", agent=tous["délégation"], motif="Erreur.")
    annonces = actes_annonces()
    assert annonces
    for agent, courriel in annonces:
        lignes = [ligne for groupe in a_faire(agent) for ligne in groupe.lignes]
        assert fiche.titre in [ligne.texte for ligne in lignes], courriel.objet


@pytest.mark.parametrize("action", ["transmettre", "ajourner"])
def test_what_an_email_asks_of_a_modification_is_found_too(action, pays):
    fiche = fiche_en(FicheAction.Etat.ENGAGEE, pays["ici"])
    agent, propose = pays["agents"]["délégation"], {"champs": {"cout_total": "1500000.00"}}
    modification = parcours_modification.ouvrir(fiche, agent=agent, motif="Devis.", propose=propose)
    Courriel.objects.all().delete()
    parcours_modification.transmettre(modification, agent=agent)
    if action == "ajourner":
        Courriel.objects.all().delete()
        parcours_modification.decider(modification, action, agent=agent, motif="À revoir.")
    annonces = actes_annonces()
    assert annonces
    for destinataire, courriel in annonces:
        textes = [ligne.texte for groupe in a_faire(destinataire) for ligne in groupe.lignes]
        assert modification.titre in textes, courriel.objet


def test_what_an_email_asks_of_an_engagement_is_found_too(pays):
    engagement = f.EngagementFactory(etat=Engagement.Etat.EN_COURS, echeance=HIER)
    Courriel.objects.all().delete()
    call_command("alerter_engagements", stdout=StringIO())
    annonces = actes_annonces()
    assert annonces
    for destinataire, courriel in annonces:
        textes = [ligne.texte for groupe in a_faire(destinataire) for ligne in groupe.lignes]
        assert engagement.intitule in textes, courriel.objet


# --- Counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("genre", ["intercommunalité", "région", "délégation"])
def test_each_count_is_that_of_its_list(genre, pays, entrer):
    agents, client = pays["agents"], entrer(pays["agents"][genre])
    for attente, etat in CAS:
        if ROLES[genre] in attente.pour:
            mettre_en_scene(attente, etat, pays["ici"], agents)
    groupes = client.get(reverse("admin:index")).context["a_faire"]
    assert len(groupes) >= 6
    for groupe in groupes:
        page = client.get(groupe.adresse)
        assert page.context["nombre"] == groupe.nombre == len(page.context["lignes"])


def test_the_list_of_somebody_else_s_obligations_does_not_exist(pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    for attente in ATTENTES:
        statut = client.get(reverse("admin:a-faire", args=[attente.cle])).status_code
        assert statut == (200 if TERRITOIRE in attente.pour else 404), attente.cle
    assert client.get(reverse("admin:a-faire", args=["rien"])).status_code == 404
