"""The forms of sign-in: allauth's, with our words and our limits."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    UserTokenForm,
)
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.urls import reverse

from territoires.acces import limites
from territoires.acces.adaptateurs import TROP
from territoires.agents.invitations import ACCEPTEE, invitation_valable
from territoires.agents.models import Agent
from territoires.journal.ecriture import Acte, noter


def _nommer(champ, libelle, aide="", **attributs):
    champ.label, champ.help_text = libelle, aide
    champ.widget.attrs.pop("placeholder", None)
    champ.widget.attrs |= {"class": "fr-input"} | attributs


def _nommer_les_nouveaux(formulaire):
    regles = password_validation.password_validators_help_texts()
    _nommer(formulaire.fields["password1"], "Nouveau mot de passe", " ".join(map(str, regles)))
    _nommer(formulaire.fields["password2"], "Le même, une seconde fois")


class ConnexionForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _nommer(
            self.fields["login"],
            "Identifiant ou adresse e-mail",
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
        )
        self.fields["login"].max_length = 254
        for nom, champ in self.fields.items():
            # One field at most takes the focus: the first, on the page of sign-in alone.
            champ.widget.attrs.pop("autofocus", None)
            if nom == "login" and self.request and self.request.path == reverse("account_login"):
                champ.widget.attrs["autofocus"] = True
        _nommer(self.fields["password"], "Mot de passe")

    def user_credentials(self):
        return {
            "username": self.cleaned_data["login"],
            "password": self.cleaned_data.get("password", ""),
        }


class OubliForm(ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _nommer(self.fields["email"], "Adresse e-mail", "Celle que la délégation connaît.")

    def clean_email(self):
        courriel = super().clean_email()
        if any(
            [
                limites.trop_de_l_adresse(context.request),
                limites.trop_du_compte("oubli", courriel),
            ]
        ):
            raise ValidationError("Trop de demandes en une minute. Attendez, puis recommencez.")
        # An account that was never opened is opened by its invitation alone.
        actifs = Agent.objects.filter(is_active=True, email__iexact=courriel)
        self.users = [agent for agent in actifs if agent.has_usable_password()]
        noter(
            Acte.MOT_DE_PASSE,
            request=context.request,
            objet=self.users[0] if self.users else "compte inconnu",
            detail="lien demandé",
        )
        return courriel


class NouveauMotDePasseForm(ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _nommer_les_nouveaux(self)

    def save(self):
        invite = not self.user.has_usable_password()
        super().save()
        detail = ACCEPTEE if invite else "choisi par le lien reçu"
        noter(Acte.MOT_DE_PASSE, request=context.request, agent=self.user, detail=detail)


class LienForm(UserTokenForm):
    """The key of a link: of an invitation as long as no password was chosen, else of a reset."""

    def _get_user(self, uidb36):
        agent = super()._get_user(uidb36)
        return agent if agent is not None and agent.is_active else None

    def clean(self):
        donnees = forms.Form.clean(self)
        agent, cle = self._get_user(donnees.get("uidb36", "")), donnees.get("key", "")
        if agent is None or not cle or not self._valable(agent, cle):
            raise get_adapter().validation_error("invalid_password_reset")
        self.reset_user = agent
        return donnees

    def _valable(self, agent, cle):
        if invitation_valable(agent, cle):
            return True
        return agent.has_usable_password() and self.token_generator.check_token(agent, cle)


class ChangerMotDePasseForm(ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _nommer(self.fields["oldpassword"], "Mot de passe d’aujourd’hui")
        _nommer_les_nouveaux(self)

    def clean_oldpassword(self):
        if limites.trop_du_compte("ancien", self.user.pk):
            raise ValidationError(TROP)
        return super().clean_oldpassword()

    def save(self):
        super().save()
        noter(Acte.MOT_DE_PASSE, request=context.request, agent=self.user, detail="changé")


class ConfirmerForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _nommer(self.fields["password"], "Mot de passe")


class CodeLimite:
    """Five codes a minute for one account, wherever they come from."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _nommer(
            self.fields["code"],
            "Code",
            "Les six chiffres de votre application, ou l’un de vos codes de secours.",
            inputmode="numeric",
            autocomplete="one-time-code",
        )

    def clean_code(self):
        if limites.trop_du_compte("code", self.user.pk):
            noter(Acte.VERROU, request=context.request, objet=self.user, detail="second facteur")
            raise ValidationError("Trop d’essais en une minute. Attendez, puis donnez-en un neuf.")
        try:
            code = super().clean_code()
        except ValidationError:
            noter(Acte.ECHEC, request=context.request, objet=self.user, detail="second facteur")
            raise
        limites.oublier("code", self.user.pk)
        return code


class CodeForm(CodeLimite, AuthenticateForm):
    pass


class CodeConfirmeForm(CodeLimite, CodeReauthenticateForm):
    pass


class ActiverApplicationForm(CodeLimite, ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Les six chiffres que l’application montre maintenant."
