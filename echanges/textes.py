"""Texts as they are compared, letter case and accents apart, and as they are kept."""

import re
import unicodedata

from django.utils.text import slugify

LONGUEUR_DE_RECHERCHE = 200  # characters: more than any name, fewer words than a query can hold

# Letters that Unicode does not decompose into a base and a mark.
ENTIERES = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ı": "i",
        "’": "'",
    }
)


def sans_accents(texte):
    """Lower case without accents; other alphabets keep their letters.

    >>> sans_accents("Łódź, Straße, SØREN, Œuvre")
    'lodz, strasse, soren, oeuvre'
    """
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    lettres = "".join(c for c in decompose if not unicodedata.combining(c))
    return lettres.casefold().translate(ENTIERES)


def en_cle(texte):
    """The primary key that a form or an address names, or None: « ² » is a digit and no number."""
    return int(texte) if texte and texte.isdecimal() and len(texte) < 19 else None


def cle_de_recherche(texte):
    """Lower case, no accents, one space between words; « Saint » and « St » alike.

    Letters of other alphabets stay: two names in Cyrillic are not one.

    >>> cle_de_recherche("Saint-Étienne-du-Bois")
    'st etienne du bois'
    """
    texte = sans_accents(texte)
    if not texte.isascii():
        mots = "".join(c if _est_une_lettre(c) else " " for c in texte).split()
    else:
        mots = re.findall(r"[^\W_]+", texte)
    return " ".join({"saint": "st", "sainte": "ste"}.get(mot, mot) for mot in mots)


def _est_une_lettre(signe):
    """The vowels of many alphabets are marks, that a pattern does not take for letters."""
    return signe.isalnum() or unicodedata.category(signe).startswith("M")


def identifiant(texte, *, longueur, sinon):
    """The end of an address that this text gives; `sinon` when no letter of it can stand there.

    >>> identifiant("Łukasz Œuvre", longueur=80, sinon="intervenant")
    'lukasz-oeuvre'
    """
    return slugify(sans_accents(texte))[:longueur].strip("-") or sinon


# The ends of line of every system, and the soft ones of slides, of workbooks and of the web.
SAUT = "\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]"
_UN_SAUT = re.compile(SAUT)
_SAUTS_ET_ESPACES = re.compile(f" *(?:{SAUT})(?: |{SAUT})*")
_PLANS = "".join(chr(plan << 16 | fin) for plan in range(17) for fin in (0xFFFE, 0xFFFF))
# Control characters, lone halves of a pair, code points that are no character.
_MUETS = f"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANS}"
_MUET = re.compile(f"[{_MUETS}]")
_SUSPECT_D_UN_PARAGRAPHE = re.compile(f"[\r\x0b\x0c\x85\u2028\u2029{_MUETS}]").search
_SUSPECT_D_UNE_LIGNE = re.compile(f"[\n\r\x0b\x0c\x85\u2028\u2029{_MUETS}]").search


def suspect(paragraphes):
    """The function that says whether a text of this kind holds what `nettoyer` changes."""
    return _SUSPECT_D_UN_PARAGRAPHE if paragraphes else _SUSPECT_D_UNE_LIGNE


def nettoyer(texte, *, paragraphes=False):
    r"""The text as it is kept, whatever the way in: this rule stands nowhere else.

    In paragraphs every end of line is \n; on one line it is one space. What is no character
    for a feed, a drawing, a calendar or an e-mail goes away.

    >>> nettoyer("Usine\x0bdu\x00 futur\r\n")
    'Usine du futur'
    >>> nettoyer("Usine\x0bdu\x00 futur", paragraphes=True)
    'Usine\ndu futur'
    """
    if texte.isprintable() or not suspect(paragraphes)(texte):
        return texte
    texte = _MUET.sub("", texte)
    if paragraphes:
        return _UN_SAUT.sub("\n", texte)
    propre = _SAUTS_ET_ESPACES.sub(" ", texte)
    return propre.strip() if propre != texte else texte


def ce_qui_est_nettoye(texte, *, paragraphes=False):
    """What `nettoyer` does to this text that its author should know, in words; None: nothing."""
    if not suspect(paragraphes)(texte):
        return None
    dits = []
    if not paragraphes and _UN_SAUT.search(texte.strip()):
        dits.append("un saut de ligne a été remplacé par une espace")
    if _MUET.search(texte):
        dits.append("un caractère invisible a été retiré")
    return " et ".join(dits) or None


# --- Text in UTF-8 read as Windows-1252, then kept so ---------------------------------------------

SIGNES_DE_DEGATS = ("Ã", "Â", "â€", "Å")
_SUITE = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MAL_LU = re.compile(f"[\u00c2-\u00c5][{_SUITE}]|\u00e2[{_SUITE}]{{2}}")
_FRANCAIS = re.compile("[\u00a0\u00a7\u00ab\u00b0\u00b2\u00bb\u00c0-\u00ffœŒŸ’‘“”–—…€\u202f]")


def sans_double_encodage(texte):
    """What this text was before it was damaged; None when nothing says that it was.

    >>> sans_double_encodage("FranÃ§ois")
    'François'
    >>> sans_double_encodage("L’Hermite, « à Évry »")
    """
    repare = _MAL_LU.sub(_relire_en_utf8, texte)
    return repare if repare != texte else None


def _relire_en_utf8(trouve):
    octets = b"".join(_octet(signe) for signe in trouve[0])
    try:
        signe = octets.decode("utf-8")
    except UnicodeDecodeError:
        return trouve[0]
    return signe if _FRANCAIS.fullmatch(signe) else trouve[0]


def _octet(signe):
    try:
        return signe.encode("cp1252")
    except UnicodeEncodeError:  # five bytes that Windows-1252 leaves without a letter
        return signe.encode("latin-1", "replace")
