"""The pages of a modification: what is proposed beside what was decided, then its steps."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from programme.fiches.admin.suivi import geste_de as _geste
from programme.fiches.instruction import instruction
from programme.fiches.models import Modification, PassageModification
from programme.fiches.modifications import parcours
from programme.fiches.modifications.forms import Saisie
from programme.fiches.modifications.lecture import avant_apres, prochaine_action, racontees
from territoires.administration import contexte_de_ligne, ouvrir_ligne

Action = PassageModification.Action
DROIT = "programme.faire_avancer"
PAGE = "admin:programme_ficheaction_modification"

# action: (button, function, whether it asks for a reason, what will happen, what was done)
ETAPES = {
    Action.TRANSMETTRE: (
        "Transmettre",
        parcours.transmettre,
        False,
        "La modification part au comité de chaque région concernée. La fiche reste comme elle est "
        "jusqu’à l’avis de tous.",
        "la modification est transmise, les comités concernés sont prévenus.",
    ),
    Action.RAPPELER: (
        "Rappeler",
        parcours.rappeler,
        True,
        "La modification redevient un brouillon. Les comités auront à se prononcer de nouveau.",
        "la modification est revenue à l’état de brouillon.",
    ),
    Action.RETIRER: (
        "Retirer",
        parcours.retirer,
        True,
        "La modification s’arrête là : la fiche reste comme elle est.",
        "la modification est retirée.",
    ),
}


def peut_demander(user, fiche):
    """A decided fiche that goes on, for who makes it advance."""
    return fiche.est_suivie and user.has_perm(DROIT, fiche)


def outil(request, fiche):
    """[(button, address)]: the open modification, or the way to ask for one."""
    ouverte = next((m for m in _siennes(fiche) if m.est_ouverte), None)
    if ouverte:
        adresse = reverse(PAGE, args=[fiche.pk, ouverte.pk])
        return [(f"Modification nᵒ {ouverte.numero} en cours", adresse)]
    if peut_demander(request.user, fiche):
        adresse = reverse("admin:programme_ficheaction_modifier", args=[fiche.pk])
        return [("Demander une modification", adresse)]
    return []


def contexte(fiche, user):
    """What the page of a decided fiche says of its modifications, the latest first."""
    lisible = user.ecrit_pour_un_territoire
    return racontees(m for m in _siennes(fiche) if lisible or m.etat != Modification.Etat.BROUILLON)


def _siennes(fiche):
    """The latest first, read once for a page."""
    if "_modifications_lues" not in vars(fiche):
        fiche._modifications_lues = list(fiche.modifications.order_by("-numero"))
    return fiche._modifications_lues


def vue_demander(admin, request, pk):
    fiche = _fiche(admin, request, pk, DROIT)
    if ouverte := fiche.modifications.ouvertes().first():
        return redirect(PAGE, fiche.pk, ouverte.pk)
    if not fiche.est_suivie:
        raise PermissionDenied("Seule une fiche validée ou engagée se modifie.")
    return _saisir(admin, request, fiche, None)


def vue_modification(admin, request, pk, modification):
    """Written while it is a draft, by who may; read otherwise."""
    fiche = _fiche(admin, request, pk)
    modification = _la_sienne(fiche, modification, request.user)
    if modification.est_modifiable and request.user.has_perm(DROIT, fiche):
        return _saisir(admin, request, fiche, modification)
    return _montrer(admin, request, fiche, modification, None)


def _saisir(admin, request, fiche, modification):
    saisie = Saisie(fiche, modification, request.POST if request.method == "POST" else None)
    if request.method == "POST" and saisie.est_valide():
        try:
            modification = _enregistrer(fiche, modification, saisie, request.user)
        except ValidationError as erreur:
            saisie.motif.add_error(None, erreur.messages)
            if modification:
                # It is told what stands now: the next sending is judged from there.
                modification.refresh_from_db()
                saisie.motif.data = saisie.motif.data.copy()
                saisie.motif.data["vu"] = modification.version
        else:
            admin.message_user(request, "La modification est enregistrée.", messages.SUCCESS)
            puis = request.POST.get("_puis")
            if puis in parcours.pas_possibles(modification):
                adresse = "admin:programme_ficheaction_modification_pas"
                return redirect(adresse, fiche.pk, modification.pk, puis)
            return redirect(PAGE, fiche.pk, modification.pk)
    return _montrer(admin, request, fiche, modification, saisie)


def _enregistrer(fiche, modification, saisie, agent):
    motif, propose = saisie.motif.cleaned_data["motif"], saisie.proposition()
    if modification is None:
        return parcours.ouvrir(fiche, agent=agent, motif=motif, propose=propose)
    vu = saisie.motif.cleaned_data["vu"]
    return parcours.ecrire(modification, agent=agent, motif=motif, propose=propose, vu=vu)


def _montrer(admin, request, fiche, modification, saisie):
    titre = (
        f"Modification nᵒ {modification.numero}" if modification else "Demander une modification"
    )
    page = contexte_de_ligne(admin, request, fiche, titre, saisie=saisie, modification=modification)
    if modification:
        modification.fiche = fiche
        page |= {
            "changements": avant_apres(modification),
            "manques": parcours.manques(modification) if modification.est_modifiable else [],
            "suite": prochaine_action(modification),
            "avis": instruction().avis_sur_la_modification(modification),
            "passages": modification.passages.select_related("auteur"),
            "pas": _pas(request, modification),
        }
    return TemplateResponse(request, "admin/programme/ficheaction/modification.html", page)


def _pas(request, modification):
    """[(button, action, address)] of the steps that this person may make now."""
    if not request.user.has_perm(DROIT, modification.fiche):
        return []
    cles = [modification.fiche_id, modification.pk]
    return [
        (
            ETAPES[action][0],
            action,
            reverse("admin:programme_ficheaction_modification_pas", args=[*cles, action]),
        )
        for action in parcours.pas_possibles(modification)
    ]


def vue_pas(admin, request, pk, modification, action):
    """Ask, then make one step; a refusal says why and keeps what was typed."""
    fiche = _fiche(admin, request, pk, DROIT)
    modification = _la_sienne(fiche, modification, request.user)
    if action not in ETAPES:
        raise Http404
    bouton, fonction, motive, consequence, fait = ETAPES[action]
    erreurs = []
    if request.method == "POST":
        motif = {"motif": request.POST.get("motif", "")} if motive else {}
        try:
            _faire(fonction, modification, request, motif)
        except ValidationError as erreur:
            erreurs = erreur.messages
            modification = _la_sienne(fiche, modification.pk, request.user)
        else:
            admin.message_user(request, f"C’est fait : {fait}", messages.SUCCESS)
            return redirect(PAGE, fiche.pk, modification.pk)
    page = contexte_de_ligne(
        admin,
        request,
        fiche,
        f"{bouton} la modification nᵒ {modification.numero}",
        consequence=consequence,
        destinataires=parcours.destinataires(modification, action),
        motive=motive,
        motif=request.POST.get("motif", ""),
        erreurs=erreurs,
        bouton=bouton,
        modification=modification,
        transmet=action == Action.TRANSMETTRE,
        manques=parcours.manques(modification) if action == Action.TRANSMETTRE else [],
        changements=avant_apres(modification),
        regions=fiche.regions_concernees(),
    )
    return TemplateResponse(request, "admin/programme/ficheaction/modification_pas.html", page)


def _faire(fonction, modification, request, motif):
    """Make the step on the modification that the person read, and not on another state of it."""
    if request.POST.get("version") != str(modification.version):
        raise parcours.TransitionRefusee(
            "La modification a changé depuis que vous avez ouvert cette page : relisez-la, "
            "puis confirmez de nouveau si cela convient encore."
        )
    fonction(modification, agent=request.user, **motif)


def _fiche(admin, request, pk, droit="programme.view_ficheaction"):
    fiches = admin.get_queryset(request).select_related("territoire__perimetre_courant", "axe")
    if request.method not in ("GET", "HEAD", "POST"):
        raise PermissionDenied
    return ouvrir_ligne(request, fiches, pk, droit)


def _la_sienne(fiche, pk, user):
    modification = Modification.objects.for_user(user).filter(fiche=fiche, pk=pk).first()
    if modification is None:
        raise Http404
    modification.fiche = fiche
    return modification


def histoire(fiche, lisible):
    """The steps of its modifications, in the form of those of `HistoriqueLisible`."""
    suite = []
    siennes = fiche.modifications.select_related("created_by")
    for modification in siennes.prefetch_related("changements", "passages__auteur"):
        if modification.etat == Modification.Etat.BROUILLON and not lisible(modification):
            continue
        nom = f"Modification nᵒ {modification.numero}"
        motif = [("motif", "", modification.motif)]
        suite.append(_geste(modification.created_by, modification.created_at, nom, motif))
        for passage in modification.passages.all():
            changements = [("motif", "", passage.motif)] if passage.motif else []
            if passage.le == modification.decidee_le:
                lignes = modification.changements.all()
                changements += [(ligne.quoi, ligne.avant, ligne.apres) for ligne in lignes]
            geste = f"{nom} : {passage.get_action_display()}"
            suite.append(_geste(passage.auteur, passage.le, geste, changements))
    return suite


def pages(admin):
    """The urls of these pages, under those of the fiche."""
    vue, une = admin.admin_site.admin_view, "<int:pk>/modifications/<int:modification>/"
    return [
        path(chemin, vue(partial(fonction, admin)), name=f"programme_ficheaction_{nom}")
        for chemin, fonction, nom in (
            ("<int:pk>/modifications/demander/", vue_demander, "modifier"),
            (une, vue_modification, "modification"),
            (f"{une}<slug:action>/", vue_pas, "modification_pas"),
        )
    ]
