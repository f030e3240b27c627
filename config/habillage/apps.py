from django.apps import AppConfig


class HabillageConfig(AppConfig):
    name = "config.habillage"
    label = "habillage"
