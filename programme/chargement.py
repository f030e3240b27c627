"""What people do on a page, dated and signed: a file tells it, the loading of a whole base alone
writes it."""

from echanges.resources import Resource


class ParChargement(Resource):
    """`refus` is (column, sentence) for who sends such a file as an import."""

    refus = ("", "")

    def verrou(self, objet, plan):
        if self.chargement and plan.creation:
            return None
        colonne, phrase = self.refus
        return colonne, "", phrase
