"""Find communes by name, postcode or Insee code, however the name is typed."""

import re

from django.db.models import Q

from territoires.champs import cle_de_recherche
from territoires.models import Commune

LIMITE = 20  # more than the homonyms of any name


def communes_trouvees(texte):
    """Communes for this text: an exact code first, else an exact name, else every word."""
    texte = texte.strip()
    communes = Commune.objects.select_related("departement", "intercommunalite", "ept")
    if re.fullmatch(r"[0-9][0-9ABab][0-9]{3}", texte):
        return communes.filter(Q(pk=texte.upper()) | Q(codes_postaux__code=texte)).distinct()[
            :LIMITE
        ]
    cle = re.sub(r"\b(st|ste)\b", lambda m: m[0].replace("st", "saint"), cle_de_recherche(texte))
    if not cle:
        return communes.none()
    exactes = communes.filter(recherche=cle)
    return exactes[:LIMITE] if exactes.exists() else communes.chercher(cle)[:LIMITE]
