"""Every address of every model of the admin is known here: a new one must say who enters."""

from django.contrib import admin

from tests.config.admin.test_matrice import AILLEURS, MODELES

DE_BASE = {"changelist", "add", "change", "delete", "history"}
ECHANGES = {"exporter", "fichier", "modele", "colonnes", "importer", "apercu", "refusees"}
ECHANGES |= {"correspondances", "import_suivi"}
# Pages of one model, each with its own test: parcours, avis, editions.
PROPRES = {
    "ficheaction": {
        "bilan",
        "dupliquer",
        "parcours",
        "partage",
        "pdf",
        "suivi",
        "modification",
        "modification_pas",
        "modifier",
        "mouvement",
        "annuler_mouvement",
        "rattacher",
        "financeur",
        "etape",
        "nouvelle_etape",
    },
    "seance": {
        "avis",
        "avis_point",
        "clore",
        "dossier",
        "dossier_pdf",
        "ordre_du_jour",
        "presences",
        "releve",
        "rectifier_avis",
        "releve_pdf",
    },
    "editioncarte": {"coller", "copier", "deplacer", "filiations", "publier", "voir"},
    "demandeperimetre": {"appliquer"},
    "mandat": {"territoire"},
    "contrat": {"avenant"},
    "convention": {"avenant", "engagement", "publier"},
    "bonnepratique": {"publier"},
    "pageeditoriale": {"publier", "retirer", "voir"},
    "actualite": {"publier", "retirer", "voir"},
    "obstaclenational": {"publier", "retirer"},
    "assemblee": {"coller", "document", "publier", "voir"},
    "agent": {"invitation", "inviter", "retirer_facteur"},
    "import": {"annuler", "miens"},
}
SANS_ECHANGES = {
    *("avistechnique", "demandecomplement"),
    *("courriel", "demandeacces", "demandeperimetre", "obstacle", "sequence", "import"),
    "correspondance",
    "dsfrconfig",
}


def test_every_address_is_listed():
    for nom, modele in MODELES.items():
        base = f"{modele._meta.app_label}_{nom}_"
        pages = {
            (route.name or "").removeprefix(base)
            for route in admin.site._registry[modele].get_urls()
        } - {""}
        attendues = DE_BASE | PROPRES.get(nom, set())
        if nom not in AILLEURS - {"import"}:
            attendues |= {"classeur"}
        if nom not in SANS_ECHANGES:
            attendues |= ECHANGES
        assert pages == attendues, nom
