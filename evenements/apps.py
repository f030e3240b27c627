from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Assemblées"

    def ready(self):
        from echanges import registre
        from echanges.champs import tenir_propres
        from evenements import encarts, permissions, recherche  # noqa: F401  importing them registers
        from evenements.editorial import recherche as textes  # noqa: F401
        from evenements.resources import RESOURCES

        tenir_propres(self.get_models())
        registre.inscrire(RESOURCES)
