"""Pages by a signed cursor: it says where the next one starts, of this very question."""

from urllib.parse import urlencode

from django.core import signing
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

CURSEUR, TAILLE = "curseur", "taille"
PAR_DEFAUT, AU_PLUS = 100, 1000  # rows
FAUX = (
    "Ce curseur n’est pas de cette demande : il a été modifié, ou les filtres ou la clé ont "
    "changé. Reprenez depuis la première page."
)


class ParCurseur(BasePagination):
    """Rows in the order of their keys: none is missed nor seen twice while others come and go."""

    def paginate_queryset(self, queryset, request, view=None):
        self.request, taille = request, self._taille(request)
        if curseur := request.query_params.get(CURSEUR):
            queryset = queryset.filter(pk__gt=self._lire(curseur))
        pks = list(queryset.order_by("pk").values_list("pk", flat=True)[: taille + 1])
        self.suite = pks[taille - 1] if len(pks) > taille else None
        return pks[:taille]

    def get_paginated_response(self, data):
        return Response({"suivante": self._suivante(), "resultats": data})

    def _taille(self, request):
        texte = request.query_params.get(TAILLE, str(PAR_DEFAUT))
        taille = int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 6 else 0
        if not 1 <= taille <= AU_PLUS:
            raise ValidationError({TAILLE: [f"Donnez un nombre entre 1 et {AU_PLUS}."]})
        return taille

    def _question(self):
        """What a cursor belongs to: this table, these filters, this agent."""
        parametres = sorted(
            (nom, valeur)
            for nom, valeurs in self.request.query_params.lists()
            for valeur in valeurs
            if nom not in (CURSEUR, TAILLE)
        )
        return f"api {self.request.path} {self.request.user.pk} {urlencode(parametres)}"

    def _signature(self):
        """Without the hour: the same page is the same bytes, and its ETag with them."""
        return signing.Signer(salt=self._question())

    def _lire(self, curseur):
        try:
            return self._signature().unsign_object(curseur)
        except (signing.BadSignature, ValueError) as erreur:
            raise ValidationError({CURSEUR: [FAUX]}) from erreur

    def _suivante(self):
        if self.suite is None:
            return None
        parametres = self.request.query_params.copy()
        parametres[CURSEUR] = self._signature().sign_object(self.suite)
        return f"{self.request.build_absolute_uri(self.request.path)}?{parametres.urlencode()}"

    def get_schema_operation_parameters(self, view):
        return [
            {
                "name": CURSEUR,
                "in": "query",
                "required": False,
                "description": "Où commence la page : ce que dit « suivante ».",
                "schema": {"type": "string"},
            },
            {
                "name": TAILLE,
                "in": "query",
                "required": False,
                "description": "Lignes par page.",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": AU_PLUS,
                    "default": PAR_DEFAUT,
                },
            },
        ]

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["suivante", "resultats"],
            "properties": {
                "suivante": {"type": ["string", "null"], "format": "uri"},
                "resultats": schema,
            },
        }
