"""Where Django looks for the models of the app; import them from their subject."""

import programme.comites.models
import programme.contrats.models
import programme.courriels.models
import programme.fiches.models
import programme.instruction.models
import programme.partenaires.models
import programme.pilotage.models
import programme.pratiques.models
import programme.rappels.models
import programme.themes.models  # noqa: F401
