"""The contrats that a change of périmètre would touch: their signatories sign an avenant."""

from django.utils import timezone

from programme.comites.simulation import suites
from programme.contrats.models import Contrat


@suites
def contrats_touches(perimetre):
    """[(title, sentences)] for the contrats of this territoire that run."""
    le = timezone.localdate()
    signes = Contrat.objects.signes_au(le).de_la_lignee(perimetre.territoire)
    courants = [un for un in signes.select_related("territoire") if not un.est_termine_au(le)]
    if courants:
        phrases = [
            f"{un}, signé le {un.signe_le:%d/%m/%Y} : un avenant de ses signataires en tient compte"
            for un in courants
        ]
        yield "Contrats concernés", phrases
