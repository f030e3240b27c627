"""From the rows of a file to what they would change: by sets, never a query a row."""

from django.db import connection

from echanges.cellules import lire_lignes
from echanges.colonnes import OBLIGATOIRE
from echanges.entetes import reconnaitre
from echanges.erreurs import FichierRefuse, Remarque
from echanges.rapport import Plan, Rapport
from echanges.regles import attributs_uniques, juger

LOT = 500  # keys in one query: SQLite takes at most 999 parameters on old versions
DISPARUE = (
    "Une des lignes à modifier vient d’être supprimée : rien n’est écrit. Envoyez le fichier à "
    "nouveau."
)


class Analyse:
    def __init__(self, ressource, tableau, progression=iter):
        self.ressource, self.progression = ressource, progression
        self.modele = ressource.modele
        self.resultat = Rapport(tableau)

    def rapport(self):
        rapport = self.resultat
        self.positions, self.colonnes = reconnaitre(self.ressource, rapport.tableau.entetes)
        rapport.remarques += self.ressource.remarques(self.positions)
        self.ressource.preparer()
        lignes = lire_lignes(
            self.ressource, self.colonnes, self.positions, rapport, self.progression
        )
        self._comparer(self._regrouper(lignes))
        self._charger_objets()
        juger(self.ressource, rapport)
        return rapport

    def _regrouper(self, lignes):
        """{key: (row numbers, cells, values)}: one entry an object."""
        rangs = [rang for rang, colonne in enumerate(self.colonnes) if colonne.cle]
        repete = self.ressource._meta.une_ligne_par
        membre = next((r for r, c in enumerate(self.colonnes) if c.nom == repete), None)
        groupes = {}
        for numero, cellules, valeurs in lignes:
            cle = tuple([valeurs[rang] for rang in rangs])
            if cle not in groupes:
                groupes[cle] = ([numero], cellules, valeurs)
                continue
            numeros, _, deja = groupes[cle]
            if membre is not None:
                deja[membre], valeurs[membre] = (*deja[membre], *valeurs[membre]), deja[membre]
                valeurs[membre] = deja[membre]
            if valeurs != deja:
                self.resultat.refuser(
                    numero, "", "", f"cette clé est déjà ligne {numeros[0]}, avec d’autres valeurs"
                )
            elif membre is None:
                self.resultat.remarques.append(
                    Remarque(numero, f"répète la ligne {numeros[0]} : elle n’est lue qu’une fois.")
                )
            numeros.append(numero)
        if membre is not None:
            for _, _, valeurs in groupes.values():
                valeurs[membre] = tuple(sorted(set(valeurs[membre])))
        return groupes

    def _comparer(self, groupes):
        simples = [c for c in self.colonnes if hasattr(c, "attribut")]
        listes = {c.nom: c.courants() for c in self.colonnes if not hasattr(c, "attribut")}
        base = self._base(simples, groupes)
        self.pks = {}
        for cle, (numeros, cellules, valeurs) in groupes.items():
            courant = base.get(cle)
            plan = Plan(numeros, None, courant is None)
            if courant is None:
                self._creer(plan, valeurs)
                continue
            rang = 0
            for colonne, apres in zip(self.colonnes, valeurs, strict=True):
                if hasattr(colonne, "attribut"):
                    rang += 1
                    avant = courant[rang]
                else:
                    avant = listes[colonne.nom].get(courant[0], ())
                if avant != apres:
                    textes = [cellules[self.positions[e]] for e in colonne.entetes]
                    if not colonne.pareil(avant, apres, textes):
                        plan.changements.append((colonne, avant, apres))
            if plan.changements:
                self.pks[courant[0]] = plan
            else:
                self.resultat.inchangees += len(numeros)

    def _base(self, simples, groupes):
        """{key: (primary key, present values of the simple columns)} of the rows in the base."""
        rangs = [1 + rang for rang, colonne in enumerate(simples) if colonne.cle]
        requete = self.ressource.visibles()
        premiere = next(c for c in self.colonnes if c.cle).attribut
        if len(groupes) <= LOT and None not in {cle[0] for cle in groupes}:
            requete = requete.filter(**{f"{premiere}__in": {cle[0] for cle in groupes}})
        lignes = requete.values_list("pk", *[colonne.attribut for colonne in simples])
        return {
            tuple([ligne[rang] for rang in rangs]): ligne
            for ligne in lignes.iterator(chunk_size=5000)
        }

    def _creer(self, plan, valeurs):
        for nom in self._obligatoires_absentes():
            self.resultat.refuser(
                plan.lignes[0], nom, "", f"{OBLIGATOIRE} pour créer, et la colonne est absente"
            )
        attributs = {}
        for colonne, valeur in zip(self.colonnes, valeurs, strict=True):
            if hasattr(colonne, "attribut"):
                attributs[colonne.attribut] = valeur
            if valeur not in (None, "", ()):
                plan.changements.append((colonne, colonne_vide(colonne), valeur))
        plan.objet = self.modele(**attributs)
        self.resultat.creations.append(plan)

    def _obligatoires_absentes(self):
        if not hasattr(self, "_absentes"):
            ecrits = {getattr(colonne, "attribut", None) for colonne in self.colonnes}
            self._absentes = [
                c.nom
                for c in self.ressource.colonnes
                if hasattr(c, "attribut")
                and c.attribut not in ecrits
                and not (c.champ.null or c.champ.blank or c.champ.has_default())
            ]
        return self._absentes

    def _charger_objets(self):
        """Changed rows, whole and locked when a transaction is open, with their new values."""
        pks = list(self.pks)
        for debut in range(0, len(pks), LOT):
            lot = self.modele._default_manager.order_by().filter(pk__in=pks[debut : debut + LOT])
            if connection.in_atomic_block:
                lot = lot.select_for_update()
            for objet in lot:
                self.pks[objet.pk].objet = objet
        self._relire_les_listes()
        uniques = attributs_uniques(self.modele)
        for plan in self.pks.values():
            if plan.objet is None:
                raise FichierRefuse(DISPARUE)
            plan.avant = {a: getattr(plan.objet, a) for a in uniques}
            self._relire(plan)
            for colonne, _, apres in plan.changements:
                if hasattr(colonne, "attribut"):
                    setattr(plan.objet, colonne.attribut, apres)
            self.resultat.modifications.append(plan)

    def _relire(self, plan):
        """What a row holds under the lock may no longer be what was compared a moment before.

        The report then tells it, and no longer is the one that was previewed.
        """
        plan.changements = [
            (
                colonne,
                getattr(plan.objet, colonne.attribut)
                if hasattr(colonne, "attribut")
                else self.relues[colonne.nom].get(plan.objet.pk, ()),
                apres,
            )
            for colonne, _, apres in plan.changements
        ]

    def _relire_les_listes(self):
        changees = {}
        for pk, plan in self.pks.items():
            for colonne, _, _ in plan.listes():
                changees.setdefault(colonne.nom, (colonne, []))[1].append(pk)
        self.relues = {}
        for nom, (colonne, pks) in changees.items():
            self.relues[nom] = {}
            for debut in range(0, len(pks), LOT):
                self.relues[nom] |= colonne.courants(pks[debut : debut + LOT])


def colonne_vide(colonne):
    return None if hasattr(colonne, "attribut") else ()
