"""Texts as they are compared: letter case and accents do not count."""

import unicodedata

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
