"""What is said of a fiche before its séance: by whom, until when, and what is answered."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.courriels.juges import perime
from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.models import FicheAction, PieceJointe
from programme.fiches.partage import partager
from programme.instruction import examen, tenue
from programme.instruction.models import AvisTechnique, Coche, DemandeComplement, Message
from programme.instruction.nouvelles import examinateurs
from tests import factories as f

HIER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def transmise(pays):
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    fiche.partenaires.add(pays["ici"]["partenaire"])
    return parcours.transmettre(fiche, agent=pays["agents"]["intercommunalité"])


def page(fiche):
    return reverse("instruction", args=[fiche.reference])


def poste(client, fiche, geste, **champs):
    envoi = {"geste": geste} | {f"{geste}-{nom}": valeur for nom, valeur in champs.items()}
    return client.post(page(fiche), envoi)


LISENT = {"intercommunalité", "région", "État", "préfecture", "opérateur", "délégation"}


def test_the_page_opens_to_who_works_on_the_fiche_and_to_nobody_else(transmise, pays, entrer):
    statuts = {
        genre: entrer(agent).get(page(transmise)).status_code
        for genre, agent in pays["agents"].items()
    }
    autres = dict.fromkeys(set(statuts) - LISENT, 404)
    autres |= {"anonyme": 302, "sans périmètre": 403}
    assert statuts == dict.fromkeys(LISENT, 200) | autres


def test_a_draft_is_examined_by_nobody_and_hidden_from_who_does_not_write_it(pays, entrer):
    fiche = pays["ici"]["ficheaction"]
    for genre in ("région", "État", "opérateur"):
        assert entrer(pays["agents"][genre]).get(page(fiche)).status_code == 404
    partager(fiche, agent=pays["agents"]["intercommunalité"])
    reponse = entrer(pays["agents"]["région"]).get(page(fiche))
    assert set(reponse.context["formulaires"]) & {"technique", "complement"} == set()


def test_the_state_says_what_it_thinks_before_the_seance(transmise, pays, entrer):
    agent = pays["agents"]["État"]
    for texte in ("Projet solide.", "Projet solide, calendrier tendu."):
        poste(entrer(agent), transmise, "technique", sens="reserves", texte=texte)
    (avis,) = AvisTechnique.objects.all()
    assert (avis.texte, avis.auteur, avis.envoi) == (texte, agent, transmise.dernier_envoi)
    assert "État" in avis.service
    dits = Courriel.objects.filter(cle__startswith="avistechnique")
    assert {c.agent for c in dits} == {pays["agents"]["région"]}


def test_after_the_seance_it_is_too_late_and_nothing_that_was_typed_is_lost(
    transmise, pays, entrer
):
    seance = f.SeanceFactory(comite=pays["ici"]["comitedepilotage"], date=HIER)
    f.PointOrdreDuJourFactory(seance=seance, fiche=transmise, demande=None)
    client = entrer(pays["agents"]["État"])
    reponse = poste(client, transmise, "technique", sens="favorable", texte="Écrit trop tard.")
    contenu = reponse.content.decode()
    assert "il est trop tard" in contenu and "Écrit trop tard." in contenu
    assert not AvisTechnique.objects.exists()


@pytest.mark.parametrize("genre", ["intercommunalité", "opérateur"])
def test_who_does_not_examine_gives_no_avis_and_asks_nothing(genre, transmise, pays, entrer):
    client = entrer(pays["agents"][genre])
    assert poste(client, transmise, "technique", sens="favorable", texte="Non.").status_code == 403
    assert poste(client, transmise, "complement", question="Qui ?").status_code == 403


def demande_de(transmise, pays, champs=("objectifs", "pieces")):
    return examen.demander(
        transmise, question="Combien ?", champs=list(champs), agent=pays["agents"]["région"]
    )


def test_the_territoire_answers_and_changes_what_is_named_alone(transmise, pays, entrer):
    demande = demande_de(transmise, pays)
    client = entrer(pays["agents"]["intercommunalité"])
    adresse = reverse("complement", args=[transmise.reference, demande.numero])
    lu = client.get(adresse)
    assert set(lu.context["form"].fields) == {
        *("objectifs", "reponse", "version", "empreinte", "piece_titre", "piece_fichier")
    }
    envoi = {
        "objectifs": "Former quarante soudeurs par an.",
        "titre": "Un autre titre",
        "reponse": "Quarante.",
        "version": lu.context["form"]["version"].value(),
    }
    assert client.post(adresse, envoi).status_code == 302
    fiche = FicheAction.objects.get(pk=transmise.pk)
    assert (fiche.etat, fiche.objectifs) == ("transmise", "Former quarante soudeurs par an.")
    assert fiche.titre == transmise.titre
    assert fiche.history.first().history_change_reason == "Réponse au complément nᵒ 1"
    assert not PieceJointe.objects.exists()
    demande.refresh_from_db()
    assert (demande.reponse, demande.situation) == ("Quarante.", "a reçu sa réponse")


def test_somebody_else_changed_the_fiche_meanwhile(transmise, pays, entrer):
    demande = demande_de(transmise, pays)
    client = entrer(pays["agents"]["intercommunalité"])
    adresse = reverse("complement", args=[transmise.reference, demande.numero])
    version = client.get(adresse).context["form"]["version"].value()
    FicheAction.objects.get(pk=transmise.pk).save()
    envoi = {"objectifs": "Les miens.", "reponse": "Voilà.", "version": version}
    reponse = client.post(adresse, envoi)
    assert "Quelqu’un a changé la fiche" in reponse.content.decode()
    assert "Les miens." in reponse.content.decode()
    assert client.post(adresse, envoi | {"version": version + 1}).status_code == 302


def test_a_fiche_called_back_asks_for_nothing_any_more(transmise, pays, entrer):
    demande = demande_de(transmise, pays)
    agent = pays["agents"]["intercommunalité"]
    courriel = Courriel.objects.get(cle=f"complement-{demande.pk}", agent=agent)
    assert perime(courriel) == ""
    parcours.rappeler(transmise, agent=agent)
    adresse = reverse("complement", args=[transmise.reference, demande.numero])
    reponse = entrer(agent).post(adresse, {"reponse": "Trop tard.", "version": 1})
    assert "a été rappelée" in reponse.content.decode()
    assert "Trop tard." in reponse.content.decode()
    assert perime(courriel) == "cette demande n’a plus d’objet"
    assert not DemandeComplement.objects.ouvertes().exists()


@pytest.mark.parametrize("genre", ["région", "État", "opérateur", "intercommunalité voisine"])
def test_the_answer_is_the_territoires_own(genre, transmise, pays):
    demande = demande_de(transmise, pays)
    with pytest.raises(PermissionDenied):
        examen.repondre(demande, reponse="Oui.", valeurs={}, agent=pays["agents"][genre], version=0)


def test_an_expected_field_is_not_emptied(transmise, pays):
    demande = demande_de(transmise, pays)
    version = FicheAction.objects.get(pk=transmise.pk).version
    with pytest.raises(ValidationError, match="objectifs"):
        examen.repondre(
            demande,
            reponse="Rien.",
            valeurs={"objectifs": ""},
            agent=pays["agents"]["intercommunalité"],
            version=version,
        )


def qui_lit(texte, adresse, pays, entrer):
    """The kinds of people to whom this page says that."""
    return {
        genre
        for genre, agent in pays["agents"].items()
        if texte in entrer(agent).get(adresse).content.decode()
    }


def test_a_note_stays_in_its_region(transmise, pays, entrer):
    region = pays["ici"]["comitedepilotage"].region
    tenue.noter(transmise, region=region, texte="À surveiller.", agent=pays["agents"]["région"])
    assert qui_lit("À surveiller.", page(transmise), pays, entrer) == {"région"}


def test_a_region_says_who_follows_and_filters_its_list(transmise, pays, entrer):
    agent, region = pays["agents"]["région"], pays["ici"]["comitedepilotage"].region
    autre = f.agent_region(region)
    client = entrer(agent)
    poste(client, transmise, "attribution", region=region.pk, suivie_par=autre.pk)
    liste = reverse("admin:programme_ficheaction_changelist")

    def lues(valeur):
        return set(client.get(f"{liste}?suivie={valeur}").context["cl"].queryset)

    assert (lues("moi"), lues(autre.pk)) == (set(), {transmise})
    assert lues("personne") == set()  # the other is a draft
    partager(pays["ici"]["ficheaction"], agent=pays["agents"]["intercommunalité"])
    assert lues("personne") == {pays["ici"]["ficheaction"]}
    etranger = pays["agents"]["région voisine"].pk
    page = poste(client, transmise, "attribution", region=region.pk, suivie_par=etranger)
    assert page.context["formulaires"]["attribution"].errors


def test_who_left_the_region_is_replaced_by_its_others(transmise, pays):
    agent, region = pays["agents"]["région"], pays["ici"]["comitedepilotage"].region
    parti = f.agent_region(region)
    tenue.attribuer(transmise, region=region, suivie_par=parti, agent=agent)
    assert list(examinateurs(transmise)) == [parti]
    parti.regions.set([pays["la"]["comitedepilotage"].region])
    assert list(examinateurs(transmise)) == [agent]


def test_the_checklist_is_ticked_and_unticked(transmise, pays, entrer):
    region, agent = pays["ici"]["comitedepilotage"].region, pays["agents"]["région"]
    un, deux = (f.PointDeControleFactory(region=region) for _ in range(2))
    ailleurs = f.PointDeControleFactory()
    client = entrer(agent)
    poste(client, transmise, "grille", verifies=[un.pk, deux.pk])
    assert {c.point for c in Coche.objects.all()} == {un, deux}
    poste(client, transmise, "grille", verifies=[deux.pk, ailleurs.pk])
    assert {c.point for c in Coche.objects.all()} == {un, deux}  # the foreign one is refused
    poste(client, transmise, "grille", verifies=[deux.pk])
    assert [(c.point, c.auteur) for c in Coche.objects.all()] == [(deux, agent)]


def test_a_conversation_is_told_to_those_who_work_on_the_fiche(transmise, pays, entrer):
    poste(entrer(pays["agents"]["opérateur"]), transmise, "message", texte="Nous sommes partants.")
    (message,) = Message.objects.all()
    dits = Courriel.objects.filter(cle=f"message-{message.pk}")
    attendus = {pays["agents"][genre] for genre in ("intercommunalité", "région")}
    assert {c.agent for c in dits} == attendus
    poste(entrer(pays["agents"]["région"]), transmise, "message", texte="Merci.")
    dits = Courriel.objects.filter(cle=f"message-{Message.objects.last().pk}")
    assert pays["agents"]["opérateur"] in {c.agent for c in dits}


def test_what_was_said_of_a_draft_is_not_read_by_who_does_not_write_it(pays):
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    fiche.partenaires.add(pays["ici"]["partenaire"])
    tenue.ecrire(fiche, texte="Encore fragile.", agent=pays["agents"]["intercommunalité"])
    parcours.transmettre(fiche, agent=pays["agents"]["intercommunalité"])
    lus = {g: Message.objects.for_user(pays["agents"][g]).exists() for g in LISENT}
    assert {g for g, dit in lus.items() if dit} == {"intercommunalité", "délégation"}


def test_addresses_are_told_to_who_works_on_the_same_fiche_alone(transmise, pays, entrer):
    etat = pays["agents"]["État"]
    assert qui_lit(etat.email, page(transmise), pays, entrer) == LISENT
    liste = reverse("admin:territoires_agent_changelist")
    assert qui_lit(etat.email, liste, pays, entrer) == {"délégation"}


FICHIERS = {
    "avis_techniques": LISENT,
    "complements": LISENT,
    "messages": LISENT,
    "notes_internes": {"région"},
    "attributions": {"région", "délégation"},
    "coches": {"région", "délégation"},
}


@pytest.mark.parametrize("nom", FICHIERS)
def test_a_file_holds_what_its_reader_may_read(nom, transmise, pays, entrer):
    region = pays["ici"]["comitedepilotage"].region
    f.AvisTechniqueFactory(fiche=transmise)
    f.DemandeComplementFactory(fiche=transmise)
    f.MessageFactory(fiche=transmise)
    f.NoteInterneFactory(fiche=transmise, region=region)
    f.AttributionFactory(fiche=transmise, region=region, agent=pays["agents"]["région"])
    f.CocheFactory(fiche=transmise, point__region=region)
    adresse = reverse("admin:programme_ficheaction_fichier", args=[nom, "machine"])
    lisent = set()
    for genre, agent in pays["agents"].items():
        reponse = entrer(agent).get(adresse)
        if reponse.status_code == 200 and transmise.reference in reponse.getvalue().decode():
            lisent.add(genre)
    assert lisent == FICHIERS[nom]


def test_the_page_costs_the_same_whatever_was_said(transmise, pays, entrer):
    client = entrer(pays["agents"]["région"])
    mesures = []
    for _ in range(2):
        f.AvisTechniqueFactory(fiche=transmise)
        f.DemandeComplementFactory(fiche=transmise)
        f.MessageFactory(fiche=transmise)
        with CaptureQueriesContext(connection) as compte:
            client.get(page(transmise))
        mesures.append(len(compte))
    assert mesures[0] == mesures[1]
