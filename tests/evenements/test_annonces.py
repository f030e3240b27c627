"""What was announced, where it stands, and who said what: never a word of a draft."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evenements.encarts import interventions_du_territoire
from evenements.models import Annonce
from territoires.recherche.indexation import mettre_a_jour
from tests import factories
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db


def annoncer(assemblee, **cible):
    sequence = factories.SequenceFactory(assemblee=assemblee)
    return factories.AnnonceFactory(sequence=sequence, **({"contrat": None} | cible))


def cibles(publiques):
    """One target of each kind, all public or all in preparation."""
    fiche = factories.fiche_complete()
    edition = {} if publiques else {"code": "2027-01", "date": "2027-01-01", "publiee_le": None}
    etat = {} if publiques else {"etat": "preparation", "signe_le": None}
    return {
        "engagement": factories.EngagementFactory(convention__publiee=publiques),
        "convention_signee": factories.ConventionFactory(publiee=publiques),
        "contrat": factories.ContratFactory(**etat),
        "fiche": valider(fiche, factories.agent_delegation()) if publiques else fiche,
        "edition": factories.EditionCarteFactory(**edition),
        "bonne_pratique": factories.bonne_pratique_publiee()
        if publiques
        else factories.BonnePratiqueFactory(),
    }


def test_only_public_targets_stand_on_the_page(client):
    assemblee = factories.AssembleeFactory()
    attendues = [annoncer(assemblee, **{n: c}) for n, c in cibles(True).items()]
    cachees = [annoncer(assemblee, **{n: c}) for n, c in cibles(False).items()]
    for agent in (None, factories.agent_delegation()):
        if agent:
            client.force_login(agent)
        page = client.get(assemblee.get_absolute_url())
        assert set(page.context["annonces"]) == set(attendues)
        texte = page.content.decode()
        assert [a for a in cachees if f'"{a.adresse}"' in texte] == []


@pytest.mark.parametrize(
    "nom", ["engagement", "convention_signee", "contrat", "fiche", "bonne_pratique"]
)
def test_target_tells_where_it_was_announced(client, nom):
    cible = cibles(True)[nom]
    dite = annoncer(factories.AssembleeFactory(), **{nom: cible})
    annoncer(factories.AssembleeFactory(publiee_le=None), **{nom: cible})
    page = BeautifulSoup(client.get(dite.adresse).content, "html.parser")
    titre = page.find("h2", string="Où cela a été annoncé")
    (ligne,) = titre.find_next("ul").find_all("li")
    assert dite.texte in ligne.text
    assert ligne.a["href"] == f"{dite.sequence.assemblee.get_absolute_url()}#sequence-" + str(
        dite.sequence.ordre
    )


def test_an_annonce_leads_to_exactly_one_thing():
    sequence = factories.SequenceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Annonce.objects.create(sequence=sequence, ordre=1, texte="Rien")
    with pytest.raises(ValidationError, match="une seule chose"):
        Annonce(
            sequence=sequence,
            ordre=1,
            texte="Deux",
            contrat=factories.ContratFactory(),
            edition=factories.EditionCarteFactory(),
        ).full_clean()


def test_an_annonce_is_of_its_sequence():
    annonce = factories.AnnonceFactory()
    annonce.intervention = factories.InterventionFactory()
    with pytest.raises(ValidationError, match="autre séquence"):
        annonce.full_clean()


def test_agents_read_no_annonce_of_a_foreign_draft():
    fiche = factories.fiche_complete()
    annonce = annoncer(factories.AssembleeFactory(), fiche=fiche)
    siens = factories.agents_de(fiche.territoire)
    etrangers = factories.agents_de(factories.territoire_publie())
    vues = [list(Annonce.objects.for_user(a)) for a in (*siens, *etrangers)]
    assert vues == [[annonce], [], [], []]  # a draft is not its région's
    assert list(Annonce.objects.for_user(factories.agent_delegation())) == [annonce]
    assert list(Annonce.objects.for_user(factories.AgentFactory())) == []


@pytest.mark.parametrize("nombre", [1, 3])
def test_assemblee_page_costs_the_same_for_one_and_three_annonces(
    client, nombre, django_assert_num_queries
):
    assemblee = factories.AssembleeFactory()
    for _ in range(nombre):
        annoncer(assemblee, contrat=factories.ContratFactory())
        annoncer(assemblee, engagement=factories.EngagementFactory())
    mettre_a_jour()
    with django_assert_num_queries(13):
        client.get(assemblee.get_absolute_url())


def test_person_page_tells_only_what_was_said_in_public(client):
    dite = factories.InterventionFactory(resume="Dit-en-public")
    secrete = factories.InterventionFactory(
        intervenant=dite.intervenant, sequence__assemblee__publiee_le=None, resume="Secret"
    )
    muet = factories.InterventionFactory(sequence__assemblee__publiee_le=None).intervenant
    page = client.get(dite.intervenant.get_absolute_url())
    assert list(page.context["interventions"]) == [dite]
    assert secrete.resume not in page.content.decode()
    assert client.get(muet.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("nombre", [1, 3])
def test_person_page_costs_the_same_for_one_and_three_interventions(
    client, nombre, django_assert_num_queries
):
    intervenant = factories.IntervenantFactory()
    for _ in range(nombre):
        factories.InterventionFactory(
            intervenant=intervenant, territoire=factories.territoire_publie()
        )
    with django_assert_num_queries(4):
        client.get(intervenant.get_absolute_url())


def test_assemblees_are_found_by_who_spoke(client):
    parole = factories.InterventionFactory(
        intervenant__nom="Éléonore-Test", organisation="Région d’Étude"
    )
    factories.InterventionFactory()
    factories.InterventionFactory(
        intervenant=parole.intervenant, sequence__assemblee__publiee_le=None
    )
    for texte in ("eleonore", "region etude"):
        liste = client.get(reverse("assemblees"), {"parole": texte}).context["object_list"]
        assert list(liste) == [parole.sequence.assemblee]
    assert not client.get(reverse("assemblees"), {"parole": "absent"}).context["object_list"]


def test_territoire_hears_what_was_said_in_its_name():
    territoire = factories.territoire_publie()
    dite = factories.InterventionFactory(territoire=territoire)
    factories.InterventionFactory(territoire=territoire, sequence__assemblee__publiee_le=None)
    factories.InterventionFactory(territoire=factories.territoire_publie())
    assert list(interventions_du_territoire(territoire, None)["interventions"]) == [dite]


def entendues(territoire):
    """By who opens its page now."""
    territoire = type(territoire).objects.get(pk=territoire.pk)
    return interventions_du_territoire(territoire, None)["interventions"]


def test_territoire_hears_what_was_said_in_the_name_of_those_it_goes_on_from():
    ancien, nouveau = factories.territoire_publie(), factories.territoire_publie()
    dite = factories.InterventionFactory(territoire=ancien)
    filiation = factories.FiliationFactory(
        ancien=ancien.perimetres.get(), nouveau=nouveau.perimetres.get(), nature="suite"
    )
    # Proposed, it is nothing yet.
    assert list(entendues(nouveau)) == []
    filiation.confirmee_le, filiation.confirmee_par = timezone.now(), factories.agent_delegation()
    filiation.save()
    assert list(entendues(nouveau)) == [dite]
    assert list(entendues(ancien)) == [dite]
