from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Assemblées"

    def ready(self):
        from echanges import registre
        from evenements import permissions  # noqa: F401  registers the rules
        from evenements.resources import RESOURCES

        registre.inscrire(RESOURCES)
