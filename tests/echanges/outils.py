"""Files of a few rows, read and written as the délégation does."""

from echanges.registre import ressources


def csv(*lignes):
    return ("\n".join(lignes) + "\n").encode()


def analyser(nom, contenu, agent=None):
    return ressources()[nom](agent=agent).analyser(contenu)


def importer(nom, contenu, agent=None):
    """Write this file, or raise; gives the rapport."""
    ressource = ressources()[nom](agent=agent)
    rapport = ressource.analyser(contenu)
    ressource.appliquer(rapport, "essai")
    return rapport


def exporter(nom, agent=None, **options):
    return b"".join(ressources()[nom](agent=agent).exporter(**options))


def messages(rapport):
    return [str(refus) for refus in rapport.erreurs()]
