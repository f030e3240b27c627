from django.apps import AppConfig
from django.contrib.admin.templatetags import admin_list

MOTS = {True: "Oui", False: "Non"}


def en_mots(valeur):
    """What the admin draws as an icon whose text is English."""
    return MOTS.get(valeur, "–")


class HabillageConfig(AppConfig):
    name = "config.habillage"
    label = "habillage"

    def ready(self):
        # Lists, forms and details all ask this one; no setting nor template says it.
        admin_list._boolean_icon = en_mots
