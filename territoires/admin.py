"""The screens of each subject: importing them registers them."""

import territoires.acces.admin
import territoires.agents.admin
import territoires.editions.admin
import territoires.geographie.admin
import territoires.journal.admin
import territoires.liens.admin
import territoires.mandats.admin
import territoires.preparation.admin
import territoires.profils.admin  # noqa: F401
