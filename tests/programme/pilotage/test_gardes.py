"""The figures that are kept are those that one would count."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.comites.models import Avis, ComiteDePilotage, Seance
from programme.fiches.models import FicheAction, Financement, Passage
from programme.pilotage import gardes
from programme.pilotage.declencheurs import SUIVIES
from programme.pilotage.delais import Delais
from programme.pilotage.models import ReleveGarde, TerritoireARelever
from programme.pilotage.releves import relever
from territoires.editions.models import Territoire
from tests import factories as f
from tests.monde import une_fois
from tests.programme.pilotage.test_tableau_de_bord import _pays, valider

monde = une_fois(_pays)


def gardees():
    return vues(gardes.releves_des(Territoire.objects.all()))


def comptees():
    comptes = relever(FicheAction.objects.all())
    return vues({cle: comptes[cle] for cle in Territoire.objects.values_list("pk", flat=True)})


def vues(releves):
    """Amounts as amounts and lists in order, so that they compare."""
    return {
        cle: (
            *(r.etats, r.axes, r.creees, r.validees, sorted(Delais(r.delais).groupes())),
            sorted(map(str, map(list, r.avis))),
        )
        for cle, r in releves.items()
    }


ECRITURES = {
    "a fiche is written": lambda m: f.fiche_complete(m["seul"]),
    "fiches come in bulk": lambda m: FicheAction.objects.bulk_create(
        [FicheAction(titre=f"Fiche {n}", territoire=m["seul"], cout_total=n) for n in range(3)]
    ),
    "a cost changes": lambda m: FicheAction.objects.update(cout_total=7),
    "a line comes": lambda m: f.FinancementFactory(fiche=FicheAction.objects.first()),
    "a line changes": lambda m: Financement.objects.update(montant=12),
    "a line goes": lambda m: Financement.objects.first().delete(),
    "a fiche goes": lambda m: FicheAction.objects.filter(etat="brouillon").first().delete(),
    "a fiche is validated": lambda m: valider(
        FicheAction.objects.filter(etat="brouillon").exclude(axe=None).first(), m["delegation"]
    ),
    "a fiche changes hands": lambda m: FicheAction.objects.filter(territoire=m["seul"]).update(
        territoire=m["partage"]
    ),
    "a passage is of another day": lambda m: _deplacer(Passage, "le", -40),
    "an avis is of another day": lambda m: _deplacer(Avis, "effet_le", 40),
    "a séance is of another comité": lambda m: Seance.objects.update(
        comite=f.ComiteDePilotageFactory()
    ),
    "a comité is of another région": lambda m: ComiteDePilotage.objects.filter(
        pk=ComiteDePilotage.objects.order_by("pk").first().pk
    ).update(region=f.RegionFactory()),
    "a territoire comes": lambda m: f.territoire_publie("75"),
}


def _deplacer(modele, champ, jours):
    for objet in modele.objects.all():
        autre_jour = getattr(objet, champ) + timedelta(days=jours)
        modele.objects.filter(pk=objet.pk).update(**{champ: autre_jour})


@pytest.mark.parametrize("quoi", ECRITURES)
def test_whatever_is_written_they_are_those_that_one_would_count(quoi, monde, db):
    avant = gardees()
    ECRITURES[quoi](monde)
    apres = gardees()
    assert apres == comptees()
    assert apres != avant, "the write changes nothing that is counted"


def test_every_table_that_is_counted_is_watched(monde, db):
    with CaptureQueriesContext(connection) as requetes:
        comptees()
    lues = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(q["sql"] for q in requetes)))
    assert lues - {Territoire._meta.db_table} == SUIVIES.keys()


def test_nothing_is_counted_twice(monde, db, django_assert_num_queries):
    gardees()
    assert not TerritoireARelever.objects.exists()
    with django_assert_num_queries(3):
        gardees()


def test_what_is_written_elsewhere_is_not_counted_again(monde, db):
    gardees()
    ReleveGarde.objects.filter(pk=monde["seul"].pk).update(contenu="left as it is")
    f.FinancementFactory(fiche=FicheAction.objects.filter(territoire=monde["partage"]).first())
    gardes.releves_des(Territoire.objects.filter(pk=monde["partage"].pk))
    assert ReleveGarde.objects.get(pk=monde["seul"].pk).contenu == "left as it is"


def test_another_way_of_counting_counts_again(monde, db):
    gardees()
    ReleveGarde.objects.update(facon="of yesterday", contenu="left as it is")
    assert gardees() == comptees()


@pytest.mark.parametrize("filtres", ["", "?region=75", "?region=76", "?etat=brouillon"])
def test_the_dashboard_says_the_same_kept_or_counted(filtres, monde, client, db, monkeypatch):
    client.force_login(monde["delegation"])
    adresse = reverse("pilotage") + filtres

    def lus():
        tableaux = client.get(adresse).context["tableaux"]
        lignes = [ligne for t in tableaux for ligne in [*t.lignes, t.total] if ligne]
        return [(li.nom, [c.valeur for c in li.cellules]) for li in lignes]

    gardes_lus = lus()
    monkeypatch.setattr(
        "programme.pilotage.views.DesAgents._entiers", lambda *arguments, **options: None
    )
    assert lus() == gardes_lus
