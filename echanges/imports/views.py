"""The screens behind « Importer »: upload, preview, confirmation."""

from dataclasses import dataclass, replace
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from echanges.erreurs import FichierRefuse
from echanges.imports import journal
from echanges.imports.analyse import CONTRADICTOIRES
from echanges.imports.confirmation import CHANGEES, EN_PANNE, confirmer
from echanges.imports.depots import (
    analyser,
    depot_de,
    en_travail,
    reconnaitre,
    rendre,
    resource_de,
    retenir,
)
from echanges.imports.en_fond import en_fond, faire_ecrire, faire_lire
from echanges.imports.forms import ChoixForm, DepotForm
from echanges.imports.raisons import corrections_postees, proposer_de_creer, raisons_de
from echanges.imports.refusees import lignes_refusees
from echanges.imports.verifications import phrase
from echanges.lecture.tableau import RECONNUS, Choix
from echanges.models import Feuillet, Import

PAR_PAGE = 50
ECARTEES = (
    "Les lignes refusées sont écartées : ce qui suit ne les compte plus. Téléchargez-les avant de "
    "confirmer, pour les corriger et les envoyer ensuite."
)
OUBLIE = (
    "Cet aperçu a été abandonné, ou date de plus de sept jours : rien n’a été écrit. Envoyez le "
    "fichier à nouveau."
)
GARDES = ("colonnes", "corrections", "reunir")  # of what a person said, when it is read otherwise
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
    """First step: the file is read and waits; its columns follow, or the preview."""
    formulaire = DepotForm(
        request.POST or None, request.FILES or None, resources=modele_admin.resources()
    )
    if request.method == "POST" and formulaire.is_valid():
        depot = _recevoir(modele_admin, request, formulaire)
        if depot is not None:
            page = "apercu" if depot.marque else "correspondances"
            return redirect(
                modele_admin.adresse("import_suivi" if depot.travail else page), depot.pk
            )
    contexte = {
        "title": f"Importer – {modele_admin.opts.verbose_name_plural}",
        "formulaire": formulaire,
        "resources": [
            (nom, classe.titre(), classe.entetes())
            for nom, classe in modele_admin.resources().items()
        ],
    }
    return rendre(modele_admin, request, "admin/echanges/imports/importer.html", contexte)


def _recevoir(modele_admin, request, formulaire):
    fichier = formulaire.cleaned_data["fichier"]
    depot = Import(
        auteur=request.user,
        resource=formulaire.cleaned_data["resource"],
        nom_du_fichier=fichier.name[:200],
        choix=formulaire.choix(),
    )
    depot.fichier = fichier.read()
    Import.objects.oublier_les_anciens()
    if en_fond(modele_admin, depot):
        return faire_lire(depot, tout=True)
    try:
        rapport = reconnaitre(resource_de(modele_admin, request, depot), depot)
    except FichierRefuse as erreur:
        formulaire.add_error("fichier", str(erreur))
        return None
    if rapport is None:
        depot.save()
    else:
        retenir(depot, rapport)
    return depot


def apercu(modele_admin, request, pk):
    """Second step: what the file would do; correct how it was read, confirm or give up."""
    try:
        return _apercu(modele_admin, request, pk)
    except Http404:
        if ailleurs := deja_decide(modele_admin, request, pk):
            return ailleurs
        raise


def _apercu(modele_admin, request, pk):
    if request.method == "POST":
        if en_travail(request, pk):
            return redirect(modele_admin.adresse("import_suivi"), pk)
        if "relire" in request.POST:
            return _relire(modele_admin, request, pk)
        if "corriger" in request.POST or "reunir" in request.POST:
            return _corriger(modele_admin, request, pk)
        if "ecarter" in request.POST:
            return _ecarter(modele_admin, request, pk)
        return _decider(modele_admin, request, pk)
    depot = depot_de(modele_admin, request, pk)
    if depot.travail or not depot.marque:
        page = "import_suivi" if depot.travail or depot.echec else "correspondances"
        return redirect(modele_admin.adresse(page), pk)
    contexte = pages_du_journal(depot, request.GET) | _raisons(modele_admin, request, depot)
    contexte |= {
        "title": f"Aperçu de l’import « {depot.nom_du_fichier} »",
        "depot": depot,
        "choix": ChoixForm(initial=depot.choix, feuilles=depot.feuilles),
        "nombre_de_remarques": contexte["onglets"][-1].nombre,
        "corrige": depot.choix.keys() & set(RECONNUS),
        "ecartees": len(depot.choix.get("sans", ())),
        "ecartables": not resource_de(modele_admin, request, depot).d_un_bloc()
        and depot.creees + depot.modifiees + depot.inchangees > 0,
    }
    return rendre(modele_admin, request, "admin/echanges/imports/apercu.html", contexte)


def _raisons(modele_admin, request, depot):
    if not depot.refusees:
        return {}
    resource = resource_de(modele_admin, request, depot)
    raisons = raisons_de(depot, resource)
    proposer_de_creer(raisons, resource, modele_admin, request)
    reunissables = any(r.motif == CONTRADICTOIRES for r in raisons) and any(
        colonne.est_liste for colonne in resource.colonnes
    )
    return {"raisons": raisons, "reunissables": reunissables and not depot.choix.get("reunir")}


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
    depot = depot_de(modele_admin, request, pk)
    resource, choix = resource_de(modele_admin, request, depot), Choix(**depot.choix)
    if choix.sans:
        # What was set aside is told again as it was: the preview no longer knows why.
        fichier = resource.analyser(depot.fichier, choix=replace(choix, sans=())).lignes_refusees()
    else:
        tableau = resource.ouvrir(depot.fichier, choix)
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
    """Read the file another way; its columns are asked again when they no longer are the same."""
    depot = depot_de(modele_admin, request, pk)
    formulaire = ChoixForm(request.POST, feuilles=depot.feuilles)
    page = "apercu"
    if formulaire.is_valid():
        avant = depot.choix
        depot.choix = {n: v for n, v in avant.items() if n in GARDES} | formulaire.choix()
        if en_fond(modele_admin, depot):
            faire_lire(depot, tout=True, sinon=avant)
            return redirect(modele_admin.adresse("import_suivi"), depot.pk)
        try:
            rapport = reconnaitre(resource_de(modele_admin, request, depot), depot)
            if rapport is None:
                depot.marque, page = "", "correspondances"
                depot.save()
            else:
                retenir(depot, rapport)
            messages.info(request, "Le fichier a été relu comme vous l’avez demandé.")
        except FichierRefuse as erreur:
            messages.error(request, str(erreur))
    return redirect(modele_admin.adresse(page), depot.pk)


def _corriger(modele_admin, request, pk):
    """Read the file again with what the person says, once for all, of its refused values."""
    depot = depot_de(modele_admin, request, pk)
    avant = depot.choix
    if "reunir" in request.POST:
        depot.choix = avant | {"reunir": True}
    corrections = {nom: dict(table) for nom, table in avant.get("corrections", {}).items()}
    postees = corrections_postees(request.POST, resource_de(modele_admin, request, depot))
    for nom, table in postees.items() if "corriger" in request.POST else ():
        # What was meant the first time and is still refused is mended where it was written.
        deja = corrections.setdefault(nom, {})
        deja |= {de: table[par] for de, par in deja.items() if par in table} | table
    depot.choix = depot.choix | {"corrections": corrections}
    return _relu(modele_admin, request, depot, avant, "Le fichier a été relu avec vos corrections.")


def _relu(modele_admin, request, depot, avant, dit):
    """Read again under another choice; refused, the preview of before stands."""
    if en_fond(modele_admin, depot):
        faire_lire(depot, tout=False, sinon=avant)
        return redirect(modele_admin.adresse("import_suivi"), depot.pk)
    try:
        retenir(depot, analyser(modele_admin, request, depot))
        messages.info(request, dit)
    except FichierRefuse as erreur:
        messages.error(request, str(erreur))
    return redirect(modele_admin.adresse("apercu"), depot.pk)


def _ecarter(modele_admin, request, pk):
    """Preview the file again without its refused rows: what is left may be confirmed."""
    depot = depot_de(modele_admin, request, pk)
    if resource_de(modele_admin, request, depot).d_un_bloc():
        raise Http404
    avant = depot.choix
    sans = {*avant.get("sans", ()), *journal.refus_par_ligne(depot)}
    depot.choix = avant | {"sans": sorted(sans)}
    return _relu(modele_admin, request, depot, avant, ECARTEES)


def _decider(modele_admin, request, pk):
    try:
        with transaction.atomic():
            depot = depot_de(modele_admin, request, pk, verrou=True)
            if "abandonner" in request.POST:
                depot.clore(Import.Etat.ABANDONNE)
                messages.info(request, "Import abandonné : rien n’a été écrit.")
                return redirect(modele_admin.adresse("changelist"))
            if en_fond(modele_admin, depot):
                faire_ecrire(depot, request.POST.get("empreinte", ""))
                return redirect(modele_admin.adresse("import_suivi"), depot.pk)
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
    resource = resource_de(modele_admin, request, depot)
    rapport = resource.analyser(depot.fichier, choix=Choix(**depot.choix))
    if rapport.empreinte() != request.POST.get("empreinte"):
        retenir(depot, rapport)
        messages.warning(request, CHANGEES)
        return redirect(modele_admin.adresse("apercu"), depot.pk)
    pks = confirmer(depot, resource, rapport)
    transaction.on_commit(partial(modele_admin.apres_import, request, resource, pks))
    messages.success(request, ce_qui_est_ecrit(depot))
    return redirect(f"{modele_admin.admin_site.name}:echanges_import_change", depot.pk)


def ce_qui_est_ecrit(depot):
    """What an import that went through did, in a sentence."""
    return (
        "Import enregistré : "
        + compter(depot.creees, "création", "créations")
        + ", "
        + compter(depot.modifiees, "modification", "modifications")
        + ", "
        + compter(depot.inchangees, "ligne inchangée", "lignes inchangées")
        + "."
    )


def deja_decide(modele_admin, request, pk):
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
