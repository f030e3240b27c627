"""What a visitor may search the public lists by."""

import django_filters as filtres

from territoires.editions.models import Territoire
from territoires.geographie.models import Region
from territoires.liste_publique import RechercheFilter


def territoires(request):
    return Territoire.objects.du_public()


class Recherche(filtres.FilterSet):
    """A free text, matched word by word, accents typed or not."""

    texte = RechercheFilter(method="filtrer_texte", label="Texte")

    def filtrer_texte(self, rows, nom, texte):
        return rows.chercher(texte)


class DuTerritoire(filtres.FilterSet):
    """By territoire, or by any région it touches; an interrégional one is found once."""

    region = filtres.ModelChoiceFilter(
        queryset=Region.objects.all(), method="filtrer_region", label="Région"
    )
    territoire = filtres.ModelChoiceFilter(
        queryset=territoires, to_field_name="identifiant", label="Territoire"
    )

    def filtrer_region(self, rows, nom, region):
        return rows.filter(territoire__in=Territoire.objects.des_regions([region]))
