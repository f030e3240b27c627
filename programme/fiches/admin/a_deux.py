"""Several people on one form: the second to save sees what the first one changed, and chooses."""

from pathlib import PurePath

from django import forms
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.template.response import TemplateResponse
from django.utils.timezone import localtime

from programme.fiches.admin.conflits import conflits, rapprocher
from programme.fiches.admin.saisie import Saisie, etat, lire, signer
from programme.fiches.models import nouvelle_reference
from territoires.administration import choix

CHOIX = "choix:"


class ADeux:
    """Mixin of the ModelAdmin of fiches; its form says `rapprochement.ecarts` as an error."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
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
        object_id = object_id or self._deja_creee(request, lu)
        if object_id is not None:
            fiche = self.get_object(request, unquote(object_id))
            if self._trop_tard(request, fiche, lu):
                return self._rendre_la_saisie(request, fiche, lu)
            if fiche is not None and self.has_change_permission(request, fiche):
                request.rapprochement = Rapprochement(self, request, fiche, lu)
                _remplacer(request, *request.rapprochement.saisie.post())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _deja_creee(self, request, lu):
        """A new fiche sent twice is one: its reference was drawn with the empty form."""
        siennes = self.model._default_manager.filter(created_by=request.user)
        cle = siennes.filter(reference=lu.get("reference") or "").values_list("pk", flat=True)
        return str(cle[0]) if cle else None

    def _trop_tard(self, request, fiche, lu):
        """Something was typed in fields that this person can no longer write."""
        if fiche is None or not self.has_change_permission(request, fiche):
            return bool(lu["champs"])
        formulaire, _ = vierges(self, request, fiche)
        return any(change for change in _changes(request, lu, formulaire.fields))

    def _rendre_la_saisie(self, request, fiche, lu):
        """Give back what was typed, to be kept, when it can no longer be saved here."""
        if fiche is not None and not self.has_view_permission(request, fiche):
            raise PermissionDenied
        contexte = self.admin_site.each_context(request) | {
            "title": "Votre saisie n’a pas pu être enregistrée",
            "opts": self.opts,
            "original": fiche,
            "saisie": list(_textes(request, self.model, lu)),
            "fichiers": [fichier.name for fichier in request.FILES.values()],
        }
        gabarit = "admin/programme/ficheaction/trop_tard.html"
        return TemplateResponse(request, gabarit, contexte, status=409)

    def a_rechoisir(self, request):
        """Names of the files that a page cannot keep: those just sent, those to choose mine of."""
        noms = [fichier.name for fichier in request.FILES.values()]
        if rapprochement := getattr(request, "rapprochement", None):
            noms += [nom for nom in rapprochement.miens_en_fichiers() if nom not in noms]
        return noms

    def jeton(self, request, contexte, fiche):
        """What the page shows, for the POST that will come of it."""
        if rapprochement := getattr(request, "rapprochement", None):
            return signer(rapprochement.lu_desormais())
        if request.method == "POST":
            return request.POST.get("lu", "")
        groupes = [g.formset for g in contexte["inline_admin_formsets"] if g.has_change_permission]
        montre = etat(contexte["adminform"].form, groupes)
        reference = None if fiche else nouvelle_reference()
        return signer(montre | {"version": fiche and fiche.version, "reference": reference})


def _remplacer(request, envoi, fichiers):
    request.POST = envoi
    request.FILES.clear()
    request.FILES.update(fichiers)


def vierges(modele_admin, request, fiche):
    """The form and the formsets that this person would be shown of the fiche as it stands."""
    champs = flatten_fieldsets(modele_admin.get_fieldsets(request, fiche))
    formulaire = modele_admin.get_form(request, fiche, change=True, fields=champs)
    groupes = [
        Groupe(instance=fiche, prefix=Groupe.get_default_prefix())
        for Groupe, lignes in modele_admin.get_formsets_with_inlines(request, fiche)
        if lignes.has_change_permission(request, fiche)
    ]
    return formulaire(instance=fiche), groupes


class Rapprochement:
    """One POST beside the fiche as it stands, locked; its `ecarts` are to be shown."""

    def __init__(self, modele_admin, request, fiche, lu):
        self.fiche, self.lu = fiche, lu
        self.formulaire, self.groupes = vierges(modele_admin, request, fiche)
        self._verrouiller_les_lignes()
        self.present = etat(self.formulaire, self.groupes)
        self.saisie = Saisie(request.POST, request.FILES, self.formulaire, self.groupes)
        choisis = {
            cle.removeprefix(CHOIX): valeur
            for cle, valeur in request.POST.items()
            if cle.startswith(CHOIX)
        }
        self.ecarts = rapprocher(lu, self.present, self.saisie, choisis)

    def _verrouiller_les_lignes(self):
        """An import writes the rows of a fiche without touching the fiche."""
        if connection.features.has_select_for_update:
            for groupe in self.groupes:
                list(groupe.get_queryset().select_for_update().order_by("pk"))

    def lu_desormais(self):
        suite = {"version": self.fiche.version, "reference": self.lu.get("reference")}
        return self.present | suite | {"conflits": conflits(self.ecarts)}

    def miens_en_fichiers(self):
        """Names of my files among what is to be chosen."""
        fichiers = {
            (groupe.prefix, nom)
            for groupe in self.groupes
            for nom, champ in groupe.form.base_fields.items()
            if isinstance(champ, forms.FileField)
        }
        miens = [e for e in self.ecarts if e.a_choisir and (e.prefixe, e.nom) in fichiers]
        return [PurePath(nom).name for ecart in miens for nom in ecart.mien]

    def auteurs(self):
        """Who saved the fiche since it was read, in words."""
        lignes = self.fiche.history.filter(version__gt=self.lu["version"] or 0)
        noms = {str(ligne.history_user) for ligne in lignes.select_related("history_user")[:20]}
        return ", ".join(sorted(noms - {"None"})) or "une autre personne ou un import"

    def quand(self):
        return localtime(self.fiche.updated_at)

    def differences(self):
        """The ecarts, in words: {label, avant, leur, mien, cle, a_choisir}."""
        par_prefixe = {groupe.prefix: groupe for groupe in self.groupes}
        for ecart in self.ecarts:
            groupe = par_prefixe.get(ecart.prefixe)
            champs = groupe.form.base_fields if groupe else self.formulaire.fields
            champ = champs.get(ecart.nom)
            yield {
                "cle": ecart.cle,
                "a_choisir": ecart.a_choisir,
                "ligne": bool(groupe and not ecart.nom),
                "libelle": self._libelle(ecart, groupe, champ),
                "avant": _en_clair(champs, champ, ecart.avant),
                "leur": _en_clair(champs, champ, ecart.leur),
                "mien": _en_clair(champs, champ, ecart.mien),
            }

    def _libelle(self, ecart, groupe, champ):
        if groupe is None:
            return champ.label
        lignes = self.present["lignes"].get(ecart.prefixe, {})
        ligne = lignes.get(ecart.ligne) or ecart.avant or {}
        titre = next((t[0] for n, t in ligne.items() if n in TITRES and t), "ligne")
        libelle = f"{groupe.model._meta.verbose_name} « {titre} »"
        return f"{libelle}, {champ.label.lower()}" if champ else libelle


TITRES = ("financeur", "intitule", "libelle", "titre", "regle")  # the field that names a row


def _en_clair(champs, champ, valeur):
    """Texts of one field, or of each field of a row, as a person reads them."""
    if valeur is None:
        return ""
    if champ is None:
        morceaux = [
            f"{champs[nom].label.lower()} : {_en_clair(champs, champs[nom], textes)}"
            for nom, textes in valeur.items()
            if textes and nom in champs
        ]
        return ", ".join(morceaux)
    if isinstance(champ, forms.BooleanField):
        return "oui" if valeur else "non"
    if isinstance(champ, forms.ModelChoiceField):
        try:
            return ", ".join(str(objet) for objet in champ.queryset.filter(pk__in=valeur))
        except (ValueError, ValidationError):
            return ", ".join(valeur)
    if isinstance(champ, forms.ChoiceField):
        noms = {str(cle): str(nom) for cle, nom in champ.choices}
        return ", ".join(noms.get(v, v) for v in valeur)
    if isinstance(champ, forms.FileField):
        return ", ".join(PurePath(nom).name for nom in valeur)
    return "\n".join(valeur)


def _changes(request, lu, sauf=()):
    """Names of the fields whose posted value is not the one that was shown."""
    for nom, montre in lu["champs"].items():
        envoye = [t.replace("\r\n", "\n") for t in request.POST.getlist(nom) if t]
        if nom not in sauf and sorted(envoye) != sorted(montre):
            yield nom


def _textes(request, modele, lu):
    """(label, text) of what was typed: changed fields, then rows with something in them."""
    for nom in _changes(request, lu):
        valeurs = request.POST.getlist(nom)
        try:
            champ = modele._meta.get_field(nom)
        except FieldDoesNotExist:  # an answer to the comité, or offers that were ticked
            yield "réponse", "\n".join(valeurs)
            continue
        if champ.is_relation:
            permis = choix(champ.related_model, request.user)
            valeurs = [str(o) for o in permis if str(o.pk) in valeurs]
        yield champ.verbose_name, "\n".join(valeurs)
    for prefixe in lu["lignes"]:
        lignes = {}
        for cle, texte in request.POST.items():
            debut, _, reste = cle.partition("-")
            rang, _, nom = reste.partition("-")
            if debut == prefixe and rang.isdigit() and texte and nom not in ("id", "fiche"):
                lignes.setdefault(int(rang), []).append(texte)
        if lignes:
            nom = modele._meta.get_field(prefixe).related_model._meta.verbose_name_plural
            yield nom, "\n".join(" ; ".join(ligne) for _, ligne in sorted(lignes.items()))
