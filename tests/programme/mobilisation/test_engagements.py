"""The lines of plans drawn on an engagement: who says so, who reads it, what it adds up to."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.fiches import financement
from programme.fiches.models import FicheAction, Financement
from programme.fiches.resources_suivi import FinancementResource
from programme.mobilisation.financements import (
    argent_de,
    engagements_tenus,
    matrice,
    promis_et_tenu,
)
from programme.partenaires.models import Engagement
from programme.pilotage.chiffres import Chiffres
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.programme.fiches.test_financement import GESTES, _faire, attendu

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return f.EngagementFactory(montant=900_000)


@pytest.fixture
def ligne(engagement):
    fiche = une_fiche_decidee()
    partenaire = engagement.convention.partenaire
    return f.FinancementFactory(fiche=fiche, partenaire=partenaire, montant=300_000)


def page(ligne):
    return reverse("admin:programme_ficheaction_rattacher", args=[ligne.fiche_id, ligne.pk])


def test_it_is_chosen_among_the_engagements_of_the_partenaire(client, ligne, engagement):
    ailleurs = f.EngagementFactory()
    client.force_login(f.agents_de(ligne.fiche.territoire)[0])
    form = client.get(page(ligne)).context["form"]
    assert list(form.fields["engagement"].queryset) == [engagement]
    assert client.post(page(ligne), {"engagement": ailleurs.pk, "montre": ""}).status_code == 200
    assert client.post(page(ligne), {"engagement": engagement.pk, "montre": ""}).status_code == 302
    ligne.refresh_from_db()
    assert ligne.engagement == engagement
    # Somebody whose page is older is told, then may save over it knowingly.
    reponse = client.post(page(ligne), {"engagement": "", "montre": ""})
    assert engagement.intitule in reponse.context["form"].non_field_errors()[0]
    montre = reponse.context["form"]["montre"].value()
    assert client.post(page(ligne), {"engagement": "", "montre": montre}).status_code == 302
    assert Financement.objects.get(pk=ligne.pk).engagement is None


def test_those_who_follow_the_fiche_say_it_and_nobody_else(client, ligne, engagement):
    for agent in f.agents_de(f.territoire_publie()):
        client.force_login(agent)
        assert client.post(page(ligne), {"engagement": engagement.pk}).status_code == 404
        with pytest.raises(PermissionDenied):
            financement.rattacher(ligne, engagement=engagement, agent=agent)
    brouillon = f.FinancementFactory(
        fiche=f.fiche_complete(ligne.fiche.territoire), partenaire=ligne.partenaire
    )
    ici = f.agents_de(ligne.fiche.territoire)[0]
    with pytest.raises(PermissionDenied):
        financement.rattacher(brouillon, engagement=engagement, agent=ici)
    with pytest.raises(ValidationError):
        financement.rattacher(ligne, engagement=f.EngagementFactory(), agent=ici)
    assert not Financement.objects.exclude(engagement=None).exists()


def test_everybody_reads_what_it_came_to_down_to_the_public_fiches(client, ligne, engagement):
    ici = f.agents_de(ligne.fiche.territoire)[0]
    financement.rattacher(ligne, engagement=engagement, agent=ici)
    jour = datetime.date(2024, 3, 1)
    financement.noter(ligne, nature="accorde", montant=200_000, le=jour, agent=ici)
    financement.noter(ligne, nature="verse", montant=50_000, le=jour, agent=ici)
    secrete = f.FinancementFactory(
        fiche=f.fiche_complete(titre="Rien de tel"), partenaire=ligne.partenaire
    )
    Financement.objects.filter(pk=secrete.pk).update(engagement=engagement)
    convention = engagement.convention
    for agent in (None, ici, f.agent_delegation()):
        if agent:
            client.force_login(agent)
        lue = client.get(engagement.get_absolute_url())
        assert list(lue.context["argent"]["lignes"]) == [ligne]
        texte = lue.content.decode().replace("\u202f", " ").replace("\xa0", " ")
        assert [s in texte for s in ("900 000 €", "200 000 €", "50 000 €")] == [True] * 3
        assert ligne.fiche.get_absolute_url() in texte
        assert "Rien de tel" not in texte
        for au_dessus in (convention, convention.partenaire):
            texte = client.get(au_dessus.get_absolute_url()).content.decode()
            assert engagement.get_absolute_url() in texte
            assert "Rien de tel" not in texte
    convention.publiee = False
    convention.save()
    assert client.get(engagement.get_absolute_url()).status_code == 404
    texte = client.get(convention.partenaire.get_absolute_url()).content.decode()
    assert engagement.get_absolute_url() not in texte
    assert engagement.intitule not in texte


@pytest.mark.parametrize("nombre", [1, 3])
def test_its_page_costs_the_same_for_one_and_three_lines(
    client, engagement, nombre, django_assert_num_queries
):
    for _ in range(nombre):
        f.FinancementFactory(
            fiche=une_fiche_decidee(),
            partenaire=engagement.convention.partenaire,
            engagement=engagement,
        )
    with django_assert_num_queries(3):
        client.get(engagement.get_absolute_url())


def test_a_file_says_it_of_a_decided_fiche_and_of_this_partenaire_alone(ligne, engagement):
    agent = f.agent_delegation()
    ailleurs = f.EngagementFactory()
    tete = "fiche,financeur,statut,convention,engagement"

    def lire(choisi):
        cle = f"{ligne.fiche.reference},{ligne.financeur},{ligne.statut}"
        cellules = f"{choisi.convention.reference},{choisi.numero}" if choisi else ","
        return FinancementResource(agent=agent).analyser(f"{tete}\n{cle},{cellules}\n".encode())

    assert "convention de ce partenaire" in str(list(lire(ailleurs).erreurs()))
    rapport = lire(engagement)
    assert not list(rapport.erreurs())
    FinancementResource(agent=agent).appliquer(rapport, "Essai")
    assert Financement.objects.get(pk=ligne.pk).engagement == engagement
    assert not list(lire(None).erreurs())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(gestes=GESTES, rattachees=st.lists(st.booleans(), min_size=4, max_size=4))
def test_every_figure_is_what_the_moves_come_to(engagement, gestes, rattachees):
    Financement.objects.all().delete()
    partenaire = engagement.convention.partenaire
    fiches = [une_fiche_decidee(), une_fiche_decidee()]
    lignes = []
    for rang, rattachee in enumerate(rattachees):
        options = {"engagement": engagement} if rattachee else {}
        statut = ("acquis", "demande")[rang % 2]
        fiche = fiches[rang // 2]
        lignes.append(
            f.FinancementFactory(fiche=fiche, partenaire=partenaire, statut=statut, **options)
        )
    f.FinancementFactory(fiche=f.fiche_complete(), partenaire=partenaire, statut="acquis")
    agent = f.agent_delegation()
    for rang, (geste, somme, choisi) in enumerate(gestes):
        _faire(lignes[choisi % 4], geste, somme, choisi, rang, agent)

    def a_la_main(choisies):
        colonnes = [attendu(ligne)[:3] for ligne in choisies]
        return [sum(c, Decimal(0)) for c in zip(*colonnes, strict=True)] or [0, 0, 0]

    def lu(sommes):
        return [sommes.acquis, sommes.demande, sommes.verse]

    siennes = [ligne for ligne, oui in zip(lignes, rattachees, strict=True) if oui]
    assert lu(argent_de(engagement)["sommes"]) == a_la_main(siennes)
    assert lu(promis_et_tenu(partenaire)["sommes"]) == a_la_main(lignes)
    (tenu,) = engagements_tenus(Engagement.objects.filter(pk=engagement.pk))
    assert lu(tenu.tenu) == a_la_main(siennes)
    acquis, demande, _ = a_la_main(lignes)
    assert matrice()[3] == acquis
    publiques = FicheAction.objects.du_public()
    autres = Financement.objects.filter(fiche__in=publiques).exclude(partenaire=partenaire)
    acquis_ailleurs, demande_ailleurs, _ = a_la_main(autres)
    for tableau in Chiffres(publiques, {}).tableaux()[:3]:
        assert [c.valeur for c in tableau.total.cellules[2:]] == [
            acquis + acquis_ailleurs,
            demande + demande_ailleurs,
        ]
