"""Who may write the links of a territoire with other programmes: those who work for it."""

import rules

from territoires.mandats.permissions import ecrit_des_mandats, mandat_de_son_territoire
from territoires.permissions import est_delegation

for verbe in ("view", "add", "change", "delete"):
    rules.add_perm(
        f"territoires.{verbe}_lienprogramme", ecrit_des_mandats & mandat_de_son_territoire
    )
rules.add_perm("territoires.exporter_lienprogramme", ecrit_des_mandats)
rules.add_perm("territoires.importer_lienprogramme", est_delegation)
