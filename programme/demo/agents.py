"""The agents who sign in to the demonstration, around Lacq – Pau – Tarbes: each kind of them."""

from django.contrib.auth.hashers import make_password

from programme.demo import MARQUE
from programme.partenaires.models import Partenaire
from territoires.agents.models import Agent

MOT_DE_PASSE = "demonstration"
# login: (first name, level, codes of its régions, SIREN of its intercommunalités)
AGENTS = {
    "delegation": ("Délégation", "delegation", [], []),
    "region-nouvelle-aquitaine": ("Région Nouvelle-Aquitaine", "region", ["75"], []),
    "region-occitanie": ("Région Occitanie", "region", ["76"], []),
    "cc-lacq-orthez": ("CC de Lacq-Orthez", "intercommunalite", [], ["200039204"]),
    "ca-pau-bearn-pyrenees": ("CA Pau Béarn Pyrénées", "intercommunalite", [], ["200067254"]),
    "ca-tarbes-lourdes-pyrenees": (
        "CA Tarbes-Lourdes-Pyrénées",
        "intercommunalite",
        [],
        ["200069300"],
    ),
    "prefecture-pyrenees-atlantiques": ("Préfecture des Pyrénées-Atlantiques", "etat", [], []),
    "dreets-occitanie": ("DREETS Occitanie", "etat", ["76"], []),
    "banque-des-territoires": ("Banque des Territoires", "operateur", [], []),
    "bpifrance": ("Bpifrance", "operateur", [], []),
}
DEPARTEMENTS = {"prefecture-pyrenees-atlantiques": ["64"]}
# The login of an opérateur is the identifiant of its partenaire.
OPERATEURS = [login for login, (_, niveau, *_) in AGENTS.items() if niveau == "operateur"]


def creer_agents():
    """The agents by login; those that stand already are left as they are."""
    # One password for all: hashed once, it is what takes long on purpose.
    mot_de_passe = make_password(MOT_DE_PASSE)
    lignes = Partenaire.objects.filter(identifiant__in=OPERATEURS)
    partenaires = {ligne.identifiant: ligne for ligne in lignes}
    for identifiant, (nom, niveau, regions, sirens) in AGENTS.items():
        agent, nouveau = Agent.objects.get_or_create(
            username=identifiant,
            defaults={
                "first_name": nom,
                "last_name": MARQUE,
                "email": f"{identifiant}@exemple.invalid",
                "niveau": niveau,
                "is_staff": True,
                "partenaire": partenaires.get(identifiant),
            },
        )
        if nouveau:
            agent.password = mot_de_passe
            agent.save(update_fields=["password"])
            agent.regions.set(regions)
            agent.departements.set(DEPARTEMENTS.get(identifiant, []))
            agent.intercommunalites.set(sirens)
    return {agent.username: agent for agent in Agent.objects.filter(username__in=AGENTS)}
