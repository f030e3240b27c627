"""What OpenAPI says of each table, from the declaration of its columns."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers

from config.api.tables import Table
from echanges.colonnes.schemas import decrire
from echanges.colonnes.valeurs import Date, Entier, Instant, Json, Nombre, OuiNon

CHAMPS = (
    (Instant, serializers.DateTimeField),
    (Date, serializers.DateField),
    (Entier, serializers.IntegerField),
    (Nombre, serializers.FloatField),
    (OuiNon, serializers.BooleanField),
    (Json, serializers.JSONField),
)


class Erreur(serializers.Serializer):
    """What is said of a demand that is refused."""

    code = serializers.CharField()
    message = serializers.CharField()
    champs = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class Cle(OpenApiAuthenticationExtension):
    target_class = "config.api.acces.ParCle"
    name = "cle"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Une clé de la page « Mes clés d’API » d’un agent.",
        }


def serializer_de(nom):
    """A class that describes the rows of this table: those of all, then those of agents."""
    table = Table(nom)
    champs = {d.nom: _champ(d, d.nom in table.publiques) for d in decrire(table.resource)}
    return type("".join(mot.title() for mot in nom.split("_")), (serializers.Serializer,), champs)


def _champ(description, publique):
    phrases = [description.libelle, description.format, description.aide]
    if not publique:
        phrases.append("Avec une clé, pour les lignes de son périmètre")
    options = {
        "required": publique,
        "allow_null": True,
        "help_text": ". ".join(phrase.rstrip(".") for phrase in phrases if phrase) + ".",
    }
    if description.valeur is None:  # several keys
        return serializers.ListField(child=serializers.CharField(), **options)
    classe = next((c for genre, c in CHAMPS if isinstance(description.valeur, genre)), None)
    return (classe or serializers.CharField)(**options)
