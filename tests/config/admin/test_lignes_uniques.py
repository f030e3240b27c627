"""Lines of a table that swap or shift the values that must differ: saved, or refused in words."""

import pytest
from django.contrib import admin
from django.db import models
from django.forms.models import _get_foreign_key

from echanges.imports.verifications import unicites
from tests.config.admin.test_intact import NOMS, erreurs, monde, pages_a_ecrire  # noqa: F401
from tests.config.admin.test_matrice import MODELES
from tests.formulaires import en_clair, formulaire


def cles(nom, inline):
    """[(fields of a unique key that a person may write, sentence)] of this table."""
    parent = _get_foreign_key(MODELES[nom], inline.model).attname
    colonnes = {c.attname: c.name for c in inline.model._meta.concrete_fields}
    figes = {*(inline.readonly_fields or ())}
    for attributs, phrase in unicites(inline.model):
        champs = [colonnes[a] for a in attributs if a != parent and colonnes[a] not in figes]
        ouverts = [c for c in champs if not inline.fields or c in inline.fields]
        if ouverts and inline.model._meta.get_field(ouverts[0]).editable:
            yield ouverts, phrase


TABLES = [
    (nom, inline, champs, phrase)
    for nom in NOMS
    for inline in admin.site._registry[MODELES[nom]].inlines
    for champs, phrase in cles(nom, inline)
]
IDS = [f"{inline.__name__}-{'-'.join(champs)}" for _, inline, champs, _ in TABLES]


def test_every_table_with_a_rank_a_name_or_a_number_is_here():
    assert {inline.model._meta.model_name for _, inline, _, _ in TABLES} >= {
        *("etape", "financement", "indicateur", "sequence", "intervention", "annonce", "document"),
        *("engagement", "signataireconvention", "signatairecontrat", "membrecomite", "autrenom"),
        *("codepostal", "fichecontrat", "obstacle", "nouvelle"),
    }


class Table:
    """The table of one page, with what a browser would post of it."""

    def __init__(self, client, nom, inline, champs, connues):
        self.client, self.nom, self.champs, self.modele = client, nom, champs, inline.model
        for _, adresse, page in pages_a_ecrire(nom, client, connues):
            for groupe in page.context["inline_admin_formsets"]:
                if isinstance(groupe.opts, inline) and groupe.has_change_permission:
                    self.lignes = [f for f in groupe.formset.initial_forms if self.cle(f.instance)]
                    if len(self.lignes) > 1:
                        self.adresse, self.prefixe = adresse, groupe.formset.prefix
                        self.donnees, _ = formulaire(page, f"{nom}_form")
                        return
        pytest.fail("no page with two lines")

    def cle(self, ligne):
        valeurs = [getattr(ligne, self.modele._meta.get_field(c).attname) for c in self.champs]
        return None if None in valeurs else tuple(valeurs)

    def lue(self, rang):
        return [self.donnees.get(f"{self.lignes[rang].prefix}-{c}", "") for c in self.champs]

    def ecrire(self, prefixe, valeurs):
        for champ, valeur in zip(self.champs, valeurs, strict=True):
            self.donnees[f"{prefixe}-{champ}"] = valeur

    def ajouter(self, valeurs):
        """A new line like the first one, with these values."""
        rang, modele = int(self.donnees[f"{self.prefixe}-TOTAL_FORMS"]), self.lignes[0].prefix
        for nom in [n for n in self.donnees if n.startswith(f"{modele}-")]:
            suite = nom.removeprefix(f"{modele}-")
            self.donnees.setlist(f"{self.prefixe}-{rang}-{suite}", self.donnees.getlist(nom))
        self.donnees[f"{self.prefixe}-{rang}-id"] = ""
        self.donnees.pop(f"{self.prefixe}-{rang}-salle", None)  # taken at this hour
        self.donnees[f"{self.prefixe}-TOTAL_FORMS"] = str(rang + 1)
        self.ecrire(f"{self.prefixe}-{rang}", valeurs)

    def poster(self):
        return self.client.post(self.adresse, en_clair(self.donnees) | {"_save": "Oui"})

    def stockees(self):
        return {li.pk: self.cle(li) for li in self.modele._base_manager.all()}


@pytest.fixture(params=TABLES, ids=IDS)
def table(request, monde, db, client, connues):  # noqa: F811
    client.force_login(monde["délégation"])
    nom, inline, champs, phrase = request.param
    table = Table(client, nom, inline, champs, connues)
    table.phrase = phrase
    return table


def test_two_lines_swap(table):
    un, deux = table.lue(0), table.lue(1)
    table.ecrire(table.lignes[0].prefix, deux)
    table.ecrire(table.lignes[1].prefix, un)
    avant = table.stockees()
    reponse = table.poster()
    assert reponse.status_code == 302, erreurs(reponse)
    a, b = (form.instance.pk for form in table.lignes[:2])
    assert [nette(table.stockees()[pk]) for pk in (a, b)] == [nette(avant[b]), nette(avant[a])]


def nette(cle):
    """A text typed anew loses the spaces around it, and the line breaks of a one-line field."""
    return tuple(v.replace("\n", "").strip() if isinstance(v, str) else v for v in cle)


def test_lines_shift_and_a_new_one_takes_the_place(table):
    valeurs = [table.lue(rang) for rang in range(len(table.lignes))]
    suivantes = valeurs[1:]
    if isinstance(table.modele._meta.get_field(table.champs[-1]), models.IntegerField):
        suivantes.append([str(max(int(v[0]) for v in valeurs) + 1)])
    else:
        table.donnees[f"{table.lignes[-1].prefix}-DELETE"] = "on"
    for form, suivante in zip(table.lignes, suivantes, strict=False):
        table.ecrire(form.prefix, suivante)
    table.ajouter(valeurs[0])
    avant = table.stockees()
    reponse = table.poster()
    assert reponse.status_code == 302, erreurs(reponse)
    apres = table.stockees()
    for form, suivante in zip(table.lignes, table.lignes[1:], strict=False):
        assert nette(apres[form.instance.pk]) == nette(avant[suivante.instance.pk])
    (nouvelle,) = apres.keys() - avant.keys()
    assert nette(apres[nouvelle]) == nette(avant[table.lignes[0].instance.pk])


def test_a_true_double_is_said_on_its_line(table):
    table.ecrire(table.lignes[1].prefix, table.lue(0))
    reponse = table.poster()
    assert reponse.status_code == 200
    (groupe,) = [
        g.formset
        for g in reponse.context["inline_admin_formsets"]
        if g.formset.prefix == table.prefixe
    ]
    fautives = [form for form in groupe.forms if form.errors]
    assert [form.prefix for form in fautives] == [table.lignes[1].prefix]
    assert [phrase for phrases in fautives[0].errors.values() for phrase in phrases] == [
        table.phrase
    ]
    assert groupe.non_form_errors() == []
