"""Bring a deleted object back, with its lines and its lists, as its history keeps them."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from territoires.historique import telle_que
from territoires.supprimes.corbeille import reprendre
from territoires.supprimes.lecture import detachees, disparus, emportees, nom

RAISON = "Objet supprimé, ramené"


class RetourImpossible(ValidationError):
    """Why nothing can be brought back, in a sentence."""


def ramener(ligne):
    """The object that this last line of a history tells, and what to say of what did not come.

    Raises RetourImpossible when its place is taken or when what it belongs to is gone.
    """
    try:
        with transaction.atomic():
            if not disparus(ligne.instance_type).filter(pk=ligne.pk).exists():
                raise RetourImpossible("Cet objet est déjà revenu.")
            remarques = []
            lignes = emportees(ligne)
            objet = _ramener(ligne, remarques)
            for sienne in lignes:
                _ramener_la_ligne(sienne, remarques)
            remarques += [
                f"« {autre} » ({autre._meta.verbose_name}) renvoyait à cet objet : ce lien est à "
                "remettre à la main."
                for autre in detachees(ligne)
            ]
            return objet, remarques
    except IntegrityError as erreur:
        raise RetourImpossible(
            "Un autre objet a pris sa place pendant ce temps : rien n’est ramené."
        ) from erreur


def _ramener(ligne, remarques):
    objet = telle_que(ligne)
    _rattacher(objet, remarques)
    _retrouver_les_fichiers(objet, remarques)
    _sans_secret(objet, remarques)
    try:
        objet.validate_unique()
        objet.validate_constraints()
    except ValidationError as erreur:
        raison = " ".join(erreur.messages)
        raise RetourImpossible(
            f"« {nom(ligne)} » ({objet._meta.verbose_name}) ne peut pas revenir : {raison}"
        ) from erreur
    _inserer(objet)
    _remettre_les_listes(objet, ligne, remarques)
    return objet


def _ramener_la_ligne(ligne, remarques):
    """What cannot come back of the lines is told; the object comes back without it."""
    try:
        with transaction.atomic():
            _ramener(ligne, remarques)
    except RetourImpossible as refus:
        remarques += refus.messages


def _colonnes(objet):
    """What is written of this row: the database draws the others from it."""
    return [champ for champ in objet._meta.concrete_fields if not champ.generated]


def _rattacher(objet, remarques):
    for champ in _colonnes(objet):
        cle = getattr(objet, champ.attname)
        if not champ.is_relation or cle is None:
            continue
        autre = champ.related_model
        if autre._base_manager.filter(**{champ.target_field.name: cle}).exists():
            continue
        if not champ.null:
            raise RetourImpossible(
                f"« {_dit(objet)} » ({objet._meta.verbose_name}) ne peut pas revenir : "
                f"{champ.verbose_name}, auquel cela se rattache, est supprimé aussi. "
                "Ramenez-le d’abord."
            )
        setattr(objet, champ.attname, None)
        remarques.append(f"{_dit(objet)}, {champ.verbose_name} : supprimé aussi, laissé vide.")


def _dit(objet):
    ecrits = (getattr(objet, c.attname) for c in _colonnes(objet) if not c.is_relation)
    return next((t for t in ecrits if isinstance(t, str) and t.strip()), str(objet.pk))


def _retrouver_les_fichiers(objet, remarques):
    for champ in _colonnes(objet):
        fichier = isinstance(champ, models.FileField) and getattr(objet, champ.attname)
        if fichier and not reprendre(fichier.name):
            remarques.append(
                f"{_dit(objet)} : le fichier « {PurePath(fichier.name).name} » n’existe plus. "
                "La ligne revient sans lui : déposez-le de nouveau."
            )


def _sans_secret(objet, remarques):
    if hasattr(objet, "set_unusable_password"):
        objet.set_unusable_password()
        remarques.append("Son mot de passe n’est pas revenu : invitez-le de nouveau.")


def _inserer(objet):
    """Write the row under its own key; the dates that a creation would set are its own too."""
    siennes = {
        champ.attname: getattr(objet, champ.attname)
        for champ in _colonnes(objet)
        if getattr(champ, "auto_now_add", False)
    }
    objet._change_reason = RAISON
    # Rules of a new object (first state, reference drawn) do not hold for one that has lived.
    objet.save_base(force_insert=True)
    del objet._change_reason
    if siennes:
        type(objet)._base_manager.filter(pk=objet.pk).update(**siennes)


def _remettre_les_listes(objet, ligne, remarques):
    for champ in ligne._history_m2m_fields:
        cles = _liste(ligne, champ) or _liste(ligne.prev_record, champ)
        presents = champ.related_model._base_manager.filter(pk__in=cles)
        if manquent := len(cles) - len(presents):
            remarques.append(f"{champ.verbose_name} : supprimés depuis, {manquent}.")
        if presents:
            getattr(objet, champ.name).set(presents)
    for relation in objet._meta.related_objects:
        if relation.many_to_many and hasattr(relation.related_model, "history"):
            for autre in _qui_le_citaient(relation, objet):
                getattr(autre, relation.field.name).add(objet)


def _qui_le_citaient(relation, objet):
    """The rows whose list, as it was last told, holds this object."""
    autre, champ = relation.related_model, relation.field
    if champ not in autre.history.model._history_m2m_fields:
        return []
    cites = getattr(autre.history.model, champ.name).model._base_manager
    dits = cites.filter(**{champ.m2m_reverse_field_name(): objet}).order_by()
    vivants = autre._base_manager.filter(pk__in=dits.values(champ.m2m_field_name()))
    return [x for x in vivants if objet.pk in _liste(x.history.latest(), champ)]


def _liste(ligne, champ):
    """The keys of this list: a deletion by the admin empties it before it is told."""
    if ligne is None:
        return []
    lies = getattr(ligne, champ.name).all()
    return list(lies.values_list(f"{champ.m2m_reverse_field_name()}_id", flat=True))
