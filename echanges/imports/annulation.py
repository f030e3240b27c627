"""Take back what an import did, as a whole, while nobody changed those objects since."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from echanges.erreurs import FichierRefuse
from echanges.historisation import historiser
from echanges.imports import journal
from echanges.imports.ecriture import ecrire_le_carnet, verifier_les_liens
from echanges.imports.instances import attributs_ecrits
from echanges.imports.plans import Carnet, Plan
from echanges.imports.verifications import phrase
from echanges.lots import CLES, par_lots
from echanges.models import Import

MONTRES = 200  # obstacles listed; beyond, their number is enough
Genre = journal.Genre


@dataclass
class Obstacle:
    """Why one object stands in the way."""

    nom: str
    pk: object
    raison: str


class Annulation:
    """`obstacles` are to be read before `ecrire`, in the same transaction for a true undo."""

    def __init__(self, depot, resource):
        self.depot, self.resource, self.modele = depot, resource, resource.modele
        self.colonnes = {colonne.nom: colonne for colonne in resource.colonnes}
        self.carnet = Carnet(resource.colonnes)
        self.supprimes, self.nombre_d_obstacles = [], 0
        self.souvenirs = {}  # row number: what the resource kept
        self.ecrits = attributs_ecrits(self.modele)

    def obstacles(self):
        """The first of them; `nombre_d_obstacles` counts them all."""
        if not self.resource.peut("importer"):
            raise PermissionDenied("L’annulation d’un import revient à la délégation.")
        self.resource.preparer()
        for colonne in self.resource.colonnes:
            colonne.preparer()
        trouves = []
        for genre, examiner in ((Genre.MODIFIEES, self._rendre), (Genre.CREEES, self._retirer)):
            for lot in _lots(journal.lire(self.depot, genre)):
                self.souvenirs |= {e.ligne: e.souvenir for e in lot if e.souvenir is not None}
                for obstacle in examiner(lot):
                    self.nombre_d_obstacles += 1
                    if len(trouves) < MONTRES:
                        trouves.append(obstacle)
        return trouves

    def _objets(self, pks):
        """{primary key: row} of those that the agent may see, locked until the end."""
        lignes = self.modele._default_manager.order_by().select_for_update().filter(pk__in=pks)
        visibles = set(self.resource.visibles().filter(pk__in=pks).values_list("pk", flat=True))
        return {objet.pk: objet for objet in lignes if objet.pk in visibles}

    def _rendre(self, entrees):
        """Plans that give back their former values to the rows changed, or what prevents it."""
        objets = self._objets([e.pk for e in entrees])
        marques = journal.empreintes(self.resource, list(objets))
        plans = []
        for entree in entrees:
            objet = objets.get(entree.pk)
            plan = Plan([entree.ligne], objet, False, entree.nom)
            if objet is None:
                yield Obstacle(entree.nom, None, "n’existe plus, ou n’est plus à vous")
                continue
            if marques[entree.pk] != entree.empreinte:
                yield Obstacle(entree.nom, entree.pk, self._qui_a_change(objet))
                continue
            self._remettre(plan, entree)
            if motif := self.resource.verrou(objet, plan):
                yield Obstacle(entree.nom, entree.pk, motif[-1])
                continue
            self.resource.completer(objet, False)
            plan.ecrits = self.ecrits(objet, False)
            plans.append(plan)
        self.carnet.ajouter(plans)

    def _remettre(self, plan, entree):
        listes = {}
        for nom, _, _, ancienne in entree.changements:
            colonne = self.colonnes[nom]
            ancienne = colonne.relire(ancienne)
            if not colonne.est_liste:
                presente = getattr(plan.objet, colonne.attribut)
                setattr(plan.objet, colonne.attribut, ancienne)
            else:
                listes[nom] = colonne.courants([entree.pk])
                presente = listes[nom].get(entree.pk, ())
            plan.changements.append((colonne, presente, ancienne))

    def _retirer(self, entrees):
        """Rows created are to be deleted, unless something came to rest on them."""
        objets = self._objets([e.pk for e in entrees])
        marques = journal.empreintes(self.resource, list(objets))
        rattaches = self._rattaches(list(objets))
        for entree in entrees:
            objet = objets.get(entree.pk)
            if objet is None:
                continue  # somebody has deleted it: nothing is left to take back
            plan = Plan([entree.ligne], objet, False, entree.nom)
            motif = self.resource.verrou(objet, plan)
            if marques[entree.pk] != entree.empreinte:
                yield Obstacle(entree.nom, entree.pk, self._qui_a_change(objet))
            elif motif or (motif := self.resource.deja_servi(objet)):
                yield Obstacle(entree.nom, entree.pk, motif[-1])
            elif entree.pk in rattaches:
                yield Obstacle(entree.nom, entree.pk, f"s’y rattache : {rattaches[entree.pk]}")
            else:
                self.supprimes.append(entree.pk)

    def _rattaches(self, pks):
        """{primary key: the rows that refer to it, in words}; those that came with it left out."""
        siens = {*self.resource.deduits(), *self._modeles_des_listes()}
        trouves = {}
        for lien in self.modele._meta.get_fields(include_hidden=True):
            if not lien.auto_created or lien.concrete or lien.related_model in siens:
                continue
            champ = lien.field
            # A relation to many is met again as its hidden model; history outlives what it tells.
            if lien.many_to_many or not champ.db_constraint:
                continue
            lignes = lien.related_model._base_manager.filter(**{f"{champ.name}__in": pks})
            trouves |= _nommer(lignes, champ.attname)
        for colonne in self.resource.colonnes:
            if colonne.est_liste and colonne.soi:
                trouves |= _nommer(colonne.qui_vise(pks), colonne.cible, colonne.parent_nomme)
        return trouves

    def _modeles_des_listes(self):
        return [colonne.lignes_liees for colonne in self.resource.colonnes if colonne.est_liste]

    def _qui_a_change(self, objet):
        derniere = None
        if hasattr(self.modele, "history"):
            derniere = objet.history.select_related("history_user").first()
        if derniere is None or derniere.history_change_reason == self.depot.raison:
            return "a été modifié depuis"
        date = timezone.localtime(derniere.history_date)
        qui = derniere.history_change_reason or derniere.history_user or "quelqu’un"
        return f"a été modifié depuis ({qui}, le {date:%d/%m/%Y à %H:%M})"

    def ecrire(self, agent):
        """Once no obstacle stands: everything or nothing. Raises FichierRefuse."""
        raison = f"Annulation de l’import nᵒ {self.depot.pk}"
        try:
            with transaction.atomic():
                self._supprimer(agent, raison)
                ecrire_le_carnet(self.resource, self.carnet, raison)
                self.resource.defaire(self.carnet, self.souvenirs)
                verifier_les_liens()
                self.depot.etat = Import.Etat.ANNULE
                self.depot.annule_le, self.depot.annule_par = timezone.now(), agent
                self.depot.save()
        except IntegrityError as erreur:
            raise FichierRefuse(phrase(erreur, self.modele)) from erreur

    def _supprimer(self, agent, raison):
        historiser(self.modele, self.supprimes, "-", agent, raison)
        for lot in par_lots(self.supprimes):
            for colonne in self.resource.colonnes:
                if colonne.est_liste:
                    listes = colonne.courants(lot)
                    changements = [(pk, liste, ()) for pk, liste in listes.items()]
                    colonne.enregistrer(changements, agent, raison)
            for modele, champ in self.resource.deduits().items():
                modele._base_manager.filter(**{f"{champ}__in": lot}).delete()
            # Nothing refers to these rows any more; their history is written already.
            rangees = self.modele._base_manager.filter(pk__in=lot)
            rangees._raw_delete(rangees.db)


def _nommer(lignes, vers, chemin=None):
    """{key under `vers`: the first of these rows, by its kind and name, and how many others}"""
    par_cible = {}
    for ligne in lignes.select_related(*filter(None, [chemin])):
        par_cible.setdefault(getattr(ligne, vers), []).append(ligne)
    phrases = {}
    for cible, siennes in par_cible.items():
        premiere = getattr(siennes[0], chemin) if chemin else siennes[0]
        phrases[cible] = f"{premiere._meta.verbose_name} « {premiere} »"
        if autres := len(siennes) - 1:
            phrases[cible] += f", et {autres} autre{'s' if autres > 1 else ''}"
    return phrases


def _lots(entrees):
    lot = []
    for entree in entrees:
        lot.append(entree)
        if len(lot) == CLES:
            yield lot
            lot = []
    if lot:
        yield lot
