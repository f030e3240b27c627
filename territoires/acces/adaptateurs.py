"""What allauth asks of the project: who may guess, where one goes, how letters leave."""

from concurrent.futures import ThreadPoolExecutor

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from territoires.acces import limites
from territoires.acces.comptes import compte_de
from territoires.agents import lettres
from territoires.journal.ecriture import Acte, adresse_de, noter

REFUS = (
    "Identifiant ou mot de passe incorrect. Vérifiez la touche majuscule, ou choisissez un "
    "nouveau mot de passe par « Mot de passe oublié ? »."
)
TROP = (
    "Trop d’essais en une minute. Attendez une minute avant de réessayer, ou choisissez un nouveau "
    "mot de passe par « Mot de passe oublié ? »."
)
# A letter leaves after the answer: a known address answers no later than another.
FACTEUR = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lettres")


class TropDEssais(ValidationError):
    pass


class Comptes(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": REFUS,
        "email_password_mismatch": REFUS,
        "incorrect_password": "Ce mot de passe n’est pas le vôtre.",
        "enter_current_password": "Ce mot de passe n’est pas celui que vous avez aujourd’hui.",
        "too_many_login_attempts": TROP,
    }

    def is_open_for_signup(self, request):
        return False  # the délégation invites

    def get_client_ip(self, request):
        return adresse_de(request) or "0.0.0.0"

    def authenticate(self, request, **credentials):
        """The same counting, the same work same words, for an account or for none."""
        texte = (credentials.get("username") or credentials.get("email") or "").strip().lower()
        # Both count at each guess, whatever the other says.
        if any([limites.trop_de_l_adresse(request), limites.trop_du_compte("saisi", texte)]):
            noter(Acte.VERROU, request=request, objet=compte_de(texte) or "compte inconnu")
            raise TropDEssais(TROP)
        agent = compte_de(texte)
        # Guesses by the user name and by the e-mail of one account count together, silently:
        # to say so would tell that both are the same person's.
        de_trop = limites.trop_du_compte("compte", agent.pk if agent else f"inconnu {texte}")
        trouve = super().authenticate(request, username=texte, password=credentials.get("password"))
        if trouve is None or de_trop:
            noter(Acte.ECHEC, request=request, objet=agent or "compte inconnu")
            return None
        limites.oublier("saisi", texte)
        limites.oublier("compte", trouve.pk)
        return trouve

    def reauthenticate(self, user, password):
        trouve = self.authenticate(self.request, username=user.username, password=password)
        return trouve is not None and trouve.pk == user.pk

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Its own messages are about itself (« vous vous êtes connecté »): the pages say enough."""
        if message_template is None:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_password_change_redirect_url(self, request):
        return reverse("mon-compte")

    def send_mail(self, template_prefix, email, context):
        lettre = self.render_mail(template_prefix, email, {"email": email} | context)
        if settings.LETTRES_EN_FOND:
            FACTEUR.submit(lettres.envoyer_en_fond, lettre, context["user"])
        else:
            lettres.envoyer(lettre, context["user"])

    def send_password_reset_mail(self, user, email, context):
        super().send_password_reset_mail(user, user.email, context)  # as stored, not as typed

    def get_reset_password_from_key_url(self, key):
        chemin = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "CLE"})
        return settings.ADRESSE_DU_SITE + chemin.replace("UID-CLE", key)


class SecondFacteur(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Ce code n’est pas bon ou n’est plus valable : donnez le suivant.",
        "cannot_delete_authenticator": "Votre compte doit garder un second facteur.",
        "cannot_generate_recovery_codes": "Ajoutez d’abord une application ou une clé d’accès.",
    }

    def get_totp_label(self, user):
        return user.username

    def generate_authenticator_name(self, user, type):
        return "Ma clé d’accès"
