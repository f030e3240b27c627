"""Contrats written by their régions: chained, changed by avenants, kept by a sequel."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from programme.contrats.models import Contrat, FicheContrat
from programme.fiches import parcours
from tests import factories as f
from tests.echanges.outils import analyser, importer, messages
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db

AJOUT = reverse("admin:programme_contrat_add")
TABLES = ("signataires", "lignes_fiches", "avenants", "documents")
VIDES = {f"{nom}-{genre}_FORMS": 0 for nom in TABLES for genre in ("TOTAL", "INITIAL")}


@pytest.fixture
def territoire():
    return f.territoire_publie("75", "76", nom="Val d’Ici", identifiant="val-d-ici")


@pytest.fixture
def region(territoire, client):
    agent = f.agent_region("76")
    client.force_login(agent)
    return agent


def saisir(client, territoire, **champs):
    envoi = VIDES | {"territoire": territoire.pk, "type": "contrat", "etat": "preparation"}
    return client.post(AJOUT, envoi | champs)


def page_de(contrat, nom="change"):
    return reverse(f"admin:programme_contrat_{nom}", args=[contrat.pk])


def mots(reponse):
    soupe = BeautifulSoup(reponse.content, "html.parser")
    return " ".join(soupe.main.get_text(" ", strip=True).split())


def continuer(ancien, nom="Val Nouveau"):
    """A territoire that goes on from this one, as a person confirmed."""
    edition = f.EditionCarteFactory(date=datetime.date(2025, 1, 1))
    nouveau = f.territoire_publie("75", "76", nom=nom, edition=edition)
    lien = f.FiliationFactory(
        ancien=ancien.perimetre_courant, nouveau=nouveau.perimetre_courant, nature="renommage"
    )
    lien.decider(f.agent_delegation(), True)
    lien.save()
    return nouveau


class TestEcrire:
    def test_each_region_of_the_territoire_writes_and_no_other(self, territoire, client):
        ailleurs = f.territoire_publie("27", nom="Ailleurs")
        for code in ("75", "76"):
            client.force_login(f.agent_region(code))
            assert saisir(client, territoire).status_code == 302
        assert Contrat.objects.filter(territoire=territoire).count() == 2
        reponse = saisir(client, ailleurs)
        assert "territoire" in reponse.context["adminform"].form.errors
        client.force_login(f.agents_de(territoire)[0])
        assert saisir(client, territoire).status_code == 403

    @pytest.mark.parametrize(
        ("genre", "reference"),
        [("contrat", "val-d-ici-2026"), ("protocole", "protocole-val-d-ici-2026")],
    )
    def test_a_reference_left_empty_is_proposed(self, genre, reference, territoire, region, client):
        signe = {"etat": "signe", "signe_le": "03/02/2026", "type": genre}
        saisir(client, territoire, **signe)
        saisir(client, territoire, **signe)
        attendues = {reference, f"{reference}-2"}
        assert set(Contrat.objects.values_list("reference", flat=True)) == attendues

    def test_what_is_signed_is_no_longer_deleted_by_a_region(self, territoire, region, client):
        signe = f.ContratFactory(territoire=territoire)
        prepare = f.ContratFactory(territoire=territoire, etat="preparation", signe_le=None)
        assert client.get(page_de(signe, "delete")).status_code == 403
        assert client.get(page_de(prepare, "delete")).status_code == 200


class TestLaChaine:
    def test_a_protocole_leads_to_its_contrat(self, territoire, region, client):
        protocole = f.ContratFactory(territoire=territoire, type="protocole")
        page = client.get(page_de(protocole)).content.decode()
        assert f"?territoire={territoire.pk}&amp;precedent={protocole.pk}" in page or (
            "Écrire le contrat qui y fait suite" in page
        )
        saisir(client, territoire, precedent=protocole.pk, etat="signe", signe_le="01/02/2024")
        contrat = Contrat.objects.get(precedent=protocole)
        assert "Fait suite à Protocole d’accord" in mots(client.get(contrat.get_absolute_url()))

    @pytest.mark.parametrize(
        ("precedent", "suite", "phrase"),
        [
            ({"type": "contrat"}, {"type": "protocole"}, "vient avant le contrat"),
            ({"signe_le": datetime.date(2030, 1, 1)}, {}, "serait signé avant"),
            ({"etat": "preparation", "signe_le": None}, {}, "n’est pas signé"),
            ({"territoire": None}, {}, "ni de ce territoire"),
        ],
    )
    def test_what_cannot_follow_is_refused_in_words(self, precedent, suite, phrase, territoire):
        if "territoire" in precedent:
            precedent = {"territoire": f.territoire_publie("27", nom="Ailleurs")}
        avant = f.ContratFactory(**{"territoire": territoire} | precedent)
        apres = f.ContratFactory.build(
            territoire=territoire, precedent=avant, **suite, signe_le=datetime.date(2024, 1, 1)
        )
        with pytest.raises(ValidationError) as refus:
            apres.clean()
        assert phrase in str(refus.value)

    def test_no_ring(self, territoire):
        un = f.ContratFactory(territoire=territoire)
        deux = f.ContratFactory(territoire=territoire, precedent=un)
        un.precedent = deux
        with pytest.raises(ValidationError, match="lui-même"):
            un.clean()


class TestLaSuite:
    def test_a_sequel_keeps_what_its_ancestor_signed(self, territoire, client):
        contrat = f.ContratFactory(territoire=territoire, lieu="Lyon")
        nouveau = continuer(territoire)
        for adresse in (nouveau.get_absolute_url(), f"{nouveau.get_absolute_url()}?le=2025-06-01"):
            page = mots(client.get(adresse))
            assert "Lyon" in page and "Val d’Ici, que ce territoire continue" in page
        suite = f.ContratFactory(
            territoire=nouveau, precedent=contrat, signe_le=datetime.date(2025, 3, 1)
        )
        suite.clean()
        assert "par Val d’Ici" in mots(client.get(suite.get_absolute_url()))

    def test_one_only_proposed_keeps_nothing(self, territoire, client):
        f.ContratFactory(territoire=territoire, lieu="Lyon")
        edition = f.EditionCarteFactory(date=datetime.date(2025, 1, 1))
        autre = f.territoire_publie("75", nom="Autre", edition=edition)
        f.FiliationFactory(ancien=territoire.perimetre_courant, nouveau=autre.perimetre_courant)
        assert "Lyon" not in mots(client.get(autre.get_absolute_url()))

    def test_fiches_of_the_sequel_come_in(self, territoire):
        contrat = f.ContratFactory(territoire=territoire)
        fiche = f.FicheActionFactory(territoire=continuer(territoire))
        ligne = f"{contrat.reference},{fiche.reference},oui"
        importer("fiches_contrats", f"contrat,fiche,engagement_ferme\n{ligne}\n".encode())
        assert FicheContrat.objects.get().fiche == fiche


def test_a_file_chains_what_stands_and_makes_no_contrat(territoire):
    protocole = f.ContratFactory(territoire=territoire, type="protocole")
    contrat = f.ContratFactory(territoire=territoire)
    lignes = f"{contrat.reference},{protocole.reference}\nnulle-part,{protocole.reference}\n"
    contenu = f"reference,precedent\n{lignes}".encode()
    (refus,) = messages(analyser("suites_contrats", contenu))
    assert "ce contrat n’existe pas" in refus
    importer("suites_contrats", contenu.replace(b"nulle-part", contrat.reference.encode()))
    contrat.refresh_from_db()
    assert contrat.precedent == protocole


class TestAvenant:
    @pytest.fixture
    def contrat(self, territoire):
        contrat = f.ContratFactory(
            territoire=territoire,
            debut=datetime.date(2019, 7, 15),
            fin=datetime.date(2022, 12, 31),
        )
        fiche = f.fiche_complete(territoire, titre="Ouvrir l’atelier")
        f.FicheContratFactory(contrat=contrat, fiche=valider(fiche, f.agent_delegation()))
        return contrat

    def signer(self, client, contrat, **change):
        page = page_de(contrat, "avenant")
        saisie = client.get(page).context["saisie"]
        envoi = {"avenant-signe_le": "04/03/2021", "avenant-objet": "Prolongation"}
        for formulaire in (saisie.vu, saisie.apres, saisie.fiches):
            for champ in formulaire:
                valeur = champ.value()
                if isinstance(valeur, datetime.date):
                    valeur = f"{valeur:%d/%m/%Y}"
                envoi[champ.html_name] = "" if valeur is None else valeur
        return client.post(page, envoi | change)

    def test_before_and_after_are_kept_and_told(self, contrat, region, client):
        (ligne,) = contrat.lignes_fiches.all()
        change = {"contrat-fin": "31/12/2026"}
        change[f"fiches-fiche-{ligne.fiche_id}"] = "engagement ferme"
        assert self.signer(client, contrat, **change).status_code == 302
        contrat.refresh_from_db()
        ligne.refresh_from_db()
        assert (contrat.fin, ligne.engagement_ferme) == (datetime.date(2026, 12, 31), True)
        page = mots(client.get(contrat.get_absolute_url()))
        assert "Avenant nᵒ 1, signé le 4 mars 2021" in page
        assert "31 décembre 2022 → 31 décembre 2026" in page
        assert "Ouvrir l’atelier : sans engagement ferme → engagement ferme" in page

    def test_a_fiche_comes_in_by_it_and_one_not_decided_is_not_named(self, contrat, region, client):
        fiche = f.fiche_complete(contrat.territoire, titre="Fiche Xyzzy")
        parcours.transmettre(fiche, agent=f.agent_delegation())
        self.signer(client, contrat, **{f"fiches-fiche-{fiche.pk}": "sans engagement ferme"})
        assert contrat.lignes_fiches.filter(fiche=fiche).exists()
        client.logout()
        assert "Xyzzy" not in mots(client.get(contrat.get_absolute_url()))

    @pytest.mark.parametrize(
        ("change", "phrase"),
        [
            ({}, "ne change rien"),
            ({"contrat-fin": "31/12/2026", "avenant-signe_le": "01/01/2018"}, "suit la signature"),
        ],
    )
    def test_what_makes_no_avenant_is_said(self, change, phrase, contrat, region, client):
        reponse = self.signer(client, contrat, **change)
        assert phrase in reponse.content.decode()
        assert not contrat.avenants.exists()

    def test_a_page_from_before_another_avenant_signs_nothing(self, contrat, region, client):
        self.signer(client, contrat, **{"contrat-fin": "31/12/2026"})
        ancienne = {"contrat-fin": "31/12/2022", "vu-dernier": "0"}
        reponse = self.signer(client, contrat, **ancienne)
        contenu = reponse.content.decode()
        assert "Un autre avenant a été signé" in contenu
        assert "Vaut aujourd’hui\u202f: 31/12/2026" in contenu
        assert contrat.avenants.count() == 1

    def test_none_on_what_is_not_signed(self, territoire, region, client):
        contrat = f.ContratFactory(territoire=territoire, etat="preparation", signe_le=None)
        reponse = client.get(page_de(contrat, "avenant"), follow=True)
        assert "n’est pas signé" in reponse.content.decode()

    def test_another_region_signs_none(self, contrat, client):
        client.force_login(f.agent_region("27"))
        assert client.get(page_de(contrat, "avenant")).status_code == 404


def test_deliberation_and_signed_text_are_read_once_it_is_signed(territoire, client):
    contrat = f.ContratFactory(territoire=territoire)
    vote = ContentFile(b"%PDF-1.4 essai", "vote.pdf")
    signataire = f.SignataireContratFactory(contrat=contrat, organisation="CC Ici", fichier=vote)
    document = f.DocumentContratFactory(contrat=contrat, titre="Le texte")
    soupe = BeautifulSoup(client.get(contrat.get_absolute_url()).content, "html.parser")
    liens = {lien.text: lien["href"] for lien in soupe.main.select("a[href]")}
    for titre in ("Lire la délibération de CC Ici", "Le texte"):
        reponse = client.get(liens[titre])
        assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    Contrat.objects.filter(pk=contrat.pk).update(etat="preparation")
    for nom, ligne in (("document-contrat", document), ("deliberation-contrat", signataire)):
        adresse = reverse(nom, args=[contrat.reference, ligne.pk])
        assert client.get(adresse).status_code == 404


def test_the_rights_are_those_of_its_regions(territoire):
    signe = f.ContratFactory(territoire=territoire)
    prepare = f.ContratFactory(territoire=territoire, etat="preparation", signe_le=None)
    agents = {
        "ici": f.agent_region("75"),
        "aussi": f.agent_region("76"),
        "ailleurs": f.agent_region("27"),
        "intercommunalité": f.agents_de(territoire)[0],
    }
    for nom, agent in agents.items():
        ecrit = nom in ("ici", "aussi")
        for contrat in (signe, prepare):
            assert agent.has_perm("programme.change_contrat", contrat) is ecrit, nom
            assert agent.has_perm("programme.view_contrat", contrat) is (nom != "ailleurs"), nom
        assert agent.has_perm("programme.delete_contrat", prepare) is ecrit, nom
        assert not agent.has_perm("programme.delete_contrat", signe), nom
