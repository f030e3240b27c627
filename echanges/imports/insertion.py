"""Thousands of rows into a table at once: COPY on PostgreSQL, Django's bulk writes elsewhere."""

from django.db import connection, models

from echanges.imports.instances import champs_ecrits

LOT = 1000
# Values that the driver of PostgreSQL writes as they are; the others are prepared by their field.
TELS_QUELS = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.DecimalField,
    models.DateField,
    models.TimeField,
    models.ForeignKey,
)


def inserer(modele, plans):
    """Primary keys of these new rows, in their order."""
    if not plans:
        return []
    if connection.vendor != "postgresql":
        objets = [_objet(modele, plan.ecrits) for plan in plans]
        return [o.pk for o in modele._default_manager.bulk_create(objets, batch_size=LOT)]
    rang = _rang_de_la_cle(modele)
    if isinstance(modele._meta.pk, models.AutoField):
        for plan, pk in zip(plans, _cles_neuves(modele, len(plans)), strict=True):
            plan.ecrits[rang] = pk
    _copier(modele, modele._meta.db_table, (plan.ecrits for plan in plans))
    return [plan.ecrits[rang] for plan in plans]


def remplacer(modele, plans):
    """Write every field of rows that exist: many times faster than one CASE a column."""
    if not plans:
        return
    champs = [c for c in champs_ecrits(modele) if not c.primary_key]
    champs = [c for c in champs if not getattr(c, "auto_now_add", False)]
    if connection.vendor != "postgresql":
        _remplacer_par_conflit(modele, plans, champs)
        return
    cite, table, cle = connection.ops.quote_name, modele._meta.db_table, modele._meta.pk.column
    with connection.cursor() as curseur:
        curseur.execute(
            f"CREATE TEMPORARY TABLE lignes_changees ON COMMIT DROP AS "
            f"SELECT * FROM {cite(table)} WITH NO DATA"
        )
        _copier(modele, "lignes_changees", (plan.ecrits for plan in plans))
        affectations = ", ".join(f"{cite(c.column)} = n.{cite(c.column)}" for c in champs)
        curseur.execute(
            f"UPDATE {cite(table)} t SET {affectations} FROM lignes_changees n "
            f"WHERE t.{cite(cle)} = n.{cite(cle)}"
        )
        curseur.execute("DROP TABLE lignes_changees")


def _remplacer_par_conflit(modele, plans, champs):
    """By upsert. Dates of creation, that a bulk write would make new, are not among the fields."""
    modele._default_manager.bulk_create(
        [_objet(modele, plan.ecrits) for plan in plans],
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=[modele._meta.pk.name],
        update_fields=[c.name for c in champs],
    )


def _objet(modele, valeurs):
    noms = [champ.attname for champ in champs_ecrits(modele)]
    return modele(**dict(zip(noms, valeurs, strict=True)))


def _rang_de_la_cle(modele):
    return champs_ecrits(modele).index(modele._meta.pk)


def _cles_neuves(modele, nombre):
    """Keys that the table's own counter gives, and will give to nobody else."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(modele._meta.db_table), modele._meta.pk.column, nombre],
        )
        return [cle for (cle,) in curseur.fetchall()]


def _copier(modele, table, lignes):
    cite, champs = connection.ops.quote_name, champs_ecrits(modele)
    colonnes = ", ".join(cite(champ.column) for champ in champs)
    a_preparer = [(rang, c) for rang, c in enumerate(champs) if not isinstance(c, TELS_QUELS)]
    with (
        connection.cursor() as curseur,
        curseur.copy(f"COPY {cite(table)} ({colonnes}) FROM STDIN") as copie,
    ):
        for valeurs in lignes:
            for rang, champ in a_preparer:
                valeurs[rang] = champ.get_db_prep_save(valeurs[rang], connection)
            copie.write_row(valeurs)
