"""What becomes of a convention: avenants that say before and after, alerts told once."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from programme.courriels.models import Courriel
from programme.partenaires.models import Convention
from territoires.recherche.indexation import mettre_a_jour
from tests import factories as f
from tests import formulaires

pytestmark = pytest.mark.django_db
FIN = datetime.date(2024, 12, 31)


@pytest.fixture
def convention():
    convention = f.ConventionFactory(objet="Prêter", fin=FIN)
    f.EngagementFactory(convention=convention, numero=1, montant=1_500_000)
    f.EngagementFactory(convention=convention, numero=2, echeance=datetime.date(2024, 6, 1))
    return convention


def envoi(convention, **change):
    premier, second = convention.engagements.order_by("numero")
    return {
        "vu-dernier": convention.avenants.count(),
        "avenant-signe_le": "01/02/2024",
        "avenant-objet": "Prolongation",
        "avenant-changements": "",
        "convention-objet": "Prêter",
        "convention-debut": "",
        "convention-fin": "31/12/2024",
        f"engagement-{premier.pk}-montant": "1500000,00",
        f"engagement-{premier.pk}-echeance": "",
        f"engagement-{second.pk}-montant": "",
        f"engagement-{second.pk}-echeance": "01/06/2024",
    } | {nom.replace("premier", str(premier.pk)): valeur for nom, valeur in change.items()}


def adresse(convention):
    return reverse("admin:programme_convention_avenant", args=[convention.pk])


def test_an_avenant_keeps_before_and_after_and_changes_the_convention(client, convention):
    client.force_login(f.agent_delegation())
    change = {"convention-fin": "31/12/2025", "engagement-premier-montant": "2000000"}
    assert client.post(adresse(convention), envoi(convention, **change)).status_code == 302
    (avenant,) = convention.avenants.all()
    assert (avenant.numero, avenant.objet) == (1, "Prolongation")
    modifications = avenant.modifications.values_list(
        "champ", "engagement__numero", "avant", "apres"
    )
    assert list(modifications) == [
        ("fin", None, "2024-12-31", "2025-12-31"),
        ("montant", 1, "1500000.00", "2000000.00"),
    ]
    convention.refresh_from_db()
    assert convention.fin == datetime.date(2025, 12, 31)
    assert convention.engagements.get(numero=1).montant == Decimal(2_000_000)
    second = envoi(convention, **change | {"convention-objet": "Garantir"})
    client.post(adresse(convention), second)
    client.logout()
    page = client.get(convention.get_absolute_url()).content.decode()
    page = re.sub(r"\s*\n\s*", " ", page)
    for avant, apres in (
        ("31\u00a0décembre 2024", "31\u00a0décembre 2025"),
        ("1\u202f500\u202f000\u00a0€", "2\u202f000\u202f000\u00a0€"),
        ("Prêter", "Garantir"),
    ):
        assert f"<td>{avant}</td> <td><strong>{apres}</strong></td>" in page
    assert page.index("Avenant nᵒ 1") < page.index("Avenant nᵒ 2")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "Cet avenant ne change rien"),
        ({"convention-debut": "01/01/2026"}, "La fin ne peut pas précéder le début."),
        ({"engagement-premier-montant": "-1"}, "Un montant ne peut pas être négatif."),
        ({"engagement-premier-montant": "beaucoup"}, "n’est pas un nombre"),
    ],
)
def test_an_avenant_that_cannot_be_writes_nothing(client, convention, change, message):
    client.force_login(f.agent_delegation())
    page = client.post(adresse(convention), envoi(convention, **change))
    assert message in page.content.decode()
    assert convention.avenants.count() == 0
    convention.refresh_from_db()
    assert (convention.debut, convention.fin) == (None, FIN)


def test_of_two_signed_at_once_the_second_compares_and_chooses(client, convention):
    client.force_login(f.agent_delegation())
    page = {"convention-fin": "31/12/2025"}, {"engagement-premier-montant": "2000000"}
    premier, second = (envoi(convention, **change) for change in page)
    assert client.post(adresse(convention), premier).status_code == 302
    reponse = client.post(adresse(convention), second)
    contenu = reponse.content.decode()
    assert "Un autre avenant a été signé" in contenu
    assert "Vaut aujourd’hui\u202f: 31/12/2025" in contenu and "2000000" in contenu
    assert convention.avenants.count() == 1
    convention.refresh_from_db()
    assert convention.fin == datetime.date(2025, 12, 31)
    second |= {"vu-dernier": reponse.context["saisie"].vu["dernier"].value()}
    assert client.post(adresse(convention), second | premier_garde()).status_code == 302
    assert list(convention.avenants.values_list("numero", flat=True)) == [1, 2]
    assert convention.avenants.get(numero=2).modifications.get().champ == "montant"


def premier_garde():
    """What the first changed, kept by the second."""
    return {"convention-fin": "31/12/2025"}


def test_only_the_delegation_signs(client, convention):
    for agent in f.agents_de(f.territoire_publie()):
        client.force_login(agent)
        assert client.post(adresse(convention), envoi(convention)).status_code == 403
    client.force_login(f.AgentFactory())
    assert client.get(adresse(convention)).status_code == 404


@pytest.mark.parametrize("nombre", [1, 3])
def test_a_convention_costs_the_same_for_one_and_three_avenants(
    client, convention, nombre, django_assert_num_queries
):
    for _ in range(nombre):
        avenant = f.AvenantFactory(convention=convention)
        for _ in range(nombre):
            f.ModificationAvenantFactory(avenant=avenant)
    # Five of them read what was granted and paid beside what was promised, by engagement too.
    mettre_a_jour()
    with django_assert_num_queries(12):
        client.get(convention.get_absolute_url())


def test_each_alert_is_told_once_to_the_delegation():
    delegation = f.agent_delegation(email="delegation@exemple.fr")
    f.agent_region(email="region@exemple.fr")
    hier = timezone.localdate() - datetime.timedelta(days=1)
    signee = timezone.localdate()
    engagement = f.EngagementFactory(echeance=hier, convention__signee_le=signee)
    f.EngagementFactory(echeance=hier, etat="tenu")
    f.EngagementFactory(convention__signee_le=signee)
    for _ in range(2):
        call_command("alerter_engagements")
    (courriel,) = Courriel.objects.all()
    assert courriel.agent == delegation
    assert "Échéance dépassée de 1 jour." in courriel.corps
    engagement.echeance = timezone.localdate() + datetime.timedelta(days=10)
    engagement.save()
    call_command("alerter_engagements")
    assert [("dans 10 jours" in c.corps) for c in Courriel.objects.all()] == [False, True]


def test_the_home_of_the_delegation_lists_them(client):
    engagement = f.EngagementFactory(echeance=datetime.date(2020, 1, 1))
    client.force_login(f.agent_delegation())
    (groupe,) = client.get(reverse("admin:index")).context["a_faire"]
    assert groupe.attente.cle == "engagements"
    assert [ligne.texte for ligne in groupe.lignes] == [engagement.intitule]


def nouvelle(client, **dits):
    """Write a convention on the page of a new one, with its tables."""
    page = client.get(reverse("admin:programme_convention_add"))
    return client.post(page.request["PATH_INFO"], formulaires.envoi(page, **dits))


def test_a_reference_left_empty_is_that_of_the_partenaire_and_the_year(client):
    client.force_login(f.agent_delegation())
    partenaire = f.PartenaireFactory(identifiant="bpifrance")
    for _ in range(2):
        dits = {"partenaire": partenaire.pk, "objet": "Financer", "signee_le": "05/03/2019"}
        assert nouvelle(client, **dits).status_code == 302
    assert nouvelle(client, **dits, reference="la-mienne").status_code == 302
    references = Convention.objects.order_by("pk").values_list("reference", flat=True)
    assert list(references) == ["bpifrance-2019", "bpifrance-2019-2", "la-mienne"]


def test_engagements_and_signatories_take_their_numbers_by_themselves(client):
    client.force_login(f.agent_delegation())
    convention = f.EngagementFactory(numero=4).convention
    adresse = reverse("admin:programme_convention_change", args=[convention.pk])
    lignes = {"engagements-TOTAL_FORMS": 3, "signataires-TOTAL_FORMS": 2}
    for rang in (1, 2):
        lignes[f"engagements-{rang}-intitule"] = f"Promettre {rang}"
        lignes[f"engagements-{rang}-montant"] = "500\u202f000 €"
        lignes[f"engagements-{rang}-etat"] = "annonce"
    for rang in (0, 1):
        lignes[f"signataires-{rang}-organisation"] = f"Signataire {rang}"
    reponse = client.post(adresse, formulaires.envoi(client.get(adresse), **lignes))
    assert reponse.status_code == 302
    assert list(convention.engagements.values_list("numero", flat=True)) == [4, 5, 6]
    assert set(convention.engagements.filter(numero__gt=4).values_list("montant", flat=True)) == {
        500_000
    }
    assert list(convention.signataires.values_list("ordre", flat=True)) == [1, 2]


def test_what_will_be_read_is_shown_before_it_is_published(client, convention):
    """The partenaire, the date and the engagements, as the public page will say them."""
    client.force_login(f.agent_delegation())
    convention.publiee = False
    convention.save()
    adresse = reverse("admin:programme_convention_publier", args=[convention.pk])
    page = client.get(adresse).content.decode()
    engagement = convention.engagements.first()
    assert engagement is not None
    for dit in (str(convention.partenaire), str(engagement), "Signée le"):
        assert escape(dit) in page
