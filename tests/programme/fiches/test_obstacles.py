"""Obstacles: who writes them and when, who answers, who is told, what everybody reads of them."""

import copy
import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from programme.comites.dossier import dossier
from programme.comites.models import PointOrdreDuJour
from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.duplication import dupliquer
from programme.fiches.impression import fiche_imprimee
from programme.fiches.models import Obstacle
from programme.fiches.obstacles import lever, repondre
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.monde import une_fois
from tests.programme.fiches.outils import adresse, ajouter, envoi

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2024, 6, 1)
SAISIE = {"regle": "Deux dossiers pour un", "emplois": "40", "montant": "1 200 000,50"}


def _decider():
    fiche = une_fiche_decidee()
    Courriel.objects.all().delete()
    return fiche


_decidee_du_module = une_fois(_decider)


@pytest.fixture
def decidee(_decidee_du_module, db):
    return copy.deepcopy(_decidee_du_module)


def page(fiche):
    return reverse("obstacle", args=[fiche.reference])


def repondre_par_la_page(client, obstacle, **valeurs):
    """As the form of this obstacle posts, these fields typed."""
    champs = {"texte": "", "leve_le": obstacle.leve_le or "", "montre": obstacle.leve_le or ""}
    donnees = {f"{obstacle.pk}-{nom}": v for nom, v in (champs | valeurs).items()}
    return client.post(page(obstacle.fiche), donnees | {"obstacle": obstacle.pk})


def ecrire(client, fiche, **valeurs):
    """Add a row by the form of the fiche; whether that table takes one."""
    formulaire = client.get(adresse(fiche))
    if "obstacles-TOTAL_FORMS" not in formulaire.content.decode():
        return False
    donnees = ajouter(envoi(formulaire), "obstacles", **(SAISIE | valeurs))
    client.post(adresse(fiche), {nom: donnees.getlist(nom) for nom in donnees})
    return fiche.obstacles.exists()


# --- Who writes, and when ------------------------------------------------------------------------


def dans_l_etat(etat):
    if etat == "décidée":
        return une_fiche_decidee()
    fiche = f.fiche_complete()
    if etat == "transmise":
        parcours.transmettre(fiche, agent=f.agent_delegation())
    return fiche


@pytest.mark.parametrize(
    ("etat", "ecrivent"),
    [("brouillon", True), ("transmise", False), ("décidée", True)],
)
def test_they_are_written_with_the_fiche_then_by_those_who_follow(etat, ecrivent, entrer):
    fiche = dans_l_etat(etat)
    ici, region = f.agents_de(fiche.territoire)
    for agent in (ici, region, f.agent_delegation()):
        # A brouillon is written by its territoire alone, or by the délégation.
        peut = ecrivent and (agent != region or etat != "brouillon")
        assert ecrire(entrer(agent), fiche) is peut, agent
        fiche.obstacles.all().delete()
    etranger = entrer(f.agents_de(f.territoire_publie())[0])
    assert etranger.get(adresse(fiche)).status_code == 302
    assert etranger.get(page(fiche)).status_code == 404


def test_a_row_says_what_was_typed_its_day_and_its_rank(decidee, entrer):
    ecrire(entrer(f.agents_de(decidee.territoire)[0]), decidee)
    (ligne,) = decidee.obstacles.all()
    assert (ligne.ordre, ligne.emplois, float(ligne.montant)) == (1, 40, 1_200_000.5)
    assert ligne.signale_le == timezone.localdate()
    assert ligne.history.get().history_user is not None


@pytest.mark.parametrize(
    "faux", [{"emplois": "-1"}, {"montant": "-1"}, {"regle": ""}, {"signale_le": "2099-01-01"}]
)
def test_what_does_not_stand_is_refused(faux, decidee, entrer):
    assert not ecrire(entrer(f.agents_de(decidee.territoire)[0]), decidee, **faux)


def test_what_was_said_before_the_decision_is_not_taken_back_after_it(decidee, entrer):
    f.ObstacleFactory(fiche=decidee)
    client = entrer(f.agents_de(decidee.territoire)[0])
    assert "obstacles-0-DELETE" not in client.get(adresse(decidee)).content.decode()
    brouillon = f.ObstacleFactory(fiche=f.fiche_complete(decidee.territoire)).fiche
    assert "obstacles-0-DELETE" in client.get(adresse(brouillon)).content.decode()


@pytest.mark.parametrize("dit", [{"reponse": "Oui."}, {"nationale": True}, {}])
def test_what_was_answered_or_grouped_stays_in_the_draft(dit, entrer):
    if "nationale" in dit:
        dit = {"nationale": f.ObstacleNationalFactory()}
    fiche = f.ObstacleFactory(fiche=f.fiche_complete(), **dit).fiche
    client = entrer(f.agents_de(fiche.territoire)[0])
    donnees = envoi(client.get(adresse(fiche)))
    donnees["obstacles-0-DELETE"] = "on"
    reponse = client.post(adresse(fiche), {nom: donnees.getlist(nom) for nom in donnees})
    assert fiche.obstacles.exists() is bool(dit)
    assert (reponse.status_code == 200) is bool(dit)
    assert ("il reste" in reponse.content.decode()) is bool(dit)


# --- Who answers, and who is told ----------------------------------------------------------------


def test_its_region_and_the_delegation_answer_and_lift_nobody_else(decidee, entrer):
    obstacle = f.ObstacleFactory(fiche=decidee)
    ici, region = f.agents_de(decidee.territoire)
    for agent, statut in ((ici, 403), (region, 302), (f.agent_delegation(), 302)):
        client = entrer(agent)
        assert (b"<textarea" in client.get(page(decidee)).content) is (statut == 302)
        assert repondre_par_la_page(client, obstacle, texte=f"De {agent}").status_code == statut
    voisine = f.agents_de(f.territoire_publie())[1]
    assert repondre_par_la_page(entrer(voisine), obstacle, texte="x").status_code == 404
    for acte in (lambda a: repondre(obstacle, texte="x", agent=a), lambda a: _lever(obstacle, a)):
        for agent in (ici, voisine):
            with pytest.raises(PermissionDenied):
                acte(agent)


def _lever(obstacle, agent):
    return lever(obstacle, le=JOUR, agent=agent)


def test_an_answer_is_signed_dated_kept_and_told_to_those_who_follow(decidee, entrer):
    obstacle = f.ObstacleFactory(fiche=decidee)
    ici, region = f.agents_de(decidee.territoire)
    delegation = f.agent_delegation()
    for texte in ("Un guichet ouvrira.", "Il est ouvert."):
        repondre_par_la_page(entrer(delegation), obstacle, texte=texte)
    obstacle.refresh_from_db()
    assert (obstacle.reponse, obstacle.repondu_le) == ("Il est ouvert.", timezone.localdate())
    assert [(r.texte, r.auteur) for r in obstacle.reponses.all()] == [
        ("Un guichet ouvrira.", delegation),
        ("Il est ouvert.", delegation),
    ]
    courriels = list(Courriel.objects.all())
    assert {c.agent for c in courriels} == {ici, region}
    assert {c.genre for c in courriels} == {"information"}
    assert len(courriels) == 4
    assert page(decidee) in courriels[0].corps
    lue = entrer(ici).get(page(decidee)).content.decode()
    assert lue.count("Un guichet ouvrira.") == lue.count("Il est ouvert.") == 1


def test_a_lifting_is_told_once_and_its_history_tells_who(decidee, entrer):
    obstacle = f.ObstacleFactory(fiche=decidee)
    ici, region = f.agents_de(decidee.territoire)
    for _ in range(2):
        repondre_par_la_page(entrer(region), obstacle, leve_le="2024-06-01", texte="")
        obstacle.refresh_from_db()
    assert obstacle.leve_le == JOUR
    (courriel,) = Courriel.objects.all()
    assert (courriel.agent, courriel.genre) == (ici, "information")
    histoire = entrer(ici).get(reverse("admin:programme_ficheaction_history", args=[decidee.pk]))
    gestes = [(e["qui"], e["geste"]) for e in histoire.context["etapes"]]
    assert (region, f"Modification\u202f: obstacle «\u202f{obstacle}\u202f»") in gestes


@pytest.mark.parametrize(
    "faux", [{"leve_le": "2099-01-01"}, {"leve_le": "bientôt"}, {"texte": "", "leve_le": ""}]
)
def test_a_refused_answer_loses_nothing_and_writes_nothing(faux, decidee, entrer):
    obstacle = f.ObstacleFactory(fiche=decidee)
    reponse = repondre_par_la_page(
        entrer(f.agent_delegation()), obstacle, **{"texte": "Ma phrase"} | faux
    )
    assert reponse.status_code == 200
    assert "fr-error-text" in reponse.content.decode()
    assert faux.get("texte", "Ma phrase") in reponse.content.decode()
    obstacle.refresh_from_db()
    assert (obstacle.reponse, obstacle.leve_le, Courriel.objects.count()) == ("", None, 0)


def test_two_who_lift_it_at_the_same_time_are_told_of_each_other(decidee, entrer):
    obstacle = f.ObstacleFactory(fiche=decidee)
    lue = Obstacle.objects.get(pk=obstacle.pk)
    lever(obstacle, le=JOUR, agent=f.agent_delegation())
    reponse = repondre_par_la_page(
        entrer(f.agents_de(decidee.territoire)[1]), lue, leve_le="2024-07-01", texte="Voilà"
    )
    assert "Quelqu’un a dit depuis" in reponse.content.decode()
    assert "Voilà" in reponse.content.decode()
    obstacle.refresh_from_db()
    assert (obstacle.leve_le, obstacle.reponse) == (JOUR, "")


def test_of_a_draft_only_its_territoire_is_told(entrer):
    fiche = f.fiche_complete()
    ici, _ = f.agents_de(fiche.territoire)
    repondre(f.ObstacleFactory(fiche=fiche), texte="Oui.", agent=f.agent_delegation())
    assert [c.agent for c in Courriel.objects.all()] == [ici]


# --- Where they are read -------------------------------------------------------------------------


def test_they_are_listed_for_the_perimeter_only_and_by_what_waits(decidee, entrer):
    f.ObstacleFactory()
    attend = f.ObstacleFactory(fiche=decidee, signale_le=datetime.date(2024, 3, 1))
    repondu = f.ObstacleFactory(fiche=decidee, reponse="Oui.")
    leve = f.ObstacleFactory(fiche=decidee, leve_le=JOUR)
    client = entrer(f.agents_de(decidee.territoire)[0])
    attendus = {"": {attend, repondu, leve}, "attendue": {attend}, "donnee": {repondu}}
    for reponse, lignes in (attendus | {"leve": {leve}}).items():
        liste = client.get(reverse("obstacles"), {"reponse": reponse})
        assert set(liste.context["page_obj"]) == lignes, reponse
    region = decidee.territoire.regions[0]
    assert len(client.get(reverse("obstacles"), {"region": region.pk}).context["page_obj"]) == 3
    for texte, nombre in (("introuvable", 0), ("dix huit", 3), (decidee.titre, 3)):
        liste = client.get(reverse("obstacles"), {"texte": texte})
        assert len(liste.context["page_obj"]) == nombre, texte


@pytest.mark.parametrize("nombre", [1, 3])
def test_lists_cost_the_same_with_more_rows(nombre, entrer, django_assert_num_queries):
    fiches = [f.fiche_complete() for _ in range(nombre)]
    for fiche in fiches:
        f.ObstacleFactory(fiche=fiche, nationale=f.ObstacleNationalFactory())
    client = entrer(f.agent_delegation())
    with django_assert_num_queries(7):
        client.get(reverse("obstacles"))
    un = f.ObstacleFactory(fiche=fiches[0])
    for _ in range(nombre):
        f.ReponseFactory(obstacle=f.ObstacleFactory(fiche=fiches[0]))
    with django_assert_num_queries(7):
        client.get(page(un.fiche))


def test_what_waits_is_on_the_home_page_of_who_answers(decidee, entrer):
    attend = f.ObstacleFactory(fiche=decidee)
    f.ObstacleFactory(fiche=decidee, reponse="Oui.")
    f.ObstacleFactory(fiche=decidee, leve_le=JOUR)
    f.ObstacleFactory(fiche=f.fiche_complete(decidee.territoire))  # a draft asks nothing yet
    for agent in (f.agents_de(decidee.territoire)[1], f.agent_delegation()):
        groupes = entrer(agent).get(reverse("admin:index")).context["a_faire"]
        (ligne,) = next(g.lignes for g in groupes if g.attente.cle == "obstacles")
        assert ligne.adresse == f"{page(decidee)}#obstacle-{attend.ordre}"
        assert ligne.depuis == attend.signale_le


def test_a_remark_upon_them_is_read_and_answered_in_the_form(entrer):
    fiche = f.ObstacleFactory(fiche=f.fiche_complete()).fiche
    agent = f.agent_delegation()
    parcours.transmettre(fiche, agent=agent)
    seance = f.SeanceFactory(comite__region=fiche.regions_concernees()[0])
    avis = {"sens": "ajourne", "motif": "À revoir", "remarques": [("obstacles", "Chiffrez-les.")]}
    f.rendre_et_clore(fiche, seance=seance, agent=agent, **avis)
    lue = entrer(f.agents_de(fiche.territoire)[0]).get(adresse(fiche)).content.decode()
    assert "Chiffrez-les." in lue
    assert "Votre réponse sur « obstacles »" in lue.replace("« ", "« ").replace(" »", " »")


def test_the_comite_reads_them_and_a_copy_says_them_again(decidee):
    fiche = f.fiche_complete()
    f.ObstacleFactory(
        fiche=fiche, regle="Deux dossiers", emplois=40, reponse="Non dit", simplification="Un seul"
    )
    parcours.transmettre(fiche, agent=f.agent_delegation())
    point = PointOrdreDuJour.objects.create(
        seance=f.SeanceFactory(comite__region=fiche.regions_concernees()[0]), fiche=fiche, ordre=1
    )
    (papier,) = dossier(point.seance)["fiches"]
    (texte,) = [t["texte"] for t in papier["textes"] if t["titre"] == "Obstacle rencontré"]
    assert all(mot in texte for mot in ("Deux dossiers", "40", "Un seul"))
    assert "Non dit" not in texte
    imprime = fiche_imprimee(fiche)["textes"][-1]["texte"]
    assert "Non dit" in imprime
    copie = dupliquer(fiche, territoire=fiche.territoire, agent=f.agent_delegation())
    (repris,) = copie.obstacles.all()
    assert (repris.regle, repris.emplois, repris.reponse) == ("Deux dossiers", 40, "")
