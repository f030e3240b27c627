"""The logins that the sign-in page of the demonstration shows, and no other page."""

from programme.demo.agents import AGENTS, MOT_DE_PASSE

IDENTIFIANTS = [(identifiant, MOT_DE_PASSE, nom) for identifiant, (nom, *_) in AGENTS.items()]
