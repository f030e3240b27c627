"""Which column of the resource each header of a file names."""

from rapidfuzz import process

from echanges.erreurs import FichierRefuse
from echanges.lecture.tableau import COLONNE_DES_ERREURS, cle_d_entete

MONTREES = 5  # unknown columns told one by one


def reconnaitre(resource, entetes):
    """({header of the resource: its rank in the file}, columns to read). Raises FichierRefuse."""
    connus = entetes_connus(resource)
    positions = {}
    _refuser_les_inconnues(resource, connus, entetes)
    for rang, entete in enumerate(entetes):
        nom = connus.get(cle_d_entete(entete))
        if nom in positions:
            raise FichierRefuse(f"Deux colonnes disent la même chose : « {nom} ».")
        if nom:
            positions[nom] = rang
    if manquantes := [n for n in resource._meta.import_id_fields if n not in positions]:
        raise FichierRefuse(
            "Il manque la colonne qui désigne chaque ligne : " + ", ".join(manquantes) + "."
        )
    colonnes = [
        colonne
        for colonne in resource.colonnes
        if all(e in positions for e in colonne.entetes)
        and (resource.chargement or colonne.nom not in resource._meta.lecture_seule)
    ]
    return positions, colonnes


def entetes_connus(resource):
    """{header as it is compared: header}: the names of the columns, then their labels."""
    connus = {cle_d_entete(nom): nom for nom in resource.entetes()}
    for colonne in resource.colonnes:
        champ = getattr(colonne, "champ", None)
        if champ is not None and len(colonne.entetes) == 1:
            connus.setdefault(cle_d_entete(str(champ.verbose_name)), colonne.nom)
    return connus


def _refuser_les_inconnues(resource, connus, entetes):
    inconnues = [
        entete
        for entete in entetes
        if entete and (cle := cle_d_entete(entete)) not in connus and cle != COLONNE_DES_ERREURS
    ]
    if not inconnues:
        return
    admises = ", ".join(resource.entetes())
    phrases = [_colonne_inconnue(resource, entete) for entete in inconnues[:MONTREES]]
    if autres := len(inconnues) - MONTREES:
        phrases += [f"{autres} autres colonnes sont inconnues."] if autres > 0 else []
    raise FichierRefuse(f"{' '.join(phrases)} Colonnes admises : {admises}.")


def _colonne_inconnue(resource, entete):
    if ailleurs := resource._meta.parties.get(cle_d_entete(entete)):
        return f"La colonne « {entete} » est désormais dans le fichier « {ailleurs} »."
    proche = process.extractOne(entete.lower(), resource.entetes(), score_cutoff=50)
    conseil = f" Vouliez-vous dire « {proche[0]} » ?" if proche else ""
    return f"La colonne « {entete[:80]} » est inconnue.{conseil}"
