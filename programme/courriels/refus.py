"""What a mail server answers: for good or for now, and in words."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.utils import timezone

DEFINITIF = 500


def marques(erreur, adresse):
    """What a message refused for good is marked with: SMTP says 5xx, and 4xx to try again."""
    if isinstance(erreur, SMTPRecipientsRefused):
        if all(code >= DEFINITIF for code, _ in erreur.recipients.values()):
            return {"refuse_le": timezone.now(), "refuse_a": adresse.lower()}
    elif isinstance(erreur, SMTPDataError) and erreur.smtp_code >= DEFINITIF:
        return {"refuse_le": timezone.now()}  # what it says, not whom it is for
    return {}


def raison(erreur):
    """In words where the mail server gave a number and a line of bytes."""
    if isinstance(erreur, SMTPRecipientsRefused):
        reponses = [_reponse(*reponse) for reponse in erreur.recipients.values()]
        return f"adresse refusée par le serveur de courrier ({', '.join(reponses)})"[:300]
    if isinstance(erreur, SMTPResponseException):
        reponse = _reponse(erreur.smtp_code, erreur.smtp_error)
        return f"courriel refusé par le serveur de courrier ({reponse})"[:300]
    return (str(erreur) or type(erreur).__name__)[:300]


def _reponse(code, texte):
    texte = texte.decode("utf-8", "replace") if isinstance(texte, bytes) else str(texte)
    return f"{code} {texte}"
