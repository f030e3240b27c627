"""What is done to several rows at once is first shown: how many, which, which not and why."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse

GABARIT = "admin/confirmation.html"
AU_PLUS = 100  # rows named on the page; the others are counted


def confirmer(modele_admin, request, action, *, lignes, ecartees=(), gabarit=GABARIT, **page):
    """The page that asks before `action` is done to these rows, or that says why to none.

    `lignes`: [(row, its name)]; `ecartees`: [(row, why it stays as it is)].
    `page`: `title`, `consequence`, `bouton`, and what the template needs more.
    """
    contexte = modele_admin.admin_site.each_context(request) | {
        "opts": modele_admin.opts,
        "resume": resume(len(lignes), len(ecartees)),
        "lignes": [(ligne.pk, nom) for ligne, nom in lignes],
        "nommees": AU_PLUS,
        "de_plus": max(0, len(lignes) - AU_PLUS),
        "ecartees": [(str(ligne), raison) for ligne, raison in ecartees],
        "action": action,
        "champ_choix": ACTION_CHECKBOX_NAME,
        "retour": request.get_full_path(),
        **page,
    }
    return TemplateResponse(request, gabarit, contexte)


def resume(changent, restent):
    """« 5 lignes cochées : 3 changeront, 2 resteront comme elles sont. »"""
    reste = "restera comme elle est" if restent == 1 else "resteront comme elles sont"
    dits = [
        f"{nombre} {verbe}"
        for nombre, verbe in (
            (changent, "changera" if changent == 1 else "changeront"),
            (restent, reste),
        )
        if nombre
    ]
    total = changent + restent
    return f"{total} ligne{'s' * (total > 1)} cochée{'s' * (total > 1)} : {', '.join(dits)}."
