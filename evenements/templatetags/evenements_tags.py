"""What an assemblée said of an object, for the pages of that object."""

from django import template

from evenements.models.annonces import Annonce
from evenements.models.assemblees import Intervention
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction
from programme.partenaires.models import Convention
from programme.pratiques.models import BonnePratique
from territoires.editions.models import EditionCarte

register = template.Library()

CHEMINS = {
    BonnePratique: "bonne_pratique",
    Contrat: "contrat",
    Convention: "engagement__convention",
    EditionCarte: "edition",
    FicheAction: "fiche",
}


@register.inclusion_tag("evenements/_annonce_dans.html")
def annonce_dans(objet):
    """Where this fiche, contrat, convention, édition or pratique was announced; one query."""
    annonces = Annonce.objects.du_public().filter(**{CHEMINS[type(objet)]: objet})
    annonces = annonces.select_related(
        "sequence__assemblee", "intervention__intervenant", "engagement"
    )
    return {"annonces": annonces.order_by("sequence__assemblee__date_debut", "ordre")}


@register.inclusion_tag("evenements/_interventions_du_territoire.html")
def interventions_du_territoire(territoire):
    """What was said on its behalf in the published assemblées; one query."""
    interventions = Intervention.objects.du_public().filter(territoire=territoire)
    return {"interventions": interventions.des_plus_recentes()}
