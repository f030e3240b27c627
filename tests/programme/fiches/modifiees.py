"""A modification of a fiche decided by two régions: asked for, sent up, judged."""

import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from programme.fiches import financement
from programme.fiches.modifications import parcours
from tests import factories as f

PLUS_CHER = {"champs": {"cout_total": "1500000.00", "titre": "Ouvrir deux ateliers"}}


def seance_de(region, jour):
    date = timezone.localdate() - datetime.timedelta(days=jour)
    return f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=region), date=date)


def demander(fiche, propose=PLUS_CHER, motif="Les devis sont plus hauts."):
    return parcours.ouvrir(fiche, agent=fiche.local, motif=motif, propose=propose)


def envoyee(fiche, propose=PLUS_CHER):
    return parcours.transmettre(demander(fiche, propose), agent=fiche.local)


def juger(fiche, modification, *sens, motif="Motif du comité"):
    """Each of the régions says this in a séance that it then closes; None: it says nothing."""
    rendus = []
    for (region, agent), mot in zip(fiche.agents.items(), sens, strict=False):
        if mot is None:
            continue
        fiche.jour -= 1
        avis = {"sens": mot, "motif": "" if mot == "favorable" else motif}
        seance = seance_de(region, fiche.jour)
        rendus.append(f.rendre_et_clore(modification, seance=seance, agent=agent, **avis))
    modification.refresh_from_db()
    fiche.refresh_from_db()
    return rendus


def lire(client, adresse):
    return client.get(adresse).content.decode()


def page(nom, *cles):
    return reverse(f"admin:programme_ficheaction_{nom}", args=cles)


def adresses(fiche, modification):
    """Every page that is about this modification."""
    cles = [fiche.pk, modification.pk]
    return [
        page("modifier", fiche.pk),
        page("modification", *cles),
        page("modification_pas", *cles, "transmettre"),
        page("modification_pas", *cles, "rappeler"),
        page("modification_pas", *cles, "retirer"),
    ]


def ligne(une, geste, **autres):
    dite = {"financeur": une.financeur, "statut": une.statut, "partenaire": None}
    return dite | {"montant": str(une.montant), "geste": geste} | autres


def noter(une, nature, montant, agent):
    le = timezone.localdate()
    financement.noter(une, nature=nature, montant=Decimal(montant), le=le, agent=agent)


def etape(une, geste, **autres):
    dite = {"ordre": une.ordre, "intitule": une.intitule, "debut": None, "fin": None}
    return dite | {"geste": geste} | autres
