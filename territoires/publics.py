"""The keys of what is public, as a subquery of which the SQL is written once.

`du_public()` of a row often asks for that of what it hangs on, and so on: Django would build and
write the same five nested queries anew on every page, which takes longer than the database needs.
"""

from functools import cache

from django.db.models import Expression


class ClesPubliques(Expression):
    def __init__(self, modele, champ="pk"):
        super().__init__(output_field=modele._meta.pk)
        self.modele, self.champ = modele, champ

    def as_sql(self, compiler, connection):
        sql, parametres = _requete(self.modele, self.champ, connection.alias)
        return f"({sql})", parametres


def cles_publiques(modele, champ="pk"):
    """For `…__in=`: the keys of the public rows of this model, or what they have in `champ`.

    Of models whose rule is the same at any hour.
    """
    return ClesPubliques(modele, champ)


@cache
def _requete(modele, champ, alias):
    publiques = modele._default_manager.using(alias).du_public().order_by().values(champ)
    return publiques.query.get_compiler(alias).as_sql()
