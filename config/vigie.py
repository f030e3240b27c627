"""Errors told to Sentry, where a DSN is set: where it broke, never who asked nor what was typed.

Nothing is taken away that could be left out: an event is made anew from the few things named here,
so that what a later version of the library adds stays inside.
"""

import re

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

DE_L_EVENEMENT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment")
DE_L_ENDROIT = ("filename", "module", "function", "lineno", "in_app")
DE_LA_PAGE = ("method",)
# A path may hold a name or a key; its shape tells the page.
VARIABLE = re.compile(r"(?<=/)[^/]*[^a-z/-][^/]*(?=/|$)")


def brancher(dsn, environnement, **options):
    """Begin to tell; `options` are for tests, that give a transport of their own."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environnement,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        send_client_reports=False,
        auto_session_tracking=False,
        server_name="",
        before_send=epurer,
        before_send_transaction=lambda evenement, indice: None,
        before_breadcrumb=lambda miette, indice: None,
        default_integrations=False,
        integrations=[DjangoIntegration(), LoggingIntegration(level=None)],
        **options,
    )


def epurer(evenement, indice=None):
    """The event as it leaves: which exception, at which lines, on which kind of page."""
    epure = {nom: evenement[nom] for nom in DE_L_EVENEMENT if nom in evenement}
    if "exception" in evenement:
        exceptions = map(_exception, evenement["exception"].get("values", ()))
        epure["exception"] = {"values": list(exceptions)}
    if "logentry" in evenement:  # the sentence of the programme, without what it was filled with
        epure["logentry"] = {"message": evenement["logentry"].get("message", "")}
    if requete := evenement.get("request"):
        epure["request"] = {nom: requete[nom] for nom in DE_LA_PAGE if nom in requete}
    if "transaction" in evenement:
        epure["transaction"] = VARIABLE.sub("…", evenement["transaction"])
    return epure


def _exception(dite):
    """Its text may quote a row or a form: its kind and its lines are enough to find it."""
    lignes = (dite.get("stacktrace") or {}).get("frames", ())
    epures = [{nom: ligne[nom] for nom in DE_L_ENDROIT if nom in ligne} for ligne in lignes]
    gardes = {nom: dite[nom] for nom in ("type", "module", "mechanism") if nom in dite}
    if "mechanism" in gardes:
        gardes["mechanism"] = {
            nom: gardes["mechanism"][nom]
            for nom in ("type", "handled")
            if nom in gardes["mechanism"]
        }
    return gardes | {"stacktrace": {"frames": epures}}
