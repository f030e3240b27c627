from importlib import import_module

from django.apps import AppConfig

SUJETS = ("acces", "agents", "editions", "geographie", "journal", "supprimes")


class TerritoiresConfig(AppConfig):
    name = "territoires"
    verbose_name = "Territoires, carte et agents"

    def ready(self):
        from echanges import registre
        from echanges.champs import tenir_propres
        from echanges.exports import temoins
        from territoires.resources import RESOURCES

        tenir_propres(self.get_models())
        for sujet in SUJETS:
            import_module(f"territoires.{sujet}.permissions")  # importing them registers the rules
        from territoires.journal import exports
        from territoires.supprimes import corbeille

        temoins.inscrire(exports.dire)
        corbeille.veiller()
        import_module("territoires.acces.suivi")  # what signs in is told in the journal
        registre.inscrire(RESOURCES)
