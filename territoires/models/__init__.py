"""Where Django looks for the models of the app; import them from their subject."""

import territoires.acces.models
import territoires.agents.models
import territoires.carte.models
import territoires.editions.models
import territoires.geographie.models
import territoires.journal.models
import territoires.liens.models
import territoires.listes.models
import territoires.mandats.models
import territoires.recherche.models  # noqa: F401
