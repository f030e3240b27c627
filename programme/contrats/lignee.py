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


def ancetres(territoire):
    """The keys of those that this one (a key too) goes on from, itself left out."""
    lies = {territoire}
    for ancien, nouveau in reversed(_suites()):
        if nouveau in lies:
            lies.add(ancien)
    return lies - {territoire}


def lignee(territoire):
    """[key] of this one and of those that it goes on from, read once for its page."""
    if not hasattr(territoire, "_lignee"):
        territoire._lignee = [territoire.pk, *ancetres(territoire.pk)]
    return territoire._lignee
