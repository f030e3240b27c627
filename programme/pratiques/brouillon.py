"""What can be made of a fiche besides its steps: a copy, a paper, a bonne pratique."""

from echanges.textes import en_cle, identifiant
from programme.ecritures import euros
from programme.fiches.models import Bilan, FicheAction


def pratique_depuis(request):
    """What a fiche and its bilan already say of the bonne pratique to write; no contact."""
    fiches = FicheAction.objects.for_user(request.user).du_public()
    fiche = fiches.filter(pk=en_cle(request.GET.get("depuis"))).first()
    if fiche is None:
        return {}
    bilan = Bilan.objects.du_public().filter(fiche=fiche).first()
    resultats = bilan.resultats if bilan else fiche.resultats_attendus
    cout = bilan.cout_final if bilan else fiche.cout_total
    enseignements = bilan.enseignements if bilan else ""
    return {
        "identifiant": identifiant(fiche.titre, longueur=110, sinon=fiche.reference.lower()),
        "titre": fiche.titre,
        "territoire": fiche.territoire_id,
        "axe": fiche.axe_id,
        "fiche": fiche.pk,
        "resume": "\n\n".join(filter(None, (fiche.objectifs, resultats))),
        "mise_en_oeuvre": "\n\n".join(filter(None, (fiche.description, enseignements))),
        "cout": f"{euros(cout)} (hors taxes)" if cout else "",
    }
