"""Of a base from before, what fiches said of their obstacle is found in rows; and back again."""

import datetime
import threading

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

JOUR = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def base_vierge(django_db_blocker, django_db_setup, settings, tmp_path, monkeypatch):
    """Run this in a thread of its own, on a database that holds nothing: what it returns."""
    nom = "ti_reprise" if connection.vendor == "postgresql" else str(tmp_path / "base.sqlite3")
    settings.MIGRATION_MODULES = {}  # the tables of the other tests are made without them
    with django_db_blocker.unblock():
        ordre = connection.cursor().execute
        if connection.vendor == "postgresql":
            ordre(f"DROP DATABASE IF EXISTS {nom}")
            ordre(f"CREATE DATABASE {nom}")
        monkeypatch.setitem(connections.settings["default"], "NAME", nom)

        def lancer(tache):
            fait = []

            def vivre():
                try:
                    fait.append(tache())
                finally:
                    connections.close_all()

            fil = threading.Thread(target=vivre)
            fil.start()
            fil.join()
            return fait[0]  # nothing there: the thread told why it failed

        yield lancer
        if connection.vendor == "postgresql":
            ordre(f"DROP DATABASE {nom}")


def etapes():
    """The states before the rows and after the texts, whatever their numbers."""
    du_disque = MigrationExecutor(connection).loader.disk_migrations
    noms = {nom[5:]: nom for app, nom in du_disque if app == "programme"}
    premiere = du_disque["programme", noms["obstacles_et_nouvelles"]]
    avant = next(nom for app, nom in premiere.dependencies if app == "programme")
    return avant, noms["textes_des_obstacles_retires"]


def aller(etape):
    """The models of the state that this migration leads to, one step at a time."""
    executeur = MigrationExecutor(connection)
    executeur.loader = MigrationLoader(connection, replace_migrations=False)
    executeur.migrate([("programme", etape)])
    return executeur.loader.project_state([("programme", etape)]).apps


def ecrire(apps):
    """Fiches of before: with all, without a rule, answered and silent again, gone, empty."""
    Fiche, Trace = (
        apps.get_model("programme", n) for n in ("FicheAction", "HistoricalFicheAction")
    )
    agent = apps.get_model("territoires", "Agent").objects.create(username="agent")
    territoire = apps.get_model("territoires", "Territoire").objects.create(
        identifiant="ici", nom="Ici"
    )

    def fiche(reference, **textes):
        return Fiche.objects.create(
            reference=reference, titre=reference, territoire=territoire, **textes
        )

    def trace(pk, jours, geste, reference="x", **textes):
        Trace.objects.create(
            id=pk,
            reference=reference,
            titre="t",
            territoire_id=territoire.pk,
            created_at=JOUR,
            updated_at=JOUR,
            etat="brouillon",
            version=1,
            history_date=JOUR + datetime.timedelta(days=jours),
            history_type=geste,
            history_user_id=agent.pk,
            **textes,
        )

    dite = fiche("FA-1", obstacle="Règle\n dite", simplification="Un guichet", reponse="Oui")
    trace(dite.pk, 0, "+")
    trace(dite.pk, 1, "~", obstacle="Brouillon de règle")
    trace(dite.pk, 2, "~", obstacle="Règle\n dite", simplification="Un guichet")
    trace(dite.pk, 3, "~", obstacle="Règle\n dite", simplification="Un guichet")
    trace(dite.pk, 4, "~", obstacle="Règle\n dite", simplification="Un guichet", reponse="Oui")
    Reponse = apps.get_model("programme", "Reponse")
    for jours, texte in ((1, "Peut-être"), (4, "Oui")):
        le = JOUR + datetime.timedelta(days=jours)
        Reponse.objects.create(fiche=dite, texte=texte, le=le, auteur=agent)
    fiche("FA-2", simplification="Simplifiez")
    tue = fiche("FA-3")
    trace(tue.pk, 0, "+", obstacle="Tu depuis")
    trace(tue.pk, 1, "~")
    Reponse.objects.create(fiche=fiche("FA-4"), texte="Sans rien", le=JOUR, auteur=agent)
    fiche("FA-5")
    trace(9999, 0, "+", obstacle="D’une fiche supprimée")
    trace(9999, 1, "-", obstacle="D’une fiche supprimée")


def lire(apps):
    Obstacle, Trace = (apps.get_model("programme", n) for n in ("Obstacle", "HistoricalObstacle"))
    rangees = {
        o.fiche.reference: (o.regle, o.simplification, o.reponse, o.signale_le, o.repondu_le)
        for o in Obstacle.objects.select_related("fiche")
    }
    reponses = apps.get_model("programme", "Reponse").objects.order_by("pk")
    reponses = reponses.values_list("obstacle__fiche__reference", "texte")
    gestes = [
        (t.history_type, t.regle, t.reponse, t.history_user.username)
        for t in Trace.objects.order_by("fiche_id", "history_date")
    ]
    return rangees, list(reponses), gestes


def test_nothing_that_was_said_is_lost_and_it_comes_back(base_vierge):
    def tache():
        avant, fin = etapes()
        ecrire(aller(avant))
        apres = lire(aller(fin))
        apps = aller(avant)
        Fiche = apps.get_model("programme", "FicheAction")
        noms = ("reference", "obstacle", "simplification", "reponse")
        rendus = {reference: textes for reference, *textes in Fiche.objects.values_list(*noms)}
        Reponse = apps.get_model("programme", "Reponse")
        signees = list(Reponse.objects.order_by("pk").values_list("fiche__reference", "texte"))
        return apres, rendus, signees, lire(aller(fin))[:2]

    (rangees, reponses, gestes), rendus, signees, encore = base_vierge(tache)
    mars = datetime.date(2024, 3, 1)
    assert rangees.pop("FA-1") == (
        *("Règle\n dite", "Un guichet", "Oui"),
        *(mars.replace(day=2), mars.replace(day=5)),
    )
    assert {nom: textes[:3] for nom, textes in rangees.items()} == {
        "FA-2": ("Règle non précisée", "Simplifiez", ""),
        "FA-4": ("Règle non précisée", "", ""),
    }
    assert reponses == signees == [("FA-1", "Peut-être"), ("FA-1", "Oui"), ("FA-4", "Sans rien")]
    assert gestes == [
        ("+", "Brouillon de règle", "", "agent"),
        ("~", "Règle\n dite", "", "agent"),
        ("~", "Règle\n dite", "Oui", "agent"),
        ("+", "Tu depuis", "", "agent"),
        ("-", "Tu depuis", "", "agent"),
        ("+", "D’une fiche supprimée", "", "agent"),
        ("-", "D’une fiche supprimée", "", "agent"),
    ]
    assert rendus == {
        "FA-1": ["Règle\n dite", "Un guichet", "Oui"],
        "FA-2": ["", "Simplifiez", ""],
        **{nom: ["", "", ""] for nom in ("FA-3", "FA-4", "FA-5")},
    }
    assert encore[1] == reponses
