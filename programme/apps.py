from importlib import import_module

from django.apps import AppConfig

SUJETS = ("comites", "contrats", "fiches", "partenaires", "pratiques")


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programme : fiches, comités, conventions et contrats"

    def ready(self):
        from echanges import registre
        from echanges.champs import tenir_propres
        from programme.resources import RESOURCES

        tenir_propres(self.get_models())
        for sujet in SUJETS:
            import_module(f"programme.{sujet}.permissions")  # importing them registers the rules
        registre.inscrire(RESOURCES)
