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
    def get_context_data(self, role, **kwargs):
        if role not in ROLES:
            raise Http404("Cette page d’aide n’existe pas.")
        return super().get_context_data(titre=ROLES[role], **kwargs)

    def get_template_names(self):
        return [f"aide/{self.kwargs['role']}.html"]
