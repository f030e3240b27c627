"""The guardian of the choices made in lists: rows of `FiltreEnregistre`."""

from territoires.listes.models import FiltreEnregistre

AU_PLUS = 30  # saved filters of one list: beyond, nobody finds one again


class Memoire:
    def de(self, agent, liste):
        """The last choice of this agent in this list, and its saved filters, by name."""
        return list(FiltreEnregistre.objects.for_user(agent).filter(liste=liste))

    def retenir(self, agent, liste, requete):
        siens = FiltreEnregistre.objects.for_user(agent)
        siens.update_or_create(
            liste=liste,
            nom="",
            defaults={"requete": requete},
            create_defaults={
                "agent": agent,
                "requete": requete,
            },
        )
