"""What cannot be, by each way in: a form opened before, a POST written by hand, a file.

Each is answered by a sentence at the place where it was written, with what was typed, and nothing
is written.
"""

import datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from echanges.imports.depots import listes_par_resource
from echanges.models import Import
from programme.comites.models import DemandePerimetre
from programme.fiches import parcours
from programme.fiches.models import FicheAction, MouvementFinancier
from programme.instruction import examen
from programme.instruction.models import AvisTechnique, DemandeComplement
from territoires.mandats.models import Mandat
from tests import factories as f
from tests.echanges.outils import analyser, messages
from tests.formulaires import en_clair, envoi, lu

HIER = timezone.localdate() - datetime.timedelta(days=1)
TAPE = "Texte tapé avec soin"
SUR_LA_PAGE = "cela s’écrit sur la page « Instruction » de la fiche"


@pytest.fixture
def monde(pays, entrer):
    """The two territoires, who works there, and a fiche of the first one that was sent up."""
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    agents = pays["agents"]
    parcours.transmettre(fiche, agent=agents["intercommunalité"])
    return SimpleNamespace(
        fiche=fiche, agents=agents, entrer=entrer, **pays["ici"], voisin=pays["la"]["partenaire"]
    )


class Croises:
    """Two mandats of one function that run on one day."""

    modele = Mandat
    phrase = "Alix Avant est déjà président du comité local de ce territoire"
    debut, fin = "2026-03-22", ""
    ressource, entete = "mandats", "territoire,role,nom,fonction,debut,fin"

    def preparer(self, monde):
        self.client = monde.entrer(monde.agents["intercommunalité"])
        self.territoire = monde.territoire

    def gater(self, monde):
        bornes = {"debut": datetime.date(2025, 1, 1), "fin": datetime.date(2027, 1, 1)}
        f.MandatFactory(territoire=monde.territoire, role="presidence", nom="Alix Avant", **bornes)

    def _saisi(self):
        return {
            "territoire": self.territoire.pk,
            "role": "presidence",
            "nom": "Zoé Après",
            "fonction": TAPE,
            "debut": self.debut,
            "fin": self.fin,
        }

    def ouvrir(self, monde):
        self.page = self.client.get(reverse("admin:territoires_mandat_add"))

    def envoyer(self, monde):
        donnees = envoi(self.page, "mandat_form", **self._saisi())
        return self.client.post(reverse("admin:territoires_mandat_add"), en_clair(donnees))

    def forger(self, monde):
        """On a mandat of the past, that its page would never move so far."""
        passe = f.MandatFactory(
            territoire=monde.territoire,
            role="presidence",
            nom="Zoé Après",
            debut=datetime.date(2019, 1, 1),
            fin=datetime.date(2019, 6, 1),
        )
        adresse = reverse("admin:territoires_mandat_change", args=[passe.pk])
        etat = lu(self.client, adresse)
        return lambda: self.client.post(adresse, self._saisi() | etat)

    def ligne(self, monde):
        cle = monde.territoire.identifiant
        return f"{cle},presidence,Zoé Après,{TAPE},{self.debut},{self.fin}"


class FinAvantDebut(Croises):
    phrase = "Un mandat ne finit pas avant d’avoir commencé"
    fin = "2026-03-21"

    def gater(self, monde):
        """Nothing stands: the dates alone are wrong."""


class LigneDUnAutre:
    """An opérateur that writes on a line of money of another."""

    modele = MouvementFinancier
    phrase = "n’est pas de votre organisme"
    ressource, entete = "mouvements", "fiche,financeur,statut,nature,montant,le,reference"
    # Files of others are brought in by the délégation alone.
    phrase_du_fichier, lit_le_fichier = "Accès refusé", "opérateur"

    def preparer(self, monde):
        monde.fiche.partenaires.add(monde.partenaire)
        self.ligne_a = f.FinancementFactory(
            fiche=monde.fiche, financeur="À nous", partenaire=monde.partenaire
        )
        models.QuerySet(FicheAction).filter(pk=monde.fiche.pk).update(etat="engagee")
        self.client = monde.entrer(monde.agents["opérateur"])
        cles = [monde.fiche.pk, self.ligne_a.pk]
        self.adresse = reverse("admin:programme_ficheaction_mouvement", args=cles)

    def gater(self, monde):
        """The line is said to be of another meanwhile."""
        self.ligne_a.partenaire = monde.voisin
        self.ligne_a.save()

    saisi = {
        "mouvement-nature": "accorde",
        "mouvement-montant": "100 000",
        "mouvement-le": "2024-05-02",
        "mouvement-reference": TAPE,
    }

    def ouvrir(self, monde):
        self.page = self.client.get(self.adresse)

    def envoyer(self, monde):
        return self.client.post(self.adresse, en_clair(envoi(self.page, **self.saisi)))

    def forger(self, monde):
        return lambda: self.client.post(self.adresse, self.saisi)

    def ligne(self, monde):
        return f"{monde.fiche.reference},À nous,demande,accorde,1000,2024-05-02,{TAPE}"


class SurLaPage:
    """What is written on the page « Instruction » of the fiche."""

    def preparer(self, monde):
        self.client = monde.entrer(monde.agents[self.qui])
        self.adresse = reverse("instruction", args=[monde.fiche.reference])

    def ouvrir(self, monde):
        self.page = self.client.get(self.adresse)

    def envoyer(self, monde):
        return self.client.post(self.adresse, envoi(self.page, self.geste, **self.saisi).dict())

    def forger(self, monde):
        return lambda: self.client.post(self.adresse, self.saisi | {"geste": self.geste})

    def gater(self, monde):
        parcours.rappeler(
            FicheAction.objects.get(pk=monde.fiche.pk), agent=monde.agents["intercommunalité"]
        )


class AvisApresLaSeance(SurLaPage):
    """A technical avis on a fiche whose séance is over."""

    modele, qui, geste = AvisTechnique, "État", "technique"
    saisi = {"technique-sens": "favorable", "technique-texte": TAPE}
    phrase, phrase_du_fichier = "il est trop tard", SUR_LA_PAGE
    ressource, entete = "avis_techniques", "fiche,transmise_le,service,sens,texte,le,auteur"

    def gater(self, monde):
        seance = f.SeanceFactory(comite=monde.comitedepilotage, date=HIER)
        f.PointOrdreDuJourFactory(seance=seance, fiche=monde.fiche, demande=None)

    def ligne(self, monde):
        le = FicheAction.objects.get(pk=monde.fiche.pk).dernier_envoi.le.isoformat()
        return f"{monde.fiche.reference},{le},État,favorable,{TAPE},2024-05-02,"


class AvisSurUneRappelee(AvisApresLaSeance):
    phrase = "a été rappelée par son territoire"
    gater = SurLaPage.gater


class ComplementSurUneRappelee(SurLaPage):
    """A question about a fiche that its territoire took back."""

    modele, qui, geste = DemandeComplement, "région", "complement"
    saisi = {"complement-question": TAPE}
    phrase, phrase_du_fichier = "a été rappelée par son territoire", SUR_LA_PAGE
    ressource, entete = "complements", "fiche,transmise_le,numero,service,question"

    def ligne(self, monde):
        le = FicheAction.objects.get(pk=monde.fiche.pk).dernier_envoi.le.isoformat()
        return f"{monde.fiche.reference},{le},1,Région,{TAPE}"


class ReponseSurUneRappelee(ComplementSurUneRappelee):
    """An answer to what is asked no more."""

    phrase = "La fiche a été rappelée : elle se corrige dans son formulaire"
    entete = "fiche,transmise_le,numero,service,question,reponse"

    def preparer(self, monde):
        examen.demander(
            monde.fiche, question="Combien ?", champs=["objectifs"], agent=monde.agents["région"]
        )
        self.client = monde.entrer(monde.agents["intercommunalité"])
        self.adresse = reverse("complement", args=[monde.fiche.reference, 1])

    saisi = {"reponse": TAPE, "objectifs": "Former quarante soudeurs.", "version": "0"}

    def envoyer(self, monde):
        changes = {nom: texte for nom, texte in self.saisi.items() if nom != "version"}
        return self.client.post(self.adresse, en_clair(envoi(self.page, **changes)))

    def forger(self, monde):
        return lambda: self.client.post(self.adresse, self.saisi)

    def ligne(self, monde):
        return super().ligne(monde).replace(TAPE, f"Combien ?,{TAPE}")


class DemandeSurUneAncienneEdition:
    """A request to adapt a périmètre of a map that is no longer the last."""

    modele = DemandePerimetre
    phrase = "Ce périmètre n’est plus celui de la dernière édition de la carte"
    phrase_du_fichier = "une demande se dépose sur sa page"
    ressource, entete = "demandes", "reference,edition,code,motif,ajouts"

    def preparer(self, monde):
        self.client = monde.entrer(monde.agents["intercommunalité"])
        self.adresse = reverse("admin:programme_demandeperimetre_add")
        self.perimetre = monde.territoire.perimetre_courant
        self.venant = f.IntercommunaliteFactory()
        self.saisi = {
            "perimetre": self.perimetre.pk,
            "motif": TAPE,
            "mouvements-TOTAL_FORMS": "1",
            "mouvements-INITIAL_FORMS": "0",
            "mouvements-0-sens": "ajout",
            "mouvements-0-intercommunalite": self.venant.pk,
        }

    def gater(self, monde):
        membre = self.perimetre.membres.get()
        f.PerimetreFactory(
            edition=f.EditionCarteFactory(code="2025-01", date=datetime.date(2025, 1, 1)),
            territoire=monde.territoire,
            membres=[membre.intercommunalite or membre.commune],
        )

    def ouvrir(self, monde):
        self.page = self.client.get(self.adresse)

    def envoyer(self, monde):
        donnees = envoi(self.page, "demandeperimetre_form", **self.saisi)
        return self.client.post(self.adresse, en_clair(donnees))

    def forger(self, monde):
        return lambda: self.client.post(self.adresse, self.saisi)

    def ligne(self, monde):
        edition = self.perimetre.edition.code
        return f"DP-7K3M9QWX,{edition},{self.perimetre.code},{TAPE},{self.venant.pk}"


CAS = [
    Croises,
    FinAvantDebut,
    LigneDUnAutre,
    AvisApresLaSeance,
    AvisSurUneRappelee,
    ComplementSurUneRappelee,
    ReponseSurUneRappelee,
    DemandeSurUneAncienneEdition,
]


def lignes(cas):
    return list(cas.modele._base_manager.order_by("pk").values())


def lire(reponse):
    """The words of a page; a narrow space is a space."""
    return " ".join(BeautifulSoup(reponse.content, "html.parser").get_text(" ").split())


def donne(reponse):
    """Everything that the page gives back in its controls."""
    soupe = BeautifulSoup(reponse.content, "html.parser")
    return [
        *(champ.get("value", "") for champ in soupe.select("input")),
        *(champ.get_text() for champ in soupe.select("textarea")),
    ]


def refuse(cas, envoyer):
    avant = lignes(cas)
    reponse = envoyer()
    assert reponse.status_code in (200, 403)
    assert cas.phrase in lire(reponse)
    assert any(TAPE in rendu for rendu in donne(reponse)), "what was typed is gone"
    assert lignes(cas) == avant


@pytest.mark.parametrize("classe", CAS, ids=lambda classe: classe.__name__)
class TestChaqueEntree:
    def test_a_form_opened_before_gives_back_what_was_typed(self, classe, monde):
        cas = classe()
        cas.preparer(monde)
        cas.ouvrir(monde)
        assert cas.page.status_code == 200
        cas.gater(monde)
        refuse(cas, lambda: cas.envoyer(monde))

    def test_a_post_written_by_hand_does_not_pass(self, classe, monde):
        cas = classe()
        cas.preparer(monde)
        envoyer = cas.forger(monde)
        cas.gater(monde)
        refuse(cas, envoyer)

    def test_a_file_is_refused_at_its_line_and_keeps_it(self, classe, monde):
        cas = classe()
        cas.preparer(monde)
        cas.gater(monde)
        avant = lignes(cas)
        client = monde.entrer(monde.agents[getattr(cas, "lit_le_fichier", "délégation")])
        contenu = f"{cas.entete}\n{cas.ligne(monde)}\n".encode()
        envoi_du_fichier = {
            "resource": cas.ressource,
            "fichier": SimpleUploadedFile("essai.csv", contenu),
        }
        liste = listes_par_resource(admin.site).get(cas.ressource)
        if liste is None:  # no page takes it: the command of the terminal alone
            (refus,) = messages(analyser(cas.ressource, contenu))
            assert cas.phrase_du_fichier in refus and TAPE.encode() in contenu
            return
        adresse = reverse(liste.adresse("importer"))
        reponse = client.post(adresse, envoi_du_fichier, follow=True)
        assert getattr(cas, "phrase_du_fichier", cas.phrase) in lire(reponse)
        assert lignes(cas) == avant
        if depot := Import.objects.first():
            refusees = client.get(reverse(liste.adresse("refusees"), args=[depot.pk]))
            assert TAPE in b"".join(refusees).decode()
