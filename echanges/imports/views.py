"""The screens behind « Importer »: upload, preview, confirmation."""

from dataclasses import dataclass, replace
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from echanges.erreurs import FichierRefuse, Remarque
from echanges.imports import journal
from echanges.imports.confirmation import confirmer
from echanges.imports.entetes import entetes_connus
from echanges.imports.forms import ChoixForm, DepotForm
from echanges.imports.refusees import lignes_refusees
from echanges.imports.verifications import phrase
from echanges.lecture.tableau import Choix, lire
from echanges.models import Feuillet, Import

PAR_PAGE = 50
CHANGEES = (
    "Les données ont changé depuis cet aperçu : rien n’a été écrit. Relisez l’aperçu refait "
    "ci-dessous, puis confirmez."
)

EN_PANNE = (
    "La base de données a fait défaut pendant l’écriture : rien n’a été écrit. Confirmez à nouveau "
    "dans un moment."
)

ECARTEES = (
    "Les lignes refusées sont écartées : ce qui suit ne les compte plus. Téléchargez-les avant de "
    "confirmer, pour les corriger et les envoyer ensuite."
)
OUBLIE = (
    "Cet aperçu a été abandonné, ou date de plus de sept jours : rien n’a été écrit. Envoyez le "
    "fichier à nouveau."
)
DEJA = "Cet import a déjà été confirmé : voici ce qu’il a fait."

LIBELLES = {
    Feuillet.Genre.REFUSEES: "Erreurs",
    Feuillet.Genre.MODIFIEES: "Modifications",
    Feuillet.Genre.CREEES: "Créations",
    Feuillet.Genre.REMARQUES: "Remarques",
}


@dataclass
class Onglet:
    nom: str
    libelle: str
    nombre: int


def deposer(modele_admin, request):
    """First step: the file is read and waits; the preview follows."""
    formulaire = DepotForm(
        request.POST or None, request.FILES or None, resources=modele_admin.resources()
    )
    if request.method == "POST" and formulaire.is_valid():
        depot = _recevoir(modele_admin, request, formulaire)
        if depot is not None:
            return redirect(modele_admin.adresse("apercu"), depot.pk)
    contexte = {
        "title": f"Importer – {modele_admin.opts.verbose_name_plural}",
        "formulaire": formulaire,
        "resources": [
            (nom, classe.titre(), classe.entetes())
            for nom, classe in modele_admin.resources().items()
        ],
    }
    return _page(modele_admin, request, "admin/echanges/imports/importer.html", contexte)


def _recevoir(modele_admin, request, formulaire):
    fichier = formulaire.cleaned_data["fichier"]
    depot = Import(
        auteur=request.user,
        resource=formulaire.cleaned_data["resource"],
        nom_du_fichier=fichier.name[:200],
        choix=formulaire.choix(),
    )
    depot.fichier = fichier.read()
    try:
        rapport = _analyser(modele_admin, request, depot)
    except FichierRefuse as erreur:
        formulaire.add_error("fichier", str(erreur))
        return None
    if deja := Import.objects.deja_confirme(depot):
        date = timezone.localtime(deja.decide_le)
        deja_vu = f"ce même fichier a déjà été importé le {date:%d/%m/%Y} (import nᵒ {deja.pk})."
        rapport.remarques.insert(0, Remarque(None, deja_vu))
    Import.objects.oublier_les_anciens()
    _retenir(depot, rapport)
    return depot


@transaction.atomic
def _retenir(depot, rapport):
    """The preview that everybody reads from now on, whatever the web process."""
    depot.noter(rapport)
    depot.save()
    journal.ecrire_apercu(depot, rapport)


def apercu(modele_admin, request, pk):
    """Second step: what the file would do; correct how it was read, confirm or give up."""
    try:
        return _apercu(modele_admin, request, pk)
    except Http404:
        if ailleurs := _deja_decide(modele_admin, request, pk):
            return ailleurs
        raise


def _apercu(modele_admin, request, pk):
    if request.method == "POST":
        if "relire" in request.POST:
            return _relire(modele_admin, request, pk)
        if "ecarter" in request.POST:
            return _ecarter(modele_admin, request, pk)
        return _decider(modele_admin, request, pk)
    depot = _depot(modele_admin, request, pk)
    contexte = pages_du_journal(depot, request.GET)
    contexte |= {
        "title": f"Aperçu de l’import « {depot.nom_du_fichier} »",
        "depot": depot,
        "choix": ChoixForm(initial=depot.choix, feuilles=depot.feuilles),
        "nombre_de_remarques": contexte["onglets"][-1].nombre,
        "corrige": depot.choix.keys() - {"sans"},
        "ecartees": len(depot.choix.get("sans", ())),
        "ecartables": not _resource(modele_admin, request, depot).d_un_bloc()
        and depot.creees + depot.modifiees + depot.inchangees > 0,
    }
    return _page(modele_admin, request, "admin/echanges/imports/apercu.html", contexte)


def compter(nombre, un, plusieurs):
    """« 1 création », « 2 créations », « 0 création »."""
    return f"{nombre} {un if nombre < 2 else plusieurs}"


def pages_du_journal(depot, parametres):
    """What a page shows of the lines of an import: which kind, filtered how, and where."""
    onglets = [
        Onglet(str(genre), LIBELLES[genre], journal.nombre(depot, genre))
        for genre in Feuillet.Genre
    ]
    premier = next((o.nom for o in onglets if o.nombre), "creees")
    vue = parametres.get("vue")
    vue = vue if vue in Feuillet.Genre.values else premier
    cherche = parametres.get("q", "").replace("\x00", "")[:200]
    lignes = journal.Lignes(depot, Feuillet.Genre(vue), cherche)
    return {
        "onglets": onglets,
        "vue": vue,
        "q": cherche,
        "page": Paginator(lignes, PAR_PAGE).get_page(parametres.get("page")),
    }


def refusees(modele_admin, request, pk):
    """The refused rows, with the reason of each, to correct and send again."""
    depot = _depot(modele_admin, request, pk)
    resource, choix = _resource(modele_admin, request, depot), Choix(**depot.choix)
    if choix.sans:
        # What was set aside is told again as it was: the preview no longer knows why.
        fichier = resource.analyser(depot.fichier, choix=replace(choix, sans=())).lignes_refusees()
    else:
        tableau = lire(depot.fichier, connus=entetes_connus(resource), choix=choix)
        fichier = lignes_refusees(tableau, journal.refus_par_ligne(depot))
    return HttpResponse(
        fichier,
        content_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{depot.resource}-lignes-refusees.csv"',
            "Cache-Control": "no-store",
        },
    )


def _relire(modele_admin, request, pk):
    depot = _depot(modele_admin, request, pk)
    formulaire = ChoixForm(request.POST, feuilles=depot.feuilles)
    if formulaire.is_valid():
        depot.choix = formulaire.choix()
        try:
            _retenir(depot, _analyser(modele_admin, request, depot))
            messages.info(request, "Le fichier a été relu comme vous l’avez demandé.")
        except FichierRefuse as erreur:
            messages.error(request, str(erreur))
    return redirect(modele_admin.adresse("apercu"), depot.pk)


def _ecarter(modele_admin, request, pk):
    """Preview the file again without its refused rows: what is left may be confirmed."""
    depot = _depot(modele_admin, request, pk)
    if _resource(modele_admin, request, depot).d_un_bloc():
        raise Http404
    sans = {*depot.choix.get("sans", ()), *journal.refus_par_ligne(depot)}
    depot.choix = depot.choix | {"sans": sorted(sans)}
    try:
        _retenir(depot, _analyser(modele_admin, request, depot))
        messages.info(request, ECARTEES)
    except FichierRefuse as erreur:
        messages.error(request, str(erreur))
    return redirect(modele_admin.adresse("apercu"), depot.pk)


def _decider(modele_admin, request, pk):
    try:
        with transaction.atomic():
            depot = _depot(modele_admin, request, pk, verrou=True)
            if "abandonner" in request.POST:
                depot.clore(Import.Etat.ABANDONNE)
                messages.info(request, "Import abandonné : rien n’a été écrit.")
                return redirect(modele_admin.adresse("changelist"))
            return _confirmer(modele_admin, request, depot)
    except FichierRefuse as erreur:
        messages.error(request, str(erreur))
    except IntegrityError as erreur:  # a foreign key that SQLite checks at the very end
        modele = modele_admin.resources()[depot.resource]._meta.model
        messages.error(request, phrase(erreur, modele))
    except DatabaseError:
        messages.error(request, EN_PANNE)
    return redirect(modele_admin.adresse("apercu"), pk)


def _confirmer(modele_admin, request, depot):
    resource = _resource(modele_admin, request, depot)
    rapport = resource.analyser(depot.fichier, choix=Choix(**depot.choix))
    if rapport.empreinte() != request.POST.get("empreinte"):
        _retenir(depot, rapport)
        messages.warning(request, CHANGEES)
        return redirect(modele_admin.adresse("apercu"), depot.pk)
    pks = confirmer(depot, resource, rapport)
    transaction.on_commit(partial(modele_admin.apres_import, request, resource, pks))
    messages.success(
        request,
        "Import enregistré : "
        + compter(depot.creees, "création", "créations")
        + ", "
        + compter(depot.modifiees, "modification", "modifications")
        + ", "
        + compter(depot.inchangees, "ligne inchangée", "lignes inchangées")
        + ".",
    )
    return redirect(f"{modele_admin.admin_site.name}:echanges_import_change", depot.pk)


def _deja_decide(modele_admin, request, pk):
    """Where a second click, another tab or the back button lead, None for a preview that waits."""
    depot = Import.objects.filter(
        pk=pk, auteur=request.user, resource__in=modele_admin.resources()
    ).exclude(etat=Import.Etat.APERCU)
    depot = depot.defer("contenu").first()
    if depot is None:
        return None
    if depot.etat == Import.Etat.ABANDONNE:
        messages.warning(request, OUBLIE)
        return redirect(modele_admin.adresse("importer"))
    messages.info(request, DEJA)
    return redirect(f"{modele_admin.admin_site.name}:echanges_import_change", depot.pk)


def _depot(modele_admin, request, pk, verrou=False):
    """A preview belongs to its author, and to the list where it was sent."""
    attente = Import.objects.en_attente(request.user).filter(resource__in=modele_admin.resources())
    return get_object_or_404(attente.select_for_update() if verrou else attente, pk=pk)


def _resource(modele_admin, request, depot):
    return modele_admin.resources()[depot.resource](agent=request.user)


def _analyser(modele_admin, request, depot):
    resource = _resource(modele_admin, request, depot)
    return resource.analyser(depot.fichier, choix=Choix(**depot.choix))


def _page(modele_admin, request, gabarit, contexte):
    contexte = modele_admin.admin_site.each_context(request) | {
        "opts": modele_admin.opts,
        "adresse_liste": modele_admin.adresse("changelist"),
        "adresse_colonnes": modele_admin.adresse("colonnes"),
        "adresse_importer": modele_admin.adresse("importer"),
        "adresse_refus": modele_admin.adresse("refusees"),
        **contexte,
    }
    return TemplateResponse(request, gabarit, contexte)
