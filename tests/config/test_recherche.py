"""The index of the search says what the public may read, whatever was written and by which way.

The walk is over all models and all their columns: no table is listed here, nor in the search.
"""

import datetime
from functools import partial

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from programme.fiches.models import FicheAction
from territoires.recherche import indexation
from territoires.recherche.dependances import PUBLICITE, TOUT, par_table
from territoires.recherche.models import AIndexer, Trouvable
from territoires.recherche.moteur import chercher
from territoires.recherche.sources import declarees
from tests import factories as f
from tests.config.test_du_public import NOMENCLATURES, ligne
from tests.config.test_rien_de_plus import tout_ce_qui_est_public
from tests.echanges.imports.outils import une_fiche_decidee
from tests.memoire import Memoire
from tests.programme.fiches import sorties

pytestmark = pytest.mark.django_db
SOURCES = {source.genre: source for source in declarees()}


def index():
    """What the index holds once it was asked: {(kind, key): all that it says}."""
    indexation.mettre_a_jour()
    noms = [champ.name for champ in Trouvable._meta.fields if champ.name != "id"]
    return {(ligne["genre"], ligne["cle"]): ligne for ligne in Trouvable.objects.values(*noms)}


def attendu(memoire):
    """The same, made from nothing, or as it was where nothing that it reads was written."""
    fait = {}
    for genre, source in SOURCES.items():
        fait |= memoire.de(genre, partial(_fait, source))
    return fait


def _fait(source):
    noms = [champ.name for champ in Trouvable._meta.fields if champ.name != "id"]
    fait = {}
    publics = source.publics().values_list("pk", flat=True)
    for cle, entree in indexation.entrees(source, list(publics)).items():
        trouvable = indexation._ligne(source, cle, entree)
        fait[source.genre, cle] = {nom: getattr(trouvable, nom) for nom in noms}
    return fait


def modeles():
    for app in ("territoires", "programme", "evenements"):
        for modele in apps.get_app_config(app).get_models(include_auto_created=True):
            if "historical" not in modele.__name__.lower() and not _de_l_index(modele):
                yield modele


def _de_l_index(modele):
    return modele.__module__ == Trouvable.__module__


def est_un_texte(champ):
    ecrit = isinstance(champ, models.CharField | models.TextField)
    return ecrit and not (champ.choices or champ.is_relation or champ.primary_key)


def autre_valeur(champ, actuelle):
    """Something else that the column may hold; None when there is nothing."""
    if champ.many_to_one or champ.one_to_one:
        autres = models.QuerySet(champ.related_model).exclude(pk=actuelle)
        return autres.values_list("pk", flat=True).first()
    if champ.choices:
        return next((valeur for valeur, _ in champ.flatchoices if valeur != actuelle), None)
    if isinstance(champ, models.BooleanField):
        return not actuelle
    if isinstance(champ, models.DateTimeField):
        return timezone.now()
    if isinstance(champ, models.DateField):
        return datetime.date(2021, 3, 4)
    if isinstance(champ, models.IntegerField | models.DecimalField):
        return (actuelle or 0) + 1
    if est_un_texte(champ):
        return "kanari"[: champ.max_length]
    return None


def ecritures(modele):
    """Writes in the table of this model: (what, how to do it)."""
    toutes = models.QuerySet(modele)
    pk = toutes.order_by("pk").values_list("pk", flat=True).last()
    if pk is None:
        return
    une = toutes.filter(pk=pk)
    surveilles = str(modele._meta.constraints)
    libres = {
        champ.attname: "kanari"[: champ.max_length]
        for champ in modele._meta.concrete_fields
        if est_un_texte(champ) and champ.attname not in surveilles
    }
    if libres:
        yield "textes", lambda: une.update(**libres)
    for champ in modele._meta.concrete_fields:
        actuelle = une.values_list(champ.attname, flat=True).get()
        autre = None if champ.attname in libres else autre_valeur(champ, actuelle)
        if not champ.primary_key and autre is not None:
            yield champ.name, lambda c=champ.attname, v=autre: une.update(**{c: v})
        if champ.null and actuelle is not None:
            yield f"{champ.name} vide", lambda c=champ.attname: une.update(**{c: None})
    yield "suppression", lambda: une.delete()
    yield "suppression en masse", lambda: toutes.all().delete()


def test_whatever_is_written_shows_in_the_next_search():
    tout_ce_qui_est_public()
    f.LocaliteFactory()
    faites = set()
    with Memoire().ecouter() as memoire:
        assert index() == attendu(memoire)
        for modele in modeles():
            for quoi, ecrire in ecritures(modele):
                reperes = transaction.savepoint()
                try:
                    with transaction.atomic():
                        ecrire()
                    faites.add(modele)
                    assert index() == attendu(memoire), f"{modele.__name__} : {quoi}"
                except (DataError, IntegrityError, ProtectedError):
                    pass  # the rules of the data refuse it
                transaction.savepoint_rollback(reperes)
    assert len(faites) > 40


@pytest.mark.parametrize("genre", SOURCES)
def test_the_public_row_is_found_and_the_draft_never(genre):
    modele = SOURCES[genre].modele
    if modele in NOMENCLATURES:
        f_modele = next(
            fabrique
            for fabrique in vars(f).values()
            if isinstance(fabrique, type) and getattr(fabrique, "_meta", None)
            if fabrique._meta.model is modele
        )
        publiques, brouillons = {str(f_modele().pk)}, set()
    else:
        publiques = {str(ligne(modele, True).pk)}
        brouillons = {str(ligne(modele, False).pk)}
    trouvees = {cle for g, cle in index() if g == genre}
    assert publiques <= trouvees
    assert not brouillons & trouvees


def test_no_secret_of_a_fiche_is_found_and_what_it_says_is():
    brouillon = sorties.fiche_qui_en_dit_trop(f.territoire_publie(nom="Val d’Ici"))
    decidee = une_fiche_decidee()
    models.QuerySet(FicheAction).filter(pk=decidee.pk).update(titre="Atelier de soudure")
    f.ObstacleFactory(fiche=decidee, regle=sorties.SECRET)
    f.NouvelleFactory(fiche=decidee, titre=sorties.SECRET, publique=False)
    f.PieceJointeFactory(fiche=decidee, titre=sorties.SECRET)
    for mot in (sorties.SECRET, sorties.REFERME, brouillon.reference, "xyzzy@exemple.invalid"):
        assert chercher(mot).resultats == [], mot
    assert [r.titre for r in chercher("soudures").resultats] == ["Atelier de soudure"]


def test_a_write_rolled_back_leaves_nothing_to_find():
    indexation.mettre_a_jour()
    with pytest.raises(RuntimeError), transaction.atomic():
        f.CommuneFactory(nom="Fantômeville")
        assert [r.titre for r in chercher("fantomeville").resultats] == ["Fantômeville"]
        raise RuntimeError
    assert chercher("fantomeville").resultats == []


def test_a_write_by_hand_in_the_database_shows():
    commune = f.CommuneFactory(nom="Avantville")
    indexation.mettre_a_jour()
    with connection.cursor() as curseur:
        curseur.execute(
            "UPDATE territoires_commune SET nom = 'Apresville' WHERE code = %s", [commune.pk]
        )
    assert chercher("avantville").resultats == []
    assert [r.cle for r in chercher("apresville").resultats] == [commune.pk]


def test_nothing_is_done_while_nothing_is_written(django_assert_num_queries):
    f.CommuneFactory()
    indexation.mettre_a_jour()
    with django_assert_num_queries(1):
        indexation.mettre_a_jour()


def test_what_is_long_to_list_is_never_made_anew_for_one_row():
    """Communes and fiches are many: one write concerns few of them, or who is public at most."""
    suivies = {(genre, chemin) for lignes in par_table().values() for genre, chemin, _ in lignes}
    assert not {("commune", TOUT), ("fiche", TOUT), ("localite", TOUT)} & suivies
    assert not {("commune", PUBLICITE), ("fiche", PUBLICITE)} & suivies


def test_each_day_says_anew_who_is_public(monkeypatch):
    f.CommuneFactory(nom="Jourville")
    indexation.mettre_a_jour()
    Trouvable.objects.all().delete()
    AIndexer.objects.all().delete()
    assert chercher("jourville").resultats == []
    demain = timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: demain)
    assert [r.titre for r in chercher("jourville").resultats] == ["Jourville"]
