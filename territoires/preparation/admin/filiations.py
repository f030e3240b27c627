"""What each périmètre became in a later edition: proposed, then decided by a person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from territoires.editions.comparaison import Comparaison
from territoires.editions.models import EditionCarte, Filiation

GESTES = {"confirmer": True, "refuser": False, "revenir": None}


def filiations(admin, request, pk):
    """Proposals with their figures, a decision by click; `?depuis=` chooses the older edition."""
    if not request.user.has_perm("territoires.add_filiation"):
        raise PermissionDenied
    edition = admin.get_object(request, str(pk))
    if edition is None:
        raise Http404
    anterieures = list(EditionCarte.objects.composees().filter(date__lt=edition.date))
    depuis = next(
        (e for e in anterieures if e.code == request.GET.get("depuis")),
        anterieures[0] if anterieures else None,
    )
    if depuis is None:
        raise Http404("Aucune édition plus ancienne n’est publiée avec sa composition.")
    comparaison = Comparaison(depuis, edition)
    if request.method == "POST":
        return _decider(admin, request, comparaison)
    contexte = admin.admin_site.each_context(request) | {
        "title": f"Filiations de l’{depuis} à l’{edition}",
        "opts": admin.opts,
        "original": edition,
        "depuis": depuis,
        "anterieures": anterieures,
        "proposees": [_ligne(comparaison, *lien) for lien in _ordre(comparaison)],
        "identiques": len(_identiques(comparaison)),
        "decidees": _decidees(comparaison),
        "ajouter": reverse("admin:territoires_filiation_add"),
    }
    return TemplateResponse(request, "admin/territoires/editioncarte/filiations.html", contexte)


def _decider(admin, request, comparaison):
    liens, geste = _demandes(request.POST, comparaison)
    for ancien, nouveau in liens:
        filiation, _ = Filiation.objects.get_or_create(
            ancien_id=ancien,
            nouveau_id=nouveau,
            defaults={"nature": comparaison.nature(ancien, nouveau)},
        )
        filiation.decider(request.user, geste)
        filiation.save()
    mot = {True: "confirmée", False: "refusée", None: "rouverte"}[geste]
    pluriel = "s" * (len(liens) > 1)
    if liens:
        texte = f"{len(liens)} filiation{pluriel} {mot}{pluriel}."
        admin.message_user(request, texte, messages.SUCCESS)
        admin.log_change(request, comparaison.apres, texte)
    else:
        admin.message_user(request, "Ce lien n’est plus à décider.", messages.WARNING)
    suite = urlencode({"depuis": comparaison.avant.code})
    return redirect(f"{request.path}?{suite}#proposees")


def _demandes(envoi, comparaison):
    """({(ancien, nouveau)}, decision): what the buttons ask, among what these editions hold."""
    if "identiques" in envoi:
        return _identiques(comparaison), True
    for nom, geste in GESTES.items():
        if nom in envoi:
            candidats = comparaison.decidees if geste is None else comparaison.proposees
            liens = [lien for lien in candidats if f"{lien[0]}-{lien[1]}" == envoi[nom]]
            return liens, geste
    return [], None


def _identiques(comparaison):
    """Proposals where the same communes go on, one périmètre for one."""
    return [
        (ancien, nouveau)
        for ancien, nouveau in _ordre(comparaison)
        if comparaison.anciens.communes[ancien] == comparaison.nouveaux.communes[nouveau]
        and comparaison.anciens.communes[ancien]
    ]


def _ordre(comparaison):
    """What asks for thought first: the smallest share of inhabitants in common."""
    return sorted(comparaison.proposees, key=lambda lien: (_part(comparaison, *lien), lien))


def _part(comparaison, ancien, nouveau):
    """Share of the inhabitants of the larger one that both hold, from 0 to 1."""
    tous = max(comparaison.anciens.habitants[ancien], comparaison.nouveaux.habitants[nouveau])
    return comparaison.communs[ancien, nouveau] / tous if tous else 0


def _ligne(comparaison, ancien, nouveau):
    communs = comparaison.communs[ancien, nouveau]
    avant, apres = comparaison.anciens.habitants[ancien], comparaison.nouveaux.habitants[nouveau]
    return {
        "cle": f"{ancien}-{nouveau}",
        "ancien": comparaison.anciens.perimetres[ancien],
        "nouveau": comparaison.nouveaux.perimetres[nouveau],
        "communs": communs,
        "part_ancien": round(100 * communs / avant) if avant else 0,
        "part_nouveau": round(100 * communs / apres) if apres else 0,
        "nature": Filiation.Nature(comparaison.nature(ancien, nouveau)).label,
    }


def _decidees(comparaison):
    return (
        Filiation.objects.filter(
            ancien__edition=comparaison.avant, nouveau__edition=comparaison.apres
        )
        .exclude(confirmee_le=None, refusee_le=None)
        .select_related("ancien", "nouveau", "confirmee_par", "refusee_par")
        .order_by("nouveau__recherche", "ancien__recherche")
    )
