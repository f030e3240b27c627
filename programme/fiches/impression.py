"""One fiche on one or two pages, for those who work on it: its contact stands at the end."""

from programme.ecritures import euros, jour, nombre
from programme.fiches.instruction import instruction
from programme.fiches.models import FicheAction

TEXTES = ("contexte", "objectifs", "description", "resultats_attendus", "obstacle")
TEXTES += ("simplification", "reponse")


def fiche_imprimee(fiche):
    """The fiche as data for its document: all of it text."""
    return {
        "titre": fiche.titre,
        "reference": fiche.reference,
        "etat": fiche.get_etat_display(),
        "territoire": fiche.territoire.nom,
        "axe": str(fiche.axe or ""),
        "maitre_ouvrage": fiche.maitre_ouvrage,
        "debut": jour(fiche.date_debut),
        "fin": jour(fiche.date_fin),
        "avec": [str(ligne) for ligne in fiche.intercommunalites.all()],
        "partenaires": [str(ligne) for ligne in fiche.partenaires.all()],
        "textes": [
            {
                "titre": str(FicheAction._meta.get_field(nom).verbose_name).capitalize(),
                "texte": texte,
            }
            for nom in TEXTES
            if (texte := getattr(fiche, nom).strip())
        ],
        "finances": finances(fiche),
        "etapes": _etapes(fiche),
        "indicateurs": _indicateurs(fiche),
        "avis": _avis(fiche),
        "contact": [
            texte
            for texte in (fiche.contact_nom, fiche.contact_courriel, fiche.contact_telephone)
            if texte
        ],
    }


def finances(fiche):
    """Lines and totals of the plan de financement, from rows that are already loaded."""
    lignes = list(fiche.financements.all())
    totaux = {
        nom: sum((getattr(ligne, nom) for ligne in lignes), 0)
        for nom in ("acquis", "demande", "verse")
    }
    total = totaux["acquis"] + totaux["demande"]
    cout = fiche.cout_total
    return {
        "lignes": [
            {
                "financeur": ligne.financeur,
                "statut": _statut(ligne),
                "montant": euros(ligne.montant),
            }
            for ligne in lignes
        ],
        "acquis": euros(totaux["acquis"]),
        "demande": euros(totaux["demande"]),
        "verse": euros(totaux["verse"]) if totaux["verse"] else "",
        "total": euros(total),
        "cout": euros(cout),
        "part": f"{round(100 * totaux['acquis'] / cout)}\u00a0%" if cout else "",
        "ecart": euros(cout - total) if cout is not None and cout > total else "",
        "exces": euros(total - cout) if cout is not None and cout < total else "",
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
            "sens": avis.sens,
            "date": jour(avis.seance),
            "motif": avis.motif,
        }
        for avis in instruction().avis_en_cours(fiche)
    ]
