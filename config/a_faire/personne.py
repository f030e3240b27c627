"""The states in which nobody must act, each with why."""

from echanges.models import Import
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction, Modification, ObstacleNational
from programme.partenaires.models import Engagement

DECIDE, TERMINE = "c’est décidé", "c’est terminé"

# {model: {state: why nobody must act upon it}}
PERSONNE = {
    FicheAction: {FicheAction.Etat.ABANDONNEE: TERMINE},
    Modification: {
        Modification.Etat.ACCEPTEE: DECIDE,
        Modification.Etat.RETIREE: TERMINE,
    },
    Engagement: {Engagement.Etat.TENU: TERMINE, Engagement.Etat.ABANDONNE: TERMINE},
    Import: {
        Import.Etat.CONFIRME: DECIDE,
        Import.Etat.ABANDONNE: TERMINE,
        Import.Etat.ANNULE: TERMINE,
    },
    Contrat: {
        Contrat.Etat.SIGNE: "il court jusqu’à sa fin",
        Contrat.Etat.TERMINE: TERMINE,
    },
    ObstacleNational: {
        ObstacleNational.Etat.EN_COURS: "la simplification se fait ailleurs",
        ObstacleNational.Etat.LEVE: TERMINE,
        ObstacleNational.Etat.MAINTENUE: DECIDE,
    },
}
