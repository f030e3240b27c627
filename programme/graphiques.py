"""Charts drawn as SVG: shapes and words tell series apart, never a colour alone.

Each stands above the table of the same figures.
"""

from django.utils.html import format_html, format_html_join

from programme.ecritures import nombre

LARGEUR, HAUTEUR, MARGE = 360, 180, 40  # as wide as a phone: larger screens enlarge it
RECENTS = 24  # months
PAS_DES_NOMS = 8  # of them, from one name to the next: each has the width of its words
SVG = (
    '<svg class="graphique" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" '
    'aria-label="{}">{}</svg>'
)
TEXTE = '<text x="{}" y="{}" text-anchor="{}">{}</text>'
BARRE = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'


def colonnes(tableau):
    """The two series of a table, side by side for each of its last rows."""
    lignes = tableau.lignes[-RECENTS:]
    if not lignes:
        return ""
    plus_haut = max(c.valeur for ligne in lignes for c in ligne.cellules) or 1
    pas = (LARGEUR - MARGE) / len(lignes)
    barres, textes = [], [(MARGE - 6, MARGE / 2 + 4, "end", nombre(plus_haut))]
    textes.append((MARGE - 6, HAUTEUR - MARGE / 2, "end", "0"))
    for rang, ligne in enumerate(lignes):
        gauche = MARGE + rang * pas
        for serie, cellule in enumerate(ligne.cellules):
            hauteur = (HAUTEUR - MARGE) * cellule.valeur / plus_haut
            x = gauche + serie * pas * 0.45
            classe = ("plein", "vide")[serie]
            barres.append((classe, x, HAUTEUR - MARGE / 2 - hauteur, pas * 0.4, hauteur))
        derniere = rang == len(lignes) - 1
        if derniere or (rang % PAS_DES_NOMS == 0 and len(lignes) - rang > PAS_DES_NOMS):
            ancre = "end" if derniere else "start"
            x = gauche + (pas if ancre == "end" else 0)
            textes.append((x, HAUTEUR - 4, ancre, ligne.nom))
    dessin = _formes(BARRE, barres) + _formes(TEXTE, textes)
    titres = " et ".join(colonne.titre.lower() for colonne in tableau.colonnes)
    return format_html(SVG, LARGEUR, HAUTEUR, f"{titres}, par mois ; le tableau suit", dessin)


def serie(indicateur, mesures):
    """The values of one indicateur in time, with its target; nothing under two measures."""
    if len(mesures) < 2:
        return ""
    cible = indicateur.cible
    valeurs = [m.valeur for m in mesures] + ([cible] if cible is not None else [])
    bas, haut = min(0, *valeurs), max(valeurs)
    ecart = float(haut - bas) or 1
    debut, fin = mesures[0].mesure_le, mesures[-1].mesure_le
    duree = (fin - debut).days or 1

    def y(valeur):
        return MARGE / 2 + (HAUTEUR - MARGE) * (1 - float(valeur - bas) / ecart)

    gauche, droite = 2 * MARGE, LARGEUR - MARGE / 4
    points = [
        (gauche + (droite - gauche) * (m.mesure_le - debut).days / duree, y(m.valeur))
        for m in mesures
    ]
    textes = [(gauche - 8, y(valeur) + 4, "end", nombre(valeur)) for valeur in sorted({bas, haut})]
    textes += [
        (gauche, HAUTEUR - 2, "start", f"{debut:%d/%m/%Y}"),
        (droite, HAUTEUR - 2, "end", f"{fin:%d/%m/%Y}"),
    ]
    dessin = format_html(
        '<polyline points="{}"/>', " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    ) + _formes('<circle cx="{}" cy="{}" r="4"/>', points)
    if cible is not None:
        dessin += format_html(
            '<line class="cible" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            gauche,
            droite,
            f"{y(cible):.1f}",
            f"{y(cible):.1f}",
        )
        textes.append((gauche + 8, y(cible) - 6, "start", f"cible : {nombre(cible)}"))
    dessin += _formes(TEXTE, textes)
    titre = f"{indicateur.libelle}, de {nombre(mesures[0].valeur)} à {nombre(mesures[-1].valeur)}"
    return format_html(SVG, LARGEUR, HAUTEUR, f"{titre} ; le tableau suit", dessin)


BANDE = 1000  # units of width, stretched to that of the page


def bande(parts, titre):
    """One bar from left to right: `parts` are (class, value, words), each drawn in its way."""
    total = float(sum(valeur for _, valeur, _ in parts)) or 1
    gauche, morceaux = 0.0, []
    for classe, valeur, mots in parts:
        largeur = BANDE * float(valeur) / total
        morceaux.append((classe, gauche, largeur, mots))
        gauche += largeur
    dessin = format_html_join(
        "",
        '<rect class="bande__{}" x="{}" y="0" width="{}" height="32"><title>{}</title></rect>',
        ((c, f"{x:.1f}", f"{largeur:.1f}", mots) for c, x, largeur, mots in morceaux if largeur),
    )
    return format_html(
        '<svg class="bande" viewBox="0 0 {} 32" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><defs><pattern id="hachures" width="10" height="10" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="hachures__fond" d="M0 0h10v10H0z"/><path class="hachures__trait" '
        'd="M0 0h5v10H0z"/></pattern></defs>{}</svg>',
        BANDE,
        titre,
        dessin,
    )


def _formes(forme, lignes):
    """One shape a row; lengths to a tenth of a unit."""
    return format_html_join(
        "",
        forme,
        ([round(v, 1) if isinstance(v, float) else v for v in ligne] for ligne in lignes),
    )
