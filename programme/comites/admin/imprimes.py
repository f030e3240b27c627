"""The documents of a séance, each as a page to print and as a PDF: dossier and relevé."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from programme import documents
from programme.comites import releve
from programme.comites.admin.seances import ouvrir
from programme.comites.dossier import dossier
from programme.comites.models import Seance
from programme.ecritures import jour


def _nom(genre, seance, partie=""):
    region = seance.comite.region
    return f"{genre}-{region.pk}-{seance.date:%Y-%m-%d}{partie}.pdf"


def _pdf(octets, nom):
    reponse = HttpResponse(octets, content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{nom}"'
    # What it holds depends on who asks and on what was decided since.
    reponse["Cache-Control"] = "private, no-store"
    return reponse


def dossier_page(admin, request, pk):
    seance = ouvrir(admin, request, pk, "view")
    page = {"seance": seance, "d": dossier(seance, request.GET.get("partie"))}
    return TemplateResponse(request, "programme/comites/dossier.html", page)


def dossier_pdf(admin, request, pk):
    seance = ouvrir(admin, request, pk, "view")
    contenu = dossier(seance, request.GET.get("partie"))
    octets = documents.pdf("programme/comites/dossier.typ", contenu, timezone.now())
    partie = f"-partie-{contenu['partie']}" if len(contenu["parties"]) > 1 else ""
    return _pdf(octets, _nom("dossier", seance, partie))


def _releve(request, seance):
    """(relevé or None for a project, what it says): the version asked for, else the last one."""
    versions = list(seance.releves.select_related("etabli_par"))
    if versions:
        numero = request.GET.get("version", str(versions[-1].numero))
        choisi = next((r for r in versions if str(r.numero) == numero), None)
        if choisi is None:
            raise Http404
        return choisi, choisi.contenu, versions
    if seance.date > timezone.localdate():
        raise Http404("Cette séance n’a pas encore eu lieu.")
    return None, releve.contenu(seance), []


def _a_imprimer(etabli, contenu):
    atteint, phrase = releve.quorum(contenu)
    ecrite = contenu.get("genre") == Seance.Genre.CONSULTATION.label
    return contenu | {
        "titre_date": "Consultation écrite du" if ecrite else "Séance du",
        "titre_presents": "Ont répondu" if ecrite else "Présents",
        "titre_presences": "Réponses et quorum" if ecrite else "Présences et quorum",
        "version": etabli.numero if etabli else 0,
        "etabli": f"{jour(timezone.localtime(etabli.etabli_le))}, par {etabli.etabli_par}"
        if etabli
        else "",
        "motif": etabli.motif if etabli else "",
        "quorum_atteint": atteint,
        "quorum_phrase": phrase,
    }


def releve_page(admin, request, pk):
    seance = ouvrir(admin, request, pk, "view")
    etabli, contenu, versions = _releve(request, seance)
    page = {
        "seance": seance,
        "d": _a_imprimer(etabli, contenu),
        "versions": versions,
        "rectifie": request.user.has_perm("programme.change_seance", seance),
    }
    return TemplateResponse(request, "programme/comites/releve.html", page)


def releve_pdf(admin, request, pk):
    seance = ouvrir(admin, request, pk, "view")
    etabli, contenu, _ = _releve(request, seance)
    quand = etabli.etabli_le if etabli else timezone.now()
    octets = documents.pdf("programme/comites/releve.typ", _a_imprimer(etabli, contenu), quand)
    return _pdf(octets, _nom("releve", seance))
