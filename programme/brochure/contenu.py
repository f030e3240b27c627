"""A territoire on paper, for anybody: what its page says, as plain data for the document."""

from django.utils import timezone
from django.utils.text import capfirst

from programme.contrats.models import Contrat
from programme.ecritures import en_grand, euros, jour, nombre, periode
from programme.fiches.encarts import fiches_et_argent
from territoires.carte.dessin.situations import dessin_de_territoire, svg_de_territoire
from territoires.editions.models import EditionCarte
from territoires.mandats.portage import porteurs

CARTE = "carte.svg"
PARTS = (("acquis", "Acquis"), ("demande", "Demandé"), ("manque", "À trouver"))


def brochure(territoire, adresse):
    """(the data, {name: drawing}) of the brochure; `adresse` makes a whole address of a path."""
    perimetre = territoire.perimetre_courant
    edition = perimetre.edition
    lus = fiches_et_argent(territoire)
    contrats = list(Contrat.objects.du_public().de_la_lignee(territoire))
    membres = perimetre.membres.select_related("intercommunalite", "commune__departement")
    carte = dessin_de_territoire(perimetre)
    donnees = {
        "nom": territoire.nom,
        "adresse": adresse(territoire.get_absolute_url()),
        "regions": [region.nom for region in territoire.regions],
        "etiquettes": _etiquettes(territoire),
        "presentation": territoire.presentation,
        "hors_carte": "" if edition == EditionCarte.objects.en_vigueur() else str(edition),
        "porteurs": _porteurs(territoire),
        "membres": [_membre(membre) for membre in membres],
        "carte": f"Carte : {territoire.nom} parmi ses voisins" if carte else "",
        "chiffres": _chiffres(perimetre, len(membres), lus),
        "argent": _argent(lus["argent"]),
        "fiches": [_fiche(fiche, adresse) for fiche in lus["fiches"]],
        "contrats": [_contrat(contrat, adresse) for contrat in contrats],
        "sources": _sources(edition, contrats),
        "le": jour(timezone.localdate()),
    }
    return donnees, {CARTE: svg_de_territoire(carte).encode()} if carte else {}


def _etiquettes(territoire):
    interregional = ["interrégional"] if territoire.est_interregional else []
    return interregional + (["territoire pilote"] if territoire.pilote else [])


def _porteurs(territoire):
    pilote = territoire.region_pilote
    mandats = [
        (titre, mandat.nom if mandat else "", mandat.fonction if mandat else "")
        for titre, mandat in porteurs(territoire)
    ]
    return [
        {"titre": titre, "nom": nom, "fonction": fonction}
        for titre, nom, fonction in [*mandats, ("Région pilote", pilote.nom if pilote else "", "")]
    ]


def _membre(membre):
    tenu = membre.intercommunalite or membre.commune
    return {"nom": str(tenu), "population": nombre(tenu.population)}


def _chiffres(perimetre, membres, lus):
    fiches, cout = len(lus["fiches"]), lus["argent"].cout
    s, m = "s" if fiches > 1 else "", "s" if membres > 1 else ""
    return [
        {"valeur": nombre(perimetre.population) or "–", "quoi": "habitants"},
        {"valeur": str(membres), "quoi": f"membre{m}"},
        {"valeur": str(fiches), "quoi": f"fiche{s} action{s} publique{s}"},
        {"valeur": en_grand(cout) if cout else "–", "quoi": "de projets décidés"},
    ]


def _argent(sommes):
    """The parts of the bar, in hundredths; none when there is nothing to show."""
    montants = (sommes.acquis, sommes.demande, max(sommes.ecart or 0, 0))
    total = sum(montants)
    return [
        {
            "cle": cle,
            "libelle": libelle,
            "montant": euros(montant),
            "part": float(100 * montant / total),
            "pour_cent": f"{round(100 * montant / total)} %",
        }
        for (cle, libelle), montant in zip(PARTS, montants, strict=True)
        if total
    ]


def _fiche(fiche, adresse):
    return {
        "titre": fiche.titre,
        "adresse": adresse(fiche.get_absolute_url()),
        "axe": fiche.axe.nom if fiche.axe else "",
        "etat": fiche.get_etat_display(),
        "cout": euros(fiche.cout_total) or "–",
    }


def _contrat(contrat, adresse):
    signature = f"signé le {jour(contrat.signe_le)}" if contrat.signe_le else ""
    if signature and contrat.lieu:
        signature += f" à {contrat.lieu}"
    annonce = contrat.nombre_fiches_annonce
    return {
        "titre": capfirst(contrat.get_type_display()),
        "adresse": adresse(contrat.get_absolute_url()),
        "details": [
            detail
            for detail in (
                signature,
                periode(contrat.debut, contrat.fin),
                f"{annonce} fiches actions annoncées" if annonce else "",
            )
            if detail
        ],
        "etat": contrat.get_etat_display(),
    }


def _sources(edition, contrats):
    """What each part rests on: [(what, source)], without what has none."""
    sources = [("Périmètre, " + str(edition), edition.source)]
    sources += [(capfirst(c.get_type_display()), c.source) for c in contrats]
    return [{"quoi": quoi, "source": source} for quoi, source in sources if source]
