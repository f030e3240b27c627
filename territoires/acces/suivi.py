"""What Django and allauth tell of sign-ins, said in the journal."""

from allauth.mfa import signals as facteurs
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from territoires.journal.ecriture import Acte, noter

NOMS = {
    "totp": "application",
    "webauthn": "clé d’accès",
    "recovery_codes": "codes de secours",
}


@receiver(user_logged_in)
def entre(sender, request, user, **autres):
    noter(Acte.CONNEXION, request=request, agent=user)


@receiver(user_logged_out)
def sorti(sender, request, user, **autres):
    if user is not None:
        noter(Acte.DECONNEXION, request=request, agent=user)


def _facteur(quoi):
    def dire(sender, request, user, authenticator, **autres):
        genre = NOMS.get(authenticator.type, authenticator.type)
        noter(Acte.FACTEUR, request=request, agent=user, detail=f"{genre} : {quoi}")

    return dire


AJOUTE, RETIRE, REFAIT = _facteur("ajout"), _facteur("retrait"), _facteur("nouveaux codes")
facteurs.authenticator_added.connect(AJOUTE)
facteurs.authenticator_removed.connect(RETIRE)
facteurs.authenticator_reset.connect(REFAIT)
