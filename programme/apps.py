from importlib import import_module

from django.apps import AppConfig

SUJETS = (
    "comites",
    "contrats",
    "courriels",
    "fiches",
    "instruction",
    "partenaires",
    "pratiques",
    "rappels",
    "themes",
)
AVEC_COURRIELS = ("comites", "fiches", "instruction", "partenaires", "rappels")
AVEC_RECHERCHE = ("contrats", "fiches", "partenaires", "pratiques", "themes")
AVEC_ENCARTS = ("brochure", "comites", "contrats", "courriels", "fiches", "pratiques", "rappels")


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programme : fiches, comités, conventions et contrats"

    def ready(self):
        from echanges import registre
        from echanges.champs import tenir_propres
        from programme.comites.demandes import a_appliquer
        from programme.comites.instruction import ParLesComites
        from programme.courriels.lettres import suivre
        from programme.fiches.instruction import confier
        from programme.pilotage.declencheurs import VEILLE
        from programme.resources import RESOURCES
        from territoires.agents import lettres
        from territoires.preparation import attentes

        tenir_propres(self.get_models())
        for sujet in SUJETS:
            import_module(f"programme.{sujet}.permissions")  # importing them registers the rules
        for sujet in AVEC_ENCARTS:
            import_module(f"programme.{sujet}.encarts")
        for sujet in AVEC_RECHERCHE:
            import_module(f"programme.{sujet}.recherche")  # what it makes findable
        for sujet in AVEC_COURRIELS:
            import_module(f"programme.{sujet}.courriels")  # who judges its messages
        import_module("programme.contrats.perimetres")  # what a simulation says of the contrats
        import_module("programme.courriels.silence")
        registre.inscrire(RESOURCES)
        confier(ParLesComites())
        attentes.inscrire(a_appliquer)
        lettres.inscrire(suivre)
        VEILLE.tenir(self)
