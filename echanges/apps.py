from django.apps import AppConfig


class EchangesConfig(AppConfig):
    name = "echanges"
    verbose_name = "Imports et exports"

    def ready(self):
        from echanges.champs import tenir_propres

        tenir_propres(self.get_models())
