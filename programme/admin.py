"""The screens of each subject: importing them registers them."""

import programme.comites.admin
import programme.contrats.admin
import programme.courriels.admin
import programme.fiches.admin
import programme.instruction.admin
import programme.partenaires.admin
import programme.pratiques.admin
import programme.rappels.admin
import programme.themes.admin  # noqa: F401
