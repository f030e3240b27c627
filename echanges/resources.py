"""The base of every resource: a declaration of columns, read and written by sets of rows.

Declarations are django-import-export's (`class Meta: model, fields, import_id_fields`). Meta also
takes `nom` (of the file and in commands), `relations` (keys in several columns) with the `entetes`
they make, `listes` (child rows), `lecture_seule` (written by a loading alone), `cle_facultative` (a
row without key is a new one, that is given its own), `parent` (path to the object whose rights a
row follows), `exemples` ({header: a real value}, its key first), `filtres` ({"region" or
"territoire": lookup}), `totaux`
(columns that add up), `laisses` ({field: why it stays out}), `parties` ({header of before:
name of the file where it is now}) and `synonymes` ({header: what others are known to call it}).
"""

from django.core.exceptions import PermissionDenied

from echanges.bibliotheque import DeLaBibliotheque
from echanges.colonnes.colonne import Colonne, Relation
from echanges.colonnes.listes import Plusieurs
from echanges.dialectes import MACHINE
from echanges.erreurs import FichierRefuse, Remarque
from echanges.exports.extraction import Extraction
from echanges.exports.morceaux import ecrire as ecrire_fichier
from echanges.imports.analyse import Analyse
from echanges.imports.correspondances import entetes_cherches
from echanges.imports.ecriture import ecrire
from echanges.imports.ramassage import parmi_le_neuf
from echanges.lecture.tableau import SELON_LE_FICHIER, lire

RESERVE = "L’import revient à la délégation."


class Resource(DeLaBibliotheque):
    """`agent` is who imports or exports; `chargement` is the loading of the fixtures."""

    class Meta:
        nom = None
        entetes = None
        relations = {}
        listes = {}
        lecture_seule = ()
        laisses = {}
        parties = {}
        synonymes = {}
        valeurs = {}
        parent = None
        une_ligne_par = None
        cle_facultative = False
        exemples = {}
        filtres = {}
        totaux = ()

    def __init__(self, agent=None, chargement=False, **kwargs):
        self.agent, self.chargement = agent, chargement
        self.modele = self._meta.model
        super().__init__(**kwargs)
        self.colonnes = [self._colonne(nom) for nom in self._meta.fields]
        self.cles = [c for c in self.colonnes if c.cle]

    @classmethod
    def titre(cls):
        return str(cls._meta.model._meta.verbose_name_plural)

    @classmethod
    def entetes(cls):
        return list(cls._meta.entetes or cls._meta.fields)

    def _colonne(self, nom):
        options = self._meta
        chemins = options.relations.get(nom)
        cle = nom in options.import_id_fields or (
            chemins is not None and set(chemins) <= set(options.import_id_fields)
        )
        if nom in options.listes:
            return options.listes[nom](nom)
        champ = options.model._meta.get_field(nom)
        if champ.many_to_many:
            return Plusieurs(nom, champ)
        if champ.is_relation:
            return Relation(nom, champ, cle=cle, chemins=chemins)
        return Colonne(
            nom,
            champ,
            cle=cle,
            valeur=options.valeurs.get(nom),
            facultative=cle and options.cle_facultative,
        )

    # --- Import ------------------------------------------------------------------------------

    def peut(self, verbe):
        """The right on the model, or on its parent's for what hangs on another object."""
        if self.agent is None:
            return True
        meta = (self.modele_parent() or self.modele)._meta
        return self.agent.has_perm(f"{meta.app_label}.{verbe}_{meta.model_name}")

    @classmethod
    def modele_parent(cls):
        """The model of what these rows hang on, None when they stand by themselves."""
        modele = cls._meta.model if cls._meta.parent else None
        for nom in (cls._meta.parent or "").split("__") if modele else ():
            modele = modele._meta.get_field(nom).related_model
        return modele

    def ouvrir(self, contenu, choix=SELON_LE_FICHIER):
        """The rows of this file and its headers, as a Tableau.

        Raises FichierRefuse when it cannot be read, PermissionDenied without the right.
        """
        if not self.peut("importer"):
            raise PermissionDenied(RESERVE)
        return lire(contenu, connus=entetes_cherches(self, choix), choix=choix)

    def analyser(self, contenu, progression=iter, choix=SELON_LE_FICHIER):
        """What writing this file would do, as a Rapport; nothing is written.

        Raises FichierRefuse when it cannot be read, PermissionDenied without the right.
        """
        return self.analyser_le_tableau(self.ouvrir(contenu, choix), progression, choix)

    def analyser_le_tableau(self, tableau, progression=iter, choix=SELON_LE_FICHIER):
        """The same of rows that are already read."""
        if not self.peut("importer"):
            raise PermissionDenied(RESERVE)
        if not self.chargement and next(tableau.lignes, None) is None:
            raise FichierRefuse("Ce fichier n’a que ses en-têtes : aucune ligne à importer.")
        with parmi_le_neuf():
            return Analyse(self, tableau, progression, choix).rapport()

    def appliquer(self, rapport, raison, progression=iter):
        """Write what the rapport tells, all or nothing: the keys of the rows, in its order.

        Raises FichierRefuse.
        """
        if not self.peut("importer"):
            raise PermissionDenied(RESERVE)
        return ecrire(self, rapport, raison, progression)

    def visibles(self):
        """Rows that this agent may see: the only ones that its files read or change."""
        tous = self.modele._default_manager.order_by()
        if self.agent is None:
            return tous
        if hasattr(tous, "for_user"):
            return tous.for_user(self.agent)
        if parent := self.modele_parent():
            parents = parent._default_manager.for_user(self.agent)
            return tous.filter(**{f"{self._meta.parent}__in": parents.order_by().values("pk")})
        return tous if self.peut("view") else tous.none()

    def preparer(self):
        """Load once what `verrou` needs."""

    def verrou(self, objet, plan):
        """Why this row may not be written, or None; the rules of a form hold here too."""

    def d_un_bloc(self):
        """Whether the rows of a file only make sense together."""
        return bool(self._meta.une_ligne_par) or type(self).conflits is not Resource.conflits

    def valider(self, objet):
        """Raises ValidationError, as the form of this row would."""
        objet.clean()

    def avertissements(self, plans):
        """What the person should know of these plans, as Remarques."""
        return ()

    def incoherences(self):
        """Sentences about rows that a loading wrote and that do not hold together."""
        return ()

    def conflits(self, plans):
        """(row number, column, value, message) of the rows that cannot stand together."""
        return ()

    def completer(self, objet, creation):
        """Fill what the file does not say, just before the row is written."""

    def apres_ecriture(self, pks, progression=iter):
        """What follows from the rows just written, in the same transaction."""

    def deduits(self):
        """{model: its field} of the rows that the application derives from a row of this one."""
        return {}

    def souvenirs(self, carnet):
        """(row number, what JSON can hold) of what writing these rows loses besides their columns.

        Read just before the write; `defaire` is given them.
        """
        return ()

    def defaire(self, carnet, souvenirs):
        """Take back what `apres_ecriture` drew from the rows of an import that is undone.

        Called once the rows changed (in `carnet`) have their former values again and those created
        are gone.
        """

    def deja_servi(self, objet):
        """Why a row that an import created can no longer be taken back, besides its columns."""

    def remarques(self, entetes):
        """What to say about these headers besides errors."""
        ignorees = [nom for nom in self._meta.lecture_seule if nom in entetes]
        if not ignorees or self.chargement:
            return []
        return [
            Remarque(None, "colonnes d’information, non importées : " + ", ".join(ignorees) + ".")
        ]

    # --- Export ------------------------------------------------------------------------------

    def exporter(self, queryset=None, dialecte=MACHINE, **options):
        """Bytes of the file, by pieces, of the rows that the agent may see; see `Extraction`."""
        return ecrire_fichier(Extraction(self, queryset, **options), dialecte)
