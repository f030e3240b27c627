"""The menu of the agents' space: by job, not by table, at most seven entries a role."""

from dataclasses import dataclass, field
from functools import cache

from django.urls import reverse

A_FAIRE, FICHES = ("À faire", "index"), ("Fiches actions", "programme_ficheaction")
SUIVI = (
    "Suivi",
    [
        ("Tableau de bord", ":pilotage"),
        ("Partenaires et territoires", ":pilotage-matrice"),
        ("Délais des avis", ":pilotage-delais"),
        ("Obstacles et simplifications", ":obstacles"),
        ("Engagements des partenaires", ":engagements-a-suivre"),
    ],
)
AIDE = ("Aide", ":aide")
HORS_DU_MENU = "mes-courriels"  # its address stands under that of the dashboard, its link does not
MENUS = {
    "intercommunalite": [
        A_FAIRE,
        FICHES,
        (
            "Mon territoire",
            [
                ("Territoires", "territoires_territoire"),
                ("Mandats", "territoires_mandat"),
                ("Autres programmes", "territoires_lienprogramme"),
                ("Demandes d’adaptation", "programme_demandeperimetre"),
                ("Contrats", "programme_contrat"),
            ],
        ),
        ("Offres de service", "programme_offredeservice"),
        SUIVI,
        AIDE,
    ],
    "region": [
        A_FAIRE,
        FICHES,
        (
            "Comité de pilotage",
            [
                ("Séances", "programme_seance"),
                ("Comité et membres", "programme_comitedepilotage"),
                ("Grille d’examen", "programme_pointdecontrole"),
                ("Délais de rappel", "programme_delaiderappel"),
                ("Avis techniques", "programme_avistechnique"),
                ("Demandes de complément", "programme_demandecomplement"),
                ("Demandes d’adaptation", "programme_demandeperimetre"),
            ],
        ),
        (
            "Territoires",
            [
                ("Territoires", "territoires_territoire"),
                ("Mandats", "territoires_mandat"),
                ("Autres programmes", "territoires_lienprogramme"),
                ("Contrats", "programme_contrat"),
            ],
        ),
        SUIVI,
        AIDE,
    ],
    "etat": [
        A_FAIRE,
        FICHES,
        (
            "Instruction",
            [
                ("Avis techniques", "programme_avistechnique"),
                ("Demandes de complément", "programme_demandecomplement"),
            ],
        ),
        ("Territoires", "territoires_territoire"),
        ("Contrats", "programme_contrat"),
        SUIVI,
        AIDE,
    ],
    "operateur": [
        A_FAIRE,
        FICHES,
        (
            "Nos engagements",
            [
                ("Conventions", "programme_convention"),
                ("Offres de service", "programme_offredeservice"),
                ("Contrats", "programme_contrat"),
            ],
        ),
        SUIVI,
        AIDE,
    ],
    "delegation": [
        A_FAIRE,
        FICHES,
        (
            "Comités et partenaires",
            [
                ("Séances", "programme_seance"),
                ("Comités de pilotage", "programme_comitedepilotage"),
                ("Avis techniques", "programme_avistechnique"),
                ("Demandes de complément", "programme_demandecomplement"),
                ("Demandes d’adaptation", "programme_demandeperimetre"),
                ("Contrats", "programme_contrat"),
                ("Conventions", "programme_convention"),
                ("Partenaires", "programme_partenaire"),
                ("Offres de service", "programme_offredeservice"),
                ("Grilles d’examen", "programme_pointdecontrole"),
                ("Délais de rappel", "programme_delaiderappel"),
            ],
        ),
        (
            "Carte et territoires",
            [
                ("Éditions de la carte", "territoires_editioncarte"),
                ("Territoires", "territoires_territoire"),
                ("Mandats", "territoires_mandat"),
                ("Autres programmes", "territoires_lienprogramme"),
                ("Périmètres", "territoires_perimetre"),
                ("Filiations", "territoires_filiation"),
            ],
        ),
        (
            "Actualités et assemblées",
            [
                ("Actualités", "evenements_actualite"),
                ("Assemblées", "evenements_assemblee"),
                ("Séquences", "evenements_sequence"),
                ("Intervenants", "evenements_intervenant"),
                ("Bonnes pratiques", "programme_bonnepratique"),
                ("Pages du programme", "evenements_pageeditoriale"),
                ("Liens « À lire aussi »", "evenements_lienchoisi"),
            ],
        ),
        (
            SUIVI[0],
            [
                *SUIVI[1],
                ("Obstacles à regrouper", "programme_obstacle"),
                ("Registre national des obstacles", "programme_obstaclenational"),
            ],
        ),
        (
            "Administration",
            [
                ("Guide", ":aide"),
                ("Agents", "territoires_agent"),
                ("Demandes d’accès", "territoires_demandeacces"),
                ("Journal", "territoires_lignedujournal"),
                ("Mes imports", ":admin:echanges_import_miens"),
                ("Journal des imports", "echanges_import"),
                ("Profils de colonnes", "echanges_correspondance"),
                ("Courriels", "programme_courriel"),
                ("Objets supprimés", ":admin:supprimes"),
                ("Travail de fond", ":admin:taches"),
                ("Axes", "programme_axe"),
                ("Phases", "programme_phase"),
                ("Dates clés du programme", "programme_datecle"),
                ("Thèmes", "programme_theme"),
                ("Régions", "territoires_region"),
                ("Départements", "territoires_departement"),
                ("Intercommunalités", "territoires_intercommunalite"),
                ("Communes", "territoires_commune"),
                ("Localités", "territoires_localite"),
                ("Contours", "territoires_contour"),
            ],
        ),
    ],
}


@dataclass(frozen=True)
class Entree:
    """One entry: a link, or a list of them; `ici` is its value of `aria-current`, or nothing."""

    libelle: str
    adresse: str = ""
    ici: str = ""
    suite: list = field(default_factory=list)


def menu(request):
    """The entries for this person; none for who is not signed in."""
    if not request.user.is_authenticated:
        return []
    entrees = MENUS.get(request.user.niveau, [A_FAIRE, AIDE])
    ici = _la_plus_proche(entrees, request.path)
    return [_entree(libelle, ou, request.path, ici) for libelle, ou in entrees]


def _la_plus_proche(entrees, chemin):
    """The one address of the menu under which this page stands, or nothing."""
    if chemin == reverse(HORS_DU_MENU):
        return None
    adresses = [adresse_de(cible) for _, ou in entrees for cible in _cibles(ou)]
    # The home of the admin stands over all of it, and is the page of itself alone.
    accueil = adresse_de(A_FAIRE[1])
    dessus = [a for a in adresses if chemin.startswith(a) and (a != accueil or chemin == a)]
    return max(dessus, key=len, default=None)


def _cibles(ou):
    return [cible for _, cible in ou] if isinstance(ou, list) else [ou]


def _entree(libelle, ou, chemin, ici):
    if isinstance(ou, list):
        suite = [_entree(nom, cible, chemin, ici) for nom, cible in ou]
        return Entree(libelle, ici="true" if any(s.ici for s in suite) else "", suite=suite)
    adresse = adresse_de(ou)
    if adresse != ici:
        return Entree(libelle, adresse)
    return Entree(libelle, adresse, "page" if chemin == adresse else "true")


@cache
def adresse_de(ou):
    """A list of the admin, its home, or after « : » a page of the site."""
    if ou.startswith(":"):
        return reverse(ou[1:])
    return reverse("admin:index" if ou == "index" else f"admin:{ou}_changelist")
