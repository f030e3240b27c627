"""What comes by a file of obstacles or of news is dated, signed and told like any other."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import jour
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Nouvelle, Obstacle, ObstacleNational, Reponse
from tests import factories as f
from tests.echanges.imports.outils import annuler, importer, photographie, une_fiche_decidee
from tests.echanges.outils import analyser

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation():
    return f.agent_delegation()


@pytest.fixture
def obstacle(fiche):
    return f.ObstacleFactory(fiche=fiche, ordre=1)


def fichier(obstacle, valeur, colonne="reponse"):
    return f"fiche,ordre,{colonne}\n{obstacle.fiche.reference},{obstacle.ordre},{valeur}\n".encode()


def reponses():
    return [(r.obstacle.pk, r.texte, r.auteur) for r in Reponse.objects.all()]


def test_an_answer_is_signed_by_who_imports_dated_and_told(obstacle, deux, delegation):
    importer("obstacles", fichier(obstacle, "Un guichet unique."), delegation)
    assert reponses() == [(obstacle.pk, "Un guichet unique.", delegation)]
    obstacle.refresh_from_db()
    assert obstacle.repondu_le == timezone.localdate()
    adresse = reverse("obstacle", args=[obstacle.fiche.reference])
    page = deux[0].get(adresse).content.decode()
    assert f", {delegation} :" in page.replace("\u202f", " ")
    assert "Reprise d’un fichier" not in page
    (courriel,) = Courriel.objects.all()  # of a draft, its territoire alone hears
    assert (courriel.agent, courriel.genre) == (deux[0].agent, Courriel.Genre.INFORMATION)
    assert "Un guichet unique." in courriel.corps


def test_the_preview_says_once_that_answers_will_be_signed(obstacle, delegation):
    autre = f.ObstacleFactory(fiche=obstacle.fiche, ordre=2)
    lignes = fichier(obstacle, "Oui.") + fichier(autre, "Oui.").split(b"\n", 1)[1]
    rapport = analyser("obstacles", lignes, delegation)
    (remarque,) = [r for r in rapport.remarques if "signées de votre nom" in str(r)]
    assert remarque.ligne is None
    assert not any("signées" in str(r) for r in analyser("obstacles", lignes).remarques)


def test_the_same_file_again_signs_nothing_more(obstacle, deux, delegation):
    for _ in range(2):
        importer("obstacles", fichier(obstacle, "Un guichet unique."), delegation)
    assert (len(reponses()), Courriel.objects.count()) == (1, 1)


@pytest.mark.parametrize("valeur, colonne", [("Règle neuve", "regle"), ("", "reponse")])
def test_a_file_that_does_not_answer_signs_nothing(valeur, colonne, obstacle, deux, delegation):
    obstacle.reponse = "Ancienne, d’avant les signatures."
    obstacle.save()
    importer("obstacles", fichier(obstacle, valeur, colonne), delegation)
    assert reponses() == []
    assert not Courriel.objects.exists()


def test_a_new_obstacle_that_comes_with_its_answer_is_signed_and_dated(fiche, delegation):
    lignes = f"fiche,ordre,regle,reponse\n{fiche.reference},3,Une règle,Oui.\n"
    importer("obstacles", lignes.encode(), delegation)
    neuf = Obstacle.objects.get()
    assert reponses() == [(neuf.pk, "Oui.", delegation)]
    assert (neuf.signale_le, neuf.repondu_le) == (timezone.localdate(),) * 2


def test_undone_with_its_import_an_answer_leaves_the_former_one(obstacle, delegation):
    f.ReponseFactory(obstacle=obstacle, texte="Ancienne.", auteur=delegation)
    Obstacle.objects.filter(pk=obstacle.pk).update(reponse="Ancienne.", repondu_le="2024-04-01")
    avant = photographie()
    lignes = fichier(obstacle, "Neuve.").decode().replace("reponse\n", "reponse,regle\n")
    lignes = lignes.replace("Neuve.\n", "Neuve.,Autre règle\n")
    lignes += f"{obstacle.fiche.reference},2,Oui.,Créé\n"
    depot = importer("obstacles", lignes.encode(), delegation)
    assert [texte for _, texte, _ in reponses()] == ["Ancienne.", "Neuve.", "Oui."]
    assert annuler(depot, delegation) == []
    assert photographie() == avant


def test_a_lifting_by_file_is_told_to_those_who_follow(delegation):
    fiche = une_fiche_decidee()
    siens = f.agents_de(fiche.territoire)
    obstacle = f.ObstacleFactory(fiche=fiche)
    Courriel.objects.all().delete()
    importer("obstacles", fichier(obstacle, "2024-06-01", "leve_le"), delegation)
    assert {c.agent for c in Courriel.objects.all()} == set(siens)
    assert jour(datetime.date(2024, 6, 1)) in Courriel.objects.first().corps


def test_a_fiche_before_the_comite_keeps_its_obstacles_but_hears_answers(obstacle, delegation):
    fiche = obstacle.fiche
    parcours.transmettre(fiche, agent=delegation)
    refus = analyser("obstacles", fichier(obstacle, "Autre", "regle"), delegation).erreurs()
    assert "au comité" in " ".join(map(str, refus))
    neuf = f"fiche,ordre,regle\n{fiche.reference},9,Neuve\n".encode()
    assert analyser("obstacles", neuf, delegation).erreurs()
    assert not analyser("obstacles", fichier(obstacle, "Oui."), delegation).erreurs()


@pytest.mark.parametrize("colonne", ["obstacle", "Simplification", "reponse"])
def test_a_file_of_before_is_told_where_its_column_is_now(colonne, fiche, delegation):
    lignes = f"reference,{colonne}\n{fiche.reference},Oui\n".encode()
    dits = " ".join(map(str, analyser("fiches", lignes, delegation).remarques))
    assert "désormais dans le fichier «\u202fobstacles\u202f»" in dits


def test_a_day_to_come_is_refused(obstacle, delegation):
    for colonne in ("leve_le", "signale_le"):
        assert analyser("obstacles", fichier(obstacle, "2099-01-01", colonne), delegation).erreurs()
    lignes = fichier(obstacle, "-3", "emplois")
    assert analyser("obstacles", lignes, delegation).erreurs()


def nouvelle(fiche, titre="Le chantier ouvre", le="2024-05-02"):
    return f"fiche,le,titre,texte,publique\n{fiche.reference},{le},{titre},Dit,oui\n".encode()


def test_news_by_file_are_signed_told_once_and_taken_back(delegation):
    fiche = une_fiche_decidee()
    siens = f.agents_de(fiche.territoire)
    Courriel.objects.all().delete()
    FicheAction.objects.filter(pk=fiche.pk).update(updated_at="2024-01-01T00:00Z")
    depot = importer("nouvelles", nouvelle(fiche), delegation)
    importer("nouvelles", nouvelle(fiche), delegation)
    (dite,) = Nouvelle.objects.all()
    assert (dite.auteur, dite.publique) == (delegation, True)
    fiche.refresh_from_db()
    assert timezone.localdate(fiche.updated_at) == timezone.localdate()
    assert {c.agent for c in Courriel.objects.all()} == set(siens)
    assert Courriel.objects.count() == len(siens)
    Courriel.objects.all().delete()
    corrigee = nouvelle(fiche).decode().replace("Dit,oui", "Redit,oui").encode()
    assert annuler(importer("nouvelles", corrigee, delegation), delegation) == []
    assert not Courriel.objects.exists()  # a correction is no news
    assert annuler(depot, delegation) == []
    assert not Nouvelle.objects.exists()


def test_news_come_once_the_fiche_is_decided_and_once_it_happened(fiche, delegation):
    assert "décidée" in " ".join(
        map(str, analyser("nouvelles", nouvelle(fiche), delegation).erreurs())
    )
    demain = nouvelle(une_fiche_decidee(), le="2099-01-01")
    assert analyser("nouvelles", demain, delegation).erreurs()


def test_a_file_makes_national_entries_that_are_not_public_yet(obstacle, delegation):
    lignes = "reference,regle,etat\nON-2222-3333,Deux dossiers,en_cours\n,Une autre,examen\n"
    importer("obstacles_nationaux", lignes.encode(), delegation)
    assert ObstacleNational.objects.count() == 2
    assert not ObstacleNational.objects.du_public().exists()
    importer("obstacles", fichier(obstacle, "ON-2222-3333", "nationale"), delegation)
    obstacle.refresh_from_db()
    assert obstacle.nationale.regle == "Deux dossiers"
