"""Which columns may tell of a person, and what an anonymised copy has in their place.

Every column that holds text, a file, an address or bytes is in `PERSONNELS` or in `INOFFENSIFS`,
or its whole table is in `VIDEES`: `tests/config/personnes/test_copie.py` refuses a new one that is
nowhere. The table of a history follows that of its model.
"""

from django.apps import apps
from django.db import models

from config.sauvegardes.tables import SANS
from territoires.champs import CleDeRecherche

PORTEURS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
    models.BinaryField,
)
RAISON_D_HISTORIQUE = {"history_change_reason": "texte"}
# Tables whose rows open a door, or only serve who made them: an anonymised copy has none of them.
VIDEES = {
    "account.EmailAddress": "addresses of the sign-in",
    "account.EmailConfirmation": "links sent to them",
    "admin.LogEntry": "who wrote what, in words, beside the history",
    "echanges.Feuillet": "lines of the files of people",
    "mfa.Authenticator": "second factors",
    "programme.AbonnementAgenda": "private addresses of calendars",
    "territoires.CleApi": "keys of programs",
    "territoires.Essai": "digests of what was tried at the sign-in",
    "territoires.IdentiteLiee": "who a provider says that somebody is",
}


def _(kind, noms):
    return dict.fromkeys(noms.split(), kind)


# {model: {column: method of Brouillage}}
PERSONNELS = {
    "echanges.Correspondance": _("texte", "nom") | _("json", "colonnes"),
    "echanges.Import": _("texte", "nom_du_fichier reconnu echec")
    | _("octets", "contenu")
    | _("json", "choix feuilles"),
    "evenements.Actualite": _("texte", "titre chapo texte"),
    "evenements.Annonce": _("texte", "texte"),
    "evenements.Assemblee": _("texte", "titre organisateurs participants resume source contact"),
    "evenements.AutreNom": _("identifiant", "identifiant") | _("nom", "nom"),
    "evenements.Correction": _("texte", "texte"),
    "evenements.Document": _("texte", "titre auteurs")
    | _("fichier", "fichier")
    | _("lien", "lien"),
    "evenements.Intervenant": _("identifiant", "identifiant") | _("nom", "prenom nom"),
    "evenements.Intervention": _("texte", "role organisation resume citation"),
    "evenements.PageEditoriale": _("texte", "titre chapo texte"),
    "evenements.Sequence": _("texte", "titre salle compte_rendu dit_ensemble difficultes repere"),
    "programme.Avenant": _("texte", "objet changements"),
    "programme.AvenantContrat": _("texte", "objet changements"),
    "programme.Avis": _("texte", "motif raison"),
    "programme.AvisTechnique": _("texte", "service texte"),
    "programme.Bilan": _("texte", "resultats enseignements"),
    "programme.BonnePratique": _("texte", "titre resume mise_en_oeuvre cout contact"),
    "programme.ChangementModification": _("texte", "quoi avant apres"),
    "programme.ComiteDePilotage": _("texte", "presentation source"),
    "programme.Contrat": _("texte", "lieu source"),
    "programme.Convention": _("texte", "objet description lieu source"),
    "programme.Courriel": _("texte", "objet corps corps_html derniere_erreur retenu_parce_que")
    | _("courriel", "refuse_a"),
    "programme.DateCle": _("texte", "texte source"),
    "programme.DemandeComplement": _("texte", "service question reponse") | _("json", "lignes"),
    "programme.DemandePerimetre": _("texte", "motif application"),
    "programme.DocumentContrat": _("texte", "titre") | _("fichier", "fichier"),
    "programme.DocumentConvention": _("texte", "titre") | _("fichier", "fichier"),
    "programme.Engagement": _("texte", "intitule nouvelle"),
    "programme.Etape": _("texte", "intitule"),
    "programme.FicheAction": _("texte", "titre contexte objectifs description resultats_attendus")
    | _("texte", "maitre_ouvrage")
    | _("nom", "contact_nom")
    | _("courriel", "contact_courriel")
    | _("telephone", "contact_telephone"),
    "programme.Financement": _("texte", "financeur"),
    "programme.Indicateur": _("texte", "libelle"),
    "programme.MembreComite": _("nom", "nom") | _("texte", "fonction organisation"),
    "programme.Message": _("texte", "texte"),
    "programme.Mesure": _("texte", "commentaire"),
    "programme.Modification": _("texte", "motif") | _("json", "propose avant"),
    "programme.ModificationAvenant": _("texte", "avant apres"),
    "programme.ModificationAvenantContrat": _("texte", "avant apres"),
    "programme.MouvementFinancier": _("fichier", "document") | _("texte", "motif_annulation"),
    "programme.NoteInterne": _("texte", "texte"),
    "programme.Nouvelle": _("texte", "titre texte"),
    "programme.Obstacle": _("texte", "regle retient simplification reponse"),
    "programme.ObstacleNational": _("texte", "regle resume simplification reponse"),
    "programme.OffreDeService": _("texte", "intitule description beneficiaires contact"),
    "programme.Partenaire": _("texte", "presentation"),
    "programme.Passage": _("texte", "motif"),
    "programme.PassageModification": _("texte", "motif"),
    "programme.PieceJointe": _("texte", "titre") | _("fichier", "fichier"),
    "programme.PointDeControle": _("texte", "intitule"),
    "programme.Releve": _("texte", "motif") | _("json", "contenu"),
    "programme.RemarqueAvis": _("texte", "texte reponse"),
    "programme.Reponse": _("texte", "texte"),
    "programme.ReportEtape": _("texte", "motif"),
    "programme.Seance": _("texte", "lieu ordre_du_jour compte_rendu"),
    "programme.SignataireContrat": _("nom", "personne")
    | _("texte", "organisation role deliberation_assemblee deliberation_numero")
    | _("fichier", "fichier"),
    "programme.SignataireConvention": _("nom", "personne") | _("texte", "organisation fonction"),
    "programme.Theme": _("texte", "description mots"),
    "territoires.Agent": _("mot_de_passe", "password")
    | _("identifiant", "username")
    | _("nom", "first_name last_name")
    | _("courriel", "email"),
    "territoires.DemandeAcces": _("courriel", "courriel") | _("nom", "prenom nom"),
    "territoires.EditionCarte": _("texte", "occasion source"),
    "territoires.Filiation": _("texte", "source"),
    "territoires.FiltreEnregistre": _("texte", "nom") | _("vide", "requete"),
    "territoires.LigneDuJournal": _("nom", "nom")
    | _("texte", "objet detail")
    | _("reseau", "adresse"),
    "territoires.LienProgramme": _("texte", "nom") | _("lien", "adresse"),
    "territoires.Mandat": _("nom", "nom")
    | _("texte", "fonction note")
    | _("courriel", "courriel")
    | _("telephone", "telephone"),
    "territoires.Territoire": _("texte", "presentation"),
}
# Codes, names of places and of bodies, digests: nobody is told of there.
INOFFENSIFS = {
    "auth.Group": "name",
    "auth.Permission": "name codename",
    "contenttypes.ContentType": "app_label model",
    "dsfr.DsfrConfig": "site_title site_tagline notice_title notice_description notice_link "
    "notice_icon_class header_brand header_brand_html footer_brand footer_brand_html "
    "footer_description newsletter_description newsletter_url operator_logo_file operator_logo_alt",
    "dsfr.DsfrSocialMedia": "title url icon_class",
    "echanges.Correspondance": "resource entetes",
    "echanges.Import": "resource empreinte marque",
    "evenements.Actualite": "identifiant",
    "evenements.Assemblee": "identifiant ville lieu agenda_empreinte",
    "evenements.LienChoisi": "page cible",
    "evenements.PageEditoriale": "identifiant",
    "evenements.Sequence": "agenda_empreinte",
    "programme.Axe": "code nom",
    "programme.BonnePratique": "identifiant",
    "programme.Contrat": "reference",
    "programme.Convention": "reference",
    "programme.Courriel": "cle lot",
    "programme.DateCle": "code chiffre",
    "programme.DemandeComplement": "champs",
    "programme.DemandePerimetre": "reference",
    "programme.FicheAction": "reference maitre_ouvrage_siret",
    "programme.Indicateur": "unite",
    "programme.Modification": "reference",
    "programme.MouvementFinancier": "reference",
    "programme.ObstacleNational": "reference",
    "programme.OffreDeService": "reference",
    "programme.Partenaire": "identifiant nom site siret",
    "programme.Phase": "nom",
    "programme.RemarqueAvis": "champ",
    "programme.SignataireContrat": "siret",
    "programme.Theme": "identifiant nom",
    "territoires.CodePostal": "code",
    "territoires.Commune": "code nom",
    "territoires.Contour": "geometrie",
    "territoires.DemandeAcces": "siret",
    "territoires.Departement": "code nom",
    "territoires.EditionCarte": "code",
    "territoires.FiltreEnregistre": "liste",
    "territoires.Intercommunalite": "siren nom",
    "territoires.LienProgramme": "reference",
    "territoires.Localite": "code nom collectivite codes_postaux",
    "territoires.Parution": "cle empreinte",
    "territoires.Perimetre": "code nom",
    "territoires.Region": "code nom",
    "territoires.Territoire": "identifiant nom",
    "territoires.Trace": "geometrie",
}
INOFFENSIFS = {modele: frozenset(noms.split()) for modele, noms in INOFFENSIFS.items()}


def porteurs(modele):
    """The columns of a model that may hold what tells of somebody, by their type alone."""
    return [
        champ
        for champ in modele._meta.concrete_fields
        if isinstance(champ, PORTEURS)
        and not champ.choices
        # Written from the other columns of its row, and anonymised with them.
        and not isinstance(champ, CleDeRecherche)
    ]


def regles(modele):
    """{column: method of Brouillage} of a model or of a history."""
    suivi = getattr(modele, "instance_type", None)
    if suivi is None or not modele.__name__.startswith("Historical"):
        return PERSONNELS.get(modele._meta.label, {})
    ici = {champ.name for champ in modele._meta.concrete_fields}
    siennes = PERSONNELS.get(suivi._meta.label, {}) | RAISON_D_HISTORIQUE
    return {nom: genre for nom, genre in siennes.items() if nom in ici}


def inoffensifs(modele):
    suivi = getattr(modele, "instance_type", modele)
    return INOFFENSIFS.get(suivi._meta.label, frozenset())


def a_parcourir():
    """Every table that a copy holds rows of."""
    sans = {*SANS, *VIDEES}
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.label not in sans]


def colonnes(*genres):
    """[(model, column)] of these kinds, histories included."""
    return [
        (modele, nom)
        for modele in a_parcourir()
        for nom, genre in regles(modele).items()
        if genre in genres
    ]
