"""What can go wrong with a file or a cell, always said in French to the person who sent it."""

from dataclasses import dataclass


class FichierRefuse(Exception):
    """The whole file cannot be read; the message says why and what to do."""


class Illisible(ValueError):
    """One cell cannot be read; `str()` says what was expected.

    `motif` is the reason without the value, `proposition` what could be written instead.
    """

    def __init__(self, message, motif="", proposition=""):
        super().__init__(message)
        self.motif, self.proposition = motif, proposition


@dataclass(frozen=True)
class Refus:
    """Why one row cannot be written."""

    ligne: int
    colonne: str
    valeur: str
    message: str
    motif: str = ""  # the reason without the value: rows of one reason are told together
    proposition: str = ""
    objet: str = ""

    def __str__(self):
        if not self.colonne:
            return f"ligne {self.ligne} : {self.message}"
        return f"ligne {self.ligne}, colonne « {self.colonne} » : {self.message}"


@dataclass(frozen=True)
class Remarque:
    """Something that was understood for the person, and that they should know."""

    ligne: int | None
    message: str

    def __str__(self):
        return f"ligne {self.ligne} : {self.message}" if self.ligne else self.message
