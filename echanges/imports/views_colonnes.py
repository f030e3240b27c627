"""The step between upload and preview: what each column of the file is."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import capfirst

from echanges.colonnes.schemas import decrire
from echanges.erreurs import FichierRefuse
from echanges.imports.correspondances import (
    CHOISIE,
    empreinte_des_entetes,
    manquantes,
    proposer,
    remplir_les_exemples,
    sans_cle,
)
from echanges.imports.depots import analyser, depot_de, rendre, resource_de, retenir
from echanges.imports.en_fond import en_fond, faire_lire
from echanges.imports.forms import ChoixForm
from echanges.imports.memoire import retenir as retenir_les_colonnes
from echanges.lecture.tableau import LIGNES_AVANT_LES_ENTETES, Choix
from echanges.models import Correspondance, Import
from echanges.textes import en_cle

ONT_CHANGE = (
    "Les en-têtes ont changé depuis que cette page a été ouverte (dans un autre onglet, sans "
    "doute) : vérifiez les colonnes ci-dessous. Ce que vous aviez choisi est gardé là où l’en-tête "
    "est le même."
)
PROFIL_D_AUTRE_CHOSE = (
    "Ce profil n’existe pas pour ces objets, ou n’existe plus : il n’a pas été appliqué."
)
NOM_D_UN_AUTRE = (
    "« {profil} » est déjà le nom d’un profil de {auteur} : choisissez-en un autre. Vos choix "
    "sont gardés ci-dessous."
)
ABSENTES = (
    "Ce profil lit aussi {}, que ce fichier n’a pas sous ce nom : dites ci-dessous quelle colonne "
    "en tient lieu, s’il y en a une."
)
EN_DOUBLE = "deux colonnes du fichier sont lues comme « {} » : gardez-en une, ignorez l’autre."
MANQUE = "Sans elle aucune ligne ne peut être désignée : dites quelle colonne est « {} »."


def choisir(modele_admin, request, pk):
    try:
        depot = depot_de(modele_admin, request, pk)
    except Http404:
        # Decided meanwhile: the preview says where that leads.
        if Import.objects.filter(pk=pk, auteur=request.user).exists():
            return redirect(modele_admin.adresse("apercu"), pk)
        raise
    if depot.travail:
        return redirect(modele_admin.adresse("import_suivi"), pk)
    try:
        etape = Etape(modele_admin, request, depot)
    except FichierRefuse as erreur:
        # Nothing of it can be read, whatever is chosen: another file is to be given.
        messages.error(request, str(erreur))
        return redirect(modele_admin.adresse("importer"))
    if request.method == "POST":
        return etape.recevoir()
    return etape.montrer()


class Etape:
    """One request on this page."""

    def __init__(self, modele_admin, request, depot):
        self.modele_admin, self.request, self.depot = modele_admin, request, depot
        self.resource = resource_de(modele_admin, request, depot)
        self.erreurs = []
        self.tableau = self._ouvrir()
        self.propositions = proposer(
            self.resource, self.tableau, self.depot.choix.get("colonnes", {})
        )
        remplir_les_exemples(self.tableau, self.propositions)

    def _ouvrir(self):
        """The file as it was last said to be read; else as it reads by itself."""
        try:
            return self.resource.ouvrir(self.depot.fichier, Choix(**self.depot.choix))
        except FichierRefuse as erreur:
            self.erreurs.append(str(erreur))
            self.depot.choix = self.depot.choix | {"ligne": 0}
            return self.resource.ouvrir(self.depot.fichier, Choix(**self.depot.choix))

    @property
    def marque(self):
        return empreinte_des_entetes([*self.tableau.entetes, str(self.tableau.ligne_des_entetes)])

    @property
    def nom_du_profil(self):
        return " ".join(self.request.POST.get("nom_du_profil", "").split())[:100]

    @property
    def partager(self):
        """Whether the profile is for all who import; one without a name is for nobody else."""
        return bool(self.nom_du_profil) and "partager" in self.request.POST

    # --- What is asked ---------------------------------------------------------------------------

    def recevoir(self):
        self._reprendre_les_choix()
        if "relire_entetes" in self.request.POST:
            return self._changer_de_ligne()
        if "appliquer" in self.request.POST:
            return self._appliquer_un_profil()
        self._verifier()
        if self.erreurs:
            return self.montrer()
        return self._continuer()

    def _reprendre_les_choix(self):
        """What stands in the selects is shown again, whatever is wrong elsewhere."""
        if self.request.POST.get("entetes") != self.marque:
            self.erreurs.append(ONT_CHANGE)
        admises = set(self.resource.entetes())
        postees = dict(
            zip(
                self.request.POST.getlist("cle"), self.request.POST.getlist("colonne"), strict=False
            )
        )
        for proposition in self.propositions:
            cible = postees.get(proposition.cle)
            if cible is not None and cible in admises | {""}:
                if cible != proposition.cible:
                    proposition.niveau = CHOISIE
                proposition.cible = cible

    def _choisies(self):
        return {p.cle: p.cible for p in self.propositions}

    def _verifier(self):
        cibles = [p.cible for p in self.propositions if p.cible]
        self.doubles = {cible for cible in cibles if cibles.count(cible) > 1}
        self.erreurs += [capfirst(EN_DOUBLE.format(cible)) for cible in sorted(self.doubles)]
        self.erreurs += [MANQUE.format(nom) for nom in manquantes(self.resource, cibles)]
        profils, qui = Correspondance.objects, self.request.user
        if pris := profils.d_un_autre(qui, self.depot.resource, self.nom_du_profil):
            self.erreurs.append(NOM_D_UN_AUTRE.format(profil=pris.nom, auteur=pris.auteur))

    def _changer_de_ligne(self):
        texte = self.request.POST.get("ligne", "")
        ligne = int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 8 else 0
        avant, self.depot.choix = self.depot.choix, self.depot.choix | {"ligne": ligne}
        try:
            self.resource.ouvrir(self.depot.fichier, Choix(**self.depot.choix))
        except FichierRefuse as erreur:
            self.depot.choix, self.erreurs = avant, [str(erreur)]
            return self.montrer()
        self.depot.choix["colonnes"] = {
            p.cle: p.cible for p in self.propositions if p.niveau == CHOISIE
        }
        return self._attendre()

    def _appliquer_un_profil(self):
        profils = Correspondance.objects.profils(self.request.user, self.depot.resource)
        numero = self.request.POST.get("profil", "")
        profil = profils.filter(pk=en_cle(numero)).first()
        if profil is None:
            self.erreurs = [PROFIL_D_AUTRE_CHOSE]
            return self.montrer()
        self.depot.choix = self.depot.choix | {"colonnes": profil.colonnes, "ligne": 0}
        messages.info(self.request, f"Profil « {profil.nom} » appliqué : vérifiez, puis continuez.")
        self._dire_ce_qui_manque_au_profil(profil)
        return self._attendre()

    def _dire_ce_qui_manque_au_profil(self, profil):
        """The columns that it reads and that this file has no more, under this name."""
        tableau = self.resource.ouvrir(self.depot.fichier, Choix(**self.depot.choix))
        absentes = [c for c, cible in profil.colonnes.items() if cible and c not in tableau.cles]
        if absentes:
            noms = ", ".join(f"« {cle[:80]} »" for cle in absentes)
            messages.warning(self.request, ABSENTES.format(noms))

    def _attendre(self):
        """The same page, read another way; no preview stands any more."""
        self.depot.marque = ""
        self.depot.save()
        return redirect(self.modele_admin.adresse("correspondances"), self.depot.pk)

    def _continuer(self):
        choisies = self._choisies()
        ligne = self.tableau.ligne_des_entetes
        avant = self.depot.choix
        self.depot.choix = avant | {"colonnes": choisies, "ligne": ligne, "sans": []}
        if en_fond(self.modele_admin, self.depot):
            self._retenir(choisies)
            faire_lire(self.depot, tout=False, sinon=avant)
            return redirect(self.modele_admin.adresse("import_suivi"), self.depot.pk)
        try:
            rapport = analyser(self.modele_admin, self.request, self.depot)
        except FichierRefuse as erreur:
            self.erreurs.append(str(erreur))
            return self.montrer()
        self._retenir(choisies)
        retenir(self.depot, rapport)
        return redirect(self.modele_admin.adresse("apercu"), self.depot.pk)

    def _retenir(self, choisies):
        profil = {"nom": self.nom_du_profil, "partage": self.partager}
        retenir_les_colonnes(self.request.user, self.resource, self.tableau, choisies, **profil)

    # --- What is shown ---------------------------------------------------------------------------

    def montrer(self):
        cibles = {p.cible for p in self.propositions}
        contexte = {
            "title": f"Colonnes de « {self.depot.nom_du_fichier} »",
            "depot": self.depot,
            "titre_des_objets": self.resource.titre(),
            "erreurs": self.erreurs,
            "propositions": self.propositions,
            "doubles": getattr(self, "doubles", ()),
            "cibles": self._cibles(),
            "manquantes": manquantes(self.resource, cibles),
            "sans_cle": sans_cle(self.resource, cibles),
            "cle": self.resource._meta.import_id_fields[0],
            "utiles": self._utiles(cibles),
            "marque": self.marque,
            "ligne": self.tableau.ligne_des_entetes,
            "lignes": [
                (numero, " | ".join(c.strip() for c in cellules if c.strip())[:120])
                for numero, cellules in self.tableau.tetes
            ],
            "combien": LIGNES_AVANT_LES_ENTETES,
            "profils": Correspondance.objects.profils(self.request.user, self.depot.resource),
            "nom_du_profil": self.request.POST.get("nom_du_profil", ""),
            "partager": self.request.method != "POST" or self.partager,
            "choix": ChoixForm(initial=self.depot.choix, feuilles=self.tableau.feuilles),
        }
        gabarit = "admin/echanges/imports/colonnes.html"
        return rendre(self.modele_admin, self.request, gabarit, contexte)

    def _cibles(self):
        """[(header, label)] of what a column may be."""
        fermees = self.resource._meta.lecture_seule
        return [
            (d.nom, f"{d.libelle[:1].upper()}{d.libelle[1:]} ({d.nom})")
            for d in decrire(self.resource)
            if d.nom not in fermees
        ]

    def _utiles(self, cibles):
        """Columns that a new row needs and that the file does not give."""
        meta = self.resource._meta
        tues = {*cibles, *meta.import_id_fields, *meta.lecture_seule}
        return [d.nom for d in decrire(self.resource) if d.requise and d.nom not in tues]
