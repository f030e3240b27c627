from importlib import import_module

from django.apps import AppConfig


class TachesConfig(AppConfig):
    name = "config.taches"
    label = "taches"
    verbose_name = "Travail de fond"

    def ready(self):
        from config.taches.etat import est_servie
        from echanges.travaux import inscrire

        import_module("config.taches.permissions")  # importing it registers the rules
        inscrire(est_servie)
