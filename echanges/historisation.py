"""History of many rows at once, copied by the database from the rows themselves."""

from django.db import connection
from django.utils import timezone

from echanges.lots import par_lots


def historiser(modele, pks, genre, auteur, raison):
    """One historical row an object (`genre`: + created, ~ changed, - deleted), lists included.

    The rows are those of the database: to be called after a write and before a deletion.
    """
    if not pks or not hasattr(modele, "history"):
        return
    historique = modele.history.model
    fixes = {
        "history_date": timezone.now(),
        "history_user_id": auteur and auteur.pk,
        "history_change_reason": raison[:100],
        "history_type": genre,
    }
    with connection.cursor() as curseur:
        for lot in par_lots(pks):
            _copier_les_lignes(curseur, modele, historique, fixes, lot)
            for champ in historique._history_m2m_fields:
                du_lien = getattr(historique, champ.name).model
                _copier_les_liens(curseur, modele, historique, champ, du_lien, fixes, lot)


def _copier_les_lignes(curseur, modele, historique, fixes, pks):
    cite = connection.ops.quote_name
    champs = [(c, historique._meta.get_field(c.name)) for c in historique.tracked_fields]
    constantes = [(_champ(historique, nom), valeur) for nom, valeur in fixes.items()]
    colonnes = [cite(trace.column) for _, trace in champs] + [
        cite(champ.column) for champ, _ in constantes
    ]
    lues = [cite(champ.column) for champ, _ in champs]
    curseur.execute(
        f"INSERT INTO {cite(historique._meta.db_table)} ({', '.join(colonnes)}) "
        f"SELECT {', '.join(lues)}, {', '.join(['%s'] * len(constantes))} "
        f"FROM {cite(modele._meta.db_table)} "
        f"WHERE {cite(modele._meta.pk.column)} IN ({', '.join(['%s'] * len(pks))})",
        [*(champ.get_db_prep_save(v, connection) for champ, v in constantes), *pks],
    )


def _champ(modele, attribut):
    return next(c for c in modele._meta.concrete_fields if c.attname == attribut)


def _copier_les_liens(curseur, modele, historique, champ, du_lien, fixes, pks):
    """The rows of a many-to-many relation, under the historical rows just written."""
    cite, lien = connection.ops.quote_name, champ.remote_field.through
    colonnes = [cite(c.column) for c in lien._meta.concrete_fields]
    parent = cite(lien._meta.get_field(champ.m2m_field_name()).column)
    vers_la_trace = cite(du_lien._meta.get_field("history").column)
    traces = [cite(c.column) for c in _jumeaux(lien, du_lien)]
    date = _champ(historique, "history_date")
    curseur.execute(
        f"INSERT INTO {cite(du_lien._meta.db_table)} ({vers_la_trace}, {', '.join(traces)}) "
        f"SELECT h.{cite(historique._meta.pk.column)}, {', '.join('l.' + c for c in colonnes)} "
        f"FROM {cite(lien._meta.db_table)} l "
        f"JOIN {cite(historique._meta.db_table)} h "
        f"ON h.{cite(modele._meta.pk.column)} = l.{parent} AND h.{cite(date.column)} = %s "
        f"WHERE l.{parent} IN ({', '.join(['%s'] * len(pks))})",
        [date.get_db_prep_save(fixes["history_date"], connection), *pks],
    )


def _jumeaux(lien, du_lien):
    return [du_lien._meta.get_field(c.name) for c in lien._meta.concrete_fields]
