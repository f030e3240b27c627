"""The screens of an edition in preparation: copy, move members, look, publish."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from territoires import preparation
from territoires.comparaison import Comparaison, Mouvement
from territoires.models import EditionCarte

TAILLE_MAXIMALE = 1024 * 1024  # bytes: some 100,000 codes
CODES_INCONNUS = "Ces codes ne sont ni un SIREN ni un code INSEE connu : {}. Rien n’a été déplacé."


class DeplacerForm(forms.Form):
    perimetre = forms.ModelChoiceField(
        None, label="Vers le périmètre", help_text="Leur périmètre dans cette édition."
    )
    codes = forms.CharField(
        label="Codes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60}),
        help_text="SIREN des intercommunalités ou codes INSEE des communes, séparés comme vous "
        "voulez : collez une colonne de tableur.",
    )
    fichier = forms.FileField(label="ou un fichier texte", required=False)

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["perimetre"].queryset = edition.perimetres.select_related("edition")

    def clean_fichier(self):
        fichier = self.cleaned_data["fichier"]
        if fichier and fichier.size > TAILLE_MAXIMALE:
            raise ValidationError("Ce fichier est trop lourd : 1 Mo au plus.")
        return fichier

    def clean(self):
        donnees = super().clean()
        texte = donnees.get("codes") or ""
        if fichier := donnees.get("fichier"):
            texte += "\n" + decoder(fichier.read())
        liste = preparation.lire_codes(texte)
        if liste.inconnus:
            raise ValidationError(CODES_INCONNUS.format(", ".join(liste.inconnus)))
        if not liste.membres and not self.errors:
            raise ValidationError("Donnez au moins un code, dans le champ ou dans le fichier.")
        donnees["membres"] = liste.membres
        return donnees


def decoder(octets):
    """A text saved by a spreadsheet: UTF-8, or Windows-1252 when it is not."""
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def pas(edition):
    """[(button, address)] of what can be done next to an edition in preparation."""
    rempli = edition.perimetres.exists()
    boutons = [("deplacer", "Déplacer des membres")] if rempli else []
    if not rempli and EditionCarte.objects.en_vigueur():
        boutons = [("copier", "Copier l’édition en vigueur")]
    boutons.append(("publier", "Publier"))
    return [
        (texte, reverse(f"admin:territoires_editioncarte_{nom}", args=[edition.pk]))
        for nom, texte in boutons
    ]


def _edition(admin, request, pk):
    edition = admin.get_object(request, str(pk))
    if edition is None or not admin.has_change_permission(request, edition):
        raise PermissionDenied
    return edition


def _page(admin, request, edition, gabarit, **contexte):
    communs = admin.admin_site.each_context(request) | {"opts": admin.opts, "original": edition}
    return TemplateResponse(request, gabarit, communs | contexte)


def _faire(admin, request, edition, geste, trace):
    """Do it and say so; a refusal says why. In both cases back to the edition."""
    try:
        geste()
    except ValidationError as erreur:
        for message in erreur.messages:
            admin.message_user(request, message, messages.ERROR)
    else:
        admin.log_change(request, edition, trace)
        admin.message_user(request, trace, messages.SUCCESS)
    return redirect("admin:territoires_editioncarte_change", edition.pk)


def copier(admin, request, pk):
    edition, source = _edition(admin, request, pk), EditionCarte.objects.en_vigueur()
    if source is None:
        raise PermissionDenied("Aucune édition n’est en vigueur.")
    if request.method == "POST":
        trace = f"Composition copiée de l’{source}."
        return _faire(admin, request, edition, lambda: preparation.copier(source, edition), trace)
    return _page(
        admin,
        request,
        edition,
        "admin/confirmation.html",
        title=f"Copier l’{source} dans l’{edition}",
        consequence=f"Les {source.perimetres.count()} périmètres de l’{source}, avec leurs codes, "
        "leurs noms et leurs membres, seront le point de départ de la nouvelle édition. Rien ne "
        "change pour le public avant la publication.",
        bouton="Copier",
    )


def deplacer(admin, request, pk):
    edition = _edition(admin, request, pk)
    formulaire = DeplacerForm(request.POST or None, request.FILES or None, edition=edition)
    if request.method == "POST" and formulaire.is_valid():
        perimetre, membres = (formulaire.cleaned_data[c] for c in ("perimetre", "membres"))
        trace = f"Déplacés vers « {perimetre.nom} » : {', '.join(str(m) for m in membres)}."
        return _faire(
            admin, request, edition, lambda: preparation.deplacer(perimetre, membres), trace
        )
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/deplacer.html",
        title=f"Déplacer des membres dans l’{edition}",
        formulaire=formulaire,
    )


def publier(admin, request, pk):
    """A page that says what will happen and what changes, then the publication, for good."""
    edition = _edition(admin, request, pk)
    if request.method == "POST":
        return _faire(
            admin, request, edition, lambda: edition.publier(request.user), "L’édition est publiée."
        )
    en_vigueur = EditionCarte.objects.en_vigueur()
    comparaison = Comparaison(en_vigueur, edition) if en_vigueur else None
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/publier.html",
        title=f"Publier l’{edition}",
        consequence="Une édition publiée ne change plus : ni ses territoires, ni leurs membres. "
        "Les territoires prendront aussitôt leur nouveau périmètre.",
        conflits=preparation.conflits(edition),
        en_vigueur=en_vigueur,
        comptes=[(m.label, n) for m, n in comparaison.comptes] if comparaison else [],
        changements=[x for x in comparaison.lignes if x.mouvement != Mouvement.INCHANGE]
        if comparaison
        else [],
        bouton="Publier définitivement",
    )
