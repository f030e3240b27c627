"""One person entered under two spellings becomes one again, without losing a word."""

from django.db import transaction

from evenements.models import AutreNom, Intervenant, Intervention


@transaction.atomic
def fusionner(garde, *, doublons):
    """Give `garde` all that these doublons said; returns how many interventions moved.

    Each intervention keeps its own text, role and organisation; a first name that only a
    doublon held is kept. The spelling and the address of each doublon stay, and lead to `garde`.
    Raises ValueError when `garde` stands among its doublons.
    """
    doublons = list(Intervenant.objects.select_for_update().filter(pk__in=doublons))
    if garde in doublons:
        raise ValueError("On ne fusionne pas un intervenant avec lui-même.")
    deplacees = Intervention.objects.filter(intervenant__in=doublons).update(intervenant=garde)
    if not garde.prenom and (prenoms := [d.prenom for d in doublons if d.prenom]):
        garde.prenom = prenoms[0]
        garde.save()
    AutreNom.objects.filter(intervenant__in=doublons).update(intervenant=garde)
    anciens = [AutreNom(identifiant=d.identifiant, intervenant=garde, nom=str(d)) for d in doublons]
    Intervenant.objects.filter(pk__in=[d.pk for d in doublons]).delete()
    AutreNom.objects.bulk_create(anciens)
    return deplacees
