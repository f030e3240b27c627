"""What goes in and out as CSV: geography, editions, périmètres, agents."""

from echanges.resources import Resource
from territoires.agents.models import Agent


class AgentResource(Resource):
    class Meta:
        model = Agent
        nom = "agents"
        exemples = {"username": "prenom.nom"}
        fields = ["username", "first_name", "last_name", "email", "is_active", "niveau"]
        fields += ["regions", "departements", "intercommunalites", "partenaire"]
        import_id_fields = ["username"]
        laisses = {
            "id": "clé interne",
            "password": "un mot de passe ne voyage pas dans un fichier",
            "last_login": "trace de connexion",
            "invite_le": "trace technique",
            "date_joined": "trace technique",
            "is_staff": "ouvert à tout agent qui a un niveau",
            "is_superuser": "réservé au terminal",
            "groups": "les droits suivent le périmètre, pas des groupes",
            "user_permissions": "les droits suivent le périmètre, pas des cases à cocher",
        }

    def verrou(self, objet, plan):
        if objet.is_superuser and not self.chargement:
            return "username", objet.username, "ce compte ne se modifie que depuis le terminal"
        return None

    def deja_servi(self, objet):
        if objet.last_login or objet.has_usable_password():
            return "username", objet.username, "ce compte a déjà servi"
        return None

    def completer(self, objet, creation):
        if creation:
            objet.set_unusable_password()
            objet.is_staff = True
