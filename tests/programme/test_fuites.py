"""Nothing that is not public leaves by a list, a page or an open data file."""

import csv
import io

import pytest
from django.urls import reverse

from programme.fiches import parcours
from tests import factories

pytestmark = pytest.mark.django_db

SECRETS = {
    "contact_nom": "Nom-secret",
    "contact_courriel": "secret@exemple.invalid",
    "contact_telephone": "0600000000",
}
# Of an obstacle, nothing is public but what the délégation writes of several.
OBSTACLE = {
    "regle": "Obstacle-secret",
    "retient": "Retenue-secrete",
    "simplification": "Simplification-secrete",
    "reponse": "Reponse-secrete",
}


def lignes(client, nom, suite=""):
    reponse = client.get(reverse("donnees-csv", args=[nom, "machine"]) + suite)
    assert reponse.status_code == 200
    texte = reponse.getvalue().decode()
    return list(csv.DictReader(io.StringIO(texte)))


def valider(fiche, agent):
    parcours.transmettre(fiche, agent=agent)
    for region in fiche.regions_concernees():
        comite = factories.ComiteDePilotageFactory(region=region)
        seance = factories.SeanceFactory(comite=comite)
        factories.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=agent)
    fiche.refresh_from_db()
    return fiche


@pytest.fixture
def delegation():
    return factories.agent_delegation()


@pytest.fixture
def fiches(delegation):
    """(public, transmise, brouillon) of one territoire."""
    territoire = factories.territoire_publie()
    publique = valider(factories.fiche_complete(territoire, **SECRETS), delegation)
    transmise = factories.fiche_complete(territoire, **SECRETS)
    for fiche in (publique, transmise):
        factories.ObstacleFactory(fiche=fiche, **OBSTACLE)
    parcours.transmettre(transmise, agent=delegation)
    brouillon = factories.FicheActionFactory(territoire=territoire)
    return publique, transmise, brouillon


def secrets_dans(reponse):
    return [texte for texte in (SECRETS | OBSTACLE).values() if texte in reponse.content.decode()]


def test_list_shows_only_public_fiches_even_to_the_delegation(client, fiches, delegation):
    assert list(client.get("/fiches/").context["object_list"]) == [fiches[0]]
    client.force_login(delegation)
    assert list(client.get("/fiches/").context["object_list"]) == [fiches[0]]


def test_fiche_pages_answer_by_right(client, fiches, delegation):
    etrangers = factories.agents_de(factories.territoire_publie())
    siens = factories.agents_de(fiches[0].territoire)
    attendus = {None: [200, 404, 404]}
    attendus |= {agent: [200, 404, 404] for agent in etrangers}
    attendus |= {siens[0]: [200, 200, 200], delegation: [200, 200, 200]}
    attendus |= {siens[1]: [200, 200, 404]}  # a draft is not its région's
    obtenus = {}
    for agent in attendus:
        client.logout()
        if agent:
            client.force_login(agent)
        obtenus[agent] = [client.get(f.get_absolute_url()).status_code for f in fiches]
    assert obtenus == attendus


def test_internal_fields_stay_inside_the_perimeter(client, fiches):
    page = fiches[0].get_absolute_url()
    assert secrets_dans(client.get(page)) == []
    client.force_login(factories.agents_de(factories.territoire_publie())[0])
    assert secrets_dans(client.get(page)) == []
    client.force_login(factories.agents_de(fiches[0].territoire)[0])
    assert secrets_dans(client.get(page)) == list((SECRETS | OBSTACLE).values())


def test_non_public_fiche_says_so(client, fiches):
    client.force_login(factories.agents_de(fiches[0].territoire)[0])
    avis = [
        "Fiche non publique" in client.get(f.get_absolute_url()).content.decode() for f in fiches
    ]
    assert avis == [False, True, True]


def test_exchanges_before_the_decision_stay_inside(client, delegation):
    fiche = factories.fiche_complete()
    parcours.transmettre(fiche, agent=delegation)
    comite = factories.ComiteDePilotageFactory(region=fiche.territoire.regions[0])
    factories.rendre_et_clore(
        fiche,
        seance=factories.SeanceFactory(comite=comite),
        sens="ajourne",
        motif="Motif-interne",
        agent=delegation,
        remarques=[("titre", "Remarque-interne")],
    )
    fiche.refresh_from_db()
    valider(fiche, delegation)
    fuites = ("Motif-interne", "Remarque-interne", str(delegation))
    page = client.get(fiche.get_absolute_url()).content.decode()
    assert [texte for texte in fuites if texte in page] == []
    client.force_login(delegation)
    page = client.get(fiche.get_absolute_url()).content.decode()
    assert [texte for texte in fuites if texte in page] == list(fuites)


def test_attachments_are_for_the_perimeter_only(client, fiches):
    piece = factories.PieceJointeFactory(fiche=fiches[0])
    adresse = reverse("piece-jointe", args=[fiches[0].reference, piece.pk])
    autre = reverse("piece-jointe", args=[fiches[1].reference, piece.pk])
    assert client.get(adresse).status_code == 404
    client.force_login(factories.agents_de(factories.territoire_publie())[0])
    assert client.get(adresse).status_code == 404
    client.force_login(factories.agents_de(fiches[0].territoire)[0])
    reponse = client.get(adresse)
    assert reponse["Content-Disposition"].startswith("attachment")
    assert b"".join(reponse.streaming_content) == b"%PDF-1.4 essai"
    assert client.get(autre).status_code == 404


def test_interregional_fiche_counts_once(client, delegation):
    regions = factories.RegionFactory(code="75"), factories.RegionFactory(code="76")
    fiche = valider(factories.fiche_complete(factories.territoire_publie(*regions)), delegation)
    for suite in ("", "?region=75", "?region=76"):
        page = client.get(f"/fiches/{suite}")
        assert list(page.context["object_list"]) == [fiche]
        assert page.context["paginator"].count == 1


def test_draft_convention_is_nowhere(client):
    publique = factories.ConventionFactory()
    brouillon = factories.ConventionFactory(publiee=False, partenaire=publique.partenaire)
    factories.EngagementFactory(convention=brouillon)
    partenaire = client.get(publique.partenaire.get_absolute_url())
    liste = client.get("/partenaires/").context["object_list"]
    assert list(client.get("/conventions/").context["object_list"]) == [publique]
    assert list(partenaire.context["conventions"]) == [publique]
    assert [p.nombre_conventions for p in liste] == [1]
    assert client.get(brouillon.get_absolute_url()).status_code == 404
    assert [ligne["reference"] for ligne in lignes(client, "conventions")] == [publique.reference]
    assert lignes(client, "engagements") == []


def test_documents_of_a_convention_follow_its_publication(client, delegation):
    publique = factories.DocumentConventionFactory()
    brouillon = factories.DocumentConventionFactory(convention__publiee=False)

    def adresse(document, convention):
        return reverse("document-convention", args=[convention.reference, document.pk])

    reponse = client.get(adresse(publique, publique.convention))
    assert reponse["Content-Disposition"] == 'attachment; filename="texte.pdf"'
    assert b"".join(reponse.streaming_content) == b"%PDF-1.4 essai"
    # Not by its own address, not by the other convention's; the délégation reads what it prepares.
    for agent, statut in ((None, 404), (factories.agent_region(), 404), (delegation, 200)):
        if agent:
            client.force_login(agent)
        reponse = client.get(adresse(brouillon, brouillon.convention))
        assert reponse.status_code == statut
        reponse.getvalue()  # read to its end, the file is closed
        assert client.get(adresse(brouillon, publique.convention)).status_code == 404


def test_contrat_in_preparation_is_nowhere(client):
    signe = factories.ContratFactory()
    prepare = factories.ContratFactory(etat="preparation", signe_le=None)
    assert list(client.get("/contrats/").context["object_list"]) == [signe]
    assert client.get(prepare.get_absolute_url()).status_code == 404


def test_contrat_shows_only_its_public_fiches(client, fiches):
    contrat = factories.ContratFactory(territoire=fiches[0].territoire)
    lignes_fiches = [factories.FicheContratFactory(contrat=contrat, fiche=f) for f in fiches]
    assert list(client.get(contrat.get_absolute_url()).context["lignes"]) == lignes_fiches[:1]


def test_unpublished_pratique_is_nowhere(client, fiches):
    publique = factories.bonne_pratique_publiee(fiche=fiches[1])
    publique.fiches_liees.set(fiches)
    brouillon = factories.BonnePratiqueFactory()
    page = client.get(publique.get_absolute_url())
    assert page.context["origine"] is None
    assert list(page.context["fiches_liees"]) == [fiches[0]]
    assert list(client.get("/bonnes-pratiques/").context["object_list"]) == [publique]
    assert client.get(brouillon.get_absolute_url()).status_code == 404
    (ligne,) = lignes(client, "bonnes_pratiques")
    assert ligne["identifiant"] == publique.identifiant
    assert {"fiche", "fiches_liees"} & set(ligne) == set()


def test_open_data_of_fiches_holds_no_internal_column(client, fiches, delegation):
    client.force_login(delegation)
    (ligne,) = lignes(client, "fiches")
    assert ligne["reference"] == fiches[0].reference
    assert (set(SECRETS) | set(OBSTACLE)) & set(ligne) == set()


def test_open_data_of_the_map_holds_published_editions_only(client):
    publie = factories.territoire_publie()
    preparation = factories.EditionCarteFactory(code="2027-01", date="2027-01-01", publiee_le=None)
    factories.PerimetreFactory(edition=preparation)
    assert [ligne["identifiant"] for ligne in lignes(client, "territoires")] == [publie.identifiant]
    assert {ligne["edition"] for ligne in lignes(client, "perimetres")} == {"2023-11"}
    adresse = reverse("donnees-csv", args=["perimetres", "machine"])
    assert client.get(f"{adresse}?edition=2027-01").status_code == 404


def test_resources_that_are_not_open_data_are_not_found(client):
    for nom in ("agents", "releves", "inconnu"):
        assert client.get(reverse("donnees-csv", args=[nom, "machine"])).status_code == 404
    assert client.get(reverse("donnees-csv", args=["fiches", "inconnu"])).status_code == 404
