"""From the rows of a file to what they would change: by sets, never a query a row."""

from collections import Counter
from itertools import islice

from django.db import connection

from echanges.colonnes.colonne import OBLIGATOIRE
from echanges.erreurs import FichierRefuse, Remarque
from echanges.imports.cellules import Lecteur
from echanges.imports.correspondances import reconnaitre
from echanges.imports.instances import Gabarit, attributs_ecrits
from echanges.imports.plans import Carnet, Plan
from echanges.imports.rapport import Rapport
from echanges.imports.regles import Juge
from echanges.lecture.tableau import SELON_LE_FICHIER
from echanges.lots import par_lots

LOT = 1000  # rows judged at once
DISPARUE = (
    "Une des lignes à modifier vient d’être supprimée : rien n’est écrit. Envoyez le fichier à "
    "nouveau."
)
MONTREES = 5  # other rows of a key, told one by one
CONTRADICTOIRES = "plusieurs lignes d’une même clé disent des choses différentes"
NOMS = ("nom", "titre", "intitule", "objet", "libelle", "reference", "code")


class Analyse:
    """Reads a file once, a thousand rows at a time; `rapport()` says what it would do."""

    def __init__(self, resource, tableau, progression=iter, choix=SELON_LE_FICHIER):
        self.resource, self.progression, self.choix = resource, progression, choix
        self.modele = resource.modele
        self.positions, self.colonnes, dits = reconnaitre(resource, tableau, choix)
        self.resultat = Rapport(tableau, Carnet(self.colonnes), remarques=dits)
        self.simples = [c for c in self.colonnes if not c.est_liste]
        self.listes = [c for c in self.colonnes if c.est_liste]
        self.rangs_des_cles = [rang for rang, c in enumerate(self.colonnes) if c.cle]
        self.gabarit = Gabarit(self.modele, [c.attribut for c in self.simples])
        self.ecrits = attributs_ecrits(self.modele)
        self.noms = [n for n in NOMS if n in {c.attname for c in self.modele._meta.fields}]
        self.vues = {}  # key: (row number, hash of its values)
        self.repetees = {}  # key: [numbers of its rows], when it has several
        self.contradictoires = {}  # keys whose rows do not say the same
        self.inchangees = Counter()  # rows that change nothing, by first number
        self.base_entiere = None

    def rapport(self):
        rapport = self.resultat
        rapport.remarques += rapport.tableau.remarques
        rapport.remarques += self.resource.remarques(self.positions)
        self.resource.preparer()
        lecteur = Lecteur(self.resource, self.colonnes, self.positions, rapport, self.choix)
        self.juge = Juge(self.resource, rapport, self.simples)
        lignes = iter(self.progression(rapport.tableau.lignes))
        # Rows that only make sense together are judged together.
        taille = None if self.resource.d_un_bloc() or self.choix.reunir else LOT
        while lot := list(islice(lignes, taille)):
            self._traiter(lecteur.lire(lot))
        lecteur.conclure()
        self._refuser_les_contradictoires()
        self.juge.conclure()
        rapport.completer_les_refus(self.positions, self._rangs_des_noms())
        rapport.tableau.styles = lecteur.styles()
        return rapport

    def _traiter(self, rangees):
        groupes = self._regrouper(rangees)
        creations, modifications = self._comparer(groupes)
        self._charger_objets(modifications)
        plans = [*creations, *modifications.values()]
        plans = self.juge.juger(sorted(plans, key=lambda plan: plan.lignes[0]))
        for plan in plans:
            objet = plan.objet
            self.resource.completer(objet, plan.creation)
            plan.ecrits = self.ecrits(objet, plan.creation)
            plan.nom = next((v for n in self.noms if (v := getattr(objet, n))), "")
        self.resultat.remarques += self.resource.avertissements(plans)
        self.resultat.ranger(plans)

    # --- Rows of the same key ----------------------------------------------------------------

    def _regrouper(self, rangees):
        """{key: (row numbers, cells, values)}: one entry an object."""
        repete = self.resource._meta.une_ligne_par
        membre = next((r for r, c in enumerate(self.colonnes) if c.nom == repete), None)
        groupes = {}
        for numero, cellules, valeurs in rangees:
            # Without the column of a key that is given, every row is a new one.
            cle = tuple([valeurs[rang] for rang in self.rangs_des_cles]) or (None,)
            if membre is not None and cle in groupes:
                self._reunir(groupes[cle], numero, valeurs, membre)
                continue
            if self.resource._meta.cle_facultative and cle == (None,):
                groupes[cle, numero] = ([numero], cellules, valeurs)
                continue
            if (
                self.choix.reunir
                and cle in groupes
                and self._reunir_les_listes(groupes[cle], valeurs)
            ):
                groupes[cle][0].append(numero)
                continue
            marque = hash(repr(valeurs))
            if cle in self.vues:
                self._repeter(cle, numero, marque, groupes)
                continue
            self.vues[cle] = (numero, marque)
            groupes[cle] = ([numero], cellules, valeurs)
        if membre is not None:
            for _, _, valeurs in groupes.values():
                valeurs[membre] = tuple(sorted(set(valeurs[membre])))
        return groupes

    def _repeter(self, cle, numero, marque, groupes):
        premiere, deja = self.vues[cle]
        self.repetees.setdefault(cle, [premiere]).append(numero)
        if marque != deja:
            self.contradictoires[cle] = True
        else:
            message = f"répète la ligne {premiere} : elle n’est lue qu’une fois."
            self.resultat.remarques.append(Remarque(numero, message))
        if cle in groupes:
            groupes[cle][0].append(numero)

    def _refuser_les_contradictoires(self):
        """Rows of one key that say different things: none of them is taken, near or far."""
        for cle in self.contradictoires:
            numeros = self.repetees[cle]
            self.resultat.inchangees -= self.inchangees.pop(numeros[0], 0)
            for numero in numeros:
                autres = [n for n in numeros if n != numero]
                self.resultat.refuser(numero, *self._contradiction(cle, autres))

    def _contradiction(self, cle, autres):
        montrees = ", ".join(map(str, autres[:MONTREES]))
        suite = "…" if len(autres) > MONTREES else ""
        s = "s" if len(autres) > 1 else ""
        message = f"cette clé est aussi ligne{s} {montrees}{suite}, avec d’autres valeurs"
        if self.listes:
            message += (
                " ; si seules leurs listes diffèrent, « Réunir les listes » en fait une seule"
            )
        nom = next((c.nom for c in self.colonnes if c.cle), "")
        return nom, "", message, CONTRADICTOIRES

    def _rangs_des_noms(self):
        """Ranks of the columns that name a row to a person, best first."""
        noms = [self.positions[n] for n in NOMS if n in self.positions]
        return noms + [self.positions[e] for c in self.colonnes if c.cle for e in c.entetes]

    def _reunir_les_listes(self, groupe, valeurs):
        """Whether these rows of one key are one, their lists put together."""
        deja = groupe[2]
        rangs = [rang for rang, colonne in enumerate(self.colonnes) if colonne.est_liste]
        reunies = {rang: tuple(sorted({*deja[rang], *valeurs[rang]})) for rang in rangs}
        autres = [rang for rang in range(len(deja)) if rang not in reunies]
        if not rangs or any(deja[rang] != valeurs[rang] for rang in autres):
            return False
        for rang, liste in reunies.items():
            deja[rang] = liste
        return True

    def _reunir(self, groupe, numero, valeurs, membre):
        """One more member for the same object: the other cells must agree."""
        numeros, _, deja = groupe
        valeurs[membre] = deja[membre] = (*deja[membre], *valeurs[membre])
        if valeurs != deja:
            message = f"cette clé est déjà ligne {numeros[0]}, avec d’autres valeurs"
            self.resultat.refuser(numero, "", "", message)
        numeros.append(numero)

    # --- Before and after --------------------------------------------------------------------

    def _comparer(self, groupes):
        """(plans of the creations, {primary key: plan} of the rows that change)."""
        base = self._base([cle for cle in groupes if not _nouvelle(cle)])
        pks = [ligne[0] for ligne in base.values()]
        listes = [colonne.courants(pks) if pks else {} for colonne in self.listes]
        creations, modifications = [], {}
        for cle, (numeros, cellules, valeurs) in groupes.items():
            courant = base.get(cle)
            nom = " ".join(
                cellules[self.positions[e]]
                for rang in self.rangs_des_cles
                for e in self.colonnes[rang].entetes
            ).strip()
            if courant is None:
                creations.append(self._creer(numeros, valeurs, nom))
                continue
            plan = Plan(numeros, None, False, nom)
            plan.pk = courant[0]
            plan.changements = self._changements(courant, valeurs, cellules, listes)
            if plan.changements:
                modifications[courant[0]] = plan
            else:
                self.resultat.inchangees += len(numeros)
                self.inchangees[numeros[0]] = len(numeros)
        return creations, modifications

    def _changements(self, courant, valeurs, cellules, listes):
        changements, simple, liste = [], 0, -1
        for colonne, apres in zip(self.colonnes, valeurs, strict=True):
            if not colonne.est_liste:
                simple += 1
                avant = courant[simple]
            else:
                liste += 1
                avant = listes[liste].get(courant[0], ())
            if avant != apres:
                textes = [cellules[self.positions[e]] for e in colonne.entetes]
                if not colonne.pareil(avant, apres, textes):
                    changements.append((colonne, avant, apres))
        return changements

    def _base(self, cles):
        """{key: (primary key, present values of the simple columns)} of the rows in the base."""
        if not cles:
            return {}
        rangs = [1 + rang for rang, colonne in enumerate(self.simples) if colonne.cle]
        colonnes = ["pk", *[colonne.attribut for colonne in self.simples]]
        requete = self.resource.visibles().values_list(*colonnes)
        premieres = {cle[0] for cle in cles}
        if None in premieres:  # a key in several columns, one of which is filled
            if self.base_entiere is None:
                self.base_entiere = _par_cle(requete.iterator(chunk_size=5000), rangs)
            return {cle: self.base_entiere[cle] for cle in cles if cle in self.base_entiere}
        premiere = next(c for c in self.colonnes if c.cle).attribut
        premieres, base = list(premieres), {}
        for lot in par_lots(premieres):
            base |= _par_cle(requete.filter(**{f"{premiere}__in": lot}), rangs)
        return base

    def _creer(self, numeros, valeurs, nom):
        if refus := self._cle_d_avant(nom):
            self.resultat.refuser(numeros[0], *refus)
            return Plan(numeros, self.gabarit.neuf(self._simples(valeurs)), True, nom)
        for absente in self.gabarit.obligatoires_absentes(self.resource):
            message = f"{OBLIGATOIRE} pour créer, et la colonne est absente"
            self.resultat.refuser(numeros[0], absente, "", message)
        plan = Plan(numeros, self.gabarit.neuf(self._simples(valeurs)), True, nom)
        for colonne in self.simples:
            if colonne.facultative and not getattr(plan.objet, colonne.attribut):
                setattr(plan.objet, colonne.attribut, colonne.champ.get_default())
        plan.changements = [
            (colonne, colonne.absente, valeur)
            for colonne, valeur in zip(self.colonnes, valeurs, strict=True)
            if valeur not in (None, "", ())
        ]
        return plan

    def _simples(self, valeurs):
        return [v for c, v in zip(self.colonnes, valeurs, strict=True) if not c.est_liste]

    def _cle_d_avant(self, cle):
        """Why nothing is created under a key that once was, and that another row took over."""
        devenu = getattr(self.modele, "ce_que_c_est_devenu", None)
        if devenu is None or self.resource.chargement or not (dit := devenu(cle)):
            return None
        motif = f"{self.modele._meta.verbose_name} d’avant"
        return self.resource.cles[0].nom, cle, dit[0], motif, dit[1]

    # --- Rows that change --------------------------------------------------------------------

    def _charger_objets(self, modifications):
        """Changed rows, whole and locked when a transaction is open, with their new values."""
        pks = list(modifications)
        for cles in par_lots(pks):
            lot = self.modele._default_manager.order_by().filter(pk__in=cles)
            if connection.in_atomic_block:
                lot = lot.select_for_update()
            for objet in lot:
                modifications[objet.pk].objet = objet
        relues = self._relire_les_listes(modifications)
        for plan in modifications.values():
            if plan.objet is None:
                raise FichierRefuse(DISPARUE)
            self.juge.retenir(plan)
            _relire(plan, relues)
            for colonne, _, apres in plan.changements:
                if not colonne.est_liste:
                    setattr(plan.objet, colonne.attribut, apres)

    def _relire_les_listes(self, modifications):
        changees = {}
        for pk, plan in modifications.items():
            for colonne, _, _ in plan.listes():
                changees.setdefault(colonne.nom, (colonne, []))[1].append(pk)
        relues = {nom: {} for nom in changees}
        for nom, (colonne, pks) in changees.items():
            for lot in par_lots(pks):
                relues[nom] |= colonne.courants(lot)
        return relues


def _relire(plan, relues):
    """What a row holds under the lock may no longer be what was compared a moment before.

    The report then tells it, and no longer is the one that was previewed.
    """
    plan.changements = [
        (
            colonne,
            getattr(plan.objet, colonne.attribut)
            if not colonne.est_liste
            else relues[colonne.nom].get(plan.objet.pk, ()),
            apres,
        )
        for colonne, _, apres in plan.changements
    ]


def _nouvelle(cle):
    """A row without key stands under its number."""
    return cle[0] == (None,)


def _par_cle(lignes, rangs):
    return {tuple([ligne[rang] for rang in rangs]): ligne for ligne in lignes}
