"""Several people on one form: the second to save sees what the first one changed, and chooses."""

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.template.response import TemplateResponse

from territoires.historique import disparition
from territoires.permissions import choix
from territoires.saisie.etat import etat, lire, signer
from territoires.saisie.rapprochement import Rapprochement, tenir, vierges


class ADeux:
    """Mixin of every ModelAdmin; its forms say `rapprochement.ecarts` as an error.

    The page of a form carries, signed, what it showed: whatever else stands in the database when
    it comes back is somebody else's work, by whichever way it came in.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            request.user.retenir_les_droits()
            return super().changeform_view(request, object_id, form_url, extra_context)
        envoi, fichiers = request.POST, request.FILES.copy()
        try:
            return self._recevoir(request, object_id, form_url, extra_context)
        except (IntegrityError, OperationalError):
            # Somebody wrote between this reading and this writing: read again, once.
            _remplacer(request, envoi, fichiers)
            return self._recevoir(request, object_id, form_url, extra_context)

    @transaction.atomic
    def _recevoir(self, request, object_id, form_url, extra_context):
        lu = lire(request.POST.get("lu"))
        object_id = object_id or self.deja_cree(request, lu)
        if object_id is not None:
            objet = tenir(self, request, object_id)
            if self._trop_tard(request, objet, lu):
                return self._rendre_la_saisie(request, objet, lu, object_id)
            if objet is not None and self.has_change_permission(request, objet):
                request.rapprochement = Rapprochement(self, request, objet, lu)
                _remplacer(request, *request.rapprochement.saisie.post())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def deja_cree(self, request, lu):
        """The key of what a form of creation sent twice has already made; None by default."""

    def montre(self, objet):
        """What a page must remember besides its state."""
        return {}

    def get_form(self, request, obj=None, change=False, **kwargs):
        formulaire = super().get_form(request, obj, change=change, **kwargs)
        formulaire.rapprochement = getattr(request, "rapprochement", None)
        return formulaire

    def render_change_form(self, request, context, obj=None, **kwargs):
        rapprochement = getattr(request, "rapprochement", None)
        context |= {
            "lu": self._jeton(request, context, obj, rapprochement),
            "rapprochement": rapprochement,
            "a_rechoisir": _a_rechoisir(request, rapprochement),
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def _jeton(self, request, contexte, objet, rapprochement):
        """What the page shows, for the POST that will come of it."""
        if rapprochement:
            return signer(rapprochement.lu_desormais())
        if request.method == "POST":
            return request.POST.get("lu", "")
        if objet and not self.has_change_permission(request, objet):
            return ""
        groupes = [g.formset for g in contexte["inline_admin_formsets"] if g.has_change_permission]
        return signer(etat(contexte["adminform"].form, groupes) | self.montre(objet))

    def _trop_tard(self, request, objet, lu):
        """Something was typed in fields that this person can no longer write."""
        if objet is None or not self.has_change_permission(request, objet):
            return bool(lu["champs"])
        formulaire, _ = vierges(self, request, objet)
        return any(change for change in _changes(request, lu, formulaire.fields))

    def _rendre_la_saisie(self, request, objet, lu, object_id):
        """Give back what was typed, to be kept, when it can no longer be saved here."""
        if objet is not None and not self.has_view_permission(request, objet):
            raise PermissionDenied
        contexte = self.admin_site.each_context(request) | {
            "title": "Votre saisie n’a pas pu être enregistrée",
            "opts": self.opts,
            "original": objet,
            "disparition": None if objet else disparition(self.model, unquote(object_id)),
            "saisie": list(self._textes(request, lu)),
            "fichiers": [fichier.name for fichier in request.FILES.values()],
        }
        return TemplateResponse(request, "admin/trop_tard.html", contexte, status=409)

    def _textes(self, request, lu):
        """(label, text) of what was typed: changed fields, then rows with something in them."""
        for nom in _changes(request, lu):
            valeurs = request.POST.getlist(nom)
            try:
                champ = self.model._meta.get_field(nom)
            except FieldDoesNotExist:  # a field of the form alone
                autre = self.form.base_fields.get(nom)
                yield autre.label if autre else "réponse", "\n".join(valeurs)
                continue
            if champ.is_relation:
                permis = choix(champ.related_model, request.user)
                valeurs = [str(o) for o in permis if str(o.pk) in valeurs]
            yield champ.verbose_name, "\n".join(valeurs)
        for lignes in self.inlines:
            cle = forms.models._get_foreign_key(self.model, lignes.model, lignes.fk_name)
            prefixe = cle.remote_field.get_accessor_name(model=cle.model).replace("+", "")
            vierge = lignes(self.model, self.admin_site).get_formset(request).form
            tapees = _lignes_tapees(request, prefixe, lignes.model._meta.pk.name, cle.name, vierge)
            if prefixe in lu["lignes"] and tapees:
                yield lignes.model._meta.verbose_name_plural, "\n".join(tapees)


def _remplacer(request, envoi, fichiers):
    request.POST = envoi
    request.FILES.clear()
    request.FILES.update(fichiers)


def _a_rechoisir(request, rapprochement):
    """Names of the files that a page cannot keep: those just sent, those to choose mine of."""
    noms = [fichier.name for fichier in request.FILES.values()]
    if rapprochement:
        noms += [nom for nom in rapprochement.miens_en_fichiers() if nom not in noms]
    return noms


def _changes(request, lu, sauf=()):
    """Names of the fields whose posted value is not the one that was shown."""
    for nom, montre in lu["champs"].items():
        envoye = [t.replace("\r\n", "\n") for t in request.POST.getlist(nom) if t]
        if nom not in sauf and sorted(envoye) != sorted(montre):
            yield nom


def _lignes_tapees(request, prefixe, pk, parent, vierge):
    """One text a posted row of this group: what stands in it; nothing of a new row left as is."""
    lignes = {}
    for cle, texte in request.POST.items():
        debut, _, reste = cle.partition("-")
        rang, _, nom = reste.partition("-")
        if debut == prefixe and rang.isdecimal() and texte and nom != parent:
            lignes.setdefault(int(rang), {})[nom] = texte
    return [
        " ; ".join(texte for nom, texte in ligne.items() if nom != pk)
        for rang, ligne in sorted(lignes.items())
        if pk in ligne or vierge(request.POST, prefix=f"{prefixe}-{rang}").has_changed()
    ]
