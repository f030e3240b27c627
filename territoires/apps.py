from importlib import import_module

from django.apps import AppConfig

SUJETS = ("agents", "editions", "geographie", "supprimes")


class TerritoiresConfig(AppConfig):
    name = "territoires"
    verbose_name = "Territoires, carte et agents"

    def ready(self):
        from echanges import registre
        from echanges.champs import tenir_propres
        from echanges.listes.memoire import garder_par
        from territoires.listes.memoire import Memoire
        from territoires.resources import RESOURCES

        tenir_propres(self.get_models())
        for sujet in SUJETS:
            import_module(f"territoires.{sujet}.permissions")  # importing them registers the rules
        registre.inscrire(RESOURCES)
        garder_par(Memoire())
