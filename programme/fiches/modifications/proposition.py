"""What a modification proposes: read beside the fiche, told in words, written once accepted.

A proposition is plain data, only what differs from what is decided, with natural keys:
{"champs": {field: value}, "financements": [line], "etapes": [step]}. A line or a step has its
`geste`: « ajout », « change » or « retrait ».
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from programme.ecritures import euros, periode
from programme.fiches import champs
from programme.fiches.models import Etape, FicheAction, Financement
from programme.partenaires.models import Axe, Partenaire
from territoires.geographie.models import Intercommunalite

AJOUT, CHANGE, RETRAIT = "ajout", "change", "retrait"
CLES = {"axe": (Axe, "code"), "intercommunalites": (Intercommunalite, "siren")}
CLES["partenaires"] = (Partenaire, "identifiant")


@dataclass(frozen=True)
class Changement:
    quoi: str
    avant: str
    apres: str


def en_clair(valeur):
    """A value as JSON keeps it."""
    if isinstance(valeur, Decimal):
        return f"{valeur:.2f}"
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def valeur_de(fiche, nom):
    """What the fiche says in this field, as a proposition writes it."""
    champ = FicheAction._meta.get_field(nom)
    if champ.many_to_many:
        return sorted(getattr(fiche, nom).values_list(CLES[nom][1], flat=True))
    valeur = getattr(fiche, nom)
    return valeur and valeur.code if nom == "axe" else en_clair(valeur)


def lire(nom, valeur):
    """The objects or the value that a proposition names in this field."""
    champ = FicheAction._meta.get_field(nom)
    if nom in CLES:
        modele, cle = CLES[nom]
        choisis = valeur if champ.many_to_many else [valeur]
        objets = list(modele.objects.filter(**{f"{cle}__in": choisis}))
        return objets if champ.many_to_many else next(iter(objets), None)
    return champ.to_python(valeur)


def projeter(fiche, proposition):
    """The fiche as it would be, its lines aside: a copy, never to be saved."""
    projetee = copy(fiche)
    for nom, valeur in proposition.get("champs", {}).items():
        if not FicheAction._meta.get_field(nom).many_to_many:
            setattr(projetee, nom, lire(nom, valeur))
    return projetee


def du_plan(fiche):
    """The lines of the plan as decided: those added since are followed, not decided."""
    return [ligne for ligne in fiche.financements.all() if not ligne.ajoutee_le]


def a_venir(fiche):
    """The steps as decided that are not done."""
    return [etape for etape in fiche.etapes.all() if not etape.ajoutee_le and not etape.faite]


def valeurs_d_etape(voulue):
    """A step of a proposition, as values."""
    dates = {nom: _jour(voulue[nom]) for nom in ("debut", "fin")}
    return {"intitule": voulue["intitule"], **dates}


def cle_de_ligne(ligne):
    return ligne.financeur, ligne.statut


def plancher(ligne):
    """Euros below which a line of the plan cannot go: what was granted or paid on it."""
    if ligne.statut == Financement.Statut.ACQUIS:
        return max(ligne.verse - ligne.accorde_depuis, Decimal(0))
    return max(ligne.accorde_depuis, ligne.verse)


# --- In words -----------------------------------------------------------------------------------


def changements(fiche, proposition):
    """[Changement] in the order of the form; what already stands is none."""
    suite = [*_des_champs(fiche, proposition)]
    suite += _des_financements(fiche, proposition)
    suite += _des_etapes(fiche, proposition)
    return [un for un in suite if un.avant != un.apres]


def _des_champs(fiche, proposition):
    projetee = projeter(fiche, proposition)
    for nom in champs.decides():
        if nom not in proposition.get("champs", {}):
            continue
        avant = champs.ecrire(fiche, nom)
        if nom in CLES and FicheAction._meta.get_field(nom).many_to_many:
            objets = lire(nom, proposition["champs"][nom])
            apres = ", ".join(sorted(map(str, objets)))
            avant = ", ".join(sorted(map(str, getattr(fiche, nom).all())))
        else:
            apres = champs.ecrire(projetee, nom)
        yield Changement(champs.libelle(fiche, nom), avant, apres)


def _des_financements(fiche, proposition):
    presentes = {cle_de_ligne(ligne): ligne for ligne in fiche.financements.all()}
    for ligne in proposition.get("financements", ()):
        ancienne = presentes.get((ligne["financeur"], ligne["statut"]))
        statut = Financement.Statut(ligne["statut"]).label
        avant = f"{euros(ancienne.montant)}, {statut}" if ancienne else ""
        apres = "retiré" if ligne["geste"] == RETRAIT else f"{euros(montant_de(ligne))}, {statut}"
        yield Changement(f"Financement, {ligne['financeur']}"[:250], avant, apres)


def montant_de(ligne):
    """Euros of a line of a proposition."""
    return Decimal(ligne["montant"])


def _des_etapes(fiche, proposition):
    presentes = {etape.ordre: etape for etape in fiche.etapes.all()}
    for ligne in proposition.get("etapes", ()):
        ancienne = presentes.get(ligne["ordre"]) if ligne["geste"] != AJOUT else None
        avant = dite(ancienne.intitule, ancienne.debut, ancienne.fin) if ancienne else ""
        dates = (_jour(ligne["debut"]), _jour(ligne["fin"]))
        apres = "retirée" if ligne["geste"] == RETRAIT else dite(ligne["intitule"], *dates)
        nom = ancienne.intitule if ancienne else ligne["intitule"]
        yield Changement(f"Étape, {nom}"[:250], avant, apres)


def dite(intitule, debut, fin):
    return ", ".join(filter(None, (intitule, periode(debut, fin) or "sans date")))


def _jour(texte):
    return date.fromisoformat(texte) if texte else None


# --- What stands in the way ---------------------------------------------------------------------


def empechements(fiche, proposition):
    """Sentences: why this cannot be written over the fiche as it stands; empty when it can."""
    suite = []
    if not fiche.est_suivie:
        suite.append(
            f"La fiche est « {fiche.get_etat_display()} » : seule une fiche validée ou engagée se "
            "modifie."
        )
    suite += _des_references(proposition)
    suite += _de_l_argent(fiche, proposition)
    suite += _du_calendrier(fiche, proposition)
    return suite


def _des_references(proposition):
    """What it names may have been taken away since."""
    for nom, valeur in proposition.get("champs", {}).items():
        if nom not in CLES or not valeur:
            continue
        modele, cle = CLES[nom]
        cles = {valeur} if isinstance(valeur, str) else set(valeur)
        connues = modele.objects.filter(**{f"{cle}__in": cles}).values_list(cle, flat=True)
        for perdue in sorted(cles - set(connues)):
            yield f"« {perdue} » n’existe plus : choisissez de nouveau."


def _de_l_argent(fiche, proposition):
    presentes = {cle_de_ligne(ligne): ligne for ligne in fiche.financements.all()}
    ajoutees = set()
    for ligne in proposition.get("financements", ()):
        cle = ligne["financeur"], ligne["statut"]
        ancienne = presentes.get(cle)
        if ligne["geste"] == AJOUT:
            if cle in ajoutees:
                yield f"{ligne['financeur']} est proposé deux fois."
            ajoutees.add(cle)
            if ancienne:
                yield f"{ligne['financeur']} a déjà une ligne de ce statut : changez-la."
        elif ancienne is None or ancienne.ajoutee_le:
            yield f"{ligne['financeur']} n’a plus de ligne de ce statut au plan."
        else:
            yield from _trop_bas(ancienne, ligne)


def _trop_bas(ancienne, ligne):
    """Money that moved is never lost."""
    if ligne["geste"] == RETRAIT and (ancienne.accorde_depuis or ancienne.verse):
        recu = euros(max(ancienne.accorde_depuis, ancienne.verse))
        yield (
            f"{ancienne.financeur} a déjà accordé ou versé {recu} : cette ligne ne se retire pas."
        )
    elif ligne["geste"] == RETRAIT and ancienne.demande_depuis > ancienne.refuse:
        yield (
            f"{ancienne.financeur} a été sollicité de {euros(ancienne.demande_depuis)} depuis la "
            "décision : notez son refus ou annulez ce mouvement avant de retirer la ligne."
        )
    elif ligne["geste"] == CHANGE:
        bas, montant = plancher(ancienne), montant_de(ligne)
        if montant < bas and montant < ancienne.montant:
            yield (
                f"{ancienne.financeur} a déjà accordé ou versé {euros(bas)} : cette ligne ne peut "
                "pas descendre plus bas."
            )


def _du_calendrier(fiche, proposition):
    presentes = {etape.ordre: etape for etape in fiche.etapes.all()}
    for ligne in proposition.get("etapes", ()):
        if ligne["geste"] == AJOUT:
            continue
        etape = presentes.get(ligne["ordre"])
        if etape is None or etape.ajoutee_le:
            yield f"L’étape « {ligne['intitule']} » n’est pas, ou plus, au calendrier décidé."
        elif etape.faite:
            yield f"L’étape « {etape.intitule} » est faite : elle ne change plus."


def exces(fiche, proposition):
    """Euros that the plan would hold beyond the cost; nothing without a cost."""
    cout = projeter(fiche, proposition).cout_total
    lignes = {cle_de_ligne(ligne): ligne.montant for ligne in du_plan(fiche)}
    for ligne in proposition.get("financements", ()):
        retire = ligne["geste"] == RETRAIT
        lignes[ligne["financeur"], ligne["statut"]] = 0 if retire else montant_de(ligne)
    return Decimal(0) if cout is None else max(sum(lignes.values()) - cout, Decimal(0))


# --- Writing ------------------------------------------------------------------------------------


def inverse(fiche, proposition):
    """What would bring the fiche back to what it is, once this proposition is written."""
    presentes = {cle_de_ligne(ligne): ligne for ligne in fiche.financements.all()}
    etapes = {etape.ordre: etape for etape in fiche.etapes.all()}
    dernier = max(etapes, default=0)
    retour = {
        "champs": {nom: valeur_de(fiche, nom) for nom in proposition.get("champs", {})},
        "financements": [],
        "etapes": [],
    }
    for ligne in proposition.get("financements", ()):
        ancienne = presentes.get((ligne["financeur"], ligne["statut"]))
        if ligne["geste"] == AJOUT:
            retour["financements"].append(ligne | {"geste": RETRAIT})
        else:
            garde = ligne["geste"] == CHANGE or ancienne.mouvements.exists()
            geste = CHANGE if garde else AJOUT
            retour["financements"].append(decrire_ligne(ancienne) | {"geste": geste})
    for etape in proposition.get("etapes", ()):
        if etape["geste"] == AJOUT:
            dernier += 1
            retour["etapes"].append(etape | {"ordre": dernier, "geste": RETRAIT})
        else:
            geste = CHANGE if etape["geste"] == CHANGE else AJOUT
            retour["etapes"].append(decrire_etape(etapes[etape["ordre"]]) | {"geste": geste})
    return retour


def decrire_ligne(ligne):
    return {
        "financeur": ligne.financeur,
        "statut": ligne.statut,
        "partenaire": ligne.partenaire.identifiant if ligne.partenaire else None,
        "montant": en_clair(ligne.montant),
    }


def decrire_etape(etape):
    return {
        "ordre": etape.ordre,
        "intitule": etape.intitule,
        "debut": en_clair(etape.debut),
        "fin": en_clair(etape.fin),
    }


def appliquer(fiche, proposition, raison):
    """Write it over the fiche, which is held; `raison` goes to its history."""
    for nom, valeur in proposition.get("champs", {}).items():
        lu = lire(nom, valeur)
        if FicheAction._meta.get_field(nom).many_to_many:
            getattr(fiche, nom).set(lu)
        else:
            setattr(fiche, nom, lu)
    for ligne in proposition.get("financements", ()):
        _ecrire_ligne(fiche, ligne, raison)
    for etape in proposition.get("etapes", ()):
        _ecrire_etape(fiche, etape, raison)
    fiche._change_reason = raison
    fiche.save()
    return fiche


def _ecrire_ligne(fiche, voulue, raison):
    cles = {"financeur": voulue["financeur"], "statut": voulue["statut"]}
    if voulue["geste"] == AJOUT:
        partenaire = Partenaire.objects.filter(identifiant=voulue["partenaire"]).first()
        ligne = Financement(fiche=fiche, partenaire=partenaire, **cles)
    else:
        ligne = fiche.financements.get(**cles)
    ligne._change_reason = raison
    if voulue["geste"] != RETRAIT:
        ligne.montant = montant_de(voulue)
        ligne.save()
    elif ligne.mouvements.exists():  # what was asked and refused stays readable
        ligne.montant = Decimal(0)
        ligne.save()
    else:
        ligne.delete()


def _ecrire_etape(fiche, voulue, raison):
    if voulue["geste"] == AJOUT:
        dernier = fiche.etapes.aggregate(rang=Max("ordre"))["rang"] or 0
        etape = Etape(fiche=fiche, ordre=voulue["ordre"] or dernier + 1)
    else:
        etape = fiche.etapes.get(ordre=voulue["ordre"])
    etape._change_reason = raison
    if voulue["geste"] == RETRAIT:
        etape.delete()
        return
    etape.intitule = voulue["intitule"]
    etape.debut, etape.fin = _jour(voulue["debut"]), _jour(voulue["fin"])
    etape.save()
