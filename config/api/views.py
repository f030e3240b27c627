"""One view a table, made from its declaration: a list by pages, and one row by its key."""

from hashlib import sha1

from django.http import Http404, HttpResponseNotModified
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import NotAuthenticated, PermissionDenied, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from config.api.filtres import filtres_de
from config.api.pages import CURSEUR, TAILLE, ParCurseur
from config.api.schema import Erreur, serializer_de
from config.api.tables import Table, noms
from territoires.conservation import est_connue

EXPOSES = "ETag, Retry-After"
DE_LA_304 = ("Cache-Control", "ETag", "Vary")
A_TOUS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSES,
}
PREALABLE = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
REFUS = {
    400: OpenApiResponse(Erreur, "Filtre ou curseur inconnu, mal écrit ou modifié"),
    401: OpenApiResponse(Erreur, "Clé attendue, inconnue ou révoquée"),
    429: OpenApiResponse(Erreur, "Trop de demandes"),
}
INTERDIT = {403: OpenApiResponse(Erreur, "Table que l’agent de cette clé ne lit pas")}


class Ouverte:
    """Read from any site; nothing that a key opens is kept by anybody."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        """304 to who holds the same answer already."""
        reponse = super().dispatch(request, *args, **kwargs)
        if request.method == "OPTIONS" or reponse.status_code != 200:
            return reponse
        reponse.render()
        condense = sha1(reponse.content, usedforsecurity=False).hexdigest()
        reponse["ETag"] = f'W/"{condense}"'
        if not est_connue(request, reponse.headers):
            return reponse
        gardes = {nom: v for nom, v in reponse.headers.items() if nom in (*A_TOUS, *DE_LA_304)}
        return HttpResponseNotModified(headers=gardes)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for nom, valeur in A_TOUS.items():
            response[nom] = valeur
        a_quelqu_un = "Authorization" in request.headers
        response["Cache-Control"] = "private, no-cache" if a_quelqu_un else "public, no-cache"
        response["Vary"] = "Authorization, Accept-Encoding"
        return response

    def options(self, request, *args, **kwargs):
        return Response(status=204, headers=PREALABLE)


class DeLaTable(Ouverte, GenericAPIView):
    """`nom` is that of the table."""

    nom = ""
    pagination_class = ParCurseur

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "OPTIONS":  # a browser asks it without the key
            return
        agent = request.user if request.auth else None
        self.table = Table(self.nom, agent)
        if not self.table.est_publique and agent is None:
            raise NotAuthenticated("Cette table se lit avec une clé.")
        if not self.table.est_publique and not self.table.est_a_l_agent:
            raise PermissionDenied("L’agent de cette clé ne lit pas cette table.")

    def get_queryset(self):
        return self.table.rangees()

    def _refuser_l_inconnu(self, *connus):
        inconnus = [nom for nom in self.request.query_params if nom not in connus]
        if inconnus:
            admis = ", ".join(sorted(connus)) or "aucun"
            phrase = f"Paramètre inconnu. Ceux d’ici : {admis}."
            raise ValidationError({nom: [phrase] for nom in inconnus})


class ListeDeLaTable(DeLaTable):
    def get(self, request):
        classe = self.filterset_class
        self._refuser_l_inconnu(*classe.base_filters, CURSEUR, TAILLE)
        filtres = classe(request.query_params, self.get_queryset(), request=request)
        if not filtres.is_valid():
            raise ValidationError(
                {nom: [str(erreur) for erreur in liste] for nom, liste in filtres.errors.items()}
            )
        pks = self.paginate_queryset(filtres.qs)
        return self.get_paginated_response(self.table.lire(pks))


class LigneDeLaTable(DeLaTable):
    pagination_class = None

    def get(self, request, cle):
        self._refuser_l_inconnu()
        _, chemin = self.table.cle()
        try:
            pks = list(self.get_queryset().filter(**{chemin: cle}).values_list("pk", flat=True)[:1])
        except ValueError as erreur:
            raise Http404 from erreur
        lues = self.table.lire(pks)
        if not lues:
            raise Http404
        return Response(lues[0])


class Introuvable(Ouverte, APIView):
    """Any other address under the API: said as JSON too."""

    @extend_schema(exclude=True)
    def get(self, request, reste):
        raise Http404("Cette adresse n’existe pas. La liste des tables est à /api/v1/.")


class Description(Ouverte, SpectacularJSONAPIView):
    """OpenAPI, kept whole as the public pages are: it takes a second to write."""


class Sommaire(Ouverte, APIView):
    """The tables, with their addresses."""

    @extend_schema(exclude=True)
    def get(self, request):
        racine = request.build_absolute_uri(request.path)
        return Response(
            {
                "schema": f"{racine}schema/",
                "tables": {
                    nom: {"titre": table.titre, "adresse": f"{racine}{nom}/"}
                    for nom in noms()
                    for table in [Table(nom)]
                    if table.est_publique
                },
            }
        )


def vues_de(nom):
    """(view of the list, view of one row or None) of this table."""
    table, serializer = Table(nom), serializer_de(nom)
    attributs = {
        "nom": nom,
        "serializer_class": serializer,
        "queryset": table.resource.modele._default_manager.none(),
    }
    refus = REFUS | ({} if table.est_publique else INTERDIT)
    liste = type(
        f"Liste_{nom}", (ListeDeLaTable,), attributs | {"filterset_class": filtres_de(nom)}
    )
    decrite = extend_schema(
        operation_id=f"lister_{nom}",
        summary=table.titre,
        description=table.contenu,
        tags=["Publiques" if table.est_publique else "Avec une clé"],
        responses={200: serializer(many=True), **refus},
        filters=True,
    )
    liste.get = decrite(lambda vue, request: ListeDeLaTable.get(vue, request))
    if table.cle() is None:
        return liste.as_view(), None
    ligne = type(f"Ligne_{nom}", (LigneDeLaTable,), attributs)
    decrite = extend_schema(
        operation_id=f"lire_{nom}",
        summary=f"{table.titre} : une ligne",
        tags=["Publiques" if table.est_publique else "Avec une clé"],
        parameters=[OpenApiParameter("cle", str, "path", description=table.cle()[0])],
        responses={
            200: serializer,
            404: OpenApiResponse(Erreur, "Cela n’existe pas, ou n’est pas public"),
            **refus,
        },
    )
    ligne.get = decrite(lambda vue, request, cle: LigneDeLaTable.get(vue, request, cle))
    return liste.as_view(), ligne.as_view()
