"""Sharing a brouillon with the région: said on its page, asked before it is done, undone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from programme.ecritures import jour
from programme.fiches.chemin import des_regions
from programme.fiches.partage import PARTAGER, ne_plus_partager, partager
from territoires.administration import contexte_de_ligne, ouvrir_ligne
from territoires.agents.models import Agent

# act: (button, function, what will happen, what happened)
GESTES = {
    "partager": (
        "Partager ce brouillon avec la région",
        partager,
        "Les agents {regions} pourront lire ce brouillon, et le transmettre s’il est complet, "
        "sans pouvoir le modifier. Vous pourrez mettre fin à ce partage.",
        "le brouillon est partagé avec la région.",
    ),
    "reprendre": (
        "Ne plus partager",
        ne_plus_partager,
        "Les agents {regions} ne liront plus ce brouillon, jusqu’à ce que vous le partagiez de "
        "nouveau ou que la fiche soit transmise.",
        "le brouillon n’est plus partagé.",
    ),
}


def outil(request, fiche):
    """[(button, address)] of the act that this person may do on this brouillon now."""
    if not fiche.est_brouillon or not request.user.has_perm(PARTAGER, fiche):
        return []
    geste = "reprendre" if fiche.partagee_le else "partager"
    adresse = reverse("admin:programme_ficheaction_partage", args=[fiche.pk, geste])
    return [(GESTES[geste][0], adresse)]


def situation(fiche):
    """Who reads this brouillon, in a sentence; nothing of a fiche that went up."""
    region, dit = fiche.saisie_par, []
    if not fiche.est_brouillon:
        return f"Saisie par la région {region} pour le territoire." if region else ""
    if region:
        dit.append(f"Saisi par la région {region} pour le territoire\u202f: elle le lit.")
    if fiche.partagee_le:
        quand = jour(timezone.localtime(fiche.partagee_le))
        dit.append(f"Partagé avec la région le {quand}\u202f: elle le lit, sans le modifier.")
    elif not region:
        dit.append("La région ne lit pas ce brouillon\u202f: il n’est pas partagé avec elle.")
    return " ".join(dit)


def marque(fiche):
    """The state in a list, with a tag of who else reads a brouillon."""
    if not fiche.est_brouillon:
        return fiche.get_etat_display()
    if fiche.partagee_le:
        marque = "partagé avec la région"
    elif fiche.saisie_par_id:
        marque = "saisi par la région"
    else:
        return fiche.get_etat_display()
    return format_html(
        '<div>{} <span class="fr-badge fr-badge--sm fr-badge--no-icon">{}</span></div>',
        fiche.get_etat_display(),
        marque,
    )


def vue(admin, request, pk, geste):
    """Ask, then share or take back; a refusal says why."""
    if geste not in GESTES:
        raise Http404
    fiches = admin.get_queryset(request).select_related("territoire")
    fiche = ouvrir_ligne(request, fiches, pk, PARTAGER, "Le partage revient au territoire.")
    bouton, fonction, consequence, fait = GESTES[geste]
    erreurs = []
    if request.method == "POST":
        try:
            fonction(fiche, agent=request.user)
        except ValidationError as erreur:
            erreurs = erreur.messages
        else:
            admin.message_user(request, f"C’est fait\u202f: {fait}", messages.SUCCESS)
            return redirect("admin:programme_ficheaction_change", fiche.pk)
    regions = fiche.regions_concernees()
    contexte = contexte_de_ligne(
        admin,
        request,
        fiche,
        bouton,
        consequence=consequence.format(regions=des_regions(regions) if regions else "de la région"),
        destinataires=Agent.objects.des_regions(regions) if geste == "partager" else [],
        erreurs=erreurs,
        bouton=bouton,
    )
    return TemplateResponse(request, "admin/confirmation.html", contexte)
