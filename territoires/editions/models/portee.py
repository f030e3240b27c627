"""Who follows a territoire without working for it: the services of the État, by their area."""

from django.db.models import Q

from territoires.geographie.models import Commune, Departement, Intercommunalite, ReferenceQuerySet


class PorteeQuerySet(ReferenceQuerySet):
    def suivis_par(self, user):
        """Those for which this user works, or that it follows for the État: theirs to read of."""
        if aire := getattr(user, "aire_de_l_etat", None):
            return self.de_l_etat(**aire)
        return self.du_perimetre(user)

    def de_l_etat(self, *, regions, departements):
        """Territoires that touch one of these régions or départements, each once."""
        touches = self.model.objects.filter(
            Q(perimetre_courant__regions__in=regions)
            | Q(perimetre_courant__membres__commune__departement__in=departements)
            | Q(perimetre_courant__membres__intercommunalite__in=_presentes(departements))
        )
        return self.filter(pk__in=touches.order_by().values("pk"))


def _presentes(departements):
    """Keys of the intercommunalités with their seat or a commune in one of these départements."""
    communes = Commune.objects.filter(departement__in=departements).order_by()
    return (
        Intercommunalite.objects.filter(
            Q(departement__in=departements)
            | Q(pk__in=communes.values("intercommunalite"))
            | Q(pk__in=communes.values("ept"))
        )
        .order_by()
        .values("pk")
    )


def departements_de(perimetre):
    """The départements that the members of a périmètre touch, in whole or in part."""
    siennes = perimetre.membres.exclude(intercommunalite=None).values("intercommunalite")
    communes = Commune.objects.filter(
        Q(membres__perimetre=perimetre) | Q(intercommunalite__in=siennes) | Q(ept__in=siennes)
    )
    return Departement.objects.filter(
        Q(intercommunalites__in=siennes) | Q(pk__in=communes.order_by().values("departement"))
    )
