"""How a number, an amount and a date are written, on a page as on paper; nothing for none."""

from django.utils.formats import date_format

from territoires.nombres import nombre as nombre


def euros(montant):
    """1 234 567,89 €; without decimals when there are none, and nothing for no amount."""
    if montant is None:
        return ""
    entier, _, centimes = f"{montant:,.2f}".partition(".")
    entier = entier.replace(",", "\u202f")
    return f"{entier}{'' if centimes == '00' else ',' + centimes}\u00a0€"


def en_grand(montant):
    """An amount at a glance: 12,3 millions d’euros, 850 000 €."""
    for seuil, un, plusieurs in ((10**9, "milliard", "milliards"), (10**6, "million", "millions")):
        if montant >= seuil:
            rond = round(montant / seuil, 1)
            return f"{nombre(rond)}\u00a0{plusieurs if rond >= 2 else un} d’euros"
    return euros(montant)


def jour(date):
    """1er mars 2026; nothing for no date."""
    if date is None:
        return ""
    rang = "1er" if date.day == 1 else str(date.day)
    return f"{rang}\u00a0{date_format(date, 'F Y')}"


def periode(debut, fin):
    """From one day to another; either may be unknown."""
    if debut and fin:
        return f"du {jour(debut)} au {jour(fin)}"
    return f"à partir du {jour(debut)}" if debut else (f"jusqu’au {jour(fin)}" if fin else "")
