"""What a territoire goes on from, once a person confirmed it: it keeps what those had signed."""

from territoires.ecrites import ecrite
from territoires.editions.models import Filiation

CONTINUITES = [Filiation.Nature.SUITE, Filiation.Nature.RENOMMAGE]


@ecrite
def _suites():
    """[(ancien, nouveau)] of territoires, from the oldest edition on."""
    suites = Filiation.objects.filter(confirmee_le__isnull=False, nature__in=CONTINUITES)
    suites = suites.order_by("nouveau__edition__date")
    return suites.values_list("ancien__territoire", "nouveau__territoire")


def avec_leurs_suites(territoires):
    """The keys of these territoires, and of those that go on from them."""
    lies = set(territoires)
    for ancien, nouveau in _suites():
        if ancien in lies:
            lies.add(nouveau)
    return lies


def avec_ses_ancetres(territoire):
    """The keys of this one (a key too), and of those that it goes on from."""
    lies = {territoire}
    for ancien, nouveau in reversed(_suites()):
        if nouveau in lies:
            lies.add(ancien)
    return lies


def lignee(territoire):
    """The same of an object, as a list read once for its page."""
    if not hasattr(territoire, "_lignee"):
        territoire._lignee = list(avec_ses_ancetres(territoire.pk))
    return territoire._lignee
