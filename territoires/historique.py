"""The history of a row as a person reads it: who, when, what before and what after."""

from functools import cache
from pathlib import PurePath

from django.contrib.admin.utils import display_for_field
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import BooleanField, DecimalField, FileField, Model
from django.forms.models import _get_foreign_key
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from territoires.nombres import nombre
from territoires.permissions import lisibles

VIDE = "(vide)"
RESERVE = "(hors de votre périmètre)"
GESTES = {"+": "Création", "~": "Modification", "-": "Suppression"}
# Follow from the rest, or say nothing to a person.
TUS = {"version", "updated_at", "recherche", "dernier_envoi", "population"}


class HistoriqueLisible:
    """Mixin of a ModelAdmin whose model keeps its history, and whose tables keep theirs."""

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        objet = self.get_object(request, object_id)
        if objet is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, objet):
            raise PermissionDenied
        lisible, ouverte = lisible_par(request.user), self.histoire_ouverte(request, objet)
        contexte = self.admin_site.each_context(request) | {
            "title": f"Historique : {objet}",
            "opts": self.opts,
            "original": objet,
            "etapes": sorted(
                (
                    etape
                    for etape in [
                        *_sans(self.champs_tus(request), objet, self.ses_etapes(objet, lisible)),
                        *self.etapes_liees(objet, lisible),
                    ]
                    if ouverte is None or ouverte(etape["quand"])
                ),
                key=lambda etape: etape["quand"],
                reverse=True,
            ),
        }
        return TemplateResponse(request, "admin/historique.html", contexte)

    def histoire_ouverte(self, request, objet):
        """A function that says of which moments this person reads; None for all of them."""
        return

    def champs_tus(self, request):
        """Fields of the row that this person does not read: their changes are not told."""
        return ()

    def ses_etapes(self, objet, lisible):
        return etapes(objet, lisible)

    def etapes_liees(self, objet, lisible):
        """What was done to what hangs on this row, in the form of `etapes`."""
        return [
            etape
            for inline in self.inlines
            for lien in [_get_foreign_key(self.model, inline.model, inline.fk_name)]
            for etape in etapes_des_lignes(inline.model, lien.name, objet, lisible)
        ]


def lisible_par(user):
    """A function that says whether this person may read of another object, each asked once."""

    @cache
    def lisible(objet):
        return lisibles(type(objet), user).filter(pk=objet.pk).exists()

    return lisible


def etapes(objet, lisible):
    """The changes of a row, latest first: who, when, what, [(label, before, after)]."""
    lignes = list(objet.history.select_related("history_user"))
    suite = []
    for ligne, precedente in zip(lignes, [*lignes[1:], None], strict=True):
        changements = _changements(objet, ligne, precedente, lisible) if precedente else []
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


def _sans(champs, objet, etapes):
    """The same without the changes of these fields, nor the steps that changed nothing else."""
    tus = {objet._meta.get_field(nom).verbose_name for nom in champs}
    for etape in etapes:
        dits = [dit for dit in etape["changements"] if dit[0] not in tus]
        if dits or not etape["changements"]:
            yield etape | {"changements": dits}


def telle_que(ligne):
    """The row as this line of its history keeps it, without what the history leaves out."""
    suivis = [champ.attname for champ in ligne.tracked_fields]
    return ligne.instance_type(**{nom: getattr(ligne, nom) for nom in suivis})


def etapes_des_lignes(modele, lien, parent, lisible):
    """The changes of the lines that hang on a row by this relation, deleted ones included."""
    precedentes, suite = {}, []
    lignes = modele.history.filter(**{lien: parent}).select_related("history_user")
    for ligne in lignes.order_by("history_date", "history_id"):
        cle = getattr(ligne, modele._meta.pk.attname)
        precedente = precedentes.get(cle)
        precedentes[cle] = ligne
        if ligne.history_type == "~" and precedente:
            changements = _changements(modele, ligne, precedente, lisible)
            if not changements:
                continue
        else:
            changements = valeurs(modele, lien, ligne, lisible)
        suite.append(
            {
                "qui": ligne.history_user or "le système",
                "quand": ligne.history_date,
                "geste": f"{GESTES[ligne.history_type]}\u202f: {modele._meta.verbose_name} "
                f"«\u202f{_nom(modele, ligne, lisible)}\u202f»",
                "raison": ligne.history_change_reason,
                "changements": changements,
            }
        )
    return suite


def _nom(modele, ligne, lisible):
    """The line in words, unless they may be those of an object that is not this person's."""
    autres = [
        _lu(ligne, champ)
        for champ in modele.history.model.tracked_fields
        if champ.is_relation and getattr(ligne, champ.attname) is not None
    ]
    return telle_que(ligne) if all(_se_lit(autre, lisible) for autre in autres) else RESERVE


def _se_lit(valeur, lisible):
    # Who did a thing is told on every line.
    return not isinstance(valeur, Model) or isinstance(valeur, get_user_model()) or lisible(valeur)


def valeurs(modele, lien, ligne, lisible):
    """All that stands in a line, as what it becomes or as what is no more."""
    valeurs = [
        (champ.verbose_name, _en_clair(modele, champ.name, _lu(ligne, champ), lisible))
        for champ in modele.history.model.tracked_fields
        if not champ.primary_key and champ.name not in {lien, *TUS}
    ]
    if ligne.history_type == "-":
        return [(nom, valeur, VIDE) for nom, valeur in valeurs if valeur != VIDE]
    return [(nom, VIDE, valeur) for nom, valeur in valeurs if valeur != VIDE]


def _lu(ligne, champ):
    """What stands there; its key alone when the object is no more."""
    try:
        return getattr(ligne, champ.name)
    except ObjectDoesNotExist:
        return f"objet supprimé ({getattr(ligne, champ.attname)})"


def _changements(objet, ligne, precedente, lisible):
    ecart = ligne.diff_against(precedente, foreign_keys_are_objs=True)
    return [
        (
            objet._meta.get_field(changement.field).verbose_name,
            _en_clair(objet, changement.field, changement.old, lisible),
            _en_clair(objet, changement.field, changement.new, lisible),
        )
        for changement in ecart.changes
        if changement.field not in TUS
    ]


def _en_clair(objet, nom, valeur, lisible):
    champ = objet._meta.get_field(nom)
    if champ.many_to_many:
        autre = champ.m2m_reverse_field_name()
        lus = [lien[autre] for lien in valeur]
        return ", ".join(str(lu) if _se_lit(lu, lisible) else RESERVE for lu in lus) or VIDE
    if champ.is_relation:
        return (str(valeur) if _se_lit(valeur, lisible) else RESERVE) if valeur else VIDE
    if isinstance(champ, BooleanField) and valeur is not None:
        return "oui" if valeur else "non"  # the admin would draw an icon
    if isinstance(champ, DecimalField) and valeur is not None:
        return nombre(valeur)
    if isinstance(champ, FileField):
        # History keeps the name alone; the file is read where its rights are checked.
        return PurePath(str(valeur)).name or VIDE
    return display_for_field(valeur, champ, VIDE) or VIDE


def dernier_a_ecrire(modele, cle, nom=None):
    """(who, when) gave this field of this row its present value, or changed the row last."""
    if not hasattr(modele, "history"):
        return None, None
    lignes = modele.history.filter(**{modele._meta.pk.name: cle}).select_related("history_user")
    lignes = list(lignes.order_by("-history_date", "-history_id")[:50])
    if not lignes:
        return None, None
    suivis = {champ.name: champ.attname for champ in modele.history.model.tracked_fields}
    auteur = lignes[0]
    if nom in suivis and auteur.history_type != "-":
        valeur = getattr(auteur, suivis[nom])
        for ligne in lignes[1:]:
            if getattr(ligne, suivis[nom]) != valeur:
                break
            auteur = ligne
    return auteur.history_user, auteur.history_date


def disparition(modele, cle):
    """(who, when) deleted the row of this key; None when nothing says so."""
    try:
        qui, quand = dernier_a_ecrire(modele, modele._meta.pk.to_python(cle))
    except ValidationError:
        return None
    return {"qui": qui, "quand": quand} if quand else None
