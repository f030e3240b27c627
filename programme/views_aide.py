"""Help, one page a role."""

from django.http import Http404
from django.views.generic import TemplateView

ROLES = {
    "public": "Habitants, presse, entreprises",
    "intercommunalite": "Agents d’une intercommunalité",
    "region": "Agents d’une région",
    "delegation": "Délégation aux Territoires d’industrie",
}


class Sommaire(TemplateView):
    template_name = "aide/sommaire.html"
    extra_context = {"roles": ROLES}


class AideDuRole(TemplateView):
    extra_context = {"roles": ROLES}

    def get_template_names(self):
        role = self.kwargs["role"]
        if role not in ROLES:
            raise Http404("Cette page d’aide n’existe pas.")
        return [f"aide/{role}.html"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(titre=ROLES[self.kwargs["role"]], **kwargs)
