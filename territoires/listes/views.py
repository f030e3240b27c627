"""« Mes filtres enregistrés »: saved from a list, renamed and deleted on a page of their own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from echanges.listes import adresses
from territoires.listes.memoire import AU_PLUS
from territoires.listes.models import FiltreEnregistre


def filtres(site, request):
    """All those of this person; a POST saves, renames or deletes one."""
    if request.method == "POST":
        if "enregistrer" in request.POST:
            return _enregistrer(site, request)
        return _changer(request)
    par_liste = {}
    for filtre in FiltreEnregistre.objects.for_user(request.user).exclude(nom=""):
        page = _page(site, request, filtre.liste)
        if page:
            par_liste.setdefault(page, []).append((filtre, f"?{adresses.OUVRIR}={filtre.pk}"))
    contexte = site.each_context(request) | {
        "title": "Mes filtres enregistrés",
        "listes": [
            (capfirst(page.opts.verbose_name_plural), _adresse(page), filtres)
            for page, filtres in par_liste.items()
        ],
        "longueur": FiltreEnregistre._meta.get_field("nom").max_length,
    }
    return TemplateResponse(request, "territoires/listes/filtres.html", contexte)


def _page(site, request, liste):
    """The ModelAdmin of this list, if this person may read it."""
    pages = {modele._meta.label_lower: page for modele, page in site._registry.items()}
    page = pages.get(liste)
    return page if page and page.has_view_or_change_permission(request) else None


def _adresse(page):
    return reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist")


def _enregistrer(site, request):
    """What the list was just asked, under a name; what it cannot be asked is not kept."""
    liste = request.POST.get("liste", "")
    page = _page(site, request, liste)
    if page is None:
        raise Http404
    demande = QueryDict(request.POST.get("requete", "")[: adresses.LONGUEUR])
    parametres, _ = adresses.lisibles(page, request, adresses.choisi(demande))
    retour = f"{_adresse(page)}?{parametres.urlencode()}"
    nom, siens = _nom(request), FiltreEnregistre.objects.for_user(request.user)
    siens = siens.filter(liste=liste)
    requete = adresses.ecrire(page, request, parametres)
    try:
        if not requete:
            raise ValidationError("Choisissez d’abord un filtre, une recherche ou un tri.")
        ancien = siens.filter(nom=nom).first() if nom else None
        if not ancien and siens.exclude(nom="").count() >= AU_PLUS:
            raise ValidationError(f"{AU_PLUS} filtres au plus par liste : supprimez-en un.")
        filtre = ancien or FiltreEnregistre(agent=request.user, liste=liste)
        _nommer(filtre, nom, requete)
    except ValidationError as erreur:
        messages.error(request, f"Rien n’est enregistré. {' '.join(erreur.messages)}")
        return redirect(retour)
    fait = "est remplacé" if ancien else "est enregistré"
    messages.success(request, f"Le filtre « {filtre.nom} » {fait} : il s’ouvre d’un clic ici.")
    return redirect(retour)


def _changer(request):
    cle = request.POST.get("filtre", "")
    siens = FiltreEnregistre.objects.for_user(request.user).exclude(nom="")
    filtre = siens.filter(pk=cle).first() if cle.isdecimal() and len(cle) < 19 else None
    if filtre is None:
        raise Http404
    ancien = filtre.nom
    if "supprimer" in request.POST:
        filtre.delete()
        messages.success(request, f"Le filtre « {ancien} » est supprimé.")
        return redirect("admin:filtres")
    try:
        _nommer(filtre, _nom(request), filtre.requete)
    except ValidationError as erreur:
        messages.error(request, f"« {ancien} » garde son nom. {' '.join(erreur.messages)}")
    else:
        messages.success(request, f"Le filtre « {ancien} » s’appelle « {filtre.nom} ».")
    return redirect("admin:filtres")


def _nom(request):
    return " ".join(request.POST.get("nom", "").replace("\x00", "").split())


def _nommer(filtre, nom, requete):
    if not nom:
        raise ValidationError("Donnez-lui un nom.")
    filtre.nom, filtre.requete = nom, requete
    filtre.full_clean(exclude=["agent"])
    filtre.save()
