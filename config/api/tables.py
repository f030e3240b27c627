"""What the API gives: the tables of the files, with the columns and the rows of who asks."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from config.jeux_de_donnees import JEUX
from echanges.exports.extraction import Extraction
from echanges.registre import resources

# Who takes these away says again who it is: a key, that lasts, does not open them.
PERSONNELLES = frozenset({"agents"})


def noms():
    """The names of the tables that the API has, in the order of the files."""
    return [nom for nom in resources() if nom not in PERSONNELLES]


@dataclass
class Table:
    """One resource, asked by an agent who has a key, or by anybody for None."""

    nom: str
    agent: object = None

    @cached_property
    def resource(self):
        return resources()[self.nom](agent=self.agent)

    @property
    def est_publique(self):
        return self.nom in JEUX

    @property
    def publiques(self):
        """The headers that anybody reads."""
        return JEUX[self.nom].colonnes if self.est_publique else ()

    @property
    def titre(self):
        return JEUX[self.nom].titre if self.est_publique else capfirst(self.resource.titre())

    @property
    def contenu(self):
        return JEUX[self.nom].contenu if self.est_publique else "Avec une clé seulement."

    @cached_property
    def est_a_l_agent(self):
        """Whether the files of the agents give some of it to this one."""
        return self.agent is not None and self.resource.peut("exporter")

    def rangees(self):
        """The public rows, and with a key those of its agent."""
        tout = self.resource.modele._default_manager.order_by()
        publiques = tout.du_public() if self.est_publique else tout.none()
        if not self.est_a_l_agent:
            return publiques
        siennes = self.resource.visibles()
        return tout.filter(Q(pk__in=publiques.values("pk")) | Q(pk__in=siennes.values("pk")))

    def lire(self, pks):
        """[{header: value}] of these rows in this order: every column of those of the agent."""
        siens = set()
        if self.est_a_l_agent:
            siens = set(self.resource.visibles().filter(pk__in=pks).values_list("pk", flat=True))
        colonnes = None if siens else self.publiques
        # Which rows they are was decided by `rangees`, and what of each by the columns.
        extraction = Extraction(resources()[self.nom](), colonnes=colonnes)
        lues = extraction.par_cle(pks)
        return [
            {
                entete: _en_json(valeur)
                for entete, valeur in zip(extraction.entetes, lues[pk], strict=True)
                if pk in siens or entete in self.publiques
            }
            for pk in pks
            if pk in lues
        ]

    def cle(self):
        """(header, path) of the only column that names a row; None when it takes several."""
        colonnes = self.resource.cles
        if len(colonnes) != 1 or len(colonnes[0].entetes) != 1:
            return None
        return colonnes[0].entetes[0], colonnes[0].chemins[0]


def _en_json(valeur):
    """A value as JSON has it: numbers are numbers, moments say their zone."""
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
    if isinstance(valeur, datetime.datetime):
        return timezone.localtime(valeur).isoformat()
    if isinstance(valeur, datetime.date | datetime.time):
        return valeur.isoformat()
    return list(valeur) if isinstance(valeur, list | tuple) else valeur
