"""History of many rows at once: django-simple-history's own writes one query a relation a row."""

from django.utils import timezone


def historiser(modele, objets, genre, auteur, raison):
    """One historical row an object (`genre`: + created, ~ changed, - deleted), lists included."""
    if not objets or not hasattr(modele, "history"):
        return
    historique = modele.history.model
    maintenant = timezone.now()
    lignes = historique.objects.bulk_create(
        [
            historique(
                history_date=maintenant,
                history_user=auteur,
                history_change_reason=raison[:100],
                history_type=genre,
                **{c.attname: getattr(objet, c.attname) for c in historique.tracked_fields},
            )
            for objet in objets
        ],
        batch_size=1000,
    )
    for champ in historique._history_m2m_fields:
        _historiser_liens(champ, getattr(historique, champ.name).model, lignes, modele)


def _historiser_liens(champ, historique_du_lien, lignes, modele):
    lien, parent = champ.remote_field.through, champ.m2m_column_name()
    attributs = [c.attname for c in lien._meta.fields]
    par_parent = {getattr(ligne, modele._meta.pk.attname): ligne.pk for ligne in lignes}
    parents = list(par_parent)
    for debut in range(0, len(parents), 500):
        liens = lien.objects.filter(**{f"{parent}__in": parents[debut : debut + 500]})
        historique_du_lien.objects.bulk_create(
            [
                historique_du_lien(history_id=par_parent[valeurs[parent]], **valeurs)
                for valeurs in liens.values(*attributs)
            ]
        )
