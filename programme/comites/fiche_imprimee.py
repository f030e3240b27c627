"""One fiche on one or two pages, for those who work on it: its contact stands at the end."""

from programme.comites.dossier import finances
from programme.documents import jour, nombre
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
            "region": avis.seance.comite.region.nom,
            "sens": avis.get_sens_display(),
            "date": jour(avis.seance.date),
            "motif": avis.motif,
        }
        for avis in (fiche.avis_en_cours() if fiche.dernier_envoi_id else ())
    ]
