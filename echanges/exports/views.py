"""The screens behind « Exporter »: which file, which columns, in which dialect; templates."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, JsonResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from echanges.colonnes.schemas import decrire, schema
from echanges.dialectes import FORMATS, ODS, XLSX
from echanges.exports import lecture, temoins
from echanges.exports.extraction import Extraction
from echanges.exports.modeles import ecrire_modele, formats
from echanges.exports.morceaux import ecrire, empechement

# Parameters of the export itself, beside those of the list it comes from.
COLONNES, CHOISIES = "_colonnes", "_cles"
CLASSEURS_A_LIRE = {dialecte.nom: dialecte for dialecte in (XLSX, ODS)}
EN_MEMOIRE = 1_048_576  # bytes, before what cannot be streamed goes to disk


@dataclass
class Fichier:
    """What the page shows of one file: its columns, and which of them were taken last."""

    nom: str
    titre: str
    colonnes: list  # (Description, checked, is part of the key)


def choisir_export(modele_admin, request):
    """Which file, columns and dialect; the filters of the list stay in the address."""
    fichiers = []
    for nom, classe in modele_admin.resources().items():
        gardees = request.session.get(_memoire(nom))
        cles = classe._meta.import_id_fields
        colonnes = [
            (d, gardees is None or d.nom in gardees or d.nom in cles, d.nom in cles)
            for d in decrire(classe(agent=request.user))
        ]
        fichiers.append(Fichier(nom, classe.titre(), colonnes))
    contexte = {
        "title": f"Exporter – {modele_admin.opts.verbose_name_plural}",
        "nombre": _rangees(modele_admin, request)[0].count(),
        "choisies": CHOISIES in request.GET,
        "fichiers": fichiers,
        "formats": FORMATS.values(),
        "classeurs": CLASSEURS_A_LIRE.values(),
        "parametre": COLONNES,
        "filtres": [(nom, v) for nom, valeurs in request.GET.lists() for v in valeurs],
        "filtre": bool(_filtres(request)),
        "adresse_de_la_liste": _filtres(request).urlencode(),
    }
    return _page(modele_admin, request, "admin/echanges/exports/exporter.html", contexte)


def exporter_selection(modele_admin, request, queryset):
    """The action of the list: the rows ticked, or all those of the filters."""
    parametres = request.GET.copy()
    if request.POST.get("select_across") != "1":
        parametres[CHOISIES] = " ".join(str(pk) for pk in queryset.values_list("pk", flat=True))
    return redirect(f"{reverse(modele_admin.adresse('exporter'))}?{parametres.urlencode()}")


exporter_selection.short_description = "Exporter les lignes choisies"


def exporter(modele_admin, request, nom, dialecte):
    """The rows of the filtered list, and only those this agent may see, by pieces."""
    resource = _resource(modele_admin, request, nom, dialecte)
    dialecte = FORMATS[dialecte]
    rangees, ordre = _rangees(modele_admin, request)
    if parent := resource._meta.parent:
        rangees = resource.modele._default_manager.filter(
            **{f"{parent}__in": rangees.order_by().values("pk")}
        )
        ordre = ()
    extraction = Extraction(
        resource, rangees, ordre=ordre, colonnes=_colonnes(request, resource, nom)
    )
    if raison := empechement(extraction, dialecte):
        messages.error(request, raison)
        return redirect(f"{reverse(modele_admin.adresse('exporter'))}?{request.GET.urlencode()}")
    filtre = _filtres(request).urlencode()
    nombre = extraction.rangees().count()
    if reponse := temoins.prevenir(request, resource.titre(), nombre, filtre):
        return reponse
    return telecharger(request, ecrire(extraction, dialecte), dialecte, _nom(resource.titre()))


def classeur(modele_admin, request, dialecte):
    """The list as filtered, to be read: its rows and what hangs on them, a sheet each."""
    _verifier(dialecte)
    rangees, ordre = _rangees(modele_admin, request)
    sujets = modele_admin.sujets(request, rangees, ordre)
    retour = reverse(modele_admin.adresse(modele_admin.page_des_fichiers(request)))
    return rendre(request, sujets, dialecte, _filtres(request).urlencode(), retour)


def _verifier(dialecte):
    """Before anything is read."""
    if dialecte not in CLASSEURS_A_LIRE:
        raise Http404("Ce fichier n’existe pas.")


def rendre(request, sujets, dialecte, filtre, retour):
    """The workbook of these subjects for an agent; at `retour`, why there is none."""
    _verifier(dialecte)
    dialecte, titre = CLASSEURS_A_LIRE[dialecte], sujets[0].titre
    if raison := lecture.empechement(sujets):
        messages.error(request, raison)
        return redirect(f"{retour}?{request.GET.urlencode()}")
    if reponse := temoins.prevenir(request, titre, sujets[0].rangees.count(), filtre):
        return reponse
    return telecharger(request, lecture.ecrire(sujets, dialecte), dialecte, _nom(titre))


def modele(modele_admin, request, nom, dialecte):
    """An empty file to fill and import."""
    resource = _resource(modele_admin, request, nom, dialecte)
    dialecte = FORMATS[dialecte]
    nom = _nom(f"{resource.titre()} modèle")
    return telecharger(request, ecrire_modele(resource, dialecte), dialecte, nom)


def colonnes(modele_admin, request, nom):
    """What each column takes: for people, or as a Table Schema with `?format=json`."""
    resource = _resource(modele_admin, request, nom)
    if request.GET.get("format") == "json":
        return JsonResponse(schema(resource), json_dumps_params={"ensure_ascii": False})
    contexte = {
        "title": f"Colonnes du fichier « {resource.titre()} »",
        "nom": nom,
        "descriptions": decrire(resource),
        "formats": formats(),
    }
    return _page(modele_admin, request, "admin/echanges/exports/colonnes.html", contexte)


def _nom(titre):
    return f"{slugify(titre)}-{timezone.localdate():%Y-%m-%d}"


def telecharger(request, morceaux, dialecte, nom):
    """A file whose transfer cannot look whole when it is not.

    HTTP/1.1 marks the end of a stream: a failure closes the connection before that mark, and
    browsers say so. HTTP/1.0 has no such mark: the file is made first, its length announced.
    """
    entetes = {
        "Content-Type": dialecte.type_mime,
        "Content-Disposition": f'attachment; filename="{nom}.{dialecte.extension}"',
        "Cache-Control": "no-store",
    }
    if request.META.get("SERVER_PROTOCOL") != "HTTP/1.0":
        return StreamingHttpResponse(morceaux, headers=entetes)
    fichier = tempfile.SpooledTemporaryFile(max_size=EN_MEMOIRE)  # noqa: SIM115  the answer closes it
    for morceau in morceaux:
        fichier.write(morceau)
    entetes["Content-Length"] = str(fichier.tell())
    fichier.seek(0)
    return FileResponse(fichier, headers=entetes)


def _resource(modele_admin, request, nom, dialecte=None):
    if nom not in modele_admin.resources() or dialecte not in (None, *FORMATS):
        raise Http404
    return modele_admin.resources()[nom](agent=request.user)


def _filtres(request):
    """The parameters of the list, without those of the export."""
    parametres = request.GET.copy()
    for nom in (COLONNES, CHOISIES):
        parametres.pop(nom, None)
    return parametres


def _rangees(modele_admin, request):
    """(rows of the list as it is filtered, or as they were ticked, order that the person chose)"""
    choisies = request.GET.get(CHOISIES)
    entiers, request.GET = request.GET, QueryDict(_filtres(request).urlencode())
    try:
        liste = modele_admin.get_changelist_instance(request)
        rangees = liste.get_queryset(request)
        ordre = liste.get_ordering(request, rangees) if "o" in request.GET else ()
    finally:
        request.GET = entiers
    if choisies is not None:
        rangees = rangees.filter(pk__in=_cles(modele_admin.opts.pk, choisies))
    return rangees, ordre


def _cles(champ, texte):
    """The keys in this parameter that are keys at all."""
    for cle in texte.split():
        with suppress(ValidationError):
            yield champ.to_python(cle)


def _memoire(nom):
    return f"colonnes_{nom}"


def _colonnes(request, resource, nom):
    """The headers asked for, kept for the next time; the key always leaves, None is all."""
    voulues = request.GET.getlist(COLONNES)
    if not voulues:
        return None
    gardees = {*voulues, *resource._meta.import_id_fields}
    colonnes = [entete for entete in resource.entetes() if entete in gardees]
    request.session[_memoire(nom)] = colonnes
    return colonnes


def _page(modele_admin, request, gabarit, contexte):
    adresses = {
        f"adresse_{page}": modele_admin.adresse(page)
        for page in ("exporter", "classeur", "fichier", "modele", "colonnes")
    }
    contexte = modele_admin.admin_site.each_context(request) | {
        "opts": modele_admin.opts,
        "adresse_liste": modele_admin.adresse("changelist"),
        "media": modele_admin.media,
        **adresses,
        **contexte,
    }
    return TemplateResponse(request, gabarit, contexte)
