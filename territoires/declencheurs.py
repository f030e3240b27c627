"""Triggers of the database that note what is written, whoever writes it: in bulk, by hand too.

They are made after the migrations, whatever created the tables, and taken away before them: a table
that is rebuilt would lose its triggers, and one that is renamed would break them. The name of each
changes with what it does, so that one of yesterday is replaced.
"""

from hashlib import sha1


def nommer(prefixe, verbe, table, corps):
    condense = sha1(corps.encode(), usedforsecurity=False).hexdigest()[:10]
    return f"{prefixe}{condense}{verbe}_{table}"[:63]


def poser(curseur, vendor, prefixe, voulus):
    """Make what is missing of {table: {name: statements}}, drop what else bears this prefix."""
    presents_ = presents(curseur, vendor, prefixe)
    noms = {(nom, table) for table, siens in voulus.items() for nom in siens}
    retirer(curseur, vendor, presents_.items() - noms)
    for nom, phrases in {n: p for siens in voulus.values() for n, p in siens.items()}.items():
        if nom not in presents_:
            for phrase in phrases:
                curseur.execute(phrase)


def presents(curseur, vendor, prefixe):
    """{name: table} of the triggers whose name begins so."""
    sql = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' "
        "AND substr(name, 1, %s) = %s",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c "
        "ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND left(t.tgname, %s) = %s",
    }[vendor]
    curseur.execute(sql, [len(prefixe), prefixe])
    return dict(curseur.fetchall())


def retirer(curseur, vendor, declencheurs):
    """Drop these (name, table), with the function of the same name that PostgreSQL asks for."""
    for nom, table in declencheurs:
        if vendor == "postgresql":
            curseur.execute(f'DROP TRIGGER "{nom}" ON "{table}"')
            curseur.execute(f'DROP FUNCTION "{nom}"()')
        else:
            curseur.execute(f'DROP TRIGGER "{nom}"')
