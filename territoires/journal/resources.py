"""The journal as a file: it goes out and never comes in."""

from echanges.resources import Resource
from territoires.journal.models import LigneDuJournal


class JournalResource(Resource):
    class Meta:
        model = LigneDuJournal
        nom = "journal"
        fields = ["id", "le", "acte", "nom", "objet", "detail", "rangees", "adresse"]
        import_id_fields = ["id"]
        exemples = {"id": "1"}
        laisses = {"agent": "clé interne : son nom est dans « nom »"}
