"""What was deleted comes back as it was: every kind of object that the admin can delete."""

from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.urls import reverse

from tests import factories as f
from tests.config.admin import lignes_a_garder as lignes
from tests.config.admin.conftest import dessinees
from tests.config.admin.test_matrice import AILLEURS, LUS, MODELES
from tests.monde import une_fois

NOMS = sorted(set(MODELES) - AILLEURS - LUS)
REFAITES = {m._meta.db_table for m in apps.get_models(True) if m._meta.auto_created}
REFAITES |= {"territoires_trace"}
LISTE = "/admin/supprimes/"
# Drawn anew by each save, or given by the server alone.
PROPRES = {
    "updated_at",
    "modifie_le",
    "password",
    "date_joined",
    "agenda_revu_le",
    "agenda_revision",
}


def _monde():
    monde = lignes.monde()
    # Nothing hangs on these: they can be deleted.
    for fabrique in (f.RegionFactory, f.DepartementFactory, f.IntercommunaliteFactory):
        fabrique()
    f.PartenaireFactory(), f.TerritoireFactory(), f.PhaseFactory(numero=8), f.AxeFactory()
    f.AgentFactory(niveau="region").regions.add(f.RegionFactory())
    f.IntervenantFactory(), f.EditionCarteFactory(publiee_le=None)
    f.ComiteDePilotageFactory()
    fiche = f.fiche_complete(f.territoire_publie("76"))
    f.ObstacleFactory(fiche=fiche, reponse="")
    return monde


monde = une_fois(_monde)


@pytest.fixture(scope="module")
def avant(monde, django_db_blocker):
    with django_db_blocker.unblock():
        return photographie()


def photographie(parmi=None):
    """Lists and outlines are written anew: told by what they say, whatever their keys."""
    tables = {}
    for table, rangees in lignes.photographie(parmi).items():
        if "historical" in table:
            continue
        if table in REFAITES:
            rangees = [{n: v for n, v in x.items() if n != "id"} for x in rangees.values()]
            rangees = {str(sorted(x.items(), key=str)): x for x in rangees}
        tables[table] = rangees
    return tables


def supprimer(client, objet):
    """Through the admin, as a person does; False when something holds it."""
    base = f"admin:{objet._meta.app_label}_{objet._meta.model_name}"
    adresse = reverse(f"{base}_delete", args=[objet.pk])
    with dessinees(lambda reponse: False):
        page = client.get(adresse)
    dit = page.context_data if page.status_code == 200 else {"protected": True}
    if dit["protected"] or dit["perms_lacking"]:
        return False
    assert client.post(adresse, {"post": "yes", "lu": dit["lu"]}).status_code == 302
    return not type(objet)._base_manager.filter(pk=objet.pk).exists()


def supprimables(nom, client):
    """Each row of this kind in turn, deleted; what it deletes comes back with the transaction."""
    modele = MODELES[nom]
    for objet in modele._base_manager.order_by("-pk")[:12]:
        if supprimer(client, objet):
            yield objet


def adresse_de(objet):
    ligne = objet.history.model.objects.filter(
        history_type="-", **{objet._meta.pk.name: objet.pk}
    ).latest()
    return reverse("admin:supprime", args=[objet._meta.label_lower, ligne.history_id])


@pytest.mark.parametrize("nom", NOMS)
def test_each_kind_comes_back_with_all_that_hung_on_it(nom, monde, avant, db, client):
    client.force_login(monde["délégation"])
    revenus = 0
    with lignes.tables_ecrites() as ecrites:
        for objet in supprimables(nom, client):
            assert lignes.ecarts(avant, photographie(ecrites))
            assert (
                str(objet) in client.get(LISTE, {"genre": objet._meta.label_lower}).content.decode()
            )
            with dessinees(lambda reponse: False):
                page = client.post(adresse_de(objet), follow=True)
            assert urlsplit(page.redirect_chain[-1][0]).path.endswith("/change/"), page.content
            ecarts = lignes.ecarts(avant, photographie(ecrites))
            reste = [ecart for ecart in ecarts if ecart[2] not in PROPRES]
            assert reste == [], (nom, objet)
            derniere = objet.history.model.objects.filter(
                history_type="+", **{objet._meta.pk.name: objet.pk}
            ).latest()
            assert derniere.history_user == monde["délégation"]
            assert derniere.history_change_reason == "Objet supprimé, ramené"
            revenus += 1
            if revenus == 3:
                break
    assert revenus, "nothing of this kind could be deleted"
