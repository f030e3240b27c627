"""What was deleted, read in the history of each kind of object of the admin."""

from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import CASCADE, SET_NULL, Exists, OuterRef

from territoires.historique import telle_que

# A line that goes with its parent goes in the same breath; a person needs longer for two acts.
SOUFFLE = timedelta(seconds=1)
AU_PLUS = timedelta(minutes=10)  # as long as one deletion may take, all its lines told


def genres(site):
    """{key: ModelAdmin} of the kinds whose deleted objects can be found."""
    return {
        modele._meta.label_lower: page
        for modele, page in sorted(
            site._registry.items(), key=lambda item: str(item[0]._meta.verbose_name_plural)
        )
        if hasattr(modele, "history")
    }


def disparus(modele):
    """The last line of the history of each row of this model that is no more, latest first."""
    cle = modele._meta.pk.name
    suites = modele.history.filter(
        **{cle: OuterRef(cle)}, history_id__gt=OuterRef("history_id")
    ).order_by()
    vivants = modele._base_manager.filter(pk=OuterRef(cle)).order_by()
    lignes = modele.history.filter(history_type="-").exclude(Exists(suites))
    lignes = lignes.exclude(Exists(vivants)).select_related("history_user")
    return lignes.order_by("-history_date", "-history_id")


def derniers_disparus(modeles, nombre):
    """The latest of all these kinds, at most `nombre`; one query a kind."""
    lignes = [ligne for modele in modeles for ligne in disparus(modele)[:nombre]]
    return sorted(lignes, key=lambda ligne: ligne.history_date, reverse=True)[:nombre]


def nom(ligne):
    """What this row was called, even when what it was named after is gone too."""
    objet = telle_que(ligne)
    try:
        return str(objet) or str(objet.pk)
    except (ObjectDoesNotExist, AttributeError):
        return f"{objet._meta.verbose_name} {objet.pk}"


def emportees(ligne):
    """The lines of the rows that went with this one, those first that others hang on."""
    retenues, a_lire = {}, [ligne]
    while a_lire:
        lue = a_lire.pop()
        for sienne in _emportees(lue):
            cle = (sienne.instance_type, sienne.history_id)
            if cle not in retenues:
                retenues[cle] = sienne
                a_lire.append(sienne)
    modeles = {modele for modele, _ in retenues}
    return sorted(
        retenues.values(),
        key=lambda x: (_rang(x.instance_type, modeles), x._meta.label, x.history_id),
    )


def _emportees(ligne):
    candidates = []
    for relation in _liens(ligne.instance_type, CASCADE):
        if hasattr(relation.related_model, "history"):
            candidates += disparus(relation.related_model).filter(
                **{relation.field.name: getattr(ligne, ligne.instance_type._meta.pk.attname)},
                history_date__range=(ligne.history_date - AU_PLUS, ligne.history_date + AU_PLUS),
            )
    candidates.sort(key=lambda sienne: abs(sienne.history_date - ligne.history_date))
    tot = tard = ligne.history_date
    for sienne in candidates:
        if tot - SOUFFLE <= sienne.history_date <= tard + SOUFFLE:
            tot, tard = min(tot, sienne.history_date), max(tard, sienne.history_date)
            yield sienne


def _rang(modele, modeles):
    """How many of these models, one hanging on the other, this one hangs on."""
    portent = {champ.related_model for champ in modele._meta.concrete_fields if champ.is_relation}
    return 1 + max((_rang(autre, modeles) for autre in (portent & modeles) - {modele}), default=0)


def perdues(modele):
    """Kinds of rows that go with an object of this model and whose history nobody keeps."""
    return sorted(
        str(relation.related_model._meta.verbose_name_plural)
        for relation in _liens(modele, CASCADE)
        if not hasattr(relation.related_model, "history")
        # A row that has but one of its kind is drawn from it; the log is not ours.
        and not relation.one_to_one
        and relation.related_model._meta.app_label != "admin"
    )


def detachees(ligne):
    """Rows that pointed to this one and that its deletion let go."""
    cle = getattr(ligne, ligne.instance_type._meta.pk.attname)
    for relation in _liens(ligne.instance_type, SET_NULL):
        autre, champ = relation.related_model, relation.field
        if hasattr(autre, "history"):
            anciennes = autre.history.filter(**{champ.name: cle}).order_by()
            yield from autre._base_manager.filter(
                pk__in=anciennes.values(autre._meta.pk.name), **{champ.name: None}
            )


def _liens(modele, suite):
    return [
        relation
        for relation in modele._meta.related_objects
        if getattr(relation, "on_delete", None) is suite
        and not hasattr(relation.related_model, "instance_type")
    ]
