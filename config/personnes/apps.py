from importlib import import_module

from django.apps import AppConfig


class PersonnesConfig(AppConfig):
    name = "config.personnes"
    label = "personnes"
    verbose_name = "Données personnelles"

    def ready(self):
        for module in ("permissions", "encarts"):  # importing them registers what they say
            import_module(f"config.personnes.{module}")
