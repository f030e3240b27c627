"""The page on which an avenant is signed: the same for a convention and for a contrat."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from territoires.administration import contexte_de_ligne


@transaction.atomic
def page_d_avenant(modele_admin, request, objet, saisir):
    """`saisir` makes the forms of an avenant of `objet`, which is held while they are judged."""
    retour = f"admin:{modele_admin.opts.app_label}_{modele_admin.opts.model_name}_change"
    if request.method == "POST":
        objet = modele_admin.model.objects.select_for_update().get(pk=objet.pk)
    saisie = saisir(objet, request.user, request.POST or None)
    if request.method == "POST" and saisie.est_valide():
        avenant = saisie.signer()
        modele_admin.message_user(request, f"{avenant} : enregistré.", messages.SUCCESS)
        return redirect(retour, objet.pk)
    contexte = contexte_de_ligne(
        modele_admin, request, objet, "Signer un avenant", saisie=saisie, retour=retour
    )
    return TemplateResponse(request, "admin/programme/convention/avenant.html", contexte)
