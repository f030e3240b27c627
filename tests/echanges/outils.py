"""Files of a few rows, read and written as the délégation does."""

from echanges.registre import resources


def csv(*lignes):
    return ("\n".join(lignes) + "\n").encode()


def analyser(nom, contenu, agent=None):
    return resources()[nom](agent=agent).analyser(contenu)


def importer(nom, contenu, agent=None):
    """Write this file, or raise; gives the rapport."""
    resource = resources()[nom](agent=agent)
    rapport = resource.analyser(contenu)
    resource.appliquer(rapport, "essai")
    return rapport


def exporter(nom, agent=None, **options):
    return b"".join(resources()[nom](agent=agent).exporter(**options))


def messages(rapport):
    return [str(refus) for refus in rapport.erreurs()]
