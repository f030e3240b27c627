"""Comités, their members and séances; the avis go out but never come in."""

from echanges.ressources import Ressource
from programme.models import Avis, ComiteDePilotage, MembreComite, Seance


class ComiteResource(Ressource):
    class Meta:
        model = ComiteDePilotage
        nom = "comites"
        fields = ["region", "presentation", "source"]
        import_id_fields = ["region"]


class MembreComiteResource(Ressource):
    class Meta:
        model = MembreComite
        nom = "membres_comites"
        parent = "comite"
        fields = ["comite", "nom", "qualite", "fonction", "organisation", "debut", "fin"]
        import_id_fields = ["comite", "nom", "organisation"]


class SeanceResource(Ressource):
    class Meta:
        model = Seance
        nom = "seances"
        fields = ["comite", "date", "lieu", "ordre_du_jour", "compte_rendu"]
        import_id_fields = ["comite", "date"]
        internes = ["compte_rendu"]
        laisses = {"presents": "des personnes, désignées sur la page de la séance"}


class AvisResource(Ressource):
    """An avis is given in a séance, by a person who answers for it."""

    class Meta:
        model = Avis
        nom = "avis"
        fields = ["seance", "fiche", "demande", "sens", "motif", "rendu_le"]
        entetes = ["comite", "seance", "fiche", "demande", "sens", "motif", "rendu_le"]
        import_id_fields = ["comite", "seance", "fiche", "demande"]
        relations = {"seance": {"comite": "comite__region__code", "seance": "date"}}
        laisses = {
            "passage": "la transmission à laquelle il répond, connue de la fiche",
            "rendu_par": "celui qui le rend, jamais celui que dit un fichier",
        }

    def verrou(self, objet, plan):
        return "sens", "", "un avis se rend en séance, sur la page de la fiche"
