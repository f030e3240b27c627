"""The guide: one page a role, and one a screen of the agents' space, that leads to it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

ROLES = {
    "public": ("Habitants, presse, entreprises", "aide/public.html"),
    "intercommunalite": ("Agents d’une intercommunalité", "aide/intercommunalite.html"),
    "region": ("Agents d’une région", "aide/region.html"),
    "etat": ("Agents d’une préfecture ou d’un service régional de l’État", "aide/etat.html"),
    "operateur": ("Agents d’un opérateur", "aide/operateur.html"),
    "delegation": ("Délégation aux Territoires d’industrie", "aide/delegation.html"),
    "mon-compte": ("Mon compte : mot de passe, second facteur, sessions", "aide/mon_compte.html"),
}
IMAGES = Path(settings.BASE_DIR) / "programme" / "static" / "aide"


@dataclass(frozen=True)
class Page:
    """A page of the guide; `ecrans` finds the names of the addresses that it is about.

    Its picture is what `agent` of the demonstration sees at the end of `chemin`: an address, then
    what is opened from there, « » being the first row of a list.
    """

    titre: str
    ecrans: str
    agent: str
    chemin: tuple
    alt: str


FICHE, SEANCE = "/admin/programme/ficheaction/", "/admin/programme/seance/"
LACQ, OCCITANIE, DELEGATION = "cc-lacq-orthez", "region-occitanie", "delegation"
# In order: the first that is about a screen is its page, so what is general comes last.
ECRANS = {
    "a-faire": Page(
        "À faire",
        r"admin:(index|app_list)",
        LACQ,
        ("/admin/",),
        "L’accueil de l’espace des agents : les gestes attendus, chacun avec son lien.",
    ),
    "importer": Page(
        "Importer un fichier",
        r"admin:\w+_(importer|apercu|refusees|modele|annuler|correspondances|import_suivi)"
        r"|admin:echanges_(import|correspondance)_\w+",
        DELEGATION,
        ("/admin/programme/partenaire/importer/",),
        "La page d’import : le fichier à choisir, le modèle à télécharger.",
    ),
    "exporter": Page(
        "Exporter",
        r"admin:\w+_(exporter|classeur|fichier|colonnes)",
        DELEGATION,
        ("/admin/programme/partenaire/exporter/",),
        "La page d’export : le format du fichier et les colonnes.",
    ),
    "historique": Page(
        "Historique, suppression et retour",
        r"admin:(\w+_(history|delete)|supprimes?)",
        DELEGATION,
        ("/admin/programme/convention/", "", "Historique"),
        "L’historique d’un objet : qui a changé quoi, et quand.",
    ),
    "suivi": Page(
        "Suivre une fiche décidée",
        r"admin:programme_ficheaction_"
        r"(suivi|mouvement|annuler_mouvement|financeur|etape|nouvelle_etape|rattacher)",
        LACQ,
        (f"{FICHE}?etat__exact=engagee", "", "Suivre l’action"),
        "Le suivi d’une fiche : mouvements d’argent, étapes, nouvelles.",
    ),
    "modification": Page(
        "Demander une modification",
        r"admin:programme_ficheaction_(modification|modification_pas|modifier)",
        LACQ,
        (f"{FICHE}?etat__exact=validee", "", "Demander une modification"),
        "La demande de modification : ce qui change et pourquoi.",
    ),
    "bilan": Page(
        "Dresser un bilan",
        r"admin:programme_ficheaction_bilan",
        LACQ,
        (f"{FICHE}?etat__exact=realisee", ""),
        "La page d’une fiche réalisée, où le bilan se dresse et se lit.",
    ),
    "parcours": Page(
        "Faire avancer une fiche",
        r"admin:programme_ficheaction_(parcours|partage|dupliquer|pdf)",
        LACQ,
        (f"{FICHE}?etat__exact=brouillon", "", "Transmettre"),
        "La confirmation de la transmission : ce qui part, et à quels comités.",
    ),
    "fiche": Page(
        "Écrire une fiche action",
        r"admin:programme_ficheaction_(add|change)",
        LACQ,
        (f"{FICHE}add/",),
        "Le formulaire d’une nouvelle fiche action, rubrique par rubrique.",
    ),
    "instruction": Page(
        "Instruire une fiche",
        r"instruction|complement(-retirer)?"
        r"|admin:programme_(avistechnique|demandecomplement|pointdecontrole)_\w+",
        "region-nouvelle-aquitaine",
        ("/admin/programme/demandecomplement/", ""),
        "L’instruction d’une fiche : avis techniques, compléments, grille et conversation.",
    ),
    "avis": Page(
        "Rendre les avis",
        r"admin:programme_seance_(avis|avis_point|rectifier_avis)",
        OCCITANIE,
        (SEANCE, "", "Rendre les avis"),
        "Les points d’une séance et l’avis rendu sur chacun.",
    ),
    "releve": Page(
        "Clore une séance et lire son relevé",
        r"admin:programme_seance_(clore|releve|releve_pdf)",
        OCCITANIE,
        (f"{SEANCE}?o=-5", "", "Relevé de décisions"),
        "Le relevé de décisions d’une séance close.",
    ),
    "seance": Page(
        "Préparer une séance",
        r"admin:programme_(seance|comitedepilotage)_\w+",
        OCCITANIE,
        (SEANCE, ""),
        "Une séance : sa date, son comité, et ce qui reste à faire avant elle.",
    ),
    "demande": Page(
        "Demander une adaptation du périmètre",
        r"admin:programme_demandeperimetre_\w+",
        LACQ,
        ("/admin/programme/demandeperimetre/add/",),
        "Le formulaire d’une demande d’adaptation : le territoire, ce qui entre, ce qui sort.",
    ),
    "contrat": Page(
        "Contrats",
        r"admin:programme_contrat_\w+",
        DELEGATION,
        ("/admin/programme/contrat/", ""),
        "Un contrat de territoire, ses fiches et ses signataires.",
    ),
    "convention": Page(
        "Conventions et engagements",
        r"admin:programme_convention_\w+|engagements-a-suivre",
        DELEGATION,
        ("/admin/programme/convention/", ""),
        "Une convention : son partenaire, ses signataires, ses engagements.",
    ),
    "partenaire": Page(
        "Partenaires et offres de service",
        r"admin:programme_(partenaire|offredeservice)_\w+",
        DELEGATION,
        ("/admin/programme/offredeservice/", ""),
        "Une offre de service : le partenaire, les axes, ce qu’elle apporte.",
    ),
    "pratique": Page(
        "Bonnes pratiques",
        r"admin:programme_bonnepratique_\w+",
        DELEGATION,
        ("/admin/programme/bonnepratique/", ""),
        "Une bonne pratique : le territoire, l’axe, ce qui a été fait.",
    ),
    "edition": Page(
        "Préparer une édition de la carte",
        r"admin:territoires_(editioncarte|perimetre|filiation)_\w+",
        DELEGATION,
        ("/admin/territoires/editioncarte/", ""),
        "Une édition de la carte et ce que l’on peut en faire.",
    ),
    "editorial": Page(
        "Pages du programme, actualités et liens",
        r"admin:evenements_(pageeditoriale|actualite|lienchoisi)_\w+",
        DELEGATION,
        ("/admin/evenements/pageeditoriale/", ""),
        "Une page du programme : son titre, son texte, sa publication.",
    ),
    "assemblee": Page(
        "Assemblées",
        r"admin:evenements_\w+",
        DELEGATION,
        ("/admin/evenements/assemblee/", ""),
        "Une assemblée : ses jours, son lieu, son programme.",
    ),
    "mandats": Page(
        "Dire qui porte un territoire",
        r"admin:territoires_(mandat|lienprogramme)_\w+",
        OCCITANIE,
        ("/admin/territoires/mandat/?cours=a_pourvoir", "", "Voir tous les mandats du territoire"),
        "Les mandats d’un territoire : qui le porte, qui l’a porté, le message de la relève.",
    ),
    "agents": Page(
        "Agents et périmètres",
        r"admin:(territoires_(agent|demandeacces|lignedujournal)_\w+|auth_user_password_change)",
        DELEGATION,
        ("/admin/territoires/agent/", ""),
        "Un agent : son nom, son adresse, son niveau et son périmètre.",
    ),
    "referentiels": Page(
        "Territoires et référentiels",
        r"admin:(territoires_\w+|programme_(axe|phase|datecle|theme)_\w+)",
        DELEGATION,
        ("/admin/territoires/territoire/",),
        "La liste des territoires, avec sa recherche et ses filtres.",
    ),
    "courriels": Page(
        "Courriels",
        r"mes-courriels|admin:programme_(courriel|delaiderappel)_\w+",
        LACQ,
        ("/pilotage/mes-courriels/",),
        "Les préférences de courriel, et les derniers courriels reçus.",
    ),
    "taches": Page(
        "Travail de fond",
        r"admin:taches",
        DELEGATION,
        ("/admin/taches/",),
        "Le travail de fond : les ouvriers, les échéances, les tâches en échec.",
    ),
    "obstacles": Page(
        "Obstacles et simplifications",
        r"obstacles?|admin:programme_obstacle(national)?_\w+",
        DELEGATION,
        ("/pilotage/obstacles/",),
        "Les obstacles signalés, les plus lourds d’abord, et leurs réponses.",
    ),
    "pilotage": Page(
        "Tableau de bord",
        r"pilotage(-[\w-]+)?|resultats",
        DELEGATION,
        ("/pilotage/",),
        "Le tableau de bord : les fiches par état, l’argent, les délais.",
    ),
    "connexion": Page(
        "Se connecter, changer de mot de passe",
        r"admin:(login|logout|password_change(_done)?)",
        "",
        ("/admin/login/",),
        "La page de connexion : identifiant et mot de passe.",
    ),
    "listes": Page(
        "Lire une liste, remplir un formulaire",
        r"admin:(\w+_(changelist|add|change)|filtres)",
        DELEGATION,
        (FICHE,),
        "La liste des fiches actions, avec sa recherche et ses filtres.",
    ),
}


@dataclass(frozen=True)
class Lien:
    titre: str
    adresse: str


@cache
@cache
def aide_de_l_ecran(nom):
    """The page of the guide about the screen of this name; None when it is not one of agents."""
    for slug, page in ECRANS.items():
        if nom and re.fullmatch(page.ecrans, nom):
            return Lien(page.titre, reverse("aide-ecran", args=[slug]))
    return None


class Sommaire(TemplateView):
    template_name = "aide/sommaire.html"
    extra_context = {
        "roles": {role: titre for role, (titre, _) in ROLES.items()},
        "ecrans": {slug: page.titre for slug, page in ECRANS.items()},
    }


class AideDuRole(TemplateView):
    def get_context_data(self, role, **kwargs):
        if role not in ROLES:
            raise Http404("Cette page d’aide n’existe pas.")
        return super().get_context_data(titre=ROLES[role][0], **kwargs)

    def get_template_names(self):
        return [ROLES[self.kwargs["role"]][1]]


class AideDeLEcran(TemplateView):
    def get_context_data(self, ecran, **kwargs):
        page = ECRANS.get(ecran)
        if page is None:
            raise Http404("Cette page d’aide n’existe pas.")
        image = f"aide/{ecran}.jpg"
        return super().get_context_data(titre=page.titre, alt=page.alt, image=image, **kwargs)

    def get_template_names(self):
        return [f"aide/ecrans/{self.kwargs['ecran']}.html"]
