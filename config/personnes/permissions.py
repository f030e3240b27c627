"""Who tells a person what is held on it, and who takes it away: those who keep the accounts."""

import rules

from territoires.agents.permissions import autre_que_soi, ecrit_les_comptes

rules.add_perm("personnes.lire", ecrit_les_comptes)
rules.add_perm("personnes.anonymiser", ecrit_les_comptes & autre_que_soi)
