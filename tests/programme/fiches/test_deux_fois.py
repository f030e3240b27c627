"""What is sent twice, one after the other or at the same time, is done once."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from programme.comites import conduite, decisions
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Passage, PieceJointe
from tests import factories as f
from tests.programme.fiches.outils import adresse, ajouter, en_parallele, envoi, poster


def note(nom="note.pdf", texte=b"la note"):
    return SimpleUploadedFile(nom, b"%PDF-1.4 " + texte)


def avec_note(page, **changes):
    return ajouter(envoi(page, **changes), "pieces", titre="Note")


def pieces(fiche):
    """[(title, what its file says)]"""
    lues = []
    for piece in fiche.pieces.all():
        with piece.fichier.open() as fichier:
            lues.append((piece.titre, fichier.read().removeprefix(b"%PDF-1.4 ")))
    return sorted(lues)


@pytest.mark.django_db
class TestTheSameForm:
    def test_with_an_attachment_it_keeps_one_and_says_that_it_is_saved(self, fiche, deux):
        donnees = avec_note(deux[0].get(adresse(fiche)), contexte="Nouveau")
        for _ in range(2):
            reponse = poster(deux[0], fiche, donnees, **{"pieces-0-fichier": note()})
            assert reponse.status_code == 302
        page = deux[0].get(reponse.url)
        assert ["enregistré" in str(m) for m in page.context["messages"]] == [True, True]
        assert pieces(fiche) == [("Note", b"la note")]
        gestes = PieceJointe.history.values_list("history_type", flat=True)
        assert list(gestes) == ["+"]
        assert FicheAction.objects.get(pk=fiche.pk).contexte == "Nouveau"

    def test_beside_another_attachment_it_leaves_that_one_as_it_is(self, fiche, deux):
        f.PieceJointeFactory(fiche=fiche, titre="Ancienne")
        donnees = avec_note(deux[0].get(adresse(fiche)))
        for _ in range(2):
            reponse = poster(deux[0], fiche, donnees, **{"pieces-1-fichier": note()})
            assert reponse.status_code == 302
        assert pieces(fiche) == [("Ancienne", b"essai"), ("Note", b"la note")]

    def test_two_files_of_one_title_are_two(self, fiche, deux):
        donnees = avec_note(deux[0].get(adresse(fiche)))
        poster(deux[0], fiche, donnees, **{"pieces-0-fichier": note()})
        autre = b"autre !"  # as long
        page = poster(deux[0], fiche, donnees, **{"pieces-0-fichier": note(texte=autre)})
        assert page.status_code == 200
        assert page.context["a_rechoisir"] == ["note.pdf"]
        fin = poster(deux[0], fiche, envoi(page), **{"pieces-1-fichier": note(texte=autre)})
        assert fin.status_code == 302
        assert pieces(fiche) == [("Note", autre), ("Note", b"la note")]

    def test_a_new_fiche_with_its_attachment_is_one(self, fiche, deux):
        creer = reverse("admin:programme_ficheaction_add")
        page = deux[0].get(creer)
        donnees = avec_note(page, titre="Neuve", territoire=str(fiche.territoire_id))
        for _ in range(2):
            champs = {nom: donnees.getlist(nom) for nom in donnees}
            reponse = deux[0].post(creer, champs | {"pieces-0-fichier": note()})
            assert reponse.status_code == 302
        neuve = FicheAction.objects.get(titre="Neuve")
        assert pieces(neuve) == [("Note", b"la note")]

    @pytest.mark.parametrize("choix, reste", [("mien", b"la mienne"), ("leur", b"la leur")])
    def test_an_attachment_that_both_replaced_is_chosen(self, choix, reste, fiche, deux):
        f.PieceJointeFactory(fiche=fiche, titre="Note")
        pages = [client.get(adresse(fiche)) for client in deux]
        leur = {"pieces-0-fichier": note("leur.pdf", b"la leur")}
        assert poster(deux[1], fiche, envoi(pages[1]), **leur).status_code == 302
        mien = {"pieces-0-fichier": note("mien.pdf", b"la mienne")}
        page = poster(deux[0], fiche, envoi(pages[0]), **mien)
        ((cle, noms),) = [
            (d["cle"], (d["avant"], d["leur"], d["mien"]))
            for d in page.context["rapprochement"].differences()
        ]
        assert noms[1:] == ("leur.pdf", "mien.pdf")
        mien = {"pieces-0-fichier": note("mien.pdf", b"la mienne")}
        choisi = envoi(page, **{f"choix:{cle}": choix})
        assert poster(deux[0], fiche, choisi, **mien).status_code == 302
        assert pieces(fiche) == [("Note", reste)]

    def test_my_choice_of_a_file_is_asked_for_again_with_the_file(self, fiche, deux):
        f.PieceJointeFactory(fiche=fiche, titre="Note")
        pages = [client.get(adresse(fiche)) for client in deux]
        for client, page, texte in ((deux[1], pages[1], b"leur"), (deux[0], pages[0], b"mien")):
            donnees, fichier = envoi(page), {"pieces-0-fichier": note(texte=texte)}
            reponse = poster(client, fiche, donnees, **fichier)
        (ecart,) = reponse.context["rapprochement"].ecarts
        sans_fichier = poster(deux[0], fiche, envoi(reponse, **{f"choix:{ecart.cle}": "mien"}))
        assert sans_fichier.context["a_rechoisir"] == ["note.pdf"]
        assert "Choisissez-les de nouveau" in sans_fichier.content.decode()
        assert pieces(fiche) == [("Note", b"leur")]


class TestAtTheSameTime:
    """Two threads, each with its connection, that start together."""

    def test_a_form_with_an_attachment_keeps_one(self, partagee):
        fiche, (agent, _) = partagee
        donnees = avec_note(entrer(agent).get(adresse(fiche)), contexte="Nouveau")

        def envoyer():
            return poster(entrer(agent), fiche, donnees, **{"pieces-0-fichier": note()}).status_code

        assert ensemble(envoyer) == [302, 302]
        assert ailleurs(pieces, fiche) == [("Note", b"la note")]

    def test_a_step_is_made_once_and_told_once(self, partagee):
        fiche, (agent, regional) = partagee
        etape = reverse("admin:programme_ficheaction_parcours", args=[fiche.pk, "transmettre"])
        version = entrer(agent).get(etape).context["original"].version

        def transmettre():
            return entrer(agent).post(etape, {"version": version}).status_code

        # One is told that the fiche has changed since.
        assert ensemble(transmettre) == [200, 302]
        assert ailleurs(journal) == ([("transmettre", agent.pk)], [(regional.pk, "transmise")])

    def test_a_decision_is_taken_once_and_told_once(self, partagee):
        fiche, (agent, regional) = partagee

        def preparer():
            parcours.transmettre(fiche, agent=agent)
            Courriel.objects.all().delete()
            return f.SeanceFactory(comite__region=regional.regions.get())

        seance = ailleurs(preparer)

        def tenter(acte, *args, **champs):
            try:
                acte(*args, agent=regional, **champs)
            except (parcours.TransitionRefusee, conduite.SeanceRefusee):
                return "refusé"
            return "fait"

        avis = {"seance": seance, "sens": "favorable"}
        assert ensemble(lambda: tenter(decisions.rendre_avis, fiche, **avis)) == ["fait", "refusé"]
        assert ensemble(lambda: tenter(conduite.clore, seance)) == ["fait", "refusé"]
        passages, courriels = ailleurs(journal)
        assert passages == [("transmettre", agent.pk), ("valider", regional.pk)]
        assert courriels == [(agent.pk, "validée")]
        assert ailleurs(Avis.objects.count) == 1


def entrer(agent):
    client = Client()
    client.force_login(agent)
    return client


def journal():
    """([(step, who)], [(who is told, of what state)])"""
    passages = Passage.objects.order_by("pk").values_list("action", "auteur")
    courriels = Courriel.objects.order_by("pk").values_list("agent", "objet")
    return list(passages), [(agent, objet.split()[-1]) for agent, objet in courriels]


def ensemble(geste):
    """What two threads get, who make the same gesture at once; sorted."""
    depart, obtenus = threading.Barrier(2), []

    def faire():
        try:
            depart.wait()
            obtenus.append(geste())
        except Exception as erreur:
            obtenus.append(repr(erreur))
        finally:
            connection.close()

    en_parallele([(faire,), (faire,)])
    return sorted(obtenus, key=str)


def ailleurs(lire, *arguments):
    """In a thread of its own: the connection of the test does not see the shared file."""
    lu = []

    def faire():
        try:
            lu.append(lire(*arguments))
        finally:
            connection.close()

    en_parallele([(faire,)])
    return lu[0]
