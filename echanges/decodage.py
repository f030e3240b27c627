"""Which encoding the bytes of a text file are in; nothing is held twice in memory."""

import codecs
import io
import re

from echanges.erreurs import FichierRefuse

MARQUES = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 avec BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
ENCODAGES = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
MORCEAU = 1_048_576  # bytes
# « é » written in UTF-8 and read in Windows-1252 gives « Ã© ».
UTF8_LU_EN_WINDOWS = re.compile("Ã[\u0080-\u00bf©¨ª«´®¯°±§]|â€[™œ“”¦]")
CARACTERES_NULS = (
    "Ce fichier contient des caractères nuls : ce n’est pas un tableau, ou il est abîmé. "
    "Exportez-le à nouveau depuis votre tableur."
)


def reconnaitre(contenu, impose=""):
    """(codec, name for people, damage seen or None) of these bytes.

    `impose` is the encoding that a person chose in place of the guess. Raises FichierRefuse.
    """
    for marque, codec, nom in MARQUES:
        if contenu.startswith(marque):
            return codec, nom, _parcourir(contenu, codec, nom)
    if impose:
        return impose, ENCODAGES[impose], _parcourir(contenu, impose, ENCODAGES[impose])
    if codec := _utf16_sans_marque(contenu):
        return codec, "UTF-16", _parcourir(contenu, codec, "UTF-16")
    try:
        return "utf-8", "UTF-8", _parcourir(contenu, "utf-8", "UTF-8")
    except _Illisible:
        pass
    degats = _parcourir(contenu, "cp1252", "Windows-1252")
    if degats:
        raise FichierRefuse(
            "Ce fichier mélange deux encodages (UTF-8 et Windows-1252), par exemple ligne "
            f"{degats[0]}. Enregistrez-le à nouveau en « CSV UTF-8 »."
        )
    return "cp1252", "Windows-1252", None


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
        if "\x00" in texte:
            raise FichierRefuse(CARACTERES_NULS)
        if degats is None and (trouve := _accent_detruit(texte)):
            degats = (lignes + texte[: trouve.start()].count("\n"), trouve[0])
        lignes += texte.count("\n")
    return degats


def _accent_detruit(texte):
    if "Ã" not in texte and "â€" not in texte:
        return None
    return UTF8_LU_EN_WINDOWS.search(texte)


def ouvrir(contenu, codec):
    """The text of these bytes as a file, decoded as it is read."""
    return io.TextIOWrapper(io.BytesIO(contenu), encoding=codec, newline="")
