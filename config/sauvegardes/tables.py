"""What an archive holds of the database: rows as JSON, whichever database they come from."""

import base64
import json
import re
from graphlib import TopologicalSorter
from hashlib import sha256
from itertools import islice

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import BinaryField, FileField

PAR_LOT = 1000
# Rows that a restored base makes by itself, or that mean nothing elsewhere.
SANS = {
    "territoires.Trouvable": "the index of the search is computed from the other rows",
    "territoires.NomTrouvable": "idem",
    "territoires.SujetTrouvable": "idem",
    "territoires.MotConnu": "idem",
    "territoires.AIndexer": "idem",
    "territoires.Indexation": "idem",
    "programme.ReleveGarde": "the figures of the dashboard are counted from the other rows",
    "programme.TerritoireARelever": "idem",
    "taches.Ouvrier": "the processes of that moment",
    "taches.Echeance": "the clock of that moment",
    "django_tasks_database.DBTaskResult": "what was being done is asked again",
    "sessions.Session": "an archive opens no session",
    "usersessions.UserSession": "idem",
}
AUTREMENT = re.compile(r"-0\.0|e\+")  # numbers, or texts, that PostgreSQL may write otherwise
# Made by the migrations themselves: those of the archive take their place.
FAITES_PAR_LES_MIGRATIONS = ("contenttypes.ContentType", "auth.Permission")


class Table:
    """The rows of one model, auto-created links included, in the order of their keys."""

    def __init__(self, modele):
        self.modele, self.nom = modele, modele._meta.label
        self.champs = [c for c in modele._meta.concrete_fields if not c.generated]
        self.attributs = [champ.attname for champ in self.champs]
        self.binaires = [isinstance(champ, BinaryField) for champ in self.champs]
        self.fichiers = [r for r, c in enumerate(self.champs) if isinstance(c, FileField)]

    def lignes(self, changer=lambda rangee: rangee):
        """Each row as a line of JSON, and the files that it names."""
        rangees = self.modele._base_manager.order_by("pk").values_list(*self.attributs)
        for rangee in map(changer, rangees.iterator(chunk_size=PAR_LOT)):
            yield ecrire(rangee), [rangee[rang] for rang in self.fichiers if rangee[rang]]

    def inserer(self, lignes):
        """Write these lines as they are: nothing is computed, dated or cleaned on the way."""
        cite = connection.ops.quote_name
        colonnes = ", ".join(cite(champ.column) for champ in self.champs)
        places = ", ".join(["%s"] * len(self.champs))
        table = cite(self.modele._meta.db_table)
        sql = f"INSERT INTO {table} ({colonnes}) VALUES ({places})"
        lignes = iter(lignes)
        with connection.cursor() as curseur:
            while lot := list(islice(lignes, PAR_LOT)):
                curseur.executemany(sql, [self._valeurs(json.loads(ligne)) for ligne in lot])

    def _valeurs(self, lues):
        return [
            champ.get_db_prep_save(_octets(valeur) if binaire else valeur, connection)
            for champ, binaire, valeur in zip(self.champs, self.binaires, lues, strict=True)
        ]

    def compteur(self):
        """The last key that was given, deleted rows included: none is given twice."""
        champ = self.modele._meta.auto_field
        if champ is None:
            return 0
        with connection.cursor() as curseur:
            return LIRE_COMPTEUR[connection.vendor](curseur, self.modele._meta.db_table, champ)

    def poser_le_compteur(self, dernier):
        champ = self.modele._meta.auto_field
        if champ is not None and dernier:
            with connection.cursor() as curseur:
                table = self.modele._meta.db_table
                POSER_COMPTEUR[connection.vendor](curseur, table, champ, dernier)


def tables():
    """Every table of an archive, each after those that its rows point to."""
    gardes = {m for m in apps.get_models(include_auto_created=True) if m._meta.label not in SANS}
    graphe = {modele: _vises(modele) & gardes - {modele} for modele in gardes}
    # Two tables that point to each other: foreign keys are only checked at the end.
    for modele in sorted(graphe, key=_nom):
        graphe[modele] -= {autre for autre in graphe[modele] if modele in _atteints(graphe, autre)}
    tri = TopologicalSorter(
        {m: sorted(v, key=_nom) for m, v in sorted(graphe.items(), key=_nom_d_entree)}
    )
    return [Table(modele) for modele in tri.static_order()]


def _nom(modele):
    return modele._meta.label


def _nom_d_entree(entree):
    return _nom(entree[0])


def _vises(modele):
    return {c.related_model for c in modele._meta.concrete_fields if c.is_relation}


def _atteints(graphe, depart):
    vus, a_voir = set(), [depart]
    while a_voir:
        for vise in graphe[a_voir.pop()] - vus:
            vus.add(vise)
            a_voir.append(vise)
    return vus


class Somme:
    """The rows of a table, whatever their order: the two databases do not sort text alike."""

    def __init__(self):
        self.total = self.nombre = 0

    def ajouter(self, ligne):
        self.nombre += 1
        self.total += int.from_bytes(sha256(ligne.encode()).digest())

    def __str__(self):
        return f"{self.total % 2**256:064x}"


class Encodeur(DjangoJSONEncoder):
    """Whole microseconds, which Django's own cuts."""

    def default(self, o):
        if isinstance(o, bytes | memoryview):
            return base64.b64encode(bytes(o)).decode("ascii")
        if hasattr(o, "isoformat"):
            return o.isoformat()
        return super().default(o)


def ecrire(rangee):
    """One line: keys of JSON values sorted, since PostgreSQL does not keep their order."""
    ligne = _ecrire(rangee)
    return _ecrire(_memes_nombres(json.loads(ligne))) if AUTREMENT.search(ligne) else ligne


def _ecrire(valeurs):
    return json.dumps(
        list(valeurs), cls=Encodeur, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _memes_nombres(valeur):
    """The same numbers as PostgreSQL gives back: no zero has a sign, no whole one an exponent."""
    if isinstance(valeur, float) and valeur.is_integer() and (valeur == 0 or abs(valeur) >= 1e16):
        return int(valeur) if valeur else 0.0
    if isinstance(valeur, list):
        return [_memes_nombres(v) for v in valeur]
    if isinstance(valeur, dict):
        return {cle: _memes_nombres(v) for cle, v in valeur.items()}
    return valeur


def _octets(texte):
    return None if texte is None else base64.b64decode(texte)


def _lire_sqlite(curseur, table, champ):
    curseur.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    return (curseur.fetchone() or (0,))[0]


def _poser_sqlite(curseur, table, champ, dernier):
    curseur.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
    curseur.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, dernier])


def _suite(curseur, table, champ):
    cite = connection.ops.quote_name
    curseur.execute("SELECT pg_get_serial_sequence(%s, %s)", [cite(table), champ.column])
    return curseur.fetchone()[0]


def _lire_postgresql(curseur, table, champ):
    curseur.execute(f"SELECT last_value, is_called FROM {_suite(curseur, table, champ)}")
    dernier, donne = curseur.fetchone()
    return dernier if donne else 0


def _poser_postgresql(curseur, table, champ, dernier):
    curseur.execute("SELECT setval(%s, %s, true)", [_suite(curseur, table, champ), dernier])


LIRE_COMPTEUR = {"sqlite": _lire_sqlite, "postgresql": _lire_postgresql}
POSER_COMPTEUR = {"sqlite": _poser_sqlite, "postgresql": _poser_postgresql}
