"""The screens of an edition in preparation: copy, move members, look, publish."""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from config.habillage.choix import ChoisirPlusieurs, est_en_cours, ne_pas_juger
from territoires.carte.requetes import condense
from territoires.editions.dates import jour_en_texte
from territoires.editions.models import EditionCarte, MembrePerimetre
from territoires.geographie import codes
from territoires.geographie.models import Commune, Intercommunalite
from territoires.preparation import brouillons, colle
from territoires.preparation.admin.apercu import Apercu

TAILLE_MAXIMALE = 1024 * 1024  # bytes: some 100,000 codes
A_COCHER = "Cochez la case : vous publiez malgré les points signalés."
NOMMES = 20  # members named in one message


def _au_choix(nom, libelle, queryset):
    widget = ChoisirPlusieurs(MembrePerimetre._meta.get_field(nom), site)
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
        "voulez : collez une colonne de tableur, ou plusieurs avec leurs "
        "en-têtes.",
    )
    fichier = forms.FileField(label="Fichier de codes (texte, CSV, XLSX ou ODS)", required=False)
    perimetre = forms.ModelChoiceField(
        None,
        label="Vers le périmètre",
        required=False,
        help_text="Inutile pour les retirer de la carte.",
    )

    def __init__(self, *args, edition, request, **kwargs):
        super().__init__(*args, **kwargs)
        for nom in ("intercommunalites", "communes"):
            self.fields[nom].widget.request = request
        self.fields["perimetre"].queryset = edition.perimetres.select_related("edition")

    def clean_fichier(self):
        fichier = self.cleaned_data["fichier"]
        if fichier and fichier.size > TAILLE_MAXIMALE:
            raise ValidationError("Ce fichier est trop lourd : 1 Mo au plus.")
        return fichier

    def clean(self):
        donnees = super().clean()
        liste = codes.lire_codes(donnees.get("codes") or "", self._codes_du_fichier(donnees))
        if liste.refus:
            raise ValidationError([*liste.phrases, "Rien n’a changé."])
        choisis = [*donnees.get("intercommunalites", ()), *donnees.get("communes", ())]
        donnees["membres"] = list(dict.fromkeys([*choisis, *liste.membres]))
        if not donnees["membres"] and not self.errors:
            raise ValidationError("Choisissez au moins un membre, ou donnez au moins un code.")
        if not donnees.get("perimetre") and "retirer" not in self.data:
            self.add_error("perimetre", "Choisissez où ces membres vont.")
        return donnees

    def _codes_du_fichier(self, donnees):
        """Its text, also put in the field above: a browser forgets the file that is refused."""
        if not donnees.get("fichier"):
            return ""
        texte = codes.lire_fichier(donnees["fichier"].read())
        self.data = self.data.copy()
        self.data["codes"] = "\n".join(filter(None, [donnees.get("codes"), texte]))
        return texte


class PublierForm(forms.Form):
    source = forms.CharField(
        label="Source",
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=EditionCarte._meta.get_field("source").help_text,
    )
    assume = forms.BooleanField(error_messages={"required": A_COCHER})

    def __init__(self, *args, edition, conflits, **kwargs):
        # The source of an announced number says nothing of the composition.
        source = edition.source if edition.composition_connue else ""
        super().__init__(*args, initial={"source": source}, **kwargs)
        if conflits:
            texte = "J’ai lu les points signalés ({}) et je publie malgré eux."
            self.fields["assume"].label = texte.format(len(conflits))
        else:
            del self.fields["assume"]


def pas(edition, user):
    """[(button, address)] of what this person can do next with an edition."""
    if not user.has_perm("territoires.add_filiation"):
        return []
    composee, precedente = edition.perimetres.exists(), edition.precedente()
    perimetres = reverse("admin:territoires_perimetre_changelist")
    boutons = []
    if not edition.est_figee:
        if composee:
            boutons += [
                ("coller", "Placer des membres par un collage"),
                ("deplacer", "Déplacer ou retirer des membres"),
                ("voir", "Aperçu"),
            ]
        elif precedente:
            boutons.append(("copier", f"Copier l’{precedente}"))
    if composee and precedente:
        boutons.append(("filiations", "Filiations"))
    if not edition.est_du_public or (composee and not edition.est_figee):
        boutons.append(("publier", "Publier"))
    pages = [
        (texte, reverse(f"admin:territoires_editioncarte_{nom}", args=[edition.pk]))
        for nom, texte in boutons
    ]
    if composee:
        pages.insert(0, ("Territoires", f"{perimetres}?edition__id__exact={edition.pk}"))
    if not edition.est_figee:
        ajouter = reverse("admin:territoires_perimetre_add")
        pages.insert(bool(composee), ("Ajouter un territoire", f"{ajouter}?edition={edition.pk}"))
    return pages


def _edition(admin, request, pk):
    edition = admin.get_object(request, str(pk))
    if edition is None or not admin.has_change_permission(request, edition):
        raise PermissionDenied
    return edition


def _page(admin, request, edition, gabarit, **contexte):
    communs = admin.admin_site.each_context(request) | {"opts": admin.opts, "original": edition}
    return TemplateResponse(request, gabarit, communs | contexte)


def _faire(admin, request, edition, geste, dire):
    """Do it and say so; a refusal says why. In both cases back to the edition."""
    try:
        trace = dire(geste())
    except ValidationError as erreur:
        for message in erreur.messages:
            admin.message_user(request, message, messages.ERROR)
    else:
        admin.log_change(request, edition, trace)
        admin.message_user(request, trace, messages.SUCCESS)
    return redirect("admin:territoires_editioncarte_change", edition.pk)


def _enumerer(membres):
    noms = [str(membre) for membre in membres]
    suite = f" et {len(noms) - NOMMES} autres" if len(noms) > NOMMES else ""
    return ", ".join(noms[:NOMMES]) + suite


def _dire_deplaces(perimetre, membres, venus):
    deja = [membre for membre in membres if membre not in {venu for venu, _ in venus}]
    phrases = [f"Déplacés vers « {perimetre.nom} » : {_enumerer(v for v, _ in venus)}."] * bool(
        venus
    )
    return " ".join(phrases + [f"Y étaient déjà : {_enumerer(deja)}."] * bool(deja))


def _dire_retires(membres, partis):
    absents = [membre for membre in membres if membre not in {parti for parti, _ in partis}]
    phrases = [f"Retirés de la carte : {_enumerer(p for p, _ in partis)}."] * bool(partis)
    return " ".join(phrases + [f"N’y étaient pas : {_enumerer(absents)}."] * bool(absents))


def copier(admin, request, pk):
    edition = _edition(admin, request, pk)
    source = edition.precedente()
    if source is None:
        raise PermissionDenied("Aucune édition plus ancienne n’est publiée avec sa composition.")
    if request.method == "POST":
        geste = partial(brouillons.copier, source, edition)
        return _faire(
            admin, request, edition, geste, lambda _: f"Composition copiée de l’{source}."
        )
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
    formulaire = DeplacerForm(
        request.POST or None, request.FILES or None, edition=edition, request=request
    )
    if est_en_cours(request):
        ne_pas_juger(formulaire)
    elif request.method == "POST" and formulaire.is_valid():
        perimetre, membres = (formulaire.cleaned_data[c] for c in ("perimetre", "membres"))
        if "retirer" in request.POST:
            geste, dire = partial(brouillons.retirer, edition, membres), _dire_retires
        else:
            geste = partial(brouillons.deplacer, perimetre, membres)
            dire = partial(_dire_deplaces, perimetre)
        return _faire(admin, request, edition, geste, partial(dire, membres))
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/deplacer.html",
        title=f"Déplacer des membres dans l’{edition}",
        formulaire=formulaire,
        media=admin.media + formulaire.media,
    )


def coller(admin, request, pk):
    """A text, then line by line what it would do, then the moves; the text is kept at each step."""
    edition = _edition(admin, request, pk)
    texte = request.POST.get("texte", "")
    lignes = colle.lire(texte, edition)
    vu = condense(*(f"{un.texte} {un.dit}" for un in lignes))
    refusees = [un for un in lignes if un.refus]
    demandees = [un for un in lignes if not un.refus and not un.deja]
    change = "confirmer" in request.POST and request.POST.get("vu") != vu
    if "confirmer" in request.POST and demandees and not refusees and not change:
        geste = partial(colle.repartir, edition, demandees)
        return _faire(admin, request, edition, geste, "Membres placés : {}.".format)
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/coller.html",
        title=f"Placer des membres dans l’{edition}",
        texte=texte,
        vide=request.method == "POST" and not lignes,
        lignes=lignes,
        refusees=refusees,
        nombre=len(demandees),
        change=change,
        vu=vu,
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


def _effet(edition):
    """When the territoires take the périmètres of this edition."""
    if edition.date > timezone.localdate():
        return (
            f"Elle sera annoncée aussitôt et entrera en vigueur le {jour_en_texte(edition.date)} : "
            "ce jour-là seulement, les territoires prendront leur nouveau périmètre."
        )
    suivante = EditionCarte.objects.echues().filter(date__gt=edition.date).first()
    if suivante:
        return f"L’{suivante}, plus récente, reste en vigueur."
    return "Les territoires prendront aussitôt leur nouveau périmètre."


def _publiee(edition):
    if edition.est_annoncee:
        return f"L’édition est publiée et annoncée pour le {jour_en_texte(edition.date)}."
    return "L’édition est publiée."


def publier(admin, request, pk):
    """A page that says what will happen and what changes, then the publication, for good."""
    edition = _edition(admin, request, pk)
    vue = Apercu(edition)
    formulaire = PublierForm(request.POST or None, edition=edition, conflits=vue.conflits)
    if request.method == "POST" and formulaire.is_valid():
        edition.source = formulaire.cleaned_data["source"]
        geste = partial(edition.publier, request.user)
        return _faire(admin, request, edition, geste, lambda _: _publiee(edition))
    return _page(
        admin,
        request,
        edition,
        "admin/territoires/editioncarte/publier.html",
        title=f"Publier l’{edition}",
        consequence="Une édition publiée ne change plus : ni ses territoires, ni leurs membres. "
        f"{_effet(edition)}",
        apercu=vue,
        formulaire=formulaire,
        bouton="Publier définitivement",
    )
