"""A brouillon is its territoire's: who reads it, who shares it, and what that tells."""

import itertools

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils import timezone

from programme.courriels.juges import perime
from programme.courriels.models import Courriel
from programme.fiches import parcours
from programme.fiches.models import FicheAction, TransitionRefusee
from programme.fiches.partage import ne_plus_partager, partager
from programme.instruction.tenue import ecrire
from tests import factories as f
from tests import formulaires
from tests.monde import une_fois

pytestmark = pytest.mark.django_db
Etat = FicheAction.Etat
PAR_LA_MAIN = {"partagee": (False, True), "saisie": (None, "la sienne", "l’autre")}


def _monde():
    """A territoire of two régions with a fiche in each situation, and an agent of each kind."""
    siennes = [f.RegionFactory(code="75"), f.RegionFactory(code="76")]
    territoire = f.territoire_publie(*siennes)
    ailleurs = f.territoire_publie("84")
    operateur = f.PartenaireFactory()
    local, _ = f.agents_de(territoire)
    fiches = {}
    for cas in itertools.product(Etat.values, *PAR_LA_MAIN.values()):
        etat, partagee, saisie = cas
        fiche = f.FicheActionFactory(
            territoire=territoire,
            titre=f"{cas}",
            partagee_le=timezone.now() if partagee else None,
            saisie_par={None: None, "la sienne": siennes[0], "l’autre": siennes[1]}[saisie],
        )
        fiche.partenaires.add(operateur)
        models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat=etat)
        fiches[cas] = FicheAction.objects.get(pk=fiche.pk)
    agents = {
        "intercommunalité": local,
        "région": f.agent_region(siennes[0]),
        "autre région": f.agent_region(siennes[1]),
        "État": f.agent_etat(siennes[0]),
        "opérateur": f.agent_operateur(operateur),
        "délégation": f.agent_delegation(),
        "région d’ailleurs": f.agent_region(ailleurs.regions[0]),
        "intercommunalité d’ailleurs": f.agents_de(ailleurs)[0],
    }
    return {"fiches": fiches, "agents": agents}


monde = une_fois(_monde)


def lit(genre, etat, partagee, saisie):
    """`domain.md`, in words."""
    if genre.endswith("d’ailleurs"):
        return False
    if genre in ("intercommunalité", "délégation") or etat != "brouillon":
        return True
    if genre in ("région", "autre région"):
        return partagee or ecrit_d_elle(genre, saisie)
    return False


def ecrit_d_elle(genre, saisie):
    return saisie == {"région": "la sienne", "autre région": "l’autre"}.get(genre, "")


def ecrit(genre, etat, partagee, saisie):
    if etat not in ("brouillon", "ajournee") or not lit(genre, etat, partagee, saisie):
        return False
    if genre in ("État", "opérateur"):
        return False
    return etat != "brouillon" or "région" not in genre or ecrit_d_elle(genre, saisie)


def test_who_reads_writes_moves_and_shares_a_fiche_in_each_situation(monde):
    for (genre, agent), (cas, fiche) in itertools.product(
        monde["agents"].items(), monde["fiches"].items()
    ):
        du_lieu = genre in ("intercommunalité", "région", "autre région", "délégation")
        attendu = {
            "view": lit(genre, *cas),
            "change": ecrit(genre, *cas),
            "delete": ecrit(genre, *cas) and cas[0] == "brouillon",
            "avancer": du_lieu and lit(genre, *cas),
            "partager": genre in ("intercommunalité", "délégation"),
        }
        droits = {
            "view": "view_ficheaction",
            "change": "change_ficheaction",
            "delete": "delete_ficheaction",
            "avancer": "faire_avancer",
            "partager": "partager_ficheaction",
        }
        dit = {nom: agent.has_perm(f"programme.{droit}", fiche) for nom, droit in droits.items()}
        assert dit == attendu, (genre, cas)


def test_the_list_of_each_agent_is_what_it_may_open(monde):
    for genre, agent in monde["agents"].items():
        attendues = {cas for cas in monde["fiches"] if lit(genre, *cas)}
        lues = set(FicheAction.objects.for_user(agent).values_list("titre", flat=True))
        assert lues == {f"{cas}" for cas in attendues}, genre


def test_the_figures_of_each_agent_are_those_of_the_fiches_it_reads(monde, client):
    """Kept figures too, and the list behind each of them."""
    for genre, agent in monde["agents"].items():
        attendues = [cas for cas in monde["fiches"] if lit(genre, *cas)]
        client.force_login(agent)
        for _ in range(2):
            tableau = client.get(reverse("pilotage")).context["tableaux"][0]
            dits = {ligne.code: ligne.cellules[0].valeur for ligne in tableau.lignes}
            comptes = {e: sum(1 for cas in attendues if cas[0] == e) for e in Etat.values}
            assert dits == {etat: n for etat, n in comptes.items() if n}, genre


@pytest.fixture
def brouillon():
    return f.fiche_complete(f.territoire_publie("75"), titre="Brouillon du Val")


@pytest.fixture
def agents(brouillon):
    return f.agents_de(brouillon.territoire)


def lire(reponse):
    return reponse.content.decode()


def lues_par(agent):
    """Apart from those of the world that the whole file shares."""
    siennes = FicheAction.objects.for_user(agent)
    return list(siennes.filter(titre__contains="Brouillon du Val"))


def test_a_territoire_shares_takes_back_and_its_history_tells_both(brouillon, agents, client):
    local, region = agents
    client.force_login(local)
    page = reverse("admin:programme_ficheaction_change", args=[brouillon.pk])
    for geste, lues, phrase in (
        ("partager", [brouillon], "Partagé avec la région le"),
        ("reprendre", [], "il n’est pas partagé avec elle"),
    ):
        adresse = reverse("admin:programme_ficheaction_partage", args=[brouillon.pk, geste])
        assert adresse in [suite[2] for suite in client.get(page).context["suites"]]
        assert "Les agents de la région " in lire(client.get(adresse))
        assert lues_par(region) == ([] if lues else [brouillon])  # to look at it does nothing
        client.post(adresse)
        assert lues_par(region) == lues
        assert phrase in lire(client.get(page))
    historique = reverse("admin:programme_ficheaction_history", args=[brouillon.pk])
    etapes = [e for e in client.get(historique).context["etapes"] if e["raison"]]
    assert [(e["qui"], e["raison"]) for e in etapes] == [
        (local, "Brouillon qui n’est plus partagé avec la région"),
        (local, "Brouillon partagé avec la région"),
    ]


def test_it_is_done_once_by_its_territoire_and_on_a_brouillon(brouillon, agents, client):
    local, region = agents
    with pytest.raises(TransitionRefusee, match="n’est pas partagé"):
        ne_plus_partager(brouillon, agent=local)
    partager(brouillon, agent=local)
    with pytest.raises(TransitionRefusee, match="déjà partagé"):
        partager(brouillon, agent=local)
    for fonction in (partager, ne_plus_partager):
        with pytest.raises(PermissionDenied):
            fonction(brouillon, agent=region)
    client.force_login(region)
    adresse = reverse("admin:programme_ficheaction_partage", args=[brouillon.pk, "reprendre"])
    assert (client.get(adresse).status_code, client.post(adresse).status_code) == (403, 403)
    parcours.transmettre(brouillon, agent=local)
    with pytest.raises(TransitionRefusee, match="transmise"):
        ne_plus_partager(brouillon, agent=local)


def test_a_region_reads_what_is_shared_and_does_not_write_in_it(brouillon, agents, client):
    partager(brouillon, agent=agents[0])
    client.force_login(agents[1])
    page = client.get(reverse("admin:programme_ficheaction_change", args=[brouillon.pk]))
    assert not page.context["has_change_permission"]
    champs = page.context["adminform"].form.fields
    assert "titre" not in champs
    # Whole, it may be sent up by it: the button that the fiche waits for is there.
    pas = reverse("admin:programme_ficheaction_parcours", args=[brouillon.pk, "transmettre"])
    assert f'<a href="{pas}" class="fr-btn">' in page.content.decode()


def test_what_a_region_writes_for_a_territoire_is_marked_and_stays_its_own(
    brouillon, agents, client
):
    region = agents[1]
    client.force_login(region)
    ajout = reverse("admin:programme_ficheaction_add")
    envoi = formulaires.envoi(
        client.get(ajout),
        "ficheaction_form",
        titre="Écrite par la région",
        territoire=brouillon.territoire_id,
    )
    for nom in [n for n in envoi if "__prefix__" in n]:
        del envoi[nom]
    client.post(ajout, envoi)
    fiche = FicheAction.objects.get(titre="Écrite par la région")
    assert fiche.saisie_par == region.regions.get()
    assert all(agent.has_perm("programme.view_ficheaction", fiche) for agent in agents)
    assert region.has_perm("programme.change_ficheaction", fiche)
    page = reverse("admin:programme_ficheaction_change", args=[fiche.pk])
    assert f"Saisi par la région {fiche.saisie_par}" in lire(client.get(page))


def test_what_is_called_back_is_the_territoires_again(brouillon, agents, client):
    """The région that calls it back is told that it does not read it any more, and is led away."""
    local, region = agents
    parcours.transmettre(brouillon, agent=local)
    client.force_login(region)
    adresse = reverse("admin:programme_ficheaction_parcours", args=[brouillon.pk, "rappeler"])
    assert "que la région ne lit plus" in lire(client.get(adresse))
    reponse = client.post(adresse, {"motif": "À revoir"}, follow=True)
    assert reponse.redirect_chain[-1][0] == reverse("admin:programme_ficheaction_changelist")
    assert lues_par(region) == [] and lues_par(local) == [brouillon]


def test_a_region_is_told_of_what_was_called_back_and_of_what_is_shared_still(brouillon, agents):
    local, region = agents
    parcours.transmettre(brouillon, agent=local)
    brouillon = parcours.rappeler(brouillon, agent=local, motif="À revoir")
    rappel = Courriel.objects.filter(agent=region).latest("pk")
    assert "À revoir" in rappel.corps and perime(rappel) == ""
    partager(brouillon, agent=local)
    partage = Courriel.objects.filter(agent=region).latest("pk")
    assert partage.cle.startswith("partage-") and perime(partage) == ""
    ne_plus_partager(brouillon, agent=local)
    assert perime(partage) == "ce brouillon n’est plus partagé"
    partager(brouillon, agent=local)
    assert perime(partage) != "" and perime(Courriel.objects.latest("pk")) == ""


def test_what_was_said_of_a_draft_before_it_was_shared_stays_in_the_territoire(
    brouillon, agents, client
):
    local, region = agents
    ecrire(brouillon, texte="Entre nous seulement.", agent=local)
    partager(brouillon, agent=local)
    brouillon.refresh_from_db()
    ecrire(brouillon, texte="Dit à la région.", agent=local)
    client.force_login(region)
    page = lire(client.get(reverse("instruction", args=[brouillon.reference])))
    assert "Dit à la région." in page and "Entre nous seulement." not in page
    parcours.transmettre(brouillon, agent=local)
    page = lire(client.get(reverse("instruction", args=[brouillon.reference])))
    assert "Dit à la région." in page and "Entre nous seulement." not in page


def test_a_region_reads_no_history_of_a_draft_but_since_it_was_shared(brouillon, agents, client):
    """Neither of the first one, nor of what was called back and sent up again."""
    local, region = agents
    historique = reverse("admin:programme_ficheaction_history", args=[brouillon.pk])

    def ecrire_le_cout(cout):
        fiche = FicheAction.objects.get(pk=brouillon.pk)
        fiche.cout_total = cout
        fiche.save()
        return fiche

    def couts(agent):
        client.force_login(agent)
        etapes = client.get(historique).context["etapes"]
        changes = [c for e in etapes for c in e["changements"]]
        return [apres for nom, _, apres in reversed(changes) if nom == "coût total"]

    fiche = ecrire_le_cout(1_000_001)
    fiche = parcours.transmettre(fiche, agent=local)
    assert couts(region) == []
    parcours.rappeler(fiche, agent=local)
    parcours.transmettre(ecrire_le_cout(1_000_002), agent=local)
    assert couts(region) == []
    parcours.rappeler(fiche, agent=local)
    partager(fiche, agent=local)
    ecrire_le_cout(1_000_003)
    assert len(couts(region)) == 1 and len(couts(local)) == 3


def test_no_row_of_a_draft_is_read_by_who_does_not_read_the_draft(brouillon, agents):
    """Every model that hangs on a fiche and gives an agent its rows."""
    local, region = agents
    lignes = [
        f.ObstacleFactory(fiche=brouillon),
        f.AvisTechniqueFactory(fiche=brouillon),
        f.DemandeComplementFactory(fiche=brouillon),
        f.MessageFactory(fiche=brouillon, auteur=local),
        f.NouvelleFactory(fiche=brouillon),
    ]
    vus = 0
    for modele in apps.get_app_config("programme").get_models():
        if not hasattr(modele._default_manager, "for_user"):
            continue
        champs = {c.name for c in modele._meta.fields if c.related_model is FicheAction}
        if "fiche" in champs and modele._default_manager.exists():
            vus += 1
            assert not modele._default_manager.for_user(region).exists(), modele
    assert vus >= len(lignes)
