"""Nothing is deleted that somebody changed since the page that asked to confirm."""

import hashlib
import re

from django.contrib import messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db import connection, transaction
from django.forms.models import _get_foreign_key
from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.safestring import SafeData, mark_safe

from echanges.listes.actes import AU_PLUS, resume
from territoires.grave import a_confirmer
from territoires.historique import dernier_a_ecrire
from territoires.journal.ecriture import Acte, noter
from territoires.saisie.etat import etat, lire, signer
from territoires.saisie.rapprochement import Rapprochement, tenir, vierges

EN_MASSE = 10  # rows
LIEN = re.compile(r"Relations? \w+-\w+: ")  # a row of a table of links, which no model is


class DitCeQuiDisparait:
    """Mixin of a ModelAdmin: what goes with a row is told in French."""

    def get_deleted_objects(self, objs, request):
        """As the library finds them, in French: « Séance : … », and no row of a table of links."""
        disparus, comptes, interdits, gardiens = super().get_deleted_objects(objs, request)
        return _en_francais(disparus), comptes, interdits, _en_francais(gardiens)


class SuppressionDite(DitCeQuiDisparait):
    """Mixin of a ModelAdmin: what it asks to delete is what it showed."""

    @transaction.atomic
    def delete_view(self, request, object_id, extra_context=None):
        if request.method == "POST":
            objet = tenir(self, request, object_id)
        else:
            objet = self.get_object(request, unquote(object_id))
        contexte = {}
        if objet is not None and self.has_delete_permission(request, objet):
            present = etat(*vierges(self, request, objet))
            qui, quand = dernier_a_ecrire(self.model, objet.pk)
            contexte = {"lu": signer(present), "dernier": {"qui": qui, "quand": quand}}
            lu = lire(request.POST.get("lu")) if request.POST else present
            if any(lu[cle] != present[cle] for cle in present):
                request.POST = QueryDict()  # the page once more, with what has changed
                contexte["rapprochement"] = Rapprochement(
                    self, request, objet, lire(None) | lu, relu=True
                )
        return super().delete_view(request, object_id, contexte | (extra_context or {}))

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            _, *reste = actions["delete_selected"]
            actions["delete_selected"] = (supprimer_le_choix, *reste)
        return actions

    def delete_model(self, request, obj):
        noter(Acte.SUPPRESSION, request=request, objet=f"{obj} ({self.opts.verbose_name})")
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        noms = [str(objet) for objet in queryset]
        noter(
            Acte.SUPPRESSION,
            request=request,
            objet=str(self.opts.verbose_name_plural),
            detail="\n".join(noms),
            rangees=len(noms),
        )
        super().delete_queryset(request, queryset)


NOM = re.compile(r"^([^:<]+): ")


def _en_francais(textes):
    """The same nested list, a narrow space before the colon after the name of the model."""
    suite = []
    for texte in textes:
        if isinstance(texte, list):
            suite.append(_en_francais(texte))
        elif not LIEN.match(str(texte)):
            dit = NOM.sub("\\1\u202f: ", str(texte))
            suite.append(mark_safe(dit) if isinstance(texte, SafeData) else dit)
    return suite


@transaction.atomic
def supprimer_le_choix(modele_admin, request, queryset):
    """The action « supprimer » of a list; what has changed since it asked is named first."""
    if queryset.count() >= EN_MASSE and (reponse := a_confirmer(request, retour=request.path)):
        return reponse
    if connection.features.has_select_for_update and "post" in request.POST:
        list(modele_admin.model._base_manager.select_for_update().filter(pk__in=queryset))
    queryset, ecartees = supprimables(modele_admin, request, queryset)
    presents = empreintes(modele_admin, queryset)
    if "post" in request.POST:
        lus = lire(request.POST.get("lu")).get("empreintes", {})
        changes = [cle for cle, empreinte in presents.items() if lus.get(cle) != empreinte]
        if changes:
            request.POST = request.POST.copy()
            del request.POST["post"]
            for objet in queryset.filter(pk__in=changes[:20]):
                modele_admin.message_user(request, _change(objet), messages.WARNING)
    reponse = delete_selected(modele_admin, request, queryset)
    if reponse is not None:
        reponse.context_data |= {
            "lu": signer({"empreintes": presents}),
            "resume": resume(len(queryset), len(ecartees)) if queryset else "",
            "ecartees": [(str(ligne), raison) for ligne, raison in ecartees],
        }
    return reponse


def supprimables(modele_admin, request, queryset):
    """(rows that may go, [(row, why it stays)]); all of them or none when they are too many."""
    _, _, droits, tenus = modele_admin.get_deleted_objects(queryset, request)
    lignes = list(queryset[: AU_PLUS + 1])
    if not (droits or tenus) or len(lignes) > AU_PLUS:
        return queryset, []
    ecartees = []
    for ligne in lignes:
        _, _, droits, tenus = modele_admin.get_deleted_objects([ligne], request)
        if tenus:
            noms = ", ".join(strip_tags(str(tenu)) for tenu in tenus[:3])
            ecartees.append((ligne, f"en dépend encore : {noms}"))
        elif droits:
            noms = ", ".join(sorted(str(droit) for droit in droits))
            ecartees.append((ligne, f"vous n’avez pas le droit de supprimer : {noms}"))
    restent = [ligne.pk for ligne, _ in ecartees]
    return queryset.exclude(pk__in=restent), ecartees


def _change(objet):
    qui, _ = dernier_a_ecrire(type(objet), objet.pk)
    return (
        f"« {objet} » a changé depuis que vous l’avez choisi ({qui or 'un import'}). Rien n’est "
        "supprimé : relisez, puis confirmez."
    )


def empreintes(modele_admin, lignes):
    """{key: digest of all that is stored of the row and of its tables}"""
    cles = lignes.order_by().values("pk")
    resumes = {}
    modeles = [(modele_admin.model, modele_admin.model._meta.pk)]
    for inline in modele_admin.inlines:
        lien = _get_foreign_key(modele_admin.model, inline.model, inline.fk_name)
        modeles.append((inline.model, lien))
    for modele, lien in modeles:
        siennes = modele._base_manager.filter(**{f"{lien.name}__in": cles}).order_by("pk")
        for cle, *valeurs in siennes.values_list(lien.attname, *_colonnes(modele)):
            resume = resumes.setdefault(str(cle), hashlib.sha256())
            resume.update(repr((modele._meta.label, valeurs)).encode())
    return {cle: resume.hexdigest() for cle, resume in resumes.items()}


def _colonnes(modele):
    return [champ.attname for champ in modele._meta.concrete_fields]
