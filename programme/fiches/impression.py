"""One fiche on one or two pages, for those who work on it: its contact stands at the end."""

from programme.ecritures import euros, jour, nombre
from programme.fiches.bilans import prevu_et_realise
from programme.fiches.champs import AGENTS, reperes, textes, textes_des_obstacles
from programme.fiches.instruction import instruction
from programme.fiches.models import Bilan, Sommes
from programme.fiches.modifications.lecture import avant_apres, publiques


def fiche_imprimee(fiche):
    """The fiche as data for its document: all of it text."""
    return {
        "titre": fiche.titre,
        "reference": fiche.reference,
        "etat": fiche.get_etat_display(),
        "territoire": fiche.territoire.nom,
        "axe": str(fiche.axe or ""),
        "reperes": reperes(fiche, AGENTS),
        "debut": jour(fiche.date_debut),
        "fin": jour(fiche.date_fin),
        "avec": [str(ligne) for ligne in fiche.intercommunalites.all()],
        "partenaires": [str(ligne) for ligne in fiche.partenaires.all()],
        "textes": textes(fiche, AGENTS) + textes_des_obstacles(fiche, AGENTS),
        "finances": finances(fiche),
        "etapes": _etapes(fiche),
        "indicateurs": _indicateurs(fiche),
        "avis": _avis(fiche),
        "modifications": [
            {
                "titre": f"Modification nᵒ {une.numero}, acceptée le {jour(une.decidee_le)}",
                "changements": avant_apres(une),
            }
            for une in publiques(fiche)
        ],
        "bilan": _bilan(fiche),
        "contact": [
            texte
            for texte in (fiche.contact_nom, fiche.contact_courriel, fiche.contact_telephone)
            if texte
        ],
    }


def _bilan(fiche):
    """What it came to, once it is done and said."""
    bilan = Bilan.objects.du_public().filter(fiche=fiche).first()
    if bilan is None:
        return None
    return {
        "etabli": jour(bilan.etabli_le),
        "prevu": prevu_et_realise(fiche, bilan),
        "enseignements": bilan.enseignements,
    }


def finances(fiche):
    """Lines and totals of the plan de financement, from rows that are already loaded."""
    lignes = list(fiche.financements.all())
    sommes = Sommes.des_lignes(lignes, fiche.cout_total)
    ecart = sommes.ecart or 0
    return {
        "lignes": [
            {
                "financeur": ligne.financeur,
                "statut": _statut(ligne),
                "montant": euros(ligne.montant),
            }
            for ligne in lignes
        ],
        "acquis": euros(sommes.acquis),
        "demande": euros(sommes.demande),
        "verse": euros(sommes.verse) if sommes.verse else "",
        "total": euros(sommes.total),
        "cout": euros(sommes.cout),
        "part": "" if sommes.part_acquise is None else f"{sommes.part_acquise}\u00a0%",
        "ecart": euros(ecart) if ecart > 0 else "",
        "exces": euros(-ecart) if ecart < 0 else "",
    }


def _statut(ligne):
    """What the plan says of a line, then what it has come to since."""
    morceaux = [ligne.get_statut_display()]
    if ligne.ajoutee_le:
        morceaux[0] += f" (ajouté le {jour(ligne.ajoutee_le)})"
    if ligne.demande_depuis or ligne.accorde_depuis or ligne.verse or ligne.refuse:
        morceaux.append(f"à ce jour, {euros(ligne.acquis)} acquis")
        if ligne.verse:
            morceaux.append(f"{euros(ligne.verse)} versés")
        if ligne.refuse:
            morceaux.append(f"{euros(ligne.refuse)} refusés")
    return " ; ".join(morceaux)


def _etapes(fiche):
    return [
        {
            "intitule": etape.intitule,
            "quand": " – ".join(filter(None, (jour(etape.debut), jour(etape.fin)))),
            "faite": etape.faite,
            "faite_le": jour(etape.faite_le),
        }
        for etape in fiche.etapes.all()
    ]


def _indicateurs(fiche):
    return [
        {
            "libelle": indicateur.libelle,
            "cible": f"{nombre(indicateur.cible)} {indicateur.unite}".strip(),
            "valeur": nombre(indicateur.valeur),
        }
        for indicateur in fiche.indicateurs.all()
    ]


def _avis(fiche):
    """Those on the last sending up."""
    return [
        {
            "region": avis.region.nom,
            "sens": f"{avis.sens}, rectifié depuis" if avis.rectifie else avis.sens,
            "date": jour(avis.seance),
            "motif": avis.motif,
        }
        for avis in instruction().avis_en_cours(fiche)
    ]
