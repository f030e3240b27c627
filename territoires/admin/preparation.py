"""The screens of an edition in preparation: copy, move members, look, publish."""

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from territoires import preparation
from territoires.admin.apercu import Apercu
from territoires.models import Commune, Intercommunalite, MembrePerimetre

TAILLE_MAXIMALE = 1024 * 1024  # bytes: some 100,000 codes
CODES_INCONNUS = "Ces codes ne sont ni un SIREN ni un code INSEE connu : {}. Rien n’a été déplacé."


def _au_choix(nom, libelle, queryset):
    widget = AutocompleteSelectMultiple(MembrePerimetre._meta.get_field(nom), site)
    return forms.ModelMultipleChoiceField(queryset, label=libelle, required=False, widget=widget)


class DeplacerForm(forms.Form):
    intercommunalites = _au_choix(
        "intercommunalite", "Intercommunalités entières", Intercommunalite.objects.all()
    )
    communes = _au_choix("commune", "Communes seules", Commune.objects.all())
    codes = forms.CharField(
        label="Codes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60}),
        help_text="SIREN des intercommunalités ou codes INSEE des communes, séparés comme vous "
        "voulez : collez une colonne de tableur.",
    )
    fichier = forms.FileField(label="Fichier de codes (texte ou CSV)", required=False)
    perimetre = forms.ModelChoiceField(
        None,
        label="Vers le périmètre",
        required=False,
        help_text="Inutile pour les retirer de la carte.",
    )

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
        choisis = [*donnees.get("intercommunalites", ()), *donnees.get("communes", ())]
        donnees["membres"] = list(dict.fromkeys([*choisis, *liste.membres]))
        if not donnees["membres"] and not self.errors:
            raise ValidationError("Choisissez au moins un membre, ou donnez au moins un code.")
        if not donnees.get("perimetre") and "retirer" not in self.data:
            self.add_error("perimetre", "Choisissez où ces membres vont.")
        return donnees


def decoder(octets):
    """A text saved by a spreadsheet: UTF-8, or Windows-1252 when it is not."""
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def pas(edition, user):
    """[(button, address)] of what this person can do next with an edition."""
    if not user.has_perm("territoires.add_filiation"):
        return []
    composee, precedente = edition.perimetres.exists(), edition.precedente()
    boutons = []
    if not edition.est_figee:
        if composee:
            boutons += [("deplacer", "Déplacer ou retirer des membres"), ("voir", "Aperçu")]
        elif precedente:
            boutons.append(("copier", f"Copier l’{precedente}"))
    if composee and precedente:
        boutons.append(("filiations", "Filiations"))
    if not edition.publiee_le or (composee and not edition.est_figee):
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
    edition = _edition(admin, request, pk)
    source = edition.precedente()
    if source is None:
        raise PermissionDenied("Aucune édition plus ancienne n’est publiée avec sa composition.")
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
        noms = ", ".join(str(membre) for membre in membres)
        if "retirer" in request.POST:
            trace, geste = f"Retirés de la carte : {noms}.", preparation.retirer
            return _faire(admin, request, edition, lambda: geste(edition, membres), trace)
        trace, geste = f"Déplacés vers « {perimetre.nom} » : {noms}.", preparation.deplacer
        return _faire(admin, request, edition, lambda: geste(perimetre, membres), trace)
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/deplacer.html",
        title=f"Déplacer des membres dans l’{edition}",
        formulaire=formulaire,
        media=admin.media + formulaire.media,
    )


def voir(admin, request, pk):
    """What the public will see: the map, what changes, what conflicts."""
    edition = _edition(admin, request, pk)
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/apercu.html",
        title=f"Aperçu de l’{edition}",
        apercu=Apercu(edition),
    )


def publier(admin, request, pk):
    """A page that says what will happen and what changes, then the publication, for good."""
    edition = _edition(admin, request, pk)
    vue = Apercu(edition)
    if request.method == "POST" and (not vue.conflits or "assume" in request.POST):
        return _faire(
            admin, request, edition, lambda: edition.publier(request.user), "L’édition est publiée."
        )
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/publier.html",
        title=f"Publier l’{edition}",
        consequence="Une édition publiée ne change plus : ni ses territoires, ni leurs membres. "
        "Les territoires prendront aussitôt leur nouveau périmètre.",
        apercu=vue,
        assemblees=edition.assemblees.all(),
        erreurs=["Cochez la case : vous publiez malgré les points signalés."]
        if request.method == "POST"
        else [],
        bouton="Publier définitivement",
    )
