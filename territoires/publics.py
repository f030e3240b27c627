"""The keys of what is public, as a subquery of which the SQL is written once.

`du_public()` of a row often asks for that of what it hangs on, and so on: Django would build and
write the same five nested queries anew on every page, which takes longer than the database needs.
"""

from functools import cache

from django.db.models import Expression


class ClesPubliques(Expression):
    def __init__(self, modele, champ, regle):
        super().__init__(output_field=modele._meta.pk)
        self.modele, self.champ, self.regle = modele, champ, regle

    def as_sql(self, compiler, connection):
        sql, parametres = _requete(self.modele, self.champ, self.regle, connection.alias)
        return f"({sql})", parametres


def cles_publiques(modele, champ="pk", regle="du_public"):
    """For `…__in=`: the keys of the public rows of this model, or what they have in `champ`.

    Of models whose rule, a method of their queryset, is the same at any hour.
    """
    return ClesPubliques(modele, champ, regle)


@cache
def _requete(modele, champ, regle, alias):
    rangees = getattr(modele._default_manager.using(alias), regle)()
    return rangees.order_by().values(champ).query.get_compiler(alias).as_sql()
