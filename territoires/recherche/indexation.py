"""The index follows the database: what was written since is taken in before anything is read.

Triggers note what was written (`declencheurs`); `mettre_a_jour` reads these notes and makes the
entries concerned anew, in the very transaction that takes the notes away. While nothing was
written, it costs one query.
"""

import inspect
from collections import defaultdict
from functools import cache
from hashlib import sha1
from typing import NamedTuple
from uuid import uuid4

from django.db import connection, connections, transaction
from django.utils import timezone

from territoires.champs import cle_de_recherche
from territoires.recherche import mots, racines, sources
from territoires.recherche.dependances import (
    PUBLICITE,
    TOUT,
    est_multiple,
    modele_au_bout,
    par_table,
    relations,
)
from territoires.recherche.models import (
    AIndexer,
    Indexation,
    MotConnu,
    NomTrouvable,
    SujetTrouvable,
    Trouvable,
)
from territoires.recherche.sources import declarees, phrase
from territoires.replique import base_lue, revenir

LOT = 500
VERROU = 20181122  # of PostgreSQL: one process at a time takes the notes in


class Etat(NamedTuple):
    """Stamps: the first changes with the known words, the second with anything that is found."""

    mots: str
    contenu: str


def mettre_a_jour():
    """Take in what was written since; the stamps of the index as it is then.

    A page that reads the replica reads the primary from here on when something waits.
    """
    etat = _etat()
    if etat is not None:
        return etat
    revenir()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        _prendre()
    return Etat(*Indexation.objects.values_list("mots", "contenu").get())


def _etat():
    """The stamps of the index, or None when there is something to take in."""
    with connections[base_lue()].cursor() as curseur:
        curseur.execute(
            f'SELECT mots, contenu FROM "{Indexation._meta.db_table}" '
            f"WHERE jour = %s AND signature = %s "
            f'AND NOT EXISTS (SELECT 1 FROM "{AIndexer._meta.db_table}")',
            [timezone.localdate().isoformat(), signature()],
        )
        ligne = curseur.fetchone()
    return Etat(*ligne) if ligne else None


def _prendre():
    indexation = Indexation.objects.first()
    if indexation is None or indexation.signature != signature():
        AIndexer.objects.all().delete()
        Trouvable.objects.exclude(genre__in=[source.genre for source in declarees()]).delete()
        if indexation is not None and indexation.signature:  # every entry is written anew
            MotConnu.objects.all().delete()
        notes = {source.genre: {TOUT: set()} for source in declarees()}
        indexation = indexation or Indexation()
    else:
        notes = _lire_les_notes()
        if indexation.jour != timezone.localdate():  # a rule may look at the day
            for source in declarees():
                notes[source.genre][PUBLICITE] = set()
    nouveaux = set()
    for source in declarees():
        if siennes := notes.get(source.genre):
            nouveaux |= _indexer(source, siennes)
    if nouveaux and _apprendre(nouveaux):
        indexation.mots = uuid4().hex
    indexation.signature, indexation.jour = signature(), timezone.localdate()
    indexation.mots = indexation.mots or uuid4().hex
    indexation.contenu = uuid4().hex
    indexation.save()


def _lire_les_notes():
    """{kind: {path: keys}}, taken away in the same statement: none that comes later is lost."""
    notes = defaultdict(lambda: defaultdict(set))
    with connection.cursor() as curseur:
        curseur.execute(f'DELETE FROM "{AIndexer._meta.db_table}" RETURNING genre, chemin, cle')
        for genre, chemin, cle in curseur.fetchall():
            notes[genre][chemin].add(cle)
    return notes


def _indexer(source, notes):
    """Make anew the entries that these notes concern; the words that they hold."""
    touchees = set(notes.get("", ()))
    if TOUT in notes:
        touchees |= _textes(source.publics().values_list("pk", flat=True)) | _indexees(source)
    elif PUBLICITE in notes:
        publiques = _textes(source.publics().values_list("pk", flat=True))
        touchees |= publiques ^ _indexees(source)
    for chemin, cles in notes.items():
        if chemin not in ("", PUBLICITE, TOUT):
            for lot in _lots(cles):
                atteintes = source.modele._default_manager.filter(**{f"{chemin}__in": lot})
                touchees |= _textes(atteintes.order_by().values_list("pk", flat=True))
    nouveaux = set()
    for lot in _lots(touchees):
        nouveaux |= _ecrire(source, lot, entrees(source, lot))
    return nouveaux


def _textes(cles):
    return {str(cle) for cle in cles.iterator(chunk_size=5000)}


def _indexees(source):
    return set(Trouvable.objects.filter(genre=source.genre).values_list("cle", flat=True))


def _lots(cles):
    cles = sorted(cles)
    return [cles[debut : debut + LOT] for debut in range(0, len(cles), LOT)]


def entrees(source, cles):
    """{key: entry} of those of these objects that are public."""
    propres = [chemin for chemin in source.chemins if "__" not in chemin]
    lignes = source.publics().filter(pk__in=cles).values_list("pk", *propres)
    valeurs = {pk: dict(zip(propres, reste, strict=True)) for pk, *reste in lignes}
    for relation in relations(source):
        _lire_au_bout(source, relation, valeurs)
    faites = {str(pk): source.entree(siennes) for pk, siennes in valeurs.items()}
    return {cle: entree for cle, entree in faites.items() if entree is not None}


def _lire_au_bout(source, relation, valeurs):
    """Add the values of the paths that end beyond this relation, public rows alone."""
    chemins = [c for c in source.chemins if c.rpartition("__")[0] == relation]
    if not chemins:
        return
    multiple = est_multiple(source.modele, relation)
    for siennes in valeurs.values():
        siennes |= {chemin: [] if multiple else "" for chemin in chemins}
    conditions, morceaux = {"pk__in": list(valeurs)}, relation.split("__")
    for n in range(1, len(morceaux) + 1):
        etape = "__".join(morceaux[:n])
        lignes = modele_au_bout(source.modele, etape)._default_manager.all()
        publiques = lignes.du_public() if hasattr(lignes, "du_public") else None
        if publiques is not None and publiques.query.where:
            conditions[f"{etape}__in"] = publiques.order_by().values("pk")
        else:
            conditions[f"{etape}__isnull"] = False
    rangees = source.modele._default_manager.filter(**conditions)
    for pk, _, *lues in rangees.order_by("pk", f"{relation}__pk").values_list(
        "pk", f"{relation}__pk", *chemins
    ):
        for chemin, valeur in zip(chemins, lues, strict=True):
            if multiple:
                valeurs[pk][chemin].append(valeur)
            else:
                valeurs[pk][chemin] = valeur


def _ecrire(source, cles, faites):
    """Write the entries that changed, take away those that are no more; the words written."""
    avant = {
        cle: (pk, empreinte)
        for cle, pk, empreinte in Trouvable.objects.filter(
            genre=source.genre, cle__in=cles
        ).values_list("cle", "pk", "empreinte")
    }
    lignes = {cle: _ligne(source, cle, entree) for cle, entree in faites.items()}
    changees = {
        cle
        for cle in {*avant, *lignes}
        if cle not in lignes or cle not in avant or avant[cle][1] != lignes[cle].empreinte
    }
    finies = [avant[cle][0] for cle in changees if cle in avant]
    for modele in (NomTrouvable, SujetTrouvable):
        modele.objects.filter(trouvable__in=finies).delete()
    Trouvable.objects.filter(pk__in=finies)._raw_delete(connection.alias)
    nouvelles = [lignes[cle] for cle in sorted(changees & lignes.keys())]
    _inserer(Trouvable, nouvelles)
    siennes = Trouvable.objects.filter(genre=source.genre, cle__in=[n.cle for n in nouvelles])
    cles = dict(siennes.values_list("cle", "pk"))
    _inserer(
        NomTrouvable,
        [
            NomTrouvable(trouvable_id=cles[ligne.cle], nom=nom, poids=ligne.poids)
            for ligne in nouvelles
            for nom in _noms(faites[ligne.cle])
        ],
    )
    _inserer(
        SujetTrouvable,
        [
            SujetTrouvable(trouvable_id=cles[ligne.cle], sujet=sujet, poids=poids)
            for ligne in nouvelles
            for sujet, poids in faites[ligne.cle].sujets
        ],
    )
    ecrites = (faites[ligne.cle] for ligne in nouvelles)
    return mots.mots_de(*(t for e in ecrites for t in (e.titre, e.sous_titre, *e.noms, e.texte)))


def _inserer(modele, lignes):
    """Plain statements: `bulk_create` takes most of the time of a whole index."""
    champs = [champ for champ in modele._meta.concrete_fields if not champ.primary_key]
    colonnes = ", ".join(f'"{champ.column}"' for champ in champs)
    valeurs = ", ".join(["%s"] * len(champs))
    noms = [champ.attname for champ in champs]
    if lignes:
        with connection.cursor() as curseur:
            curseur.executemany(
                f'INSERT INTO "{modele._meta.db_table}" ({colonnes}) VALUES ({valeurs})',
                [[getattr(ligne, nom) for nom in noms] for ligne in lignes],
            )


def _noms(entree):
    """The keys under which an entry is found whole."""
    noms = [cle_de_recherche(nom)[:400] for nom in (entree.titre, *entree.noms)]
    return sorted({*noms, *(code.lower() for code in entree.codes)} - {""})


def _ligne(source, cle, entree):
    appele, codes = phrase(entree.titre, *entree.noms, entre=" "), mots.tels_quels(*entree.codes)
    return Trouvable(
        genre=source.genre,
        cle=cle,
        titre=entree.titre[:400],
        sous_titre=entree.sous_titre[:400],
        adresse=entree.adresse[:300],
        texte=entree.texte,
        poids=entree.poids,
        nom=cle_de_recherche(entree.titre)[:400],
        lexemes_nom=phrase(mots.lexemes(appele, vides=True), codes, entre=" "),
        lexemes=phrase(mots.lexemes(appele, entree.sous_titre, entree.texte), codes, entre=" "),
        empreinte=sha1(f"{signature()} {entree}".encode(), usedforsecurity=False).hexdigest(),
    )


def _apprendre(nouveaux):
    """Keep the words that were not known; whether there is any."""
    inconnus = []
    for lot in _lots(mot for mot in nouveaux if len(mot) <= 100):
        connus = set(MotConnu.objects.filter(mot__in=lot).values_list("mot", flat=True))
        inconnus += [mot for mot in lot if mot not in connus]
    MotConnu.objects.bulk_create([MotConnu(mot=mot) for mot in inconnus], batch_size=1000)
    return bool(inconnus)


@cache
def signature():
    """Changes with any declaration, and with the way in which words are read."""
    modules = {mots, racines, sources, inspect.getmodule(mettre_a_jour)}
    modules |= {inspect.getmodule(source.entree) for source in declarees()}
    dites = sorted(inspect.getsource(module) for module in modules)
    dites += sorted(f"{table} {sorted(suivies)}" for table, suivies in par_table().items())
    return sha1("\n".join(dites).encode(), usedforsecurity=False).hexdigest()
