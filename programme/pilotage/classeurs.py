"""What a workbook tells of the avis and their delays: the columns of the page, and the days."""

from django.db.models.functions import TruncDate

from echanges.colonnes.valeurs import Entier, Instant, valeur_du_champ
from echanges.exports.lecture import Colonne, TelQuel, jointes, simple
from programme.comites.models import Avis
from programme.pilotage.delais import jours

REGIONS = "fiche__territoire__perimetre_courant__regions__nom"


def colonnes_des_delais():
    return [
        Colonne("Fiche action", "fiche__titre", TelQuel()),
        Colonne("Référence", "fiche__reference", TelQuel()),
        Colonne("Territoire", "fiche__territoire__nom", TelQuel()),
        Colonne("Régions", jointes(Avis, REGIONS), TelQuel()),
        Colonne("Comité", "seance__comite__region__nom", TelQuel()),
        simple("Avis", "sens", valeur_du_champ(Avis._meta.get_field("sens"))),
        simple("Transmise le", "passage__le", Instant()),
        simple("Avis du", "effet_le", Instant()),
        Colonne("Délai en jours", _durees, Entier()),
    ]


def _durees(pks):
    avis = Avis.objects.filter(pk__in=pks).order_by()
    lus = avis.values_list("pk", TruncDate("passage__le"), TruncDate("effet_le"))
    return {pk: jours(envoi, rendu) for pk, envoi, rendu in lus}
