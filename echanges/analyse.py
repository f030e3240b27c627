"""From the rows of a file to what they would change: by sets, never a query a row."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import connection, models
from rapidfuzz import process

from echanges.colonnes import OBLIGATOIRE
from echanges.contraintes import satisfaite, unicites, verifications
from echanges.erreurs import FichierRefuse, Illisible, Refus, Remarque
from echanges.lecture import cle_d_entete
from echanges.rapport import Plan, Rapport

LOT = 500  # keys in one query: SQLite takes at most 999 parameters on old versions
COLONNE_DES_ERREURS = "erreur"  # that of the refused rows, sent back corrected


class Analyse:
    def __init__(self, ressource, tableau, progression=iter):
        self.ressource, self.tableau, self.progression = ressource, tableau, progression
        self.modele = ressource.modele
        self.resultat = Rapport(tableau)
        self.refus = defaultdict(list)

    def rapport(self):
        self._reconnaitre_entetes()
        self.ressource.preparer()
        lignes = self._lire_lignes()
        self._comparer(self._regrouper(lignes))
        self._charger_objets()
        self._verifier()
        self._uniques()
        self._conflits()
        self._conclure()
        return self.resultat

    # --- Headers -----------------------------------------------------------------------------

    def _reconnaitre_entetes(self):
        connus = {cle_d_entete(nom): nom for nom in self.ressource.entetes()}
        for colonne in self.ressource.colonnes:
            champ = getattr(colonne, "champ", None)
            if champ is not None and len(colonne.entetes) == 1:
                connus.setdefault(cle_d_entete(str(champ.verbose_name)), colonne.nom)
        self.positions = {}
        for rang, entete in enumerate(self.tableau.entetes):
            nom = connus.get(cle_d_entete(entete))
            if nom is None and cle_d_entete(entete) != COLONNE_DES_ERREURS:
                raise FichierRefuse(self._colonne_inconnue(entete))
            if nom in self.positions:
                raise FichierRefuse(f"Deux colonnes disent la même chose : « {nom} ».")
            if nom:
                self.positions[nom] = rang
        manquantes = [
            nom for nom in self.ressource._meta.import_id_fields if nom not in self.positions
        ]
        if manquantes:
            raise FichierRefuse(
                "Il manque la colonne qui désigne chaque ligne : " + ", ".join(manquantes) + "."
            )
        self.colonnes = [
            colonne
            for colonne in self.ressource.colonnes
            if all(e in self.positions for e in colonne.entetes)
            and colonne.nom not in self.ressource._meta.lecture_seule
        ]
        self.resultat.remarques += self.ressource.remarques(self.positions)

    def _colonne_inconnue(self, entete):
        connues = self.ressource.entetes()
        proche = process.extractOne(entete.lower(), connues, score_cutoff=50)
        conseil = f" Vouliez-vous dire « {proche[0]} » ?" if proche else ""
        return f"La colonne « {entete} » est inconnue.{conseil} Colonnes admises : " + (
            ", ".join(connues) + "."
        )

    # --- Cells -------------------------------------------------------------------------------

    def _lire_lignes(self):
        """[(row number, cells, values in the order of the columns)] of the readable rows."""
        self._preparer_colonnes()
        plan = [
            (
                colonne,
                [self.positions[e] for e in colonne.entetes],
                {} if colonne.memorable else None,
            )
            for colonne in self.colonnes
        ]
        lignes, largeur = [], len(self.tableau.entetes)
        for numero, cellules in self.progression(self.tableau.lignes):
            if len(cellules) != largeur and not self._ajuster(numero, cellules, largeur):
                continue
            valeurs = [
                self._lire_cellule(numero, cellules, colonne, positions, memoire)
                for colonne, positions, memoire in plan
            ]
            if numero not in self.refus:
                lignes.append((numero, cellules, valeurs))
        return lignes

    def _preparer_colonnes(self):
        cle = self.ressource._meta.import_id_fields
        cles = []
        if len(cle) == 1:
            rang = self.positions[cle[0]]
            cles = [c[rang].strip() for _, c in self.tableau.lignes if rang < len(c)]
        for colonne in self.colonnes:
            colonne.preparer(cles)

    def _ajuster(self, numero, cellules, largeur):
        """Make the row as wide as the headers; refuse it when that would invent or lose a cell."""
        if len(cellules) > largeur and any(c.strip() for c in cellules[largeur:]):
            message = f"cette ligne a {len(cellules)} cellules pour {largeur} colonnes"
        elif len(cellules) < largeur and not self.tableau.feuille:
            message = f"cette ligne s’arrête à la cellule {len(cellules)} sur {largeur}"
        else:
            cellules += [""] * (largeur - len(cellules))
            return True
        self.refus[numero].append(Refus(numero, "", "", message))
        return False

    def _lire_cellule(self, numero, cellules, colonne, positions, memoire):
        textes = tuple([cellules[p] for p in positions])
        lu = memoire.get(textes) if memoire is not None else None
        if lu is None:
            try:
                lu = (*colonne.lire(textes), None)
            except Illisible as erreur:
                lu = (None, None, str(erreur))
            if memoire is not None:
                memoire[textes] = lu
        valeur, remarque, erreur = lu
        if remarque:
            self.resultat.remarques.append(Remarque(numero, f"{colonne.nom} : {remarque}."))
        if erreur:
            self._refuser(numero, colonne.nom, " ".join(textes), erreur)
        return valeur

    def _refuser(self, numero, colonne, valeur, message):
        message = message if message.endswith(".") else message + "."
        if valeur and valeur not in message:
            message = f"« {valeur[:80]} » : {message}"
        self.refus[numero].append(Refus(numero, colonne, valeur, message))

    # --- Rows --------------------------------------------------------------------------------

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
                self._refuser(
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
        manquantes = self._obligatoires_absentes()
        for nom in manquantes:
            self._refuser(
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
        for plan in self.pks.values():
            plan.avant = {a: getattr(plan.objet, a) for a in self._attributs_uniques()}
            for colonne, _, apres in plan.changements:
                if hasattr(colonne, "attribut"):
                    setattr(plan.objet, colonne.attribut, apres)
            self.resultat.modifications.append(plan)

    # --- Rules -------------------------------------------------------------------------------

    def _verifier(self):
        regles = verifications(self.modele)
        a_clean = self.modele.clean is not models.Model.clean
        for plan in self.resultat.plans:
            numero = plan.lignes[0]
            if motif := self.ressource.verrou(plan.objet, plan):
                self._refuser(numero, *motif)
                continue
            for condition, message in regles:
                if satisfaite(condition, plan.objet) is False:
                    self._refuser(numero, "", "", message)
            if a_clean:
                try:
                    plan.objet.clean()
                except ValidationError as erreur:
                    self._refuser(numero, "", "", " ".join(erreur.messages))

    def _attributs_uniques(self):
        return {a for attributs, _ in unicites(self.modele) for a in attributs}

    def _uniques(self):
        """Two rows may not share a unique key, in the file or with what the base keeps."""
        cle = {c.attribut for c in self.ressource.cles}
        for attributs, message in unicites(self.modele):
            if set(attributs) == cle or not self.resultat.plans:
                continue
            pris = {
                ligne[1:]: ligne[0]
                for ligne in self.modele._default_manager.order_by().values_list("pk", *attributs)
                if None not in ligne
            }
            for plan in self.resultat.modifications:
                pris.pop(tuple(plan.avant[a] for a in attributs), None)
            for plan in self.resultat.plans:
                valeurs = tuple(getattr(plan.objet, a) for a in attributs)
                if None in valeurs:
                    continue
                if valeurs in pris:
                    self._refuser(plan.lignes[0], "", "", message)
                pris[valeurs] = plan.objet.pk

    def _conflits(self):
        for conflit in self.ressource.conflits(self.resultat.plans):
            self._refuser(*conflit)

    def _conclure(self):
        """Refused rows leave the plans: what remains is what the file can do."""
        rapport = self.resultat
        rapport.refus = dict(self.refus)
        for nom in ("creations", "modifications"):
            gardes = [p for p in getattr(rapport, nom) if not self.refus.keys() & set(p.lignes)]
            setattr(rapport, nom, gardes)


def colonne_vide(colonne):
    return None if hasattr(colonne, "attribut") else ()
