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
        statut: sum((ligne.montant for ligne in lignes if ligne.statut == statut), 0)
        for statut in ("acquis", "demande")
    }
    total = totaux["acquis"] + totaux["demande"]
    cout = fiche.cout_total
    return {
        "lignes": [
            {
                "financeur": ligne.financeur,
                "statut": ligne.get_statut_display(),
                "montant": euros(ligne.montant),
            }
            for ligne in lignes
        ],
        "acquis": euros(totaux["acquis"]),
        "demande": euros(totaux["demande"]),
        "total": euros(total),
        "cout": euros(cout),
        "part": f"{round(100 * totaux['acquis'] / cout)}\u00a0%" if cout else "",
        "ecart": euros(cout - total) if cout is not None and cout > total else "",
        "exces": euros(total - cout) if cout is not None and cout < total else "",
    }


def _etapes(fiche):
    return [
        {
            "intitule": etape.intitule,
            "quand": " – ".join(filter(None, (jour(etape.debut), jour(etape.fin)))),
            "faite": etape.faite,
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
