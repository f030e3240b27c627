"""What a request to adapt a périmètre would change, told before anything is written."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programme.comites import conduite, demandes
from programme.comites.dossier import dossier
from programme.comites.models import DemandePerimetre, MouvementDemande
from programme.comites.simulation import simuler
from programme.fiches import parcours
from programme.fiches.models import FicheAction
from territoires.editions.composition import calculer
from tests import factories as f

pytestmark = pytest.mark.django_db

AJOUT = reverse("admin:programme_demandeperimetre_add")


def intercommunalite(nom, region, habitants=1000):
    une = f.IntercommunaliteFactory(nom=nom, departement__region=region)
    f.CommuneFactory(intercommunalite=une, population=habitants)
    f.ContourFactory(intercommunalite=une)
    return une


@pytest.fixture
def lieu():
    """Alpha holds CC Reste and CC Part; its neighbour Bêta, in another région, CC Vient."""
    ici, la = f.RegionFactory(code="75", nom="Ici"), f.RegionFactory(code="76", nom="Là")
    reste, part = intercommunalite("CC Reste", ici), intercommunalite("CC Part", ici, 300)
    vient = intercommunalite("CC Vient", la, 5000)
    edition = f.EditionCarteFactory()
    alpha = f.PerimetreFactory(
        edition=edition, territoire__nom="Alpha", nom="Alpha", membres=[reste, part]
    )
    beta = f.PerimetreFactory(edition=edition, territoire__nom="Bêta", nom="Bêta", membres=[vient])
    return {"alpha": alpha, "beta": beta, "reste": reste, "part": part, "vient": vient}


def simulee(lieu, ajouts=(), retraits=(), **options):
    options = {"fiches": FicheAction.objects.all()} | options
    perimetre = options.pop("perimetre", lieu["alpha"])
    return simuler(perimetre, [lieu[n] for n in ajouts], [lieu[n] for n in retraits], **options)


def mots(reponse):
    soupe = BeautifulSoup(reponse.content, "html.parser")
    return " ".join((soupe.select_one(".simulation") or soupe.new_tag("p")).text.split())


def composee(lieu, ajouts=(), retraits=()):
    """What a browser posts of a request being composed."""
    envoi = {"perimetre": lieu["alpha"].pk, "motif": "Mon motif"}
    lignes = [("ajout", n) for n in ajouts] + [("retrait", n) for n in retraits]
    envoi |= {"mouvements-TOTAL_FORMS": len(lignes), "mouvements-INITIAL_FORMS": 0}
    for rang, (sens, nom) in enumerate(lignes):
        debut = f"mouvements-{rang}-"
        envoi |= {f"{debut}sens": sens, f"{debut}intercommunalite": lieu[nom].pk}
        envoi |= {f"{debut}commune": ""}
    return envoi


class TestCeQuiChange:
    def test_members_inhabitants_and_regions(self, lieu):
        lue = simulee(lieu, ajouts=["vient"], retraits=["part"])
        assert (lue.avant.membres, lue.avant.habitants, lue.avant.regions) == (2, 1300, ["Ici"])
        assert (lue.apres.membres, lue.apres.habitants) == (2, 6000)
        assert (lue.apres.regions, lue.entrees, lue.ecart) == (["Ici", "Là"], ["Là"], 4700)

    def test_it_says_what_the_application_then_does(self, lieu):
        """The same moves, written: the same régions and inhabitants."""
        lue = simulee(lieu, ajouts=["vient"], retraits=["part"])
        lieu["beta"].membres.all().delete()
        lieu["alpha"].membres.filter(intercommunalite=lieu["part"]).delete()
        f.MembrePerimetreFactory(perimetre=lieu["alpha"], membre=lieu["vient"])
        calculer([lieu["alpha"]])
        lieu["alpha"].refresh_from_db()
        assert lue.apres.habitants == lieu["alpha"].population
        assert lue.apres.regions == [r.nom for r in lieu["alpha"].regions.all()]

    def test_nothing_is_written(self, lieu, django_assert_num_queries):
        avant = [p.membres.count() for p in (lieu["alpha"], lieu["beta"])]
        simulee(lieu, ajouts=["vient"], retraits=["part", "reste"])
        assert [p.membres.count() for p in (lieu["alpha"], lieu["beta"])] == avant

    def test_fiches_that_name_what_leaves(self, lieu):
        nommee = f.FicheActionFactory(territoire=lieu["alpha"].territoire, titre="Nommée")
        nommee.intercommunalites.set([lieu["part"], lieu["reste"]])
        autre = f.FicheActionFactory(territoire=lieu["alpha"].territoire, titre="Autre")
        autre.intercommunalites.set([lieu["reste"]])
        lue = simulee(lieu, retraits=["part"])
        assert lue.fiches == [(nommee, "associe CC Part, qui partirait")]

    def test_contrats_that_run(self, lieu):
        contrat = f.ContratFactory(territoire=lieu["alpha"].territoire)
        f.ContratFactory(
            territoire=lieu["alpha"].territoire, fin=datetime.date(2020, 1, 1), etat="termine"
        )
        ((titre, phrases),) = simulee(lieu, ajouts=["vient"]).autres
        assert titre == "Contrats concernés"
        assert [str(contrat) in phrase for phrase in phrases] == [True]

    def test_who_deliberates(self, lieu):
        lue = simulee(lieu, ajouts=["vient"], retraits=["part"])
        assert lue.deliberent == [
            "Le conseil communautaire\u202f: CC Vient, qui entre",
            "Le conseil communautaire\u202f: CC Part, qui part",
            "Le comité de pilotage régional\u202f: Ici",
            "Le comité de pilotage régional\u202f: Là",
        ]


class TestLesConflits:
    @pytest.mark.parametrize(
        ("ajouts", "retraits", "phrase"),
        [
            (["vient"], [], "CC Vient est dans «\u202fBêta\u202f»"),
            (["reste"], [], "CC Reste y est déjà"),
            ([], ["vient"], "CC Vient n’y est pas"),
            ([], ["part", "reste"], "Il ne resterait aucun membre"),
            (["part"], ["part"], "à la fois à ajouter et à retirer"),
        ],
    )
    def test_what_cannot_be_is_said(self, ajouts, retraits, phrase, lieu):
        assert any(phrase in dit for dit in simulee(lieu, ajouts, retraits).conflits)

    def test_a_commune_of_a_neighbour(self, lieu):

        commune = lieu["vient"].communes().first()
        lue = simuler(lieu["alpha"], [commune], [], fiches=FicheAction.objects.none())
        assert any("dont une commune entrerait" in dit for dit in lue.conflits)
        assert any("conseil municipal" in dit for dit in lue.deliberent)

    def test_another_open_request_on_the_same_member(self, lieu):
        autre = f.DemandePerimetreFactory(perimetre=lieu["beta"])
        f.MouvementDemandeFactory(demande=autre, sens="retrait", intercommunalite=lieu["vient"])
        assert any("Une autre demande" in d for d in simulee(lieu, ["vient"]).conflits)
        assert not any(
            "Une autre demande" in d for d in simulee(lieu, ["vient"], demande=autre).conflits
        )

    def test_a_quiet_change_has_none(self, lieu):
        assert simulee(lieu, retraits=["part"]).conflits == []


class TestPendantQuOnLaCompose:
    def test_a_new_one_has_a_first_line_and_nothing_to_tell_yet(self, lieu, client):
        client.force_login(f.agents_de(lieu["alpha"].territoire)[0])
        page = client.get(AJOUT)
        (groupe,) = page.context["inline_admin_formsets"]
        assert len(groupe.formset.forms) == 1
        assert page.context["adminform"].form.initial["perimetre"] == lieu["alpha"].pk
        assert "Déposée le" not in page.content.decode()

    def test_it_is_simulated_and_nothing_is_saved(self, lieu, client):
        client.force_login(f.agents_de(lieu["alpha"].territoire)[0])
        envoi = composee(lieu, ajouts=["vient"], retraits=["part"]) | {"_simuler": "1"}
        reponse = client.post(AJOUT, envoi)
        assert reponse.status_code == 200
        dit = mots(reponse)
        assert "1 300" in dit and "6 000 (+4 700)" in dit
        assert "Une région de plus serait touchée : Là" in dit
        assert "Avant" in dit and "Après" in dit
        assert not DemandePerimetre.objects.exists()
        assert "Mon motif" in reponse.content.decode()
        assert not reponse.context["adminform"].form.errors
        # The same, sent for good.
        client.post(AJOUT, composee(lieu, ajouts=["vient"], retraits=["part"]))
        demande = DemandePerimetre.objects.get()
        assert "6 000 (+4 700)" in mots(client.get(page_de(demande)))

    def test_what_is_missing_is_told_beside_what_can_be_simulated(self, lieu, client):
        client.force_login(f.agents_de(lieu["alpha"].territoire)[0])
        envoi = composee(lieu, ajouts=["vient"]) | {"_simuler": "1", "motif": ""}
        reponse = client.post(AJOUT, envoi)
        assert "motif" in reponse.context["adminform"].form.errors
        assert "6 300" in mots(reponse)

    def test_without_a_move_there_is_nothing_to_simulate(self, lieu, client):
        client.force_login(f.agents_de(lieu["alpha"].territoire)[0])
        reponse = client.post(AJOUT, composee(lieu) | {"_simuler": "1"})
        assert mots(reponse) == ""
        assert "Rien à simuler pour l’instant" in reponse.content.decode()

    def test_a_written_one_is_simulated_as_it_is_being_changed(self, lieu, client):
        client.force_login(f.agents_de(lieu["alpha"].territoire)[0])
        client.post(AJOUT, composee(lieu, ajouts=["vient"]))
        demande = DemandePerimetre.objects.get()
        lu = BeautifulSoup(client.get(page_de(demande)).content, "html.parser")
        envoi = composee(lieu, retraits=["part"])
        envoi |= {"_simuler": "1", "lu": lu.select_one("[name=lu]")["value"]}
        # The row that is written comes back too: one comes, one goes.
        assert "6 000 (+4 700)" in mots(client.post(page_de(demande), envoi))
        assert MouvementDemande.objects.get().sens == "ajout"


def page_de(demande, nom="change"):
    return reverse(f"admin:programme_demandeperimetre_{nom}", args=[demande.pk])


class TestLaDerniereEdition:
    def une_autre(self, lieu, *noms):
        edition = f.EditionCarteFactory(code="2025-01", date=datetime.date(2025, 1, 1))
        for nom, membre in zip(("alpha", "beta"), noms, strict=False):
            f.PerimetreFactory(
                edition=edition,
                territoire=lieu[nom].territoire,
                nom=lieu[nom].nom,
                membres=[lieu[membre]],
            )
        return edition

    def test_a_request_on_an_older_one_is_read_in_the_last(self, lieu):
        self.une_autre(lieu, "reste")
        lue = simulee(lieu, retraits=["part"])
        assert lue.avant.membres == 1
        assert (
            "qui n’est plus la dernière. Ce qui suit est lu dans l’édition du 1er janvier 2025"
            in (lue.alertes[0])
        )
        assert any("n’y est pas" in dit for dit in lue.conflits)

    def test_a_territoire_that_left_the_map_is_said(self, lieu):
        self.une_autre(lieu)
        assert "n’est plus sur la carte" in simulee(lieu, retraits=["part"]).alertes[0]

    def test_only_the_map_in_force_is_offered_and_what_is_written(self, lieu, client):
        demande = f.DemandePerimetreFactory(perimetre=lieu["beta"])
        self.une_autre(lieu, "reste")
        client.force_login(f.agent_delegation())
        for adresse, offerts in (
            (AJOUT, ["Alpha (1er janvier 2025"]),
            (page_de(demande), ["Alpha (1er janvier 2025", "Bêta ("]),
        ):
            page = BeautifulSoup(client.get(adresse).content, "html.parser")
            lus = [o.text for o in page.select("select[name=perimetre] option") if o["value"]]
            assert len(lus) == len(offerts)
            assert all(lu.startswith(offert) for lu, offert in zip(lus, offerts, strict=True))

    def test_a_form_opened_before_it_keeps_what_was_typed(self, lieu, client):
        client.force_login(f.agent_delegation())
        envoi = composee(lieu, retraits=["part"])
        self.une_autre(lieu, "reste")
        reponse = client.post(AJOUT, envoi)
        erreurs = reponse.context["adminform"].form.errors["perimetre"]
        assert "n’est plus celui de la dernière édition" in erreurs[0]
        assert "Mon motif" in reponse.content.decode()
        assert not DemandePerimetre.objects.exists()

    def test_a_territoire_off_the_map_is_refused_in_words(self, lieu, client):
        client.force_login(f.agent_delegation())
        envoi = composee(lieu, retraits=["part"])
        self.une_autre(lieu)
        f.PerimetreFactory(edition__code="2025-01", edition__date=datetime.date(2025, 1, 1))
        reponse = client.post(AJOUT, envoi)
        assert "n’y figure plus" in reponse.context["adminform"].form.errors["perimetre"][0]


class TestPourQuiJuge:
    def test_its_territoire_reads_what_each_comite_said_once_its_seance_is_closed(
        self, lieu, client
    ):
        demande = f.DemandePerimetreFactory(perimetre=lieu["alpha"])
        comite = f.ComiteDePilotageFactory(region=lieu["alpha"].regions.get())
        seance, agent = f.SeanceFactory(comite=comite), f.agent_delegation()
        demandes.rendre_avis(
            demande, seance=seance, sens="defavorable", agent=agent, motif="Trop loin"
        )
        client.force_login(f.agents_de(lieu["alpha"].territoire)[0])

        def avis():
            soupe = BeautifulSoup(client.get(page_de(demande)).content, "html.parser")
            return " ".join(soupe.find(id="titre-avis").find_next("ul").text.split())

        assert avis() == "Ici : pas encore d’avis"
        conduite.clore(seance, agent=agent)
        assert avis().startswith("Ici : avis défavorable")
        assert "Trop loin" in avis()

    def test_the_seance_and_its_dossier_tell_it_without_any_draft(self, lieu, client):
        brouillon = f.FicheActionFactory(territoire=lieu["alpha"].territoire, titre="Brouillon X")
        envoyee = f.fiche_complete(lieu["alpha"].territoire, titre="Envoyée Y")
        for fiche in (brouillon, envoyee):
            fiche.intercommunalites.set([lieu["part"]])
        parcours.transmettre(envoyee, agent=f.agent_delegation())
        demande = f.DemandePerimetreFactory(perimetre=lieu["alpha"])
        f.MouvementDemandeFactory(demande=demande, sens="retrait", intercommunalite=lieu["part"])
        comite = f.ComiteDePilotageFactory(region=lieu["alpha"].regions.get())
        seance = f.SeanceFactory(comite=comite)
        point = f.PointOrdreDuJourFactory(seance=seance, demande=demande)
        client.force_login(f.agent_region("75"))
        page = client.get(reverse("admin:programme_seance_avis_point", args=[seance.pk, point.pk]))
        assert "1 000 (-300)" in mots(page)
        (lue,) = dossier(seance)["demandes"]
        texte = str(lue["simulation"])
        assert "Envoyée Y" in texte and "Brouillon X" not in texte
        assert "Qui délibère" in texte
        for nom in ("dossier", "dossier_pdf"):
            page = client.get(reverse(f"admin:programme_seance_{nom}", args=[seance.pk]))
            assert page.status_code == 200

    def test_who_applies_it_reads_it_in_the_edition_that_changes(self, lieu, client):
        brouillon = f.EditionCarteFactory(
            code="2031-01", date=datetime.date(2031, 1, 1), publiee_le=None
        )
        f.PerimetreFactory(
            edition=brouillon,
            territoire=lieu["alpha"].territoire,
            nom="Alpha 2031",
            membres=[lieu["part"], lieu["reste"]],
        )
        demande = f.DemandePerimetreFactory(perimetre=lieu["alpha"], etat="acceptee")
        f.MouvementDemandeFactory(demande=demande, sens="ajout", intercommunalite=lieu["vient"])
        client.force_login(f.agent_delegation())
        dit = mots(client.get(page_de(demande, "appliquer")))
        assert "Alpha 2031, lu dans l’édition du 1er janvier 2031" in dit
        assert "est dans « Bêta »" not in dit  # nobody holds it there
