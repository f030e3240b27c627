"""Bad input in the form of a fiche: a clear sentence, and nothing lost of what was typed."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.fiches import parcours
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.programme.fiches.outils import adresse, ajouter, envoi, poster

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(deux):
    return deux[0]


def erreurs(page, champ):
    return page.context["adminform"].form.errors.get(champ, [])


def erreurs_des_lignes(page, prefixe):
    (groupe,) = [
        g.formset for g in page.context["inline_admin_formsets"] if g.formset.prefix == prefixe
    ]
    propres = [str(e) for ligne in groupe.errors for liste in ligne.values() for e in liste]
    return propres + [str(e) for e in groupe.non_form_errors()]


@pytest.mark.parametrize(
    "saisi, phrase",
    [
        ("-5", "Un montant ne peut pas être négatif."),
        (
            "douze",
            "«\u202fdouze\u202f» n’est pas un nombre. Écrivez par exemple 1\u202f200\u202f000 ou "
            "1\u202f200\u202f000,50.",
        ),
        ("NaN", "«\u202fNaN\u202f» n’est pas un nombre."),
        ("99 999 999 999", "Ce nombre est trop grand\u202f: vérifiez les zéros"),
        ("1,234", "Écrivez au plus 2 chiffres après la virgule."),
    ],
)
def test_a_cost_that_is_none_is_refused_and_stays_on_screen(saisi, phrase, fiche, agent):
    page = poster(agent, fiche, envoi(agent.get(adresse(fiche)), cout_total=saisi, contexte="Oui"))
    (dite,) = erreurs(page, "cout_total")
    assert dite.startswith(phrase)
    form = page.context["adminform"].form
    garde = form["cout_total"].value().replace("\u202f", " ")
    assert (garde, form["contexte"].value()) == (saisi, "Oui")
    assert FicheAction.objects.get(pk=fiche.pk).cout_total == fiche.cout_total


@pytest.mark.parametrize("saisi", ["1 234 567,5", "1\u202f234\u202f567,50 €", "1234567.5"])
def test_amounts_are_read_as_people_write_them(saisi, fiche, agent):
    assert (
        poster(agent, fiche, envoi(agent.get(adresse(fiche)), cout_total=saisi)).status_code == 302
    )
    assert str(FicheAction.objects.get(pk=fiche.pk).cout_total) == "1234567.50"


def test_an_end_before_the_start_is_refused(fiche, agent):
    page = agent.get(adresse(fiche))
    reponse = poster(agent, fiche, envoi(page, date_debut="01/02/2027", date_fin="01/01/2027"))
    assert "La date de fin ne peut pas précéder la date de début." in reponse.content.decode()
    lignes = envoi(page, **{"etapes-0-debut": "01/02/2027", "etapes-0-fin": "01/01/2027"})
    assert len(erreurs_des_lignes(poster(agent, fiche, lignes), "etapes")) == 1


def test_funders_above_the_cost_are_told_at_once_and_refused_when_sent_up(fiche, agent):
    donnees = envoi(agent.get(adresse(fiche)), **{"financements-0-montant": "1 500 000"})
    page = agent.post(adresse(fiche), donnees, follow=True)
    assert next(str(m) for m in page.context["messages"]).startswith(
        "Le plan de financement dépasse le coût total de 300\u202f000\u00a0€."
    )
    with pytest.raises(parcours.TransitionRefusee, match="dépasse le coût total"):
        parcours.transmettre(fiche, agent=agent.agent)


def test_ranks_of_steps_are_given_exchanged_and_never_doubled(fiche, agent):
    donnees = ajouter(envoi(agent.get(adresse(fiche))), "etapes", intitule="B", ordre="")
    assert poster(agent, fiche, donnees).status_code == 302
    a, b = fiche.etapes.all()
    page = agent.get(adresse(fiche))
    echange = envoi(page, **{"etapes-0-ordre": str(b.ordre), "etapes-1-ordre": str(a.ordre)})
    assert poster(agent, fiche, echange).status_code == 302
    assert [e.pk for e in fiche.etapes.all()] == [b.pk, a.pk]
    double = envoi(agent.get(adresse(fiche)), **{"etapes-0-ordre": "7", "etapes-1-ordre": "7"})
    (phrase,) = erreurs_des_lignes(poster(agent, fiche, double), "etapes")
    assert phrase.startswith("Deux étapes portent le même rang.")


def archive(nom, **elements):
    contenu = io.BytesIO()
    with zipfile.ZipFile(contenu, "w", zipfile.ZIP_DEFLATED) as zip_:
        for element, octets in elements.items():
            zip_.writestr(element.replace("__", "/").replace("_", "."), octets)
    return SimpleUploadedFile(nom, contenu.getvalue())


@pytest.mark.parametrize(
    "fichier, phrase",
    [
        (lambda: SimpleUploadedFile("note.pdf", b"MZ\x90\x00 executable"), "Le contenu de ce"),
        (lambda: SimpleUploadedFile("note.pdf", b"<html><script>"), "Le contenu de ce fichier"),
        (lambda: SimpleUploadedFile("page.html", b"<html>"), "Ce type de fichier n’est pas"),
        (
            lambda: archive("bombe.docx", word__document_xml=b"", gros=b"0" * (201 * 1024 * 1024)),
            "Le contenu de ce fichier",
        ),
        (
            lambda: archive("macro.docx", word__document_xml=b"", word__vbaProject_bin=b"x"),
            "Le contenu de ce fichier",
        ),
        (
            lambda: SimpleUploadedFile("lourd.pdf", b"%PDF-" + b"0" * (60 * 1024 * 1024)),
            "Ce fichier pèse 60 Mo",
        ),
    ],
    ids=["executable", "html as pdf", "html", "zip bomb", "macros", "60 MB"],
)
def test_an_attachment_that_lies_or_weighs_is_refused(fichier, phrase, fiche, agent):
    donnees = ajouter(envoi(agent.get(adresse(fiche)), contexte="Gardé"), "pieces", titre="Note")
    envoye = fichier()
    page = poster(agent, fiche, donnees, **{"pieces-0-fichier": envoye})
    (dite,) = erreurs_des_lignes(page, "pieces")
    assert dite.startswith(phrase)
    assert page.context["adminform"].form["contexte"].value() == "Gardé"
    assert page.context["a_rechoisir"] == [envoye.name]
    assert "Choisissez-les de nouveau" in page.content.decode()
    assert fiche.pieces.count() == 0


def test_a_fiche_sent_up_meanwhile_gives_back_what_was_typed(fiche, agent):
    donnees = envoi(agent.get(adresse(fiche)), contexte="Mon texte")
    parcours.transmettre(fiche, agent=agent.agent)
    page = poster(agent, fiche, donnees)
    assert (page.status_code, page.context["saisie"][0]) == (409, ("contexte", "Mon texte"))
    assert FicheAction.objects.get(pk=fiche.pk).contexte == fiche.contexte


def test_a_fiche_deleted_meanwhile_gives_back_what_was_typed(fiche, agent):
    donnees = envoi(agent.get(adresse(fiche)), contexte="Mon texte")
    chemin = adresse(fiche)
    FicheAction.objects.filter(pk=fiche.pk).delete()
    page = agent.post(chemin, donnees)
    assert (page.status_code, page.context["saisie"][0]) == (409, ("contexte", "Mon texte"))


def test_a_form_sent_twice_saves_once(fiche, agent):
    donnees = ajouter(
        envoi(agent.get(adresse(fiche)), contexte="Nouveau"), "etapes", intitule="B", ordre=""
    )
    assert poster(agent, fiche, donnees).status_code == 302
    poster(agent, fiche, donnees)
    assert fiche.etapes.count() == 2


def test_a_new_fiche_sent_twice_is_one(fiche, agent):
    creer = reverse("admin:programme_ficheaction_add")
    donnees = envoi(agent.get(creer), titre="Neuve", territoire=str(fiche.territoire_id))
    assert [agent.post(creer, donnees).status_code for _ in range(2)] == [302, 302]
    assert FicheAction.objects.filter(titre="Neuve").count() == 1
    page = agent.post(creer, donnees.copy() | {"titre": "Corrigée"})
    assert page.context["rapprochement"].ecarts[0].nom == "titre"


def test_a_step_confirmed_on_a_stale_page_is_refused_with_its_reason(fiche, agent):
    etape = reverse("admin:programme_ficheaction_parcours", args=[fiche.pk, "transmettre"])
    version = agent.get(etape).context["original"].version
    poster(agent, fiche, envoi(agent.get(adresse(fiche)), contexte="Autre"))
    page = agent.post(etape, {"version": version})
    assert page.context["erreurs"][0].startswith("La fiche a changé depuis")
    assert agent.post(etape, {"version": page.context["original"].version}).status_code == 302
    rejoue = agent.post(etape, {"version": page.context["original"].version})
    assert "relisez-la" in rejoue.context["erreurs"][0]
    assert f.FicheActionFactory._meta.model.objects.get(pk=fiche.pk).passages.count() == 1
