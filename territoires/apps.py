from importlib import import_module

from django.apps import AppConfig

AVEC_RECHERCHE = ("geographie", "editions", "portraits")
AVEC_ENCARTS = ("liens", "mandats")
SUJETS = ("acces", "agents", "editions", "geographie", "journal", "liens", "mandats", "supprimes")


class TerritoiresConfig(AppConfig):
    name = "territoires"
    verbose_name = "Territoires, carte et agents"

    def ready(self):
        from echanges import registre
        from echanges.champs import tenir_propres
        from echanges.exports import temoins
        from echanges.listes.memoire import garder_par
        from territoires.listes.memoire import Memoire
        from territoires.recherche.declencheurs import VEILLE
        from territoires.resources import RESOURCES

        tenir_propres(self.get_models())
        for sujet in SUJETS:
            import_module(f"territoires.{sujet}.permissions")  # importing them registers the rules
        for sujet in AVEC_RECHERCHE:
            import_module(f"territoires.{sujet}.recherche")  # what it makes findable
        for sujet in AVEC_ENCARTS:
            import_module(f"territoires.{sujet}.encarts")
        from territoires.journal import exports
        from territoires.supprimes import corbeille

        temoins.inscrire(exports.dire)
        corbeille.veiller()
        import_module("territoires.acces.suivi")  # what signs in is told in the journal
        registre.inscrire(RESOURCES)
        garder_par(Memoire())
        VEILLE.tenir(self)
