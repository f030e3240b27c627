"""Several régions on one fiche: what each says, in how many days, and where they disagree."""

from django.utils import timezone

from programme.fiches.instruction import Regard, Regards


def comparer(reponses, envoi):
    """Regards of [(région, its AvisRendu or None)] on what was sent up then; None without any."""
    if not any(avis for _, avis in reponses):
        return None
    lignes = [Regard(region.nom, *_avis(un, envoi)) for region, un in reponses]
    return Regards(
        lignes,
        [
            (libelle, cellules, sum(1 for textes in cellules if textes) > 1)
            for libelle, cellules in remarques_par_champ(
                un.remarques if un else () for _, un in reponses
            ).items()
        ],
    )


def remarques_par_champ(remarques):
    """{field: [texts] of each avis, in their order} of the remarks of each avis."""
    remarques = list(remarques)
    champs = {}
    for rang, les_siennes in enumerate(remarques):
        for remarque in les_siennes:
            champs.setdefault(remarque.libelle, [[] for _ in remarques])[rang].append(
                remarque.texte
            )
    return champs


def _avis(avis, envoi):
    """(word, motive, day of the séance, days it took)"""
    if avis is None:
        return "pas encore d’avis", "", None, _jours(envoi, timezone.now())
    return avis.sens, avis.motif, avis.seance, _jours(envoi, avis.effet_le)


def _jours(depart, fin):
    return max((timezone.localdate(fin) - timezone.localdate(depart)).days, 0)
