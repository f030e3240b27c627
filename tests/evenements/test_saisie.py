"""Entering an assemblée by hand: what is refused, what is kept, what a correction tells."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from echanges.registre import resources
from evenements.models import Annonce, Assemblee, Intervenant
from tests import factories as f
from tests.formulaires import lu

pytestmark = pytest.mark.django_db
JOURS = {"date_debut": datetime.date(2023, 11, 9), "date_fin": datetime.date(2023, 11, 9)}


@pytest.fixture
def delegation(client):
    client.force_login(f.agent_delegation())
    return client


def lignes(prefixe, *rangees, existantes=0):
    """What a formset posts."""
    envoi = {f"{prefixe}-TOTAL_FORMS": len(rangees), f"{prefixe}-INITIAL_FORMS": existantes}
    for rang, rangee in enumerate(rangees):
        envoi |= {f"{prefixe}-{rang}-{nom}": valeur for nom, valeur in rangee.items()}
    return envoi


def envoi_assemblee(*sequences, existantes=0, **champs):
    base = {"titre": "Assemblée d’essai", "ville": "Chalon-sur-Saône"}
    base |= {"date_debut": "09/11/2023", "date_fin": "09/11/2023"}
    return (
        base | lignes("sequences", *sequences, existantes=existantes) | lignes("documents") | champs
    )


def sequence(titre, debut="", fin="", salle="", jour="09/11/2023"):
    champs = {"titre": titre, "type": "atelier", "jour": jour, "moment": "", "ordre": ""}
    return champs | {"debut": debut, "fin": fin, "salle": salle}


AJOUT = "admin:evenements_assemblee_add"


def test_ranks_and_address_left_empty_are_filled(delegation):
    vide = {"type": "table_ronde"}  # the empty line that the page offers
    envoi = envoi_assemblee(
        sequence("Un", "10:00", "11:00"), sequence("Deux", "11:00", jour=""), vide
    )
    assert delegation.post(reverse(AJOUT), envoi).status_code == 302
    assemblee = Assemblee.objects.get()
    assert assemblee.identifiant == "chalon-sur-saone-2023"
    assert list(assemblee.sequences.values_list("ordre", "titre", "jour")) == [
        (1, "Un", datetime.date(2023, 11, 9)),
        (2, "Deux", datetime.date(2023, 11, 9)),
    ]
    assert assemblee.publiee_le is None


def test_without_a_town_the_address_is_that_of_the_title(delegation):
    assert delegation.post(reverse(AJOUT), envoi_assemblee(ville="")).status_code == 302
    assert Assemblee.objects.get().identifiant == "assemblee-dessai-2023"


@pytest.mark.parametrize(
    ("sequences", "message"),
    [
        (
            [sequence("Un", "10:00", "11:00", "Salle A"), sequence("Deux", "10:30", "", "salle A")],
            "déjà prise à cette heure par «\u202fUn\u202f»",
        ),
        ([sequence("Un", "11:00", "10:00")], "La fin ne peut pas précéder le début, sauf le soir"),
        ([sequence("Un", "", "10:00")], "Une heure de fin va avec une heure de début."),
        ([sequence("Un", jour="10/11/2023")], "Ce jour n’est pas de l’assemblée"),
    ],
)
def test_impossible_programmes_are_refused_in_words(delegation, sequences, message):
    page = delegation.post(reverse(AJOUT), envoi_assemblee(*sequences))
    assert message in page.content.decode()
    assert Assemblee.objects.count() == 0


def test_one_room_one_after_the_other_is_no_conflict(delegation):
    envoi = envoi_assemblee(
        sequence("Un", "10:00", "11:00", "Salle A"),
        sequence("Deux", "11:00", "12:00", "Salle A"),
        sequence("Trois", "10:00", "12:00", "Salle B"),
    )
    assert delegation.post(reverse(AJOUT), envoi).status_code == 302


def test_several_documents_are_dropped_in_at_once(delegation):
    depot = [
        SimpleUploadedFile("dossier_de_presse.pdf", b"%PDF-1.4 un"),
        SimpleUploadedFile("dossier_de_presse.pdf", b"%PDF-1.4 deux"),
    ]
    assert delegation.post(reverse(AJOUT), envoi_assemblee(depot=depot)).status_code == 302
    documents = Assemblee.objects.get().documents
    assert [d.titre for d in documents.all()] == ["dossier de presse", "dossier de presse (2)"]
    piece = documents.first()
    adresse = reverse("admin:evenements_assemblee_document", args=[piece.assemblee_id, piece.pk])
    reponse = delegation.get(adresse)
    assert b"".join(reponse.streaming_content).startswith(b"%PDF-1.4")
    assert reponse["Content-Disposition"].startswith("attachment")
    assert reponse["X-Content-Type-Options"] == "nosniff"


def test_a_program_disguised_as_a_document_is_refused(delegation):
    depot = [
        SimpleUploadedFile("bilan.pdf", b"MZ\x90\x00 un programme"),
        SimpleUploadedFile("texte.pdf", b"%PDF-1.4"),
    ]
    page = delegation.post(reverse(AJOUT), envoi_assemblee(depot=depot))
    assert "bilan.pdf\u202f: Le contenu de ce fichier n’est pas celui" in page.content.decode()
    assert Assemblee.objects.count() == 0


def test_a_correction_after_publication_is_said_and_dated(delegation, client):
    assemblee = f.AssembleeFactory(ville="Lyon", resume="Ancien")
    adresse = reverse("admin:evenements_assemblee_change", args=[assemblee.pk])
    jours = {"date_debut": "05/03/2019", "date_fin": "06/03/2019"}
    envoi = envoi_assemblee(titre=assemblee.titre, ville="Lyon", resume="Nouveau", **jours)
    envoi |= lignes("corrections")
    assert delegation.post(adresse, envoi | lu(delegation, adresse)).status_code == 302
    (automatique,) = assemblee.corrections.all()
    pk = {"id": automatique.pk, "texte": automatique.texte, "assemblee": assemblee.pk}
    envoi |= lignes("corrections", pk, existantes=1)
    # Nothing changed: nothing said.
    assert delegation.post(adresse, envoi | lu(delegation, adresse)).status_code == 302
    envoi |= {"resume": "Plus juste", "note": "Le nombre de participants était faux."}
    assert delegation.post(adresse, envoi | lu(delegation, adresse)).status_code == 302
    assert [c.texte for c in assemblee.corrections.all()] == [
        "Corrigé\u202f: résumé.",
        "Le nombre de participants était faux.",
    ]
    client.logout()
    page = client.get(assemblee.get_absolute_url())
    assert [c.le for c in page.context["corrections"]] == [timezone.localdate()] * 2
    assert "Le nombre de participants était faux." in page.content.decode()


def envoi_sequence(seance, *interventions, **champs):
    base = {"titre": seance.titre, "type": "table_ronde", "jour": "05/03/2019", "moment": ""}
    base |= {"ordre": seance.ordre, "debut": "", "fin": "", "salle": "", "compte_rendu": ""}
    return base | lignes("interventions", *interventions) | lignes("annonces") | champs


def test_a_speaker_is_made_on_the_spot_and_once(delegation):
    brouillon = f.SequenceFactory(assemblee__publiee_le=None)
    adresse = reverse("admin:evenements_sequence_change", args=[brouillon.pk])
    texte = "Camille Exemple, présidente, Association des essais"
    envoi = envoi_sequence(brouillon, {"nouveau": texte}, {"nouveau": "camille EXEMPLE"})
    assert delegation.post(adresse, envoi).status_code == 302
    camille = Intervenant.objects.get()
    assert (str(camille), camille.identifiant) == ("Camille Exemple", "camille-exemple")
    dites = brouillon.interventions.values_list("ordre", "intervenant", "role", "organisation")
    assert list(dites) == [
        (1, camille.pk, "présidente", "Association des essais"),
        (2, camille.pk, "", ""),
    ]


def test_who_announced_together_spoke_there_or_came_with_a_file(delegation):
    brouillon = f.SequenceFactory(assemblee__publiee_le=None)
    dite = f.InterventionFactory(sequence=brouillon)
    venu, autre = f.IntervenantFactory(), f.IntervenantFactory()
    annonce = f.AnnonceFactory(sequence=brouillon)
    annonce.ensemble.set([venu])
    adresse = reverse("admin:evenements_sequence_change", args=[brouillon.pk])
    (formset,) = [
        jeu
        for jeu in delegation.get(adresse).context["inline_admin_formsets"]
        if jeu.opts.model is Annonce
    ]
    proposes = set(formset.formset.forms[0].fields["ensemble"].queryset)
    assert proposes == {dite.intervenant, venu}
    assert autre not in proposes


def test_a_refused_page_leaves_nobody_behind(delegation):
    brouillon = f.SequenceFactory(assemblee__publiee_le=None)
    adresse = reverse("admin:evenements_sequence_change", args=[brouillon.pk])
    envoi = envoi_sequence(brouillon, {"nouveau": "Camille Exemple"}, {"nouveau": "12 personnes"})
    page = delegation.post(adresse, envoi)
    assert "n’est pas le nom d’une personne" in page.content.decode()
    assert "Camille Exemple" in page.content.decode()
    assert Intervenant.objects.count() == 0


def test_a_draft_is_looked_at_by_who_writes_it_and_nobody_else(client):
    brouillon = f.AssembleeFactory(publiee_le=None, titre="Brouillon")
    f.InterventionFactory(sequence__assemblee=brouillon, resume="Dit-tout-bas")
    adresse = reverse("admin:evenements_assemblee_voir", args=[brouillon.pk])
    agents = [None, f.AgentFactory(), *f.agents_de(f.territoire_publie()), f.agent_delegation()]
    statuts = []
    for agent in agents:
        client.logout()
        if agent:
            client.force_login(agent)
        statuts.append(client.get(adresse).status_code)
    assert statuts == [302, 404, 404, 404, 200]
    page = client.get(adresse).content.decode()
    assert ("Dit-tout-bas" in page, "Aperçu d’un brouillon" in page) == (True, True)


def test_no_list_file_or_document_of_a_draft_reaches_other_agents(client):
    assemblee = f.AssembleeFactory(publiee_le=None)
    f.InterventionFactory(sequence__assemblee=assemblee)
    document = f.DocumentFactory(assemblee=assemblee, fichier="brouillon.pdf")
    telecharger = reverse("admin:evenements_assemblee_document", args=[assemblee.pk, document.pk])
    listes = [
        reverse(f"admin:evenements_{nom}_changelist")
        for nom in ("assemblee", "sequence", "intervenant")
    ]
    client.force_login(f.agent_delegation())
    assert [len(client.get(liste).context["cl"].queryset) for liste in listes] == [1, 1, 1]
    for agent in f.agents_de(f.territoire_publie()):
        client.force_login(agent)
        assert [len(client.get(liste).context["cl"].queryset) for liste in listes] == [0, 0, 0]
        assert client.get(telecharger).status_code == 404
        for nom in ("assemblees", "sequences", "interventions", "documents", "intervenants"):
            fichier = b"".join(resources()[nom](agent).exporter()).decode()
            assert len(fichier.strip().splitlines()) == 1, nom


def test_pasting_shows_first_and_writes_then(delegation):
    brouillon = f.AssembleeFactory(publiee_le=None, **JOURS)
    adresse = reverse("admin:evenements_assemblee_coller", args=[brouillon.pk])
    fautif = {"texte": "10h : Ouverture\nligne étrange", "confirmer": "oui"}
    page = delegation.post(adresse, fautif)
    assert [(r.ligne, r.texte) for r in page.context["refus"]] == [(2, "ligne étrange")]
    assert "ligne étrange</textarea>" in page.content.decode()
    assert brouillon.sequences.count() == 0
    juste = {"texte": "10h : Ouverture\n- Camille Exemple"}
    page = delegation.post(adresse, juste)
    assert (page.context["nombre"], brouillon.sequences.count()) == (1, 0)
    assert delegation.post(adresse, juste | {"confirmer": "oui"}).status_code == 302
    assert [s.titre for s in brouillon.sequences.all()] == ["Ouverture"]
    delegation.post(adresse, juste | {"confirmer": "oui"})
    assert brouillon.sequences.count() == 1


def test_publishing_from_the_page_says_what_is_missing_and_asks(delegation):
    brouillon = f.AssembleeFactory(publiee_le=None, resume="")
    adresse = reverse("admin:evenements_assemblee_publier", args=[brouillon.pk])
    page = delegation.get(adresse)
    assert page.context["manques"][:2] == [
        "Aucune séquence n’est inscrite.",
        "Le résumé est vide.",
    ]
    brouillon.refresh_from_db()
    assert brouillon.publiee_le is None
    assert delegation.post(adresse).status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.publiee_le is not None
    assert brouillon.publiee_par is not None
