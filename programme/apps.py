from importlib import import_module

from django.apps import AppConfig

SUJETS = ("comites", "contrats", "fiches", "partenaires", "pratiques")


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programme : fiches, comités, conventions et contrats"

    def ready(self):
        from echanges import registre
        from programme.comites.demandes import a_appliquer
        from programme.resources import RESOURCES
        from territoires.preparation import attentes

        for sujet in SUJETS:
            import_module(f"programme.{sujet}.permissions")  # importing them registers the rules
        registre.inscrire(RESOURCES)
        attentes.inscrire(a_appliquer)
