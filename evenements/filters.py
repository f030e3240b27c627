"""What a visitor may search the assemblées by."""

import django_filters as filtres
from django.db.models import Q

from evenements.models import Assemblee, Intervenant, Intervention
from territoires.champs import cle_de_recherche


class AssembleeFilter(filtres.FilterSet):
    texte = filtres.CharFilter(method="filtrer_texte", label="Titre ou ville")
    parole = filtres.CharFilter(method="filtrer_parole", label="Personne ou organisation")
    annee = filtres.NumberFilter(field_name="date_debut", lookup_expr="year", label="Année")

    class Meta:
        model = Assemblee
        fields = []

    def filtrer_texte(self, rows, nom, texte):
        return rows.chercher(texte)

    def filtrer_parole(self, rows, nom, texte):
        """Where such a person or organisation spoke, accents typed or not."""
        paroles = Intervention.objects.publiques().order_by()
        mots = cle_de_recherche(texte).split()
        organisations = [
            organisation
            for organisation in paroles.values_list("organisation", flat=True).distinct()
            if all(mot in cle_de_recherche(organisation) for mot in mots)
        ]
        trouvees = paroles.filter(
            Q(intervenant__in=Intervenant.objects.chercher(texte))
            | Q(organisation__in=organisations)
        )
        return rows.filter(pk__in=trouvees.values("sequence__assemblee"))
