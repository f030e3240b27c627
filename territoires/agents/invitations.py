"""An agent is invited: by a link that serves once, nobody ever knows its password."""

from datetime import timedelta

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from territoires.agents import lettres
from territoires.journal.ecriture import Acte, noter
from territoires.journal.models import LigneDuJournal

SEL = "territoires.agents.invitation"


def _empreinte(agent):
    """What makes a link serve once: another invitation, e-mail or password makes it void."""
    etat = f"{agent.pk} {agent.password} {agent.email} {agent.invite_le.isoformat()}"
    return salted_hmac(SEL, etat, algorithm="sha256").hexdigest()


def invitation_valable(agent, cle):
    if agent.has_usable_password() or agent.invite_le is None:
        return False
    try:
        lue = signing.loads(cle, salt=SEL, max_age=settings.INVITATION_VALABLE)
    except signing.BadSignature:
        return False
    return constant_time_compare(lue, _empreinte(agent))


ACCEPTEE = "invitation acceptée"  # what the journal says of it


def acceptee_le():
    """The day when an agent chose a password by its invitation, to annotate agents with."""
    actes = LigneDuJournal.objects.filter(
        agent=OuterRef("pk"), acte=Acte.MOT_DE_PASSE, detail=ACCEPTEE
    )
    return Subquery(actes.order_by("-le").values("le")[:1])


def expire_le(agent):
    return agent.invite_le + timedelta(seconds=settings.INVITATION_VALABLE)


def lien(agent):
    cle = signing.dumps(_empreinte(agent), salt=SEL)
    chemin = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(agent), "key": cle},
    )
    return settings.ADRESSE_DU_SITE + chemin


def peut_inviter(agent):
    return bool(agent.is_active and agent.email and not agent.has_usable_password())


def nouveau_lien(agent, *, request=None):
    """A link to hand over when the letter does not arrive; the one made before is void."""
    noter(Acte.INVITATION, request=request, objet=agent, detail="lien remis en main propre")
    return _lien_neuf(agent)


def _lien_neuf(agent):
    agent.invite_le = timezone.now()
    agent.save(update_fields=["invite_le"])
    return lien(agent)


def inviter(agent, *, request=None, par=None):
    """Write to the agent; the link made before is void. Raises OSError when no letter leaves."""
    contexte = {
        "agent": agent,
        "lien": _lien_neuf(agent),
        "jours": settings.INVITATION_VALABLE // 86400,
        "site": settings.ADRESSE_DU_SITE,
    }
    lettre = EmailMessage(
        "Votre accès à Territoires d’industrie",
        render_to_string("territoires/agents/invitation.txt", contexte),
        to=[agent.email],
    )
    lettres.envoyer(lettre, agent)
    noter(Acte.INVITATION, request=request, agent=par, objet=agent, detail=agent.email)
    return contexte["lien"]
