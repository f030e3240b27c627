"""What a password must be: the rules of the library, said once and in our words."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError


class MotDePasse:
    """All rules at once, each refusal a sentence of its own; one sentence tells them before."""

    def __init__(self, longueur=12):
        self.longueur = longueur
        self.regles = {
            MinimumLengthValidator(longueur): (
                f"Ce mot de passe est trop court : il faut au moins {longueur} caractères."
            ),
            UserAttributeSimilarityValidator(): (
                "Ce mot de passe ressemble trop à votre nom, votre identifiant ou votre adresse."
            ),
            CommonPasswordValidator(): "Ce mot de passe est trop courant : il serait vite deviné.",
            NumericPasswordValidator(): "Ce mot de passe n’a que des chiffres.",
        }

    def validate(self, password, user=None):
        refus = []
        for regle, phrase in self.regles.items():
            try:
                regle.validate(password, user)
            except ValidationError as erreur:
                refus.append(ValidationError(phrase, code=erreur.error_list[0].code))
        if refus:
            raise ValidationError(refus)

    def get_help_text(self):
        return (
            f"Au moins {self.longueur} caractères : ni des chiffres seuls, ni votre nom, ni un mot "
            "de passe courant."
        )
