"""A browser as its owner knows it: « Firefox sous Windows »."""

NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMES = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def appareil(texte):
    noms = [
        next((nom for marque, nom in connus if marque in texte), "")
        for connus in (NAVIGATEURS, SYSTEMES)
    ]
    if not noms[0]:
        return "navigateur inconnu"
    return f"{noms[0]} sous {noms[1]}" if noms[1] else noms[0]
