"""How often one may guess: counted before it is judged, so that guesses sent at once count too."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from territoires.acces.models import Essai
from territoires.journal.ecriture import adresse_de

DUREE = timedelta(minutes=1)
OUBLI = timedelta(hours=1)


def _cle(genre, valeur):
    return salted_hmac(f"territoires.acces.{genre}", valeur, algorithm="sha256").hexdigest()


def depasse(genre, valeur, limite):
    """Count one more of these; whether there were more than `limite` in the last minute."""
    maintenant, cle = timezone.now(), _cle(genre, valeur)
    essai = Essai.objects.create(cle=cle, le=maintenant)
    if essai.pk % 50 == 0:
        Essai.objects.filter(le__lt=maintenant - OUBLI).delete()
    return Essai.objects.filter(cle=cle, le__gt=maintenant - DUREE).count() > limite


def oublier(genre, valeur):
    """The right answer came: the next wrong one is the first."""
    Essai.objects.filter(cle=_cle(genre, valeur)).delete()


def trop_de_l_adresse(request):
    adresse = adresse_de(request) or ""
    return depasse("adresse", adresse, settings.ESSAIS_PAR_ADRESSE)


def trop_du_compte(genre, compte):
    return depasse(genre, str(compte), settings.ESSAIS_PAR_COMPTE)
