"""The history of a row as a person reads it: who, when, what before and what after."""

from django.contrib.admin.utils import display_for_field
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

VIDE = "(vide)"
GESTES = {"+": "Création", "~": "Modification", "-": "Suppression"}
# Follow from the rest, or say nothing to a person.
TUS = {"version", "updated_at", "recherche", "dernier_envoi", "population"}


class HistoriqueLisible:
    """Mixin of a ModelAdmin whose model keeps its history."""

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        objet = self.get_object(request, object_id)
        if objet is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, objet):
            raise PermissionDenied
        contexte = self.admin_site.each_context(request) | {
            "title": f"Historique : {objet}",
            "opts": self.opts,
            "original": objet,
            "etapes": etapes(objet),
        }
        return TemplateResponse(request, "admin/historique.html", contexte)


def etapes(objet):
    """The changes of a row, latest first: who, when, what, [(label, before, after)]."""
    lignes = list(objet.history.select_related("history_user"))
    suite = []
    for ligne, precedente in zip(lignes, [*lignes[1:], None], strict=True):
        changements = _changements(objet, ligne, precedente) if precedente else []
        if precedente and not changements and not ligne.history_change_reason:
            continue
        suite.append(
            {
                "qui": ligne.history_user or "le système",
                "quand": ligne.history_date,
                "geste": GESTES[ligne.history_type],
                "raison": ligne.history_change_reason,
                "changements": changements,
            }
        )
    return suite


def _changements(objet, ligne, precedente):
    ecart = ligne.diff_against(precedente, foreign_keys_are_objs=True)
    return [
        (
            objet._meta.get_field(changement.field).verbose_name,
            _en_clair(objet, changement.field, changement.old),
            _en_clair(objet, changement.field, changement.new),
        )
        for changement in ecart.changes
        if changement.field not in TUS
    ]


def _en_clair(objet, nom, valeur):
    champ = objet._meta.get_field(nom)
    if champ.many_to_many:
        autre = champ.m2m_reverse_field_name()
        return ", ".join(str(lien[autre]) for lien in valeur) or VIDE
    if champ.is_relation:
        return str(valeur) if valeur else VIDE
    return display_for_field(valeur, champ, VIDE) or VIDE
