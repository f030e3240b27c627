from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programme : fiches, comités, conventions et contrats"

    def ready(self):
        from programme import permissions  # noqa: F401  registers the rules
