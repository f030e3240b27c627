"""What the four columns said, on every day that they said it, becomes mandats with dates."""

import datetime
from dataclasses import dataclass
from itertools import count, groupby

from django.db import migrations
from django.utils import timezone

ROLES = {
    "elu": ("elu_nom", "elu_fonction"),
    "industriel": ("industriel_nom", "industriel_fonction"),
}
SANS_NOM = "Nom à compléter"
REPRIS = "Repris de la page du territoire : début et fin sont les jours de saisie."
RAISON = "Reprise du binôme"
LOT = 500


@dataclass
class Saisie:
    """What a role was said to be from an instant on; `nom` and `fonction` empty: nobody."""

    le: object
    auteur: object
    nom: str
    fonction: str
    effacees: tuple = ()  # what was typed before, the same day

    @property
    def jour(self):
        return timezone.localdate(self.le)

    @property
    def dite(self):
        return bool(self.nom or self.fonction)

    @property
    def valeurs(self):
        return self.nom, self.fonction


def reprendre(apps, schema_editor):
    Territoire = apps.get_model("territoires", "Territoire")
    Mandat = apps.get_model("territoires", "Mandat")
    Trace = apps.get_model("territoires", "HistoricalTerritoire")
    HistoriqueMandat = apps.get_model("territoires", "HistoricalMandat")
    ici = {territoire.pk: territoire for territoire in Territoire.objects.all()}
    disparus, traces, vus = count(-1, -1), [], set()
    lignes = Trace.objects.order_by("id", "history_date", "history_id").iterator(chunk_size=LOT)
    for pk, suite in groupby(lignes, key=lambda ligne: ligne.id):
        vus.add(pk)
        suite = list(suite)
        for role, champs in ROLES.items():
            saisies = _saisies(suite, ici.get(pk), *champs)
            for valeurs, ouverture, fin in _mandats(saisies):
                valeurs |= {"territoire_id": pk, "role": role}
                cle = Mandat.objects.create(**valeurs).pk if pk in ici else next(disparus)
                traces += _histoire(HistoriqueMandat, cle, valeurs, ouverture, fin)
    for pk in ici.keys() - vus:
        _sans_histoire(Mandat, ici[pk])
    HistoriqueMandat.objects.bulk_create(traces, batch_size=LOT)


def _saisies(suite, territoire, champ_nom, champ_fonction):
    """What was said, one Saisie a change, the last of each day; the row as it stands at the end."""
    dites = []
    for trace in suite:
        partie = trace.history_type == "-"
        nom = "" if partie else getattr(trace, champ_nom)
        fonction = "" if partie else getattr(trace, champ_fonction)
        saisie = Saisie(trace.history_date, trace.history_user_id, nom, fonction)
        _ajouter(dites, saisie)
    if territoire is not None:
        nom, fonction = getattr(territoire, champ_nom), getattr(territoire, champ_fonction)
        _ajouter(dites, Saisie(timezone.now(), None, nom, fonction))
    return dites


def _ajouter(dites, saisie):
    derniere = dites[-1] if dites else None
    if derniere is None:
        if saisie.dite:
            dites.append(saisie)
    elif derniere.valeurs != saisie.valeurs:
        if derniere.jour == saisie.jour and saisie.dite:
            effacee = (derniere.valeurs,) if derniere.dite else ()
            saisie.effacees = (*derniere.effacees, *effacee)
            dites.pop()
        dites.append(saisie)


def _mandats(saisies):
    """(columns, the Saisie that opens it, the one that ends it or None) of each mandat."""
    for rang, saisie in enumerate(saisies):
        if not saisie.dite:
            continue
        suivante = saisies[rang + 1] if rang + 1 < len(saisies) else None
        fin = None
        if suivante:
            veille = suivante.jour - datetime.timedelta(days=1)
            fin = max(veille, saisie.jour)  # typed and removed on one day: it stood that day
        yield _colonnes(saisie, fin), saisie, suivante


def _colonnes(saisie, fin):
    avant = "; ".join(", ".join(filter(None, valeurs)) for valeurs in saisie.effacees)
    return {
        "nom": saisie.nom or SANS_NOM,
        "fonction": saisie.fonction,
        "debut": saisie.jour,
        "constate": True,
        "fin": fin,
        "note": f"{REPRIS} Saisi d’abord, le même jour : {avant}." if avant else REPRIS,
    }


def _histoire(HistoriqueMandat, cle, valeurs, ouverture, suivante):
    """Who wrote it and when, who ended it; of a territoire that is gone, that it went with it."""
    ouvert = {**valeurs, "fin": None}
    yield HistoriqueMandat(
        id=cle,
        **ouvert,
        history_type="+",
        history_date=ouverture.le,
        history_user_id=ouverture.auteur,
        history_change_reason=RAISON,
    )
    if suivante:
        yield HistoriqueMandat(
            id=cle,
            **(valeurs if cle > 0 else ouvert),
            history_type="~" if cle > 0 else "-",
            history_date=suivante.le,
            history_user_id=suivante.auteur,
            history_change_reason=RAISON,
        )


def _sans_histoire(Mandat, territoire):
    for role, (champ_nom, champ_fonction) in ROLES.items():
        nom, fonction = getattr(territoire, champ_nom), getattr(territoire, champ_fonction)
        if nom or fonction:
            Mandat.objects.create(
                territoire=territoire,
                role=role,
                nom=nom or SANS_NOM,
                fonction=fonction,
                note="Repris de la page du territoire, sans date.",
            )


def rendre(apps, schema_editor):
    """Back in the columns: those whose mandat runs today."""
    Territoire = apps.get_model("territoires", "Territoire")
    Mandat = apps.get_model("territoires", "Mandat")
    for mandat in Mandat.objects.filter(role__in=ROLES, fin=None):
        nom, fonction = ROLES[mandat.role]
        valeurs = {nom: mandat.nom.removeprefix(SANS_NOM), fonction: mandat.fonction}
        Territoire.objects.filter(pk=mandat.territoire_id).update(**valeurs)


class Migration(migrations.Migration):
    dependencies = [("territoires", "0011_mandats")]

    operations = [migrations.RunPython(reprendre, rendre)]
