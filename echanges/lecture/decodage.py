"""Which encoding the bytes of a text file are in; nothing is held twice in memory."""

import codecs
import io
import re
from itertools import islice

from echanges.erreurs import FichierRefuse

MARQUES = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 avec BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
ENCODAGES = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "mac_roman": "MacRoman (Macintosh)",
    "cp850": "CP850 (MS-DOS)",
}
MORCEAU = 1_048_576  # bytes
LIGNES_NOMMEES = 5  # of those that are not in the encoding of the others
# « é » written in UTF-8 and read in Windows-1252 gives « Ã© ».
ACCENT_DETRUIT = re.compile("Ã[\u0080-\u00bf©¨ª«´®¯°±§]|â€[™œ“”¦]|\ufffd")
# Bytes that a table never holds, and sequences that only UTF-8 makes.
BINAIRES = bytes({*range(32)} - {*b"\t\n\x0b\x0c\r\x1a"})
DE_L_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x90-\xaf]")
ACCENTUES = re.compile(rb"[A-Za-z ]?[\x80-\xff]+[A-Za-z ]?")
# What French is written with; punctuation does not stand before a letter.
FRANCAIS = re.compile("[éèàêçôâîûùëïœ’]|[«»“”…–—](?![a-z])")
PAS_UN_TABLEAU = (
    "Ce fichier n’est pas un tableau : il contient des caractères qu’aucun tableur n’écrit. "
    "Enregistrez-le en « CSV UTF-8 » ou en .xlsx depuis votre tableur."
)


def reconnaitre(contenu, impose=""):
    """(codec, name for people, damage seen or None) of these bytes.

    `impose` is the encoding that a person chose in place of the guess. Raises FichierRefuse.
    """
    for marque, codec, nom in MARQUES:
        if contenu.startswith(marque):
            return codec, nom, _parcourir(contenu, codec, nom)
    if impose == "utf-16":  # without a mark, it does not say which byte comes first
        codec = _utf16_sans_marque(contenu) or "utf-16-le"
        return codec, "UTF-16", _parcourir(contenu, codec, "UTF-16")
    if impose:
        return impose, ENCODAGES[impose], _parcourir(contenu, impose, ENCODAGES[impose])
    if codec := _utf16_sans_marque(contenu):
        return codec, "UTF-16", _parcourir(contenu, codec, "UTF-16")
    try:
        return "utf-8", "UTF-8", _parcourir(contenu, "utf-8", "UTF-8")
    except _Illisible:
        pass
    codec = _un_octet_par_lettre(contenu)
    if _parcourir(contenu, codec, ENCODAGES[codec]):
        raise FichierRefuse(_deux_encodages(contenu))
    return codec, ENCODAGES[codec], None


def _un_octet_par_lettre(contenu):
    """The old encoding in which these bytes read as the most French; Windows-1252 by default.

    Excel also saves « CSV (Macintosh) » and « CSV (MS-DOS) »: all three read nearly any bytes.
    """
    debut = contenu[:4096]
    if len(debut.translate(None, BINAIRES)) < 0.98 * len(debut):
        raise FichierRefuse(PAS_UN_TABLEAU)
    if DE_L_UTF8.search(contenu):
        return "cp1252"
    mots = b"\n".join(m[0] for m in islice(ACCENTUES.finditer(contenu), 2000))
    notes = {
        codec: len(FRANCAIS.findall(mots.decode(codec, "ignore")))
        for codec in ("cp1252", "mac_roman", "cp850")
    }
    return max(notes, key=notes.get)


def _deux_encodages(contenu):
    """Which lines are not in the encoding of the others; saving again would keep the damage."""
    utf8, autres = [], []
    for numero, ligne in enumerate(re.split(rb"\r\n|\n|\r", contenu), 1):
        if ligne.isascii():
            continue
        try:
            ligne.decode("utf-8")
            utf8.append(numero)
        except UnicodeDecodeError:
            autres.append((numero, ligne))
    if len(autres) <= len(utf8):
        reste, fautives = "UTF-8", [numero for numero, _ in autres]
        texte = autres[0][1].decode("cp1252", "replace")
    else:
        reste, fautives, texte = "Windows-1252", utf8, ""
    s = "s" if len(fautives) > 1 else ""
    lignes = ", ".join(map(str, fautives[:LIGNES_NOMMEES]))
    suite = f" et {len(fautives) - LIGNES_NOMMEES} autres" if len(fautives) > LIGNES_NOMMEES else ""
    vu = f" (« {texte[:60]} »)" if texte else ""
    return (
        f"Ce fichier est en {reste}, sauf la ligne{s} {lignes}{suite}{vu}, dans un autre "
        "encodage : elle vient sans doute d’un autre fichier. Écrivez-la à nouveau dans votre "
        "fichier d’origine ; tout réenregistrer dans un autre encodage abîmerait le reste."
    )


class _Illisible(FichierRefuse):
    """These bytes are not in this encoding."""


def _utf16_sans_marque(contenu):
    echantillon = contenu[:2000]
    pairs, impairs = echantillon[::2].count(0), echantillon[1::2].count(0)
    if max(pairs, impairs) > len(echantillon) // 6 and min(pairs, impairs) == 0:
        return "utf-16-be" if pairs else "utf-16-le"
    return None


def _parcourir(contenu, codec, nom):
    """Read it all once: None, or (line, text) of the first accent destroyed before it came."""
    decodeur = codecs.getincrementaldecoder(codec)()
    lignes, degats, vue = 1, None, memoryview(contenu)
    for debut in range(0, len(contenu) or 1, MORCEAU):
        try:
            texte = decodeur.decode(vue[debut : debut + MORCEAU], final=debut + MORCEAU >= len(vue))
        except UnicodeDecodeError as erreur:
            ligne = lignes + bytes(erreur.object[: erreur.start]).count(b"\n")
            raise _Illisible(
                f"Ce fichier paraît être en {nom}, mais la ligne {ligne} ne se lit pas. "
                "Enregistrez-le à nouveau en « CSV UTF-8 » depuis votre tableur."
            ) from erreur
        if (place := texte.find("\x00")) >= 0:
            ligne = lignes + texte.count("\n", 0, place)
            raise FichierRefuse(
                f"Ce fichier contient des caractères nuls (ligne {ligne}) : ce n’est pas un "
                "tableau, ou il est abîmé. Exportez-le à nouveau depuis votre tableur."
            )
        if degats is None and (trouve := _accent_detruit(texte)):
            degats = (lignes + texte[: trouve.start()].count("\n"), trouve[0])
        lignes += texte.count("\n")
    return degats


def _accent_detruit(texte):
    if "Ã" not in texte and "â€" not in texte and "\ufffd" not in texte:
        return None
    return ACCENT_DETRUIT.search(texte)


def ouvrir(contenu, codec):
    """The text of these bytes as a file, decoded as it is read."""
    return io.TextIOWrapper(io.BytesIO(contenu), encoding=codec, newline="")
