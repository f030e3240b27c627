"""What a visitor may search the assemblées by."""

import django_filters as filtres
from django.db.models import Q

from evenements.models import Assemblee, AutreNom, Intervenant, Intervention
from territoires.champs import cle_de_recherche, mots_cherches
from territoires.editions.models import Territoire
from territoires.liste_publique import AnneeFilter, RechercheFilter


class AssembleeFilter(filtres.FilterSet):
    texte = RechercheFilter(method="filtrer_texte", label="Titre ou ville")
    parole = RechercheFilter(method="filtrer_parole", label="Personne ou organisation")
    annee = AnneeFilter(field_name="date_debut", lookup_expr="year", label="Année")

    class Meta:
        model = Assemblee
        fields = []

    def filtrer_texte(self, rows, nom, texte):
        return rows.chercher(texte)

    def filtrer_parole(self, rows, nom, texte):
        """Where such a person or organisation spoke, accents typed or not."""
        paroles = Intervention.objects.du_public().order_by()
        trouvees = paroles.filter(de_la_personne(texte) | de_l_organisation(texte))
        return rows.filter(pk__in=trouvees.values("sequence__assemblee"))


def de_la_personne(texte):
    """Under its name, or under one that it was entered under before."""
    cle = cle_de_recherche(texte)
    anciens = [a.intervenant_id for a in AutreNom.objects.all() if cle in cle_de_recherche(a.nom)]
    connus = Intervenant.objects.chercher(texte)
    return Q(intervenant__in=connus) | Q(intervenant__in=anciens)


def de_l_organisation(texte):
    noms = Intervention.objects.order_by().values_list("organisation", flat=True).distinct()
    mots = mots_cherches(texte)
    cles = {nom: cle_de_recherche(nom) for nom in noms}
    return Q(organisation__in=[n for n, cle in cles.items() if n and all(m in cle for m in mots)])


def territoires_cites(request):
    dits = Intervention.objects.du_public().order_by().values("territoire")
    return Territoire.objects.du_public().filter(pk__in=dits)


class InterventionFilter(filtres.FilterSet):
    personne = RechercheFilter(method="filtrer_personne", label="Personne")
    organisation = RechercheFilter(method="filtrer_organisation", label="Organisation")
    territoire = filtres.ModelChoiceFilter(
        queryset=territoires_cites, to_field_name="identifiant", label="Au nom du territoire"
    )
    assemblee = filtres.ModelChoiceFilter(
        queryset=lambda request: Assemblee.objects.du_public(),
        field_name="sequence__assemblee",
        to_field_name="identifiant",
        label="Assemblée",
    )

    class Meta:
        model = Intervention
        fields = []

    def filtrer_personne(self, rows, nom, texte):
        return rows.filter(de_la_personne(texte))

    def filtrer_organisation(self, rows, nom, texte):
        return rows.filter(de_l_organisation(texte))
