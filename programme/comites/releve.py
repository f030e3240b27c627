"""The relevé de décisions: who sat, what was decided and why, as data to keep and to print."""

import copy

from django.utils import timezone

from programme.comites.models import Presence, Seance
from programme.comites.ordre_du_jour import points
from programme.comites.suites import suite
from programme.ecritures import jour
from programme.fiches.modifications.lecture import avant_apres

# What a rectification may touch, and how the relevé names it.
RECTIFIABLES = {
    "lieu": "Lieu",
    "presents": "Présents",
    "excuses": "Excusés",
    "precision": "Précision",
}


def contenu(seance):
    """The relevé of the séance as it stands, all of it text a person reads, ready for JSON."""
    lignes = points(seance)
    rendus = [point for point in lignes if point.avis]
    compose = any(point.pk for point in lignes)
    return {
        "comite": f"Comité de pilotage régional – {seance.comite.region.nom}",
        "region": seance.comite.region.nom,
        "genre": seance.get_genre_display(),
        "date": jour(seance.date),
        "lieu": seance.lieu,
        **_presences(seance),
        "quorum": seance.comite.quorum,
        "fiches": [_decision(point, compose) for point in rendus if point.fiche_id],
        "demandes": [_decision(point, compose) for point in rendus if point.demande_id],
        "modifications": [_decision(point, compose) for point in rendus if point.modification_id],
        "sans_avis": [point.intitule for point in lignes if not point.avis],
        "precision": "",
        "rectifications": [],
    }


def rectifie(seance, ancien, precision):
    """The former relevé with the séance's place and presences of now, and what they change."""
    nouveau = ancien | {"lieu": seance.lieu, **_presences(seance)}
    nouveau["precision"] = precision or ancien["precision"]
    nouveau["rectifications"] = [
        {
            "quoi": libelle,
            "avant": _en_clair(ancien[cle]),
            "apres": _en_clair(nouveau[cle]),
        }
        for cle, libelle in RECTIFIABLES.items()
        if ancien[cle] != nouveau[cle]
    ]
    return nouveau


def avis_rectifie(ancien, avis, suite):
    """The former relevé with what an avis given after the closing rectifies, and its effect."""
    nouveau = copy.deepcopy(ancien)
    objet = avis.objet
    titre = objet.perimetre.nom if avis.demande_id else avis.intitule
    decisions = nouveau[f"{avis.cle.partition('-')[0]}s"]
    decision = next(d for d in decisions if d["reference"] == objet.reference)
    suivants = decision.setdefault("rectifications", [])
    avant = suivants[-1] if suivants else decision
    suivants.append(
        {
            "sens": avis.get_sens_display(),
            "motif": avis.motif,
            "raison": avis.raison,
            "rendu": f"{jour(timezone.localtime(avis.rendu_le))}, par {avis.rendu_par}",
            "suite": suite,
            "remarques": _remarques(avis),
        }
    )
    nouveau["rectifications"] = [
        {
            "quoi": f"Avis sur {objet.reference}, « {titre} »",
            "avant": _avis_en_clair(avant),
            "apres": f"{_avis_en_clair(suivants[-1])} {suite}",
        }
    ]
    return nouveau


def _avis_en_clair(decision):
    return f"{decision['sens']}. {decision['motif']}".strip()


def quorum(contenu):
    """(whether it was reached, or None when the comité has none; the sentence that says it)."""
    presents, requis = len(contenu["presents"]), contenu["quorum"]
    ecrite = contenu.get("genre") == Seance.Genre.CONSULTATION.label
    noms, verbe = ("réponses", "a répondu") if ecrite else ("présences", "présent")
    if not contenu["presents"] and not contenu["excuses"]:
        if requis is None:
            return None, f"Les {noms} ne sont pas notées. Ce comité n’a pas fixé de quorum."
        return (
            False,
            f"Les {noms} ne sont pas notées : le quorum de {requis} n’est pas constaté.",
        )
    accord = "s" if presents > 1 else ""
    verbe = "ont répondu" if ecrite and accord else verbe + ("" if ecrite else accord)
    compte = f"{presents} membre{accord} {verbe} sur {contenu['membres']}"
    if requis is None:
        return None, f"{compte}. Ce comité n’a pas fixé de quorum."
    if presents >= requis:
        return True, f"{compte}, pour un quorum de {requis} : le quorum est atteint."
    return False, (
        f"{compte}, pour un quorum de {requis} : le quorum n’est pas atteint. "
        "Les avis rendus le sont sans lui."
    )


def quorum_de(seance):
    """The same for a séance that is being held."""
    reste = {"quorum": seance.comite.quorum, "genre": seance.get_genre_display()}
    return quorum(_presences(seance) | reste)


def _presences(seance):
    par_statut = {Presence.Statut.PRESENT: [], Presence.Statut.EXCUSE: []}
    for presence in seance.presences.select_related("membre").order_by(
        "-membre__qualite", "membre__nom", "membre__organisation"
    ):
        par_statut[presence.statut].append(_designation(presence.membre))
    notes = seance.presences.values("membre")
    membres = seance.comite.membres.en_mandat(seance.date) | seance.comite.membres.filter(
        pk__in=notes
    )
    return {
        "presents": par_statut[Presence.Statut.PRESENT],
        "excuses": par_statut[Presence.Statut.EXCUSE],
        "membres": membres.count(),
    }


def _designation(membre):
    titres = [membre.fonction, membre.organisation]
    if membre.qualite == membre.Qualite.PRESIDENT:
        titres.insert(0, "préside le comité")
    return ", ".join([membre.nom, *filter(None, titres)])


def _decision(point, compose):
    avis, objet = point.avis, point.objet
    decision = {
        "numero": point.numero,
        "titre": objet.perimetre.nom if point.demande_id else point.intitule,
        "reference": objet.reference,
        "territoire": "" if point.demande_id else objet.territoire.nom,
        "inscription": _inscription(point, compose),
        "sens": avis.get_sens_display(),
        "motif": avis.motif,
        "rendu": f"{jour(timezone.localtime(avis.rendu_le))}, par {avis.rendu_par}"
        if avis.rendu_le
        else "",
        "suite": suite(point),
        "remarques": [],
    }
    if point.fiche_id:
        decision["remarques"] = _remarques(avis)
    if point.modification_id:
        decision["changements"] = avant_apres(objet)
    return decision


def _remarques(avis):
    return [
        {"champ": remarque.libelle, "texte": remarque.texte} for remarque in avis.remarques.all()
    ]


def _inscription(point, compose):
    """How it came on the agenda, when there was one and that is worth telling."""
    phrases = []
    if point.complement:
        phrases.append("Point ajouté après la première composition de l’ordre du jour.")
    elif compose and not point.pk:
        phrases.append("Examiné sans figurer à l’ordre du jour.")
    envoi = point.avis.envoi
    if envoi and timezone.localdate(envoi.le) > point.seance.date:
        quand = jour(timezone.localtime(envoi.le))
        phrases.append(f"Transmise le {quand}, après la date de la séance.")
    return " ".join(phrases)


def _en_clair(valeur):
    if isinstance(valeur, list):
        return " ; ".join(valeur) or "(personne)"
    return valeur or "(vide)"
