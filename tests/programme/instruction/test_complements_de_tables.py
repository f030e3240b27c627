"""A complement that names a table, or lines of it: the answer changes these and nothing else."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programme.fiches import parcours
from programme.fiches.models import FicheAction, Financement
from programme.instruction import examen, lignes
from programme.instruction.forms import reponse_form
from tests import factories as f


@pytest.fixture
def transmise(pays):
    fiche = f.fiche_complete(pays["ici"]["territoire"])
    for relation in (fiche.financements, fiche.etapes, fiche.indicateurs, fiche.obstacles):
        relation.all().delete()
    f.FinancementFactory(fiche=fiche, financeur="Région", montant=1000, statut="demande")
    f.FinancementFactory(fiche=fiche, financeur="Commune", montant=500, statut="acquis")
    f.EtapeFactory(fiche=fiche, ordre=1, intitule="Étudier")
    f.IndicateurFactory(fiche=fiche, libelle="Emplois")
    f.ObstacleFactory(fiche=fiche, ordre=1)
    FicheAction.objects.filter(pk=fiche.pk).update(cout_total=5000)
    fiche.refresh_from_db()
    return parcours.transmettre(fiche, agent=pays["agents"]["intercommunalité"])


def demander(fiche, pays, champs=(), nommees=()):
    return examen.demander(
        fiche,
        question="Combien ?",
        champs=list(champs),
        lignes=[lignes.decrire(*une) for une in nommees],
        agent=pays["agents"]["région"],
    )


def envoi(client, demande):
    """What a browser would post of the page untouched."""
    page = client.get(reverse("complement", args=[demande.fiche.reference, demande.numero]))
    form, tout = page.context["form"], {}
    groupes = form.ensembles.values()
    formulaires = [form, *(un for groupe in groupes for un in (groupe.management_form, *groupe))]
    for un in formulaires:
        for champ in un:
            valeur = champ.value()
            if hasattr(champ.field.widget, "format_value"):
                valeur = champ.field.widget.format_value(champ.field.prepare_value(valeur))
            if isinstance(valeur, list):
                valeur = valeur[0] if valeur else ""
            if valeur not in (None, False):
                tout[champ.html_name] = valeur
    return tout | {"reponse": "Voilà."}


def poster(client, demande, **champs):
    adresse = reverse("complement", args=[demande.fiche.reference, demande.numero])
    return client.post(adresse, envoi(client, demande) | champs)


def plan(fiche):
    return {(x.financeur, int(x.montant)) for x in Financement.objects.filter(fiche=fiche)}


def test_a_table_named_whole_takes_new_lines_and_loses_others(transmise, pays, entrer):
    demande = demander(transmise, pays, ["financements"])
    client = entrer(pays["agents"]["intercommunalité"])
    reponse = poster(
        client,
        demande,
        **{
            "financements-0-montant": "1 200",
            "financements-1-DELETE": "on",
            "financements-2-financeur": "Banque",
            "financements-2-montant": "800",
        },
    )
    assert reponse.status_code == 302, reponse.context["form"].errors
    assert plan(transmise) == {("Région", 1200), ("Banque", 800)}
    ligne = Financement.objects.get(financeur="Région")
    assert ligne.history.first().history_change_reason == "Réponse au complément nᵒ 1"
    fiche = FicheAction.objects.get(pk=transmise.pk)
    assert (fiche.etat, fiche.version) == ("transmise", transmise.version + 1)


def test_lines_named_alone_are_changed_alone(transmise, pays, entrer):
    region = transmise.financements.get(financeur="Région")
    demande = demander(transmise, pays, nommees=[("financements", region)])
    assert demande.libelles == ["plan de financement\u202f: Région (demandé)"]
    client = entrer(pays["agents"]["intercommunalité"])
    page = client.get(reverse("complement", args=[transmise.reference, 1]))
    (groupe,) = page.context["form"].ensembles.values()
    assert [form.instance for form in groupe] == [region]
    assert "DELETE" not in groupe.forms[0].fields
    commune = transmise.financements.get(financeur="Commune")
    reponse = poster(
        client,
        demande,
        **{
            "financements-TOTAL_FORMS": "3",
            "financements-INITIAL_FORMS": "1",
            "financements-0-montant": "900",
            "financements-0-DELETE": "on",
            "financements-1-financeur": "Intrus",
            "financements-1-montant": "1",
            "financements-1-statut": "acquis",
            "financements-2-id": commune.pk,
            "financements-2-financeur": "Commune volée",
            "financements-2-montant": "1",
            "financements-2-statut": "acquis",
            "etapes-TOTAL_FORMS": "1",
            "etapes-0-intitule": "Volée",
        },
    )
    assert reponse.status_code == 302
    assert plan(transmise) == {("Région", 900), ("Commune", 500)}
    assert list(transmise.etapes.values_list("intitule", flat=True)) == ["Étudier"]


@pytest.mark.parametrize("table", lignes.TABLES)
def test_each_table_is_answered_and_what_is_untouched_stays(table, transmise, pays, entrer):
    demande = demander(transmise, pays, [table])
    avant = lignes.empreinte(transmise, lignes.TABLES)
    reponse = poster(entrer(pays["agents"]["intercommunalité"]), demande)
    assert reponse.status_code == 302, reponse.context["form"].ensembles[table].errors
    assert lignes.empreinte(transmise, lignes.TABLES) == avant
    demande.refresh_from_db()
    assert demande.situation == "a reçu sa réponse"


def test_somebody_else_changed_the_table_meanwhile(transmise, pays, entrer):
    demande = demander(transmise, pays, ["financements"])
    client = entrer(pays["agents"]["intercommunalité"])
    saisi = envoi(client, demande) | {"financements-0-montant": "1300"}
    transmise.financements.filter(financeur="Commune").update(montant=600)
    adresse = reverse("complement", args=[transmise.reference, 1])
    reponse = client.post(adresse, saisi)
    contenu = reponse.content.decode()
    assert "Quelqu’un a changé la fiche" in contenu and "1300" in contenu
    assert plan(transmise) == {("Région", 1000), ("Commune", 600)}
    saisi["empreinte"] = reponse.context["form"].data["empreinte"]
    assert client.post(adresse, saisi | {"financements-1-montant": "600"}).status_code == 302


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ({"financements-0-montant": "9 000"}, "dépasserait le coût total de 4\u202f500"),
        ({"financements-2-montant": "12"}, "Écrivez le nom du financeur"),
        ({"financements-0-montant": "beaucoup"}, "beaucoup"),
    ],
)
def test_a_line_that_cannot_be_is_told_and_nothing_is_lost(saisi, phrase, transmise, pays, entrer):
    demande = demander(transmise, pays, ["financements"])
    contenu = poster(entrer(pays["agents"]["intercommunalité"]), demande, **saisi).content.decode()
    assert phrase in contenu.replace("\u00a0", "\u202f") and "Voilà." in contenu
    assert plan(transmise) == {("Région", 1000), ("Commune", 500)}
    demande.refresh_from_db()
    assert demande.repondue_le is None


def test_the_rule_holds_whoever_calls_it(transmise, pays):
    """What was not named is not written, whatever form is handed over."""
    agent = pays["agents"]["intercommunalité"]
    large = demander(transmise, pays, ["financements"])
    etroite = demander(transmise, pays, ["objectifs"])
    form = reponse_form(
        large,
        {
            "reponse": "Oui.",
            "version": transmise.version,
            "financements-TOTAL_FORMS": "1",
            "financements-INITIAL_FORMS": "0",
            "financements-0-financeur": "Intrus",
            "financements-0-montant": "1",
            "financements-0-statut": "acquis",
        },
    )
    form.is_valid()
    examen.repondre(
        etroite,
        reponse="Oui.",
        valeurs={},
        agent=agent,
        version=transmise.version,
        tables=form.ensembles,
    )
    assert ("Intrus", 1) not in plan(transmise)


def test_a_line_that_went_meanwhile_is_not_asked_for(transmise, pays):
    region = transmise.financements.get(financeur="Région")
    decrite = lignes.decrire("financements", region)
    region.delete()
    with pytest.raises(ValidationError, match="n’est plus une ligne de la fiche"):
        examen.demander(
            transmise,
            question="Combien ?",
            champs=[],
            lignes=[decrite],
            agent=pays["agents"]["région"],
        )


def test_the_region_names_a_line_on_the_page(transmise, pays, entrer):
    client = entrer(pays["agents"]["région"])
    page = client.get(reverse("instruction", args=[transmise.reference]))
    choix = dict(page.context["formulaires"]["complement"].fields["lignes"].choices)
    (rang,) = (cle for cle, libelle in choix.items() if "Étudier" in libelle)
    saisi = {"geste": "complement", "complement-question": "Quand ?", "complement-lignes": rang}
    assert client.post(page.request["PATH_INFO"], saisi).status_code == 302
    (demande,) = transmise.complements.all()
    assert lignes.nommees(demande) == {"etapes": [[1]]}
    assert "étapes : Étudier" in client.get(page.request["PATH_INFO"]).content.decode()
