"""Search in a list: every word is found somewhere, and the nearest row comes first.

On every database alike: letter case, accents and « Saint » or « St » make no difference, and what a
database reads as any letter is a sign like another.
"""

import re

from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Concat
from django.db.models.lookups import Contains, Exact, StartsWith

from echanges.textes import LONGUEUR_DE_RECHERCHE, cle_de_recherche

JOKERS = re.compile(r"[%_*?\\]")
# What stands between words: spaces, the signs of ASCII, quotes and dashes of typographers.
ENTRE_LES_MOTS = r"[\s!-/:-@\[-`{-\u007f\u00a0-\u00bf\u2000-\u206f]+"


def _cle(texte):
    return texte if texte is None else cle_de_recherche(str(texte))


class EnCle(Func):
    """A column as `cle_de_recherche` would write it, for those beside which no key is kept."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **extra):
        connection.ensure_connection()
        connection.connection.create_function("cle_de_recherche", 1, _cle, deterministic=True)
        return self.as_sql(compiler, connection, function="cle_de_recherche", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        # Decomposed before it is made small: some collations know the letters of ASCII alone.
        decompose = "NORMALIZE((%(expressions)s)::text, NFKD)"
        lettres = rf"REGEXP_REPLACE({decompose}, '[\u0300-\u036f]', '', 'g')"
        for signe, ecrit in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss")):
            lettres = f"REPLACE({lettres}, '{signe}', '{ecrit}')"
        mots = f"REGEXP_REPLACE(LOWER({lettres}), '{ENTRE_LES_MOTS}', ' ', 'g')"
        saints = rf"REGEXP_REPLACE({mots}, '\msaint(e?)\M', 'st\1', 'g')"
        return self.as_sql(compiler, connection, template=f"BTRIM({saints})", **extra)


class Champ:
    """One of the search fields of a list: the key of its text, and the columns it was made of."""

    def __init__(self, modele, chemin):
        champ = get_fields_from_path(modele, chemin)[-1]
        prefixe = chemin[: len(chemin) - len(champ.name)]
        sources = getattr(champ, "sources", ())
        self.lie = "__" in chemin
        self.cle = F(chemin) if sources else EnCle(F(chemin))
        self.textes = [f"{prefixe}{source}" for source in sources] or [chemin]

    def vaut(self, cle):
        parties = self.textes if len(self.textes) > 1 else []
        egal = Q(Exact(self.cle, Value(cle)))
        for texte in parties:
            egal |= Q(Exact(EnCle(F(texte)), Value(cle)))
        return egal

    def rangs(self, cle):
        """Conditions from the nearest to the farthest."""
        entoure = Concat(Value(" "), self.cle, Value(" "), output_field=TextField())
        return [
            self.vaut(cle),
            Q(StartsWith(self.cle, f"{cle} ")),
            Q(StartsWith(self.cle, cle)),
            Q(Contains(entoure, f" {cle} ")),
            Q(Contains(entoure, f" {cle}")),
            Q(Contains(self.cle, cle)),
        ]


def morceaux(texte):
    """The keys that must all be found; two words that a wildcard joins are one."""
    suite = []
    for mot in texte[:LONGUEUR_DE_RECHERCHE].split():
        cle = cle_de_recherche(mot)
        suite += [cle] if JOKERS.search(mot) else cle.split()
    return [cle for cle in suite if cle]


def chercher(lignes, texte, chemins, codes=()):
    """(those of these rows that answer, the expression of how near each is, or None)"""
    champs = [Champ(lignes.model, chemin) for chemin in chemins]
    if not texte.strip() or not (champs or codes):
        return lignes, None
    cles = morceaux(texte)
    if not cles:
        # No letter and no digit: the signs as they are written.
        tels_quels = Q(pk__in=[])
        for source in (source for champ in champs for source in champ.textes):
            tels_quels |= Q(**{f"{source}__contains": texte.strip()})
        return lignes.filter(tels_quels), None
    for cle in cles:
        trouve = Q(pk__in=[])
        for champ in champs:
            trouve |= Q(Contains(champ.cle, cle))
        for code in codes:
            trouve |= Q(**{f"{code}__startswith": cle.upper()})
        lignes = lignes.filter(trouve)
    return lignes, proximite(champs, " ".join(cles), codes)


def proximite(champs, cle, codes):
    """Exact, then its beginning, then a word, then the beginning of one, then inside, then apart.

    What a row says of itself comes before what its relations say.
    """
    cas = [When(Q(**{f"{code}__exact": cle.upper()}), then=Value(0)) for code in codes]
    for base, ceux_la in (
        (0, [champ for champ in champs if not champ.lie]),
        (10, [champ for champ in champs if champ.lie]),
    ):
        par_champ = [champ.rangs(cle) for champ in ceux_la]
        for rang, conditions in enumerate(zip(*par_champ, strict=True), base):
            ou = conditions[0]
            for condition in conditions[1:]:
                ou |= condition
            cas.append(When(ou, then=Value(rang)))
    return Case(*cas, default=Value(20))
