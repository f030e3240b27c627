"""The journal is only added to: the database itself refuses to change a line, or to delete one
before a year has passed."""

from django.db import migrations

TABLE = "territoires_lignedujournal"
SQLITE = [
    f"""CREATE TRIGGER journal_sans_retouche BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'le journal ne se modifie pas'); END""",
    f"""CREATE TRIGGER journal_sans_perte BEFORE DELETE ON {TABLE}
    WHEN OLD.le > datetime('now', '-365 days')
    BEGIN SELECT RAISE(ABORT, 'le journal se garde un an'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION journal_sans_retouche() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'le journal ne se modifie pas'; END IF;
      IF TG_OP = 'TRUNCATE' OR OLD.le > now() - interval '365 days' THEN
        RAISE EXCEPTION 'le journal se garde un an';
      END IF;
      RETURN OLD;
    END $$""",
    f"""CREATE TRIGGER journal_sans_retouche BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION journal_sans_retouche()""",
    f"""CREATE TRIGGER journal_sans_perte BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_sans_retouche()""",
]
RETOUR = {
    "sqlite": ["DROP TRIGGER journal_sans_retouche", "DROP TRIGGER journal_sans_perte"],
    "postgresql": [
        f"DROP TRIGGER journal_sans_retouche ON {TABLE}",
        f"DROP TRIGGER journal_sans_perte ON {TABLE}",
        "DROP FUNCTION journal_sans_retouche()",
    ],
}


def poser(apps, schema_editor):
    for ordre in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(ordre)


def retirer(apps, schema_editor):
    for ordre in RETOUR[schema_editor.connection.vendor]:
        schema_editor.execute(ordre)


class Migration(migrations.Migration):
    dependencies = [("territoires", "0008_acces_et_journal")]
    operations = [migrations.RunPython(poser, retirer)]
