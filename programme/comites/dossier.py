"""The dossier of a séance: all that its members need to decide, as plain data to show or print.

It is handed to members who are not agents: no contact and no compte rendu ever stands in it.
"""

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.text import capfirst

from programme.comites.models import MouvementDemande
from programme.comites.ordre_du_jour import (
    avis_techniques,
    complements,
    ensemble,
    points_communs,
)
from programme.comites.regards import remarques_par_champ
from programme.comites.simulation import simuler_la_demande
from programme.ecritures import euros, jour, nombre, periode
from programme.fiches.champs import DOSSIER, reperes, textes, textes_des_obstacles
from programme.fiches.impression import finances
from programme.fiches.models import FicheAction
from programme.fiches.modifications.lecture import avant_apres
from territoires.carte.localisation import cartes

PAR_PARTIE = 100  # fiches with their maps: what one print run and one server's memory can hold


def dossier(seance, partie=1):
    """The dossier, all of it text a person reads, ready for JSON and for a template.

    A long one comes in parts: each has the whole agenda and up to `PAR_PARTIE` of its points.
    """
    tous = points_communs(seance)
    comites = [une.comite for une in ensemble(seance)]
    parties = Paginator(tous, PAR_PARTIE)
    ici = parties.get_page(partie)
    lignes = ici.object_list
    # A fiche that was called back is a draft again: its territoire's, of which the agenda tells.
    fiches = [point for point in lignes if point.fiche_id and not point.fiche.est_brouillon]
    demandes = [point for point in lignes if point.demande_id]
    modifiees = [point for point in lignes if point.modification_id]
    _charger([point.fiche for point in fiches], [point.demande for point in demandes])
    situations = cartes([point.perimetre for point in lignes if point.perimetre])
    return {
        "comite": f"Comité de pilotage régional – {seance.comite.region.nom}",
        "commune": [f"Comité de pilotage régional – {c.region.nom}" for c in comites]
        if len(comites) > 1
        else [],
        "region": seance.comite.region.nom,
        "genre": seance.get_genre_display(),
        "date": jour(seance.date),
        "lieu": seance.lieu,
        "introduction": seance.ordre_du_jour,
        "quorum": seance.comite.quorum,
        "etabli": jour(timezone.localdate()),
        "partie": ici.number,
        "parties": [
            {"numero": page.number, "premier": page.start_index(), "dernier": page.end_index()}
            for page in parties
        ],
        "points": [_point(point) for point in tous],
        "fiches": [_fiche(point) | _carte(point, situations) for point in fiches],
        "modifications": [_modification(point) for point in modifiees],
        "demandes": [_demande(point) | _carte(point, situations) for point in demandes],
    }


def _charger(fiches, demandes):
    relations = ("financements", "etapes", "indicateurs", "obstacles")
    prefetch_related_objects(fiches, *relations, "partenaires", "intercommunalites")
    mouvements = MouvementDemande.objects.select_related("intercommunalite", "commune")
    prefetch_related_objects(demandes, Prefetch("mouvements", queryset=mouvements))


def _carte(point, situations):
    return {"carte": situations.get(point.perimetre.pk, "") if point.perimetre else ""}


def _point(point):
    objet = point.objet
    return {
        "numero": point.numero,
        "partie": (point.numero - 1) // PAR_PARTIE + 1,
        "genre": "Demande d’adaptation de périmètre" if point.demande_id else "Fiche action",
        "titre": objet.perimetre.nom if point.demande_id else point.intitule,
        "territoire": "" if point.demande_id else objet.territoire.nom,
        "cout": euros(objet.cout_total) if point.fiche_id and not objet.est_brouillon else "",
        "complement": point.complement,
        "detaille": not point.fiche_id or not objet.est_brouillon,
        "etat": etat(point),
    }


def etat(point):
    """Where a point stands, in a few words."""
    if point.avis:
        return f"avis {point.avis.get_sens_display()}"
    if point.fiche_id and point.fiche.est_brouillon:
        return "rappelée par son territoire"
    return "à examiner" if point.attend else "n’attend plus cet avis"


def _regions(point):
    """What each région said, when there is more than this one to say it."""
    if len(point.regions) < 2:
        return []
    return [
        {
            "region": region.nom,
            "avis": avis.get_sens_display() if avis else _note_ensemble(point, region),
            "date": jour(avis.seance.date) if avis else "",
            "motif": avis.motif if avis else "",
        }
        for region, avis in point.regions
    ]


def _remarques(point):
    """Field by field what each région remarks, together; nothing where one alone examines."""
    if len(point.regions) < 2:
        return []
    reponses = [(region, avis or _voisin(point, region)) for region, avis in point.regions]
    return [
        {
            "champ": capfirst(libelle),
            "plusieurs": sum(1 for textes in cellules if textes) > 1,
            "lignes": [
                {"region": region.nom, "texte": texte}
                for (region, _), textes in zip(reponses, cellules, strict=True)
                for texte in textes
            ],
        }
        for libelle, cellules in remarques_par_champ(
            a.remarques.all() if a else () for _, a in reponses
        ).items()
    ]


def _voisin(point, region):
    """What the comité of this région, which sits with this one, noted of the point."""
    return point.voisin if point.voisin and point.voisin.region == region else None


def _note_ensemble(point, region):
    """Of a région whose avis is not in effect: what is noted in the séance held together."""
    if voisin := _voisin(point, region):
        return f"{voisin.get_sens_display()}, noté dans cette séance commune"
    return "pas encore d’avis"


def _fiche(point):
    fiche = point.fiche
    return {
        "numero": point.numero,
        "titre": fiche.titre,
        "reference": fiche.reference,
        "territoire": fiche.territoire.nom,
        "interregional": fiche.territoire.est_interregional,
        "complement": point.complement,
        "axe": str(fiche.axe or ""),
        "reperes": reperes(fiche, DOSSIER),
        "calendrier": periode(fiche.date_debut, fiche.date_fin),
        "transmise": jour(timezone.localtime(fiche.dernier_envoi.le))
        if fiche.dernier_envoi
        else "",
        "avec": [str(ligne) for ligne in fiche.intercommunalites.all()],
        "partenaires": [str(ligne) for ligne in fiche.partenaires.all()],
        "textes": textes(fiche, DOSSIER) + textes_des_obstacles(fiche, DOSSIER),
        "finances": finances(fiche),
        "etapes": [
            {"intitule": e.intitule, "quand": periode(e.debut, e.fin)} for e in fiche.etapes.all()
        ],
        "indicateurs": [
            {"libelle": i.libelle, "cible": f"{nombre(i.cible)} {i.unite}".strip()}
            for i in fiche.indicateurs.all()
        ],
        **_instruction(fiche),
        "regions": _regions(point),
        "remarques": _remarques(point),
        "anciens": anciens(fiche),
    }


def _instruction(fiche):
    """What was said of it before the séance."""
    return {
        "techniques": [
            {
                "service": un.service,
                "avis": un.get_sens_display(),
                "date": jour(timezone.localtime(un.le)),
                "texte": un.texte,
            }
            for un in avis_techniques(fiche)
        ],
        "complements": [
            {
                "question": un.question,
                "demande": f"{un.service}, le {jour(timezone.localtime(un.demandee_le))}",
                "reponse": un.reponse,
            }
            for un in complements(fiche)
        ],
    }


def anciens(fiche):
    """The avis on earlier sendings up, with their remarks and what the territoire answered."""
    return [
        {
            "region": avis.seance.comite.region.nom,
            "date": jour(avis.seance.date),
            "avis": avis.get_sens_display(),
            "motif": avis.motif,
            "remarques": [
                {
                    "champ": capfirst(remarque.libelle),
                    "texte": remarque.texte,
                    "reponse": remarque.reponse,
                }
                for remarque in avis.remarques.all()
            ],
        }
        for avis in fiche.avis.all()
        if avis.effet_le and avis.passage_id != fiche.dernier_envoi_id
    ]


def _modification(point):
    """What is asked to change, before and after, for those who judge it."""
    modification, fiche = point.modification, point.modification.fiche
    return {
        "numero": point.numero,
        "titre": modification.titre,
        "reference": modification.reference,
        "territoire": fiche.territoire.nom,
        "etat_fiche": fiche.get_etat_display(),
        "complement": point.complement,
        "transmise": jour(timezone.localtime(modification.dernier_envoi.le)),
        "motif": modification.motif,
        "changements": avant_apres(modification),
        "regions": _regions(point),
        "remarques": _remarques(point),
        "anciens": [
            _ancien(avis)
            for avis in modification.avis.all()
            if avis.effet_le and avis.envoi_modification_id != modification.dernier_envoi_id
        ],
    }


def _ancien(avis):
    return {
        "region": avis.seance.comite.region.nom,
        "date": jour(avis.seance.date),
        "avis": avis.get_sens_display(),
        "motif": avis.motif,
    }


def _simulation(demande):
    """What the request would change, drawn and told; no fiche that is a draft is named."""
    if not demande.mouvements.all():
        return {"cartes": [], "simulation": []}
    fiches = FicheAction.objects.exclude(etat=FicheAction.Etat.BROUILLON)
    lue = simuler_la_demande(demande, fiches=fiches)
    etats = [
        f"{quand} : {etat.membres} membre{'s' if etat.membres > 1 else ''}, "
        f"{nombre(etat.habitants)} habitants, {', '.join(etat.regions) or 'aucune région'}"
        for quand, etat in (("Avant", lue.avant), ("Après", lue.apres))
    ]
    if lue.cartes and lue.cartes.sans_contour:
        noms = ", ".join(map(str, lue.cartes.sans_contour))
        etats.append(f"Sans contour, donc non dessiné : {noms}")
    parties = [
        ("Ce qu’elle changerait", [*lue.alertes, *etats]),
        ("Conflits", lue.conflits),
        ("Fiches concernées", [f"{fiche.titre} : {raison}" for fiche, raison in lue.fiches]),
        *lue.autres,
        ("Qui délibère", lue.deliberent),
    ]
    return {
        "cartes": lue.cartes.figures(f"carte-{demande.pk}") if lue.cartes else [],
        "simulation": [{"titre": titre, "lignes": lignes} for titre, lignes in parties if lignes],
    }


def _demande(point):
    demande = point.demande
    return {
        "numero": point.numero,
        "titre": demande.perimetre.nom,
        "reference": demande.reference,
        "complement": point.complement,
        "deposee": jour(timezone.localtime(demande.deposee_le)),
        "motif": demande.motif,
        "mouvements": [
            {
                "sens": "Ajouter" if mouvement.sens == mouvement.Sens.AJOUT else "Retirer",
                "quoi": str(mouvement.intercommunalite or mouvement.commune),
            }
            for mouvement in demande.mouvements.all()
        ],
        **_simulation(demande),
        "regions": _regions(point),
        "remarques": _remarques(point),
        "anciens": [
            _ancien(avis)
            for avis in demande.avis.all()
            if avis.effet_le and avis.seance_id != point.seance.pk
        ],
    }
