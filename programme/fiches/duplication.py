"""A new brouillon from a fiche that exists: what is said again, what starts afresh."""

from django.db import transaction

from programme.fiches.models import Etape, FicheAction, Financement, Indicateur

REPRIS = [
    "axe",
    "contexte",
    "objectifs",
    "description",
    "resultats_attendus",
    "maitre_ouvrage",
    "date_debut",
    "date_fin",
    "cout_total",
    "obstacle",
    "simplification",
    "contact_nom",
    "contact_courriel",
    "contact_telephone",
]


@transaction.atomic
def dupliquer(fiche, *, territoire, agent):
    """A brouillon of this territoire; no avis, attachment, answer or measure goes with it."""
    copie = FicheAction(
        titre=f"Copie de {fiche.titre}"[:200],
        territoire=territoire,
        created_by=agent,
        **{nom: getattr(fiche, nom) for nom in REPRIS},
    )
    copie.save()
    copie.partenaires.set(fiche.partenaires.all())
    if territoire == fiche.territoire:
        copie.intercommunalites.set(fiche.intercommunalites.all())
    Financement.objects.bulk_create(_financements(fiche, copie))
    Etape.objects.bulk_create(
        Etape(fiche=copie, ordre=e.ordre, intitule=e.intitule, debut=e.debut, fin=e.fin)
        for e in fiche.etapes.all()
    )
    Indicateur.objects.bulk_create(
        Indicateur(fiche=copie, libelle=i.libelle, unite=i.unite, cible=i.cible)
        for i in fiche.indicateurs.all()
    )
    return copie


def _financements(fiche, copie):
    """Nothing is acquired yet for a new action: one line asked for, each financeur."""
    lignes = {}
    for ligne in fiche.financements.all():
        deja = lignes.setdefault(
            ligne.financeur,
            Financement(
                fiche=copie, financeur=ligne.financeur, partenaire_id=ligne.partenaire_id, montant=0
            ),
        )
        deja.montant += ligne.montant
    return lignes.values()
