"""Where contractualisation stands in the country, région by région, on a given day."""

from dataclasses import dataclass

from programme.models import Contrat


@dataclass
class Ligne:
    """How many protocoles and contrats were in force, and how many were over."""

    protocoles: int = 0
    contrats: int = 0
    termines: int = 0

    def compter(self, contrat, date):
        if contrat.est_termine_au(date):
            self.termines += 1
        elif contrat.type == Contrat.Type.PROTOCOLE:
            self.protocoles += 1
        else:
            self.contrats += 1


def contractualisation(date):
    """([(région, Ligne)] by name, Ligne of France); an interrégional contrat counts once there."""
    france, regions = Ligne(), {}
    contrats = Contrat.objects.signes_au(date).select_related("territoire__perimetre_courant")
    for contrat in contrats.prefetch_related("territoire__perimetre_courant__regions"):
        france.compter(contrat, date)
        for region in contrat.territoire.regions:
            regions.setdefault(region, Ligne()).compter(contrat, date)
    return sorted(regions.items(), key=lambda ligne: ligne[0].nom), france
