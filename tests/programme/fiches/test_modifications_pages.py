"""The pages of a modification: who opens them, what they show, what they save."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from programme.comites import conduite, modifications
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches.models import Modification
from programme.fiches.modifications import parcours
from programme.management.commands.envoyer_courriels import perime
from tests import formulaires
from tests.programme.fiches.modifiees import (
    adresses,
    demander,
    envoyee,
    juger,
    ligne,
    lire,
    page,
    seance_de,
)


@pytest.fixture
def fiche(decidee):
    return decidee


def test_only_those_of_the_fiche_read_and_write_it(fiche, pays, entrer):
    modification = demander(fiche)
    toutes = adresses(fiche, modification)
    for qui, agent in pays["agents"].items():
        client = entrer(agent)
        codes = {client.get(adresse).status_code for adresse in toutes}
        if qui in ("délégation", "région", "région voisine"):  # both régions are the fiche's
            assert codes <= {200, 302}, qui
        else:
            assert codes <= {302, 403, 404}, qui
            assert client.get(toutes[1]).status_code != 200, qui
    for adresse in toutes[1:]:
        autre = adresse.replace(f"/{fiche.pk}/modif", f"/{pays['ici']['ficheaction'].pk}/modif")
        assert entrer(pays["agents"]["délégation"]).get(adresse).status_code == 200
        assert entrer(pays["agents"]["délégation"]).get(autre).status_code == 404


def test_a_stranger_moves_nothing(fiche, pays):
    modification = demander(fiche)
    etranger = pays["agents"]["intercommunalité"]
    with pytest.raises(PermissionDenied):
        parcours.transmettre(modification, agent=etranger)
    with pytest.raises(PermissionDenied):
        parcours.ecrire(modification, agent=etranger, motif="M", propose={})
    region = next(iter(fiche.agents))
    modification = parcours.transmettre(modification, agent=fiche.local)
    with pytest.raises(PermissionDenied):
        modifications.rendre_avis(
            modification, seance=seance_de(region, 1), sens="favorable", agent=fiche.local
        )


def test_who_acts_next_is_told_and_in_the_end_all_who_follow(fiche):
    regionaux = set(fiche.agents.values())

    def prevenus():
        cle = f"modification-{modification.passages.last().pk}"
        return {courriel.agent for courriel in Courriel.objects.filter(cle=cle)}

    modification = envoyee(fiche)
    assert regionaux <= prevenus()
    assert fiche.local not in prevenus()
    juger(fiche, modification, "favorable", "favorable")
    dernier = list(fiche.agents.values())[1]
    assert {fiche.local, *regionaux} - {dernier} <= prevenus()


def test_a_message_stays_once_it_tells_of_what_is_over(fiche):
    modification = envoyee(fiche)
    siens = Courriel.objects.filter(cle=f"modification-{modification.passages.last().pk}")
    premier, second = fiche.agents.values()
    assert not any(perime(courriel) for courriel in siens)
    juger(fiche, modification, "favorable")
    assert "déjà rendu" in perime(siens.get(agent=premier))
    assert not perime(siens.get(agent=second))
    second.regions.clear()
    assert perime(siens.get(agent=second))
    parcours.rappeler(modification, agent=fiche.local)
    assert "a changé depuis" in perime(siens.get(agent=premier))


def test_it_is_at_the_top_of_what_is_to_do(fiche, client):
    modification = demander(fiche)
    adresse = page("modification", fiche.pk, modification.pk)
    region = next(iter(fiche.agents.values()))
    client.force_login(fiche.local)
    assert adresse in lire(client, reverse("admin:index"))
    parcours.transmettre(modification, agent=fiche.local)
    client.force_login(region)
    assert adresse in lire(client, reverse("admin:index"))
    juger(fiche, modification, "favorable")
    assert adresse not in lire(client, reverse("admin:index"))


def test_the_form_shows_what_was_decided_beside_what_is_proposed(fiche, client):
    client.force_login(fiche.local)
    adresse = page("modifier", fiche.pk)
    formulaire = client.get(adresse)
    assert "dans la décision" in formulaire.content.decode()
    assert "Demander une modification" in lire(client, page("change", fiche.pk))
    une = fiche.financements.get()
    envoi = formulaires.envoi(
        formulaire,
        motif="Les devis sont plus hauts.",
        **{
            "fiche-cout_total": "1 500 000",
            f"ligne-{une.pk}-montant": "350 000",
            "nouvelle-0-financeur": "Banque",
            "nouvelle-0-montant": "100 000",
            "_puis": "transmettre",
        },
    )
    confirmation = client.post(adresse, envoi, follow=True)
    texte = confirmation.content.decode()
    assert "Comités saisis" in texte
    assert "1\u202f500\u202f000" in texte
    client.post(confirmation.request["PATH_INFO"], formulaires.envoi(confirmation), follow=True)
    modification = Modification.objects.get()
    assert modification.etat == "transmise"
    assert modification.propose == {
        "champs": {"cout_total": "1500000.00"},
        "financements": [
            ligne(une, "change", montant="350000.00"),
            {
                "financeur": "Banque",
                "statut": "demande",
                "partenaire": None,
                "montant": "100000.00",
                "geste": "ajout",
            },
        ],
    }


def test_saved_as_it_was_shown_it_writes_nothing(fiche, client):
    une = fiche.financements.get()
    fiche.description = "Deux \r\nlignes "
    fiche.save()
    propose = {
        "champs": {"titre": "Autre", "contexte": "Un\nautre "},
        "financements": [ligne(une, "retrait")],
        "etapes": [
            {"ordre": None, "intitule": "Ouvrir", "debut": None, "fin": None, "geste": "ajout"}
        ],
    }
    modification = demander(fiche, propose)
    client.force_login(fiche.local)
    adresse = page("modification", fiche.pk, modification.pk)
    client.post(adresse, formulaires.envoi(client.get(adresse)))
    modification.refresh_from_db()
    assert modification.propose == propose
    assert (modification.version, modification.history.count()) == (0, 1)


def test_the_second_to_save_is_told_and_keeps_what_it_typed(fiche, client):
    modification = demander(fiche)
    client.force_login(fiche.local)
    adresse = page("modification", fiche.pk, modification.pk)
    changes = {"fiche-titre": "Le mien", "motif": "Mon motif"}
    mien = formulaires.envoi(client.get(adresse), **changes)
    region = next(iter(fiche.agents.values()))
    parcours.ecrire(modification, agent=region, motif="Le sien", propose={})
    refus = client.post(adresse, mien)
    assert "Quelqu’un a enregistré" in refus.content.decode()
    assert "Le mien" in refus.content.decode()
    client.post(adresse, formulaires.envoi(refus))
    modification.refresh_from_db()
    assert modification.propose["champs"]["titre"] == "Le mien"
    assert modification.motif == "Mon motif"


def test_bad_input_is_said_at_its_place(fiche, client):
    client.force_login(fiche.local)
    adresse = page("modifier", fiche.pk)
    faux = {
        "motif": "",
        "fiche-date_fin": "2000-01-01",
        f"ligne-{fiche.financements.get().pk}-montant": "",
        "nouvelle-0-financeur": "Banque",
        "etape-nouvelle-0-debut": "2027-01-01",
    }
    texte = client.post(adresse, formulaires.envoi(client.get(adresse), **faux)).content.decode()
    assert "La date de fin ne peut pas précéder" in texte
    assert "Donnez le montant." in texte
    assert "Donnez le montant, ou cochez" in texte
    assert "Nommez l’étape." in texte
    assert not Modification.objects.exists()


@pytest.fixture
def point(fiche):
    """On the agenda of a séance of the first région, not judged yet."""
    modification = envoyee(fiche)
    region, agent = next(iter(fiche.agents.items()))
    seance = seance_de(region, 0)
    conduite.composer(seance, agent=agent, cles=[f"modification-{modification.pk}"], vu=[])
    point = seance.points.get()
    point.agent, point.seance = agent, seance
    return point


def test_the_screens_and_the_papers_show_before_and_after(point, client):
    client.force_login(point.agent)
    pk = point.seance.pk
    for nom, cles in {
        "avis_point": [pk, point.pk],
        "dossier": [pk],
        "clore": [pk],
        "avis": [pk],
        "ordre_du_jour": [pk],
    }.items():
        texte = lire(client, reverse(f"admin:programme_seance_{nom}", args=cles))
        assert "Modification nᵒ 1" in texte, nom
        if nom in ("avis_point", "dossier"):
            assert "Ouvrir deux ateliers" in texte, nom
            assert "Les devis sont plus hauts." in texte, nom
    for nom in ("dossier_pdf", "releve_pdf"):
        papier = client.get(reverse(f"admin:programme_seance_{nom}", args=[pk]))
        assert papier.content.startswith(b"%PDF"), nom


def test_it_is_judged_by_the_keyboard_and_the_closing_says_what_follows(point, client):
    client.force_login(point.agent)
    pk = point.seance.pk
    adresse = reverse("admin:programme_seance_avis_point", args=[pk, point.pk])
    client.post(adresse, formulaires.envoi(client.get(adresse), sens="favorable"))
    cloture = lire(client, reverse("admin:programme_seance_clore", args=[pk]))
    assert "La décision attend encore l’avis de" in cloture
    conduite.clore(point.seance, agent=point.agent)
    releve = lire(client, reverse("admin:programme_seance_releve", args=[pk]))
    assert "Avis sur les modifications de fiches" in releve
    assert "Ouvrir deux ateliers" in releve
    avis = Avis.objects.get(modification=point.modification)
    texte = lire(client, reverse("admin:programme_seance_rectifier_avis", args=[pk, avis.pk]))
    assert "Modification nᵒ 1" in texte


def test_the_pages_of_the_fiche_show_before_and_after_to_those_who_work_on_it(fiche, client):
    envoyee(fiche)
    client.force_login(fiche.local)
    for adresse in (page("change", fiche.pk), fiche.get_absolute_url()):
        texte = lire(client, adresse)
        assert "Ouvrir deux ateliers" in texte, adresse
        assert "rendre un avis" in texte, adresse
    client.logout()
    assert "Ouvrir deux ateliers" not in lire(client, fiche.get_absolute_url())


def test_the_history_tells_its_steps_and_what_it_changed(fiche, client):
    modification = envoyee(fiche)
    juger(fiche, modification, "favorable", "favorable")
    client.force_login(fiche.local)
    texte = lire(client, page("history", fiche.pk))
    for dit in ("Modification nᵒ 1", "transmission au comité", "acceptation", "Les devis sont"):
        assert dit in texte, dit


def test_the_list_finds_the_fiches_whose_modification_waits_for_me(fiche, client):
    modification = demander(fiche)
    adresse = reverse("admin:programme_ficheaction_changelist") + "?cas=moi"
    region = next(iter(fiche.agents.values()))
    for agent, attendus in ((fiche.local, [fiche]), (region, [])):
        client.force_login(agent)
        assert list(client.get(adresse).context["cl"].result_list) == attendus
    parcours.transmettre(modification, agent=fiche.local)
    for agent, attendus in ((fiche.local, []), (region, [fiche])):
        client.force_login(agent)
        assert list(client.get(adresse).context["cl"].result_list) == attendus


def test_two_regions_that_sit_together_have_it_on_one_agenda(fiche, client):
    modification = envoyee(fiche)
    seances = [seance_de(region, 0) for region in fiche.agents]
    seances[0].commune_avec = seances[1]
    seances[0].save()
    agents = list(fiche.agents.values())
    cle = f"modification-{modification.pk}"
    conduite.composer(seances[0], agent=agents[0], cles=[cle], vu=[])
    assert [point.cle for point in seances[1].points.all()] == [cle]
    avis = {"sens": "favorable", "agent": agents[0]}
    modifications.rendre_avis(modification, seance=seances[0], **avis)
    client.force_login(agents[1])
    point = seances[1].points.get()
    adresse = reverse("admin:programme_seance_avis_point", args=[seances[1].pk, point.pk])
    assert "Séance commune" in lire(client, adresse)
    modifications.rendre_avis(modification, seance=seances[1], sens="favorable", agent=agents[1])
    for seance, agent in zip(seances, agents, strict=True):
        conduite.clore(seance, agent=agent)
    modification.refresh_from_db()
    assert modification.etat == "acceptee"
