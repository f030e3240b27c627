"""What can be made of a fiche besides its steps: a copy, a paper, a bonne pratique."""

from echanges.textes import identifiant
from programme.ecritures import euros
from programme.fiches.models import FicheAction


def pratique_depuis(request):
    """What a fiche already says of the bonne pratique to write; nothing of its contact."""
    pk = request.GET.get("depuis", "")
    fiches = FicheAction.objects.for_user(request.user).du_public()
    fiche = fiches.filter(pk=pk).first() if pk.isdigit() else None
    if fiche is None:
        return {}
    return {
        "identifiant": identifiant(fiche.titre, longueur=110, sinon=fiche.reference.lower()),
        "titre": fiche.titre,
        "territoire": fiche.territoire_id,
        "axe": fiche.axe_id,
        "fiche": fiche.pk,
        "resume": "\n\n".join(filter(None, (fiche.objectifs, fiche.resultats_attendus))),
        "mise_en_oeuvre": fiche.description,
        "cout": f"{euros(fiche.cout_total)} (hors taxes)" if fiche.cout_total else "",
    }
