"""Help, one page a role."""

from django.http import Http404
from django.views.generic import TemplateView

ROLES = {
    "public": ("Habitants, presse, entreprises", "aide/public.html"),
    "intercommunalite": ("Agents d’une intercommunalité", "aide/intercommunalite.html"),
    "region": ("Agents d’une région", "aide/region.html"),
    "delegation": ("Délégation aux Territoires d’industrie", "aide/delegation.html"),
    "mon-compte": ("Mon compte : mot de passe, second facteur, sessions", "aide/mon_compte.html"),
}


class Sommaire(TemplateView):
    template_name = "aide/sommaire.html"
    extra_context = {"roles": {role: titre for role, (titre, _) in ROLES.items()}}


class AideDuRole(TemplateView):
    def get_context_data(self, role, **kwargs):
        if role not in ROLES:
            raise Http404("Cette page d’aide n’existe pas.")
        return super().get_context_data(titre=ROLES[role][0], **kwargs)

    def get_template_names(self):
        return [ROLES[self.kwargs["role"]][1]]
