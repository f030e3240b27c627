"""The pages of an assemblée in preparation: paste its programme, see it as the public, publish."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from evenements.inscription import Annuaire, deja_inscrites, inscrire
from evenements.programme_colle import lire
from evenements.views import contexte_de_page
from programme.fichiers import servir
from territoires.administration import contexte_de_ligne, ouvrir_ligne

EXEMPLE = """Mardi 5 mars 2019
14h00 – 15h30 : Table ronde d’ouverture (salle plénière)
- Prénom Nom, fonction, organisation
- Autre Personne, fonction
15h30 : Signature de la convention
Mercredi 6 mars 2019
10h – 12h : Ateliers en parallèle
Atelier 1 : les compétences
- Prénom Nom, fonction, organisation
Atelier 2 : le foncier"""


def ouvrir(admin, request, pk, droit="change"):
    assemblees = admin.get_queryset(request).select_related("edition")
    refus = "La délégation tient le récit des assemblées."
    return ouvrir_ligne(request, assemblees, pk, f"evenements.{droit}_assemblee", refus)


def adresse(nom, assemblee):
    return reverse(f"admin:evenements_assemblee_{nom}", args=[assemblee.pk])


def pas(assemblee):
    """[(button, address)] of what is next for this assemblée."""
    suite = [("Coller un programme", adresse("coller", assemblee))]
    if not assemblee.est_du_public:
        suite.append(("Voir comme le public", adresse("voir", assemblee)))
        suite.append(("Publier", adresse("publier", assemblee)))
    return suite


def coller(admin, request, pk):
    """A text, then what it would make, then the séquences; the text is kept at each step."""
    assemblee = ouvrir(admin, request, pk)
    texte = request.POST.get("texte", "")
    lues, refus = lire(texte, assemblee) if texte.strip() else ([], [])
    if "confirmer" in request.POST and lues and not refus:
        nouvelles = inscrire(assemblee, lues)
        if nouvelles:
            titres = ", ".join(f"« {sequence} »" for sequence in nouvelles)
            assemblee.noter_correction(f"Programme complété : {titres}."[:500])
        admin.message_user(request, f"Séquences ajoutées : {len(nouvelles)}.", messages.SUCCESS)
        return redirect("admin:evenements_assemblee_change", assemblee.pk)
    annuaire = Annuaire()
    deja = deja_inscrites(assemblee, lues)
    lignes = [(lue, lue in deja, [(p, qui(p, annuaire)) for p in lue.paroles]) for lue in lues]
    page = contexte_de_ligne(
        admin,
        request,
        assemblee,
        "Coller un programme",
        texte=texte,
        vide=request.method == "POST" and not texte.strip(),
        lignes=lignes,
        nombre=len(lues) - len(deja),
        refus=refus,
        exemple=EXEMPLE,
    )
    return TemplateResponse(request, "admin/evenements/assemblee/coller.html", page)


def qui(parole, annuaire):
    """What will be made of this name, in words."""
    if connu := annuaire.trouver(parole):
        return f"déjà connu : {connu}"
    if annuaire.est_organisation(parole):
        return "organisation"
    if proche := annuaire.proche(parole):
        return f"sera créé, mais ressemble à {proche} : vérifiez l’orthographe"
    return "sera créé"


def voir(admin, request, pk):
    """The public page as it will be, for who writes it."""
    assemblee = ouvrir(admin, request, pk)
    page = contexte_de_page(assemblee, request)
    return TemplateResponse(
        request,
        "evenements/assemblee.html",
        page
        | {
            "apercu": True,
            "modifier": reverse("admin:evenements_assemblee_change", args=[assemblee.pk]),
        },
        headers={"Cache-Control": "private, no-store"},
    )


def publier(admin, request, pk):
    assemblee = ouvrir(admin, request, pk)
    changer = redirect("admin:evenements_assemblee_change", assemblee.pk)
    if assemblee.est_du_public:
        admin.message_user(request, "Cette assemblée est déjà publiée.", messages.WARNING)
        return changer
    if request.method == "POST":
        admin.marquer(request, admin.get_queryset(request).filter(pk=pk))
        admin.message_user(request, "L’assemblée est publiée.", messages.SUCCESS)
        return changer
    page = contexte_de_ligne(
        admin,
        request,
        assemblee,
        "Publier",
        consequence="Chacun pourra la lire sur le site, sans se connecter, dès maintenant. "
        "Ce que vous corrigerez ensuite y sera dit, avec sa date.",
        manques=manques(assemblee),
        bouton="Publier",
    )
    return TemplateResponse(request, "admin/evenements/assemblee/publier.html", page)


def manques(assemblee):
    """What a reader would look for in vain; none of it forbids to publish."""
    sequences = list(assemblee.sequences.prefetch_related("interventions"))
    constats = [
        (not sequences, "Aucune séquence n’est inscrite."),
        (not assemblee.resume, "Le résumé est vide."),
        (not assemblee.source, "La source n’est pas citée."),
    ]
    muettes = [s.titre for s in sequences if not s.compte_rendu and not s.interventions.all()]
    constats.append((bool(muettes), f"Sans compte rendu ni intervenant : {', '.join(muettes)}."))
    return [phrase for manque, phrase in constats if manque]


def document(admin, request, pk, document):
    """A file of an assemblée, for every agent who reads it, published or not."""
    assemblee = ouvrir(admin, request, pk, droit="view")
    depose = get_object_or_404(assemblee.documents.exclude(fichier=""), pk=document)
    return servir(depose.fichier, depose.fichier.name)
