from django.apps import AppConfig


class SauvegardesConfig(AppConfig):
    name = "config.sauvegardes"
    label = "sauvegardes"
    verbose_name = "Sauvegardes"
