from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Assemblées"

    def ready(self):
        from evenements import permissions  # noqa: F401  registers the rules
