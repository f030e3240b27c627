"""Public pages of the themes: all of them, and each with what there is about it."""

from django.views.generic import DetailView, TemplateView

from programme.themes.comptes import comptes
from programme.themes.models import Theme


class ListeThemes(TemplateView):
    template_name = "programme/themes/themes.html"

    def get_context_data(self, **kwargs):
        connus = comptes()
        themes = [(theme, connus.get(theme.pk, [])) for theme in Theme.objects.du_public()]
        return super().get_context_data(themes=themes, **kwargs)


class PageTheme(DetailView):
    template_name = "programme/themes/theme.html"
    slug_field = slug_url_kwarg = "identifiant"

    def get_queryset(self):
        return Theme.objects.du_public()

    def get_context_data(self, **kwargs):
        autres = Theme.objects.du_public().exclude(pk=self.object.pk)
        return super().get_context_data(autres=autres, **kwargs)
