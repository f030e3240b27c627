"""Where the choices of a person in a list are kept: told by the app that knows who people are."""


class SansMemoire:
    """Nothing is kept until an app says where."""

    def de(self, agent, liste):
        return []

    def retenir(self, agent, liste, requete):
        pass


_gardien = [SansMemoire()]


def garder_par(gardien):
    """Keep by this object, which has the methods of `SansMemoire`."""
    _gardien[0] = gardien


def gardien():
    return _gardien[0]
