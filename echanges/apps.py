from django.apps import AppConfig


class EchangesConfig(AppConfig):
    name = "echanges"
    verbose_name = "Imports et exports"

    def ready(self):
        from echanges import permissions  # noqa: F401  registers the rules
