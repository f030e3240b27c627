"""The outline of a périmètre follows its members, whichever way they change."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from shapely.geometry import shape

from programme.comites.demandes import appliquer
from territoires.editions.resources import ContourResource, PerimetreResource
from territoires.geographie.models import Contour
from territoires.preparation.brouillons import conflits, deplacer, retirer
from tests import factories as f
from tests.factories.geographie import carre
from tests.formulaires import lu

pytestmark = pytest.mark.django_db


@pytest.fixture
def carte(client):
    """A draft where « ici » holds [0, 1] and « là » holds [1, 2]; [2, 3] is nowhere."""
    agent = f.agent_delegation()
    client.force_login(agent)
    edition = f.EditionCarteFactory(
        code="2027-01", date=datetime.date(2027, 1, 1), publiee_le=None, nombre_annonce=None
    )
    membres = [f.CommuneFactory().intercommunalite for _ in range(3)]
    for x, membre in enumerate(membres):
        f.ContourFactory(intercommunalite=membre, geometrie=carre(x, 45))
    ici, la = (
        f.PerimetreFactory(edition=edition, membres=[membre], code=code, nom=code)
        for code, membre in zip(("ici", "la"), membres[:2], strict=True)
    )
    return {"edition": edition, "membres": membres, "ici": ici, "la": la, "agent": agent}


def largeurs(carte):
    """What each périmètre covers, from west to east, in degrees; None without outline."""
    bornes = {}
    for perimetre in carte["edition"].perimetres.select_related("trace"):
        trace = getattr(perimetre, "trace", None)
        bornes[perimetre.code] = trace and shape(trace.geometrie).bounds[::2]
    return bornes


def formulaire(perimetre, *membres):
    """The form of a périmètre in the admin, these members added to those it has."""
    lignes = [*perimetre.membres.all(), *membres]
    envoi = {"territoire": perimetre.territoire_id, "code": perimetre.code, "nom": perimetre.nom}
    envoi |= {
        "membres-INITIAL_FORMS": perimetre.membres.count(),
        "membres-TOTAL_FORMS": len(lignes),
    }
    for rang, ligne in enumerate(lignes):
        cle = ligne.pk if hasattr(ligne, "perimetre_id") else ""
        siren = getattr(ligne, "intercommunalite_id", None) or ligne.pk
        envoi |= {
            f"membres-{rang}-{nom}": v for nom, v in [("id", cle), ("perimetre", perimetre.pk)]
        }
        envoi |= {f"membres-{rang}-intercommunalite": siren}
    return envoi


def par_le_formulaire(carte, client):
    page = reverse("admin:territoires_perimetre_change", args=[carte["ici"].pk])
    assert client.post(page, formulaire(carte["ici"], carte["membres"][2])).status_code == 302


def par_une_liste(carte, client):
    page = reverse("admin:territoires_editioncarte_deplacer", args=[carte["edition"].pk])
    client.post(page, {"perimetre": carte["ici"].pk, "codes": carte["membres"][2].pk})


def par_un_import(carte, client):
    debut = f"2027-01,ici,ici,{carte['ici'].territoire.identifiant}"
    lignes = [f"{debut},{carte['membres'][rang].pk}" for rang in (0, 2)]
    fichier = "\n".join(["edition,code,nom,territoire,membre", *lignes])
    resource = PerimetreResource(carte["agent"])
    resource.appliquer(resource.analyser(fichier.encode()), "test")


def par_une_demande(carte, client):
    demande = f.DemandePerimetreFactory(
        perimetre=f.PerimetreFactory(territoire=carte["ici"].territoire)
    )
    demande.mouvements.all().delete()
    f.MouvementDemandeFactory(demande=demande, sens="ajout", intercommunalite=carte["membres"][2])
    type(demande).objects.filter(pk=demande.pk).update(etat="acceptee")
    demande.refresh_from_db()
    appliquer(demande, edition=carte["edition"], agent=carte["agent"])


@pytest.mark.parametrize("voie", [par_le_formulaire, par_une_liste, par_un_import, par_une_demande])
def test_a_member_that_comes_widens_the_outline_and_nothing_else(voie, carte, client):
    assert largeurs(carte) == {"ici": (0, 1), "la": (1, 2)}
    voie(carte, client)
    assert largeurs(carte) == {"ici": (0, 3), "la": (1, 2)}


def test_a_member_that_moves_changes_both_outlines_and_the_last_takes_it_away(carte):
    deplacer(carte["ici"], [carte["membres"][1]])
    assert largeurs(carte) == {"ici": (0, 2), "la": None}
    retirer(carte["edition"], carte["membres"][:1])
    assert largeurs(carte) == {"ici": (1, 2), "la": None}


def par_un_import_de_contours(contour, geometrie, agent, client):
    resource = ContourResource(agent)
    texte = json.dumps(geometrie).replace('"', '""')
    fichier = (
        f'region,intercommunalite,commune,geometrie\n,{contour.intercommunalite_id},,"{texte}"'
    )
    rapport = resource.analyser(fichier.encode())
    if not rapport.refus:
        resource.appliquer(rapport, "test")
    return str(rapport.refus or "")


def par_un_fichier(contour, geometrie, agent, client):
    fichier = SimpleUploadedFile("contour.geojson", json.dumps(geometrie).encode())
    page = reverse("admin:territoires_contour_change", args=[contour.pk])
    reponse = client.post(page, {"fichier": fichier, "geometrie": ""} | lu(client, page))
    return str(reponse.context["adminform"].form.errors) if reponse.context else ""


def dans_le_champ(contour, geometrie, agent, client):
    page = reverse("admin:territoires_contour_change", args=[contour.pk])
    reponse = client.post(page, {"geometrie": json.dumps(geometrie)} | lu(client, page))
    return str(reponse.context["adminform"].form.errors) if reponse.context else ""


VOIES = [par_un_import_de_contours, par_un_fichier, dans_le_champ]


@pytest.mark.parametrize("voie", VOIES)
def test_a_new_outline_redraws_the_drafts_and_leaves_published_editions(voie, carte, client):
    publie = f.PerimetreFactory(membres=carte["membres"][:1])
    contour = Contour.objects.get(intercommunalite=carte["membres"][0])
    assert voie(contour, carre(-1, 45, 2), carte["agent"], client) == ""
    assert largeurs(carte) == {"ici": (-1, 1), "la": (1, 2)}
    publie.trace.refresh_from_db()
    assert shape(publie.trace.geometrie).bounds[::2] == (0, 1)


@pytest.mark.parametrize("voie", VOIES)
def test_a_bad_outline_is_refused_in_words_and_changes_nothing(voie, carte, client):
    contour = Contour.objects.get(intercommunalite=carte["membres"][0])
    avant = contour.geometrie
    for geometrie, mots in (
        ({"type": "Point", "coordinates": [2, 47]}, "Ce n’est pas un contour"),
        (carre(45, 2), "sont échangées"),
        (
            {"type": "Polygon", "coordinates": [[[0, 45], [1, 46], [1, 45], [0, 46], [0, 45]]]},
            "recoupe",
        ),
        ({"type": "Polygon", "coordinates": []}, "vide"),
    ):
        assert mots in voie(contour, geometrie, carte["agent"], client), mots
        contour.refresh_from_db()
        assert contour.geometrie == avant
    assert largeurs(carte) == {"ici": (0, 1), "la": (1, 2)}


def test_an_outline_deleted_is_no_longer_drawn_and_an_overlap_is_told(carte, client):
    la = Contour.objects.get(intercommunalite=carte["membres"][1])
    la.geometrie = carre(0.5, 45)
    page = reverse("admin:territoires_contour_change", args=[la.pk])
    client.post(page, {"geometrie": json.dumps(la.geometrie)} | lu(client, page))
    assert conflits(carte["edition"]) == [
        "Les tracés de «\u202fici\u202f» et de «\u202fla\u202f» se recouvrent\u202f: le contour "
        "d’un de leurs membres ne suit pas les limites de ses voisins."
    ]
    page = reverse("admin:territoires_contour_delete", args=[la.pk])
    client.post(page, {"post": "yes"} | lu(client, page))
    assert largeurs(carte) == {"ici": (0, 1), "la": None}
