"""Why a message no longer concerns its reader: each subject judges its own."""

# By the first word of a message's key: takes the message and the rest of its key, and says why it
# would tell its reader something that is over.
JUGES = {}


def inscrire(**juges):
    JUGES.update(juges)


def perime(courriel):
    """Why this message no longer concerns its reader; empty when it does."""
    agent = courriel.agent
    if not agent.is_active:
        return "ce compte est désactivé"
    if not agent.a_un_perimetre:
        return "cet agent n’a plus de périmètre"
    sujet, _, cle = courriel.cle.partition("-")
    return JUGES[sujet](courriel, cle) if sujet in JUGES else ""
