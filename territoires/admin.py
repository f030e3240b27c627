"""The screens of each subject: importing them registers them."""

import territoires.agents.admin
import territoires.editions.admin
import territoires.geographie.admin
import territoires.preparation.admin  # noqa: F401
