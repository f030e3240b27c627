"""On which tables an entry stands, read from the paths that it declares and from `du_public`.

Each is (genre, path, column): whatever is written in that table concerns the objects that reach, by
this path, the row whose key the column holds. Nobody lists tables by hand, so none is forgotten.
"""

import re
from collections import defaultdict

from django.apps import apps

from territoires.recherche.sources import declarees

PUBLICITE, TOUT = "*", "**"  # in place of a path: see who is public; make all entries anew
ENTRE_GUILLEMETS = re.compile(r'"(\w+)"')


def par_table():
    """{table: {(genre, path, column)}}, without column where any write concerns all."""
    suivies = defaultdict(set)
    for source in declarees():
        meta = source.modele._meta
        suivies[meta.db_table].add((source.genre, "", meta.pk.column))
        for chemin in relations(source):
            for table, depuis, colonne in _pas(source.modele, chemin):
                suivies[table].add((source.genre, depuis, colonne))
        for table in _lues(source.publics()) - {meta.db_table}:
            suivies[table].add((source.genre, PUBLICITE, ""))
        for table in _lues_par_les_lignes(source):
            if not any(genre == source.genre for genre, *_ in suivies[table]):
                suivies[table].add((source.genre, TOUT, ""))
    return suivies


def relations(source):
    """Every path of the source that leads to other rows, the steps on the way included."""
    trouvees = set()
    for chemin in source.chemins:
        morceaux = chemin.split("__")[:-1]
        trouvees |= {"__".join(morceaux[:n]) for n in range(1, len(morceaux) + 1)}
    return sorted(trouvees)


def modele_au_bout(modele, chemin):
    """The model that a path of relations leads to."""
    for nom in chemin.split("__"):
        modele = modele._meta.get_field(nom).related_model
    return modele


def est_multiple(modele, chemin):
    """Whether a path of relations may lead to several rows."""
    for nom in chemin.split("__"):
        champ = modele._meta.get_field(nom)
        if champ.one_to_many or champ.many_to_many:
            return True
        modele = champ.related_model
    return False


def _pas(modele, chemin):
    """(table, path, column) of the last step of a path; of two with a table of links between."""
    *debut, dernier = chemin.split("__")
    depuis = "__".join(debut)
    if debut:
        modele = modele_au_bout(modele, depuis)
    for pas in modele._meta.get_field(dernier).path_infos:
        if pas.direct:
            meta = pas.to_opts
            yield meta.db_table, chemin, meta.pk.column
        else:
            # The row below says by its own column on which one it hangs.
            yield pas.to_opts.db_table, depuis, pas.join_field.field.column


def _lues_par_les_lignes(source):
    tables = set()
    for chemin in relations(source):
        lignes = modele_au_bout(source.modele, chemin)._default_manager.all()
        if hasattr(lignes, "du_public"):
            tables |= _lues(lignes.du_public())
    return tables


def _lues(requete):
    """The tables that a query reads, those of its subqueries too."""
    sql, _ = requete.order_by().query.sql_with_params()
    connues = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    return connues & set(ENTRE_GUILLEMETS.findall(sql))
