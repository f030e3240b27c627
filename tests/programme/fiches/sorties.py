"""All that leaves the site about one fiche, as text: for anybody, and for agents of elsewhere."""

import io
import re
import zipfile
from contextlib import suppress

from django.urls import reverse
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from config.donnees_ouvertes import JEUX
from tests import factories as f

# Stand in what is never public: contact, obstacle, answer, remarks, comments, attachments.
SECRET, CONTACT, COMPTE_RENDU = "Xyzzy", "Xyzzy Contact", "Plughx"
# Stands in what is public once the fiche is decided: its title, a funder, a step.
REFERME = "Wxyk"
DERNIERE_COLONNE = r'<td class="nombre">(\d+)</td></tr>'  # of the table of territoires
# Pages that name each public fiche; the others that may do so have reasons of their own.
QUI_LA_NOMMENT = {"accueil", "territoire", "fiches", "données fiches", "nouvelles"}
QUI_LA_NOMMENT |= {"contrat", "partenaire", "assemblee", "plan du site", "fiches xlsx"}
FICHIERS_DE_LA_FICHE = ("fiches", "financements", "etapes", "mesures", "obstacles", "nouvelles")
AUTOCOMPLETES = [
    ("programme", "fichecontrat", "fiche"),
    ("programme", "bonnepratique", "fiche"),
    ("programme", "bonnepratique", "fiches_liees"),
    ("evenements", "annonce", "fiche"),
]


def fiche_qui_en_dit_trop(territoire):
    """A brouillon with its secrets, and everything else that a page could name it from."""
    partenaire = f.ConventionFactory().partenaire
    fiche = f.fiche_complete(
        territoire,
        titre=f"Atelier {REFERME}",
        contact_nom=CONTACT,
        contact_courriel="xyzzy@exemple.invalid",
        contact_telephone=CONTACT,
    )
    fiche.partenaires.add(partenaire)
    f.FinancementFactory(
        fiche=fiche, financeur=REFERME, partenaire=partenaire, montant=77_123, statut="acquis"
    )
    f.EtapeFactory(fiche=fiche, intitule=REFERME)
    f.PieceJointeFactory(fiche=fiche, titre=SECRET, fichier__filename="xyzzy.pdf")
    f.MesureFactory(indicateur=fiche.indicateurs.get(), commentaire=SECRET)
    textes = dict.fromkeys(("regle", "retient", "simplification", "reponse"), SECRET)
    entree = f.obstacle_national_publie()
    obstacle = f.ObstacleFactory(fiche=fiche, nationale=entree, **textes)
    f.ReponseFactory(obstacle=obstacle, texte=SECRET)
    f.NouvelleFactory(fiche=fiche, titre=REFERME, texte=SECRET, publique=False)
    f.FicheContratFactory(contrat=f.ContratFactory(territoire=territoire), fiche=fiche)
    f.bonne_pratique_publiee(fiche=fiche).fiches_liees.add(fiche)
    f.AnnonceFactory(contrat=None, fiche=fiche)
    return fiche


def en_texte(reponse):
    """What an answer says, also inside a workbook or a PDF."""
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(octets)) as archive:
        octets = b"\n".join(archive.read(nom) for nom in archive.namelist())
    with suppress(PyPdfError):
        pages = PdfReader(io.BytesIO(octets)).pages if octets.startswith(b"%PDF") else ()
        octets = b"\n".join(page.extract_text().encode() for page in pages) or octets
    return octets.decode("utf-8", "replace")


def lire(client, adresses):
    return {nom: en_texte(client.get(adresse)) for nom, adresse in adresses.items()}


def secrets_dans(texte):
    return [mot for mot in (SECRET, SECRET.lower(), COMPTE_RENDU) if mot in texte]


def pages_chiffrees(fiche):
    """{name: address} of the pages and files that count the public fiches, or list them first."""
    return {
        "accueil": reverse("accueil"),
        "carte": reverse("carte-en-vigueur") + "?couleur=fiches",
        "région": fiche.territoire.region_pilote.get_absolute_url(),
        "fiches": reverse("fiches"),
        "données fiches": reverse("donnees-csv", args=["fiches", "machine"]),
        "nouvelles": reverse("nouvelles"),
    }


def pages_publiques(fiche):
    """{name: address} of all that could name the fiche to anybody."""
    pratique, annonce = fiche.bonnes_pratiques.get(), fiche.annonces.get()
    (partenaire,), (contrat,) = fiche.partenaires.all(), fiche.contrats.all()
    simples = ("territoires", "regions", "bonnes-pratiques", "mobilisation", "contrats")
    simples += ("financements-mobilises", "partenaires", "assemblees", "registre-obstacles")
    objets = (contrat, partenaire, pratique, annonce.sequence.assemblee)
    return (
        pages_chiffrees(fiche)
        | {nom: reverse(nom) for nom in simples}
        | {objet._meta.model_name: objet.get_absolute_url() for objet in objets}
        | {f"données {nom}": reverse("donnees-csv", args=[nom, "machine"]) for nom in JEUX}
        | {
            "fiches xlsx": reverse("donnees-csv", args=["fiches", "xlsx"]),
            "mobilisation csv": reverse("mobilisation-csv", args=["machine"]),
            "territoire": fiche.territoire.get_absolute_url(),
            "geojson": reverse("fichier-en-vigueur", args=["territoires.geojson"]),
            "territoire intégré": reverse(
                "integrer-territoire", args=[fiche.territoire.identifiant]
            ),
            "recherche": reverse("recherche") + f"?q={REFERME.lower()}",
            "plan du site": reverse("plan-du-site-section", args=["fiches"]),
        }
    )


def chiffres(textes):
    """How many public fiches each figure says that there are, in all."""
    textes = {nom: " ".join(texte.split()) for nom, texte in textes.items()}
    motifs = {
        "carte": r"(\d+) fiches? publiques?</title>",
        "région": DERNIERE_COLONNE,
        "geojson": r'"fiches_publiques": ?(\d+)',
        "territoire intégré": r"(\d+) fiches? actions? publiques?",
        "accueil": r"<strong ?>(\d+)</strong> fiches? actions? publiques?",
        "fiches": r"<strong>(\d+) fiches? actions?",
    }
    dits = {nom: re.findall(motif, textes[nom]) for nom, motif in motifs.items() if nom in textes}
    dits["tableau de la carte"] = re.findall(DERNIERE_COLONNE, textes["carte"])
    return {nom: sum(map(int, nombres)) if nombres else None for nom, nombres in dits.items()}


def pages_d_agent(fiche):
    """{name: address} of the pages of an agent that list fiches; each within its perimeter."""
    adresses = {"liste": reverse("admin:programme_ficheaction_changelist")}
    for nom in FICHIERS_DE_LA_FICHE:
        adresses[f"export {nom}"] = reverse(
            "admin:programme_ficheaction_fichier", args=[nom, "machine"]
        )
    for application, modele, champ in AUTOCOMPLETES:
        demande = f"?app_label={application}&model_name={modele}&field_name={champ}&term="
        adresses[f"choix {modele} {champ}"] = reverse("admin:autocomplete") + demande
    simples = ("pilotage", "pilotage-fiches", "pilotage-delais", "pilotage-matrice", "obstacles")
    adresses |= {nom: reverse(nom) for nom in (*simples, "mes-courriels", "admin:index")}
    listes = ("contrat", "seance", "bonnepratique")
    adresses |= {n: reverse(f"admin:programme_{n}_changelist") for n in listes}
    for nom in ("pilotage-fiches", "pilotage-delais", "obstacles"):
        adresses[f"{nom} xlsx"] = reverse(f"{nom}-classeur", args=["xlsx"])
    for nom in ("ficheaction", "obstacle", "avistechnique", "demandecomplement"):
        adresses[f"{nom} xlsx"] = reverse(f"admin:programme_{nom}_classeur", args=["xlsx"])
    adresses["matrice csv"] = reverse("pilotage-csv", args=["matrice", "machine"])
    pratique = fiche.bonnes_pratiques.get().pk
    for page in ("change", "history"):
        nom = f"admin:programme_bonnepratique_{page}"
        adresses[f"pratique {page}"] = reverse(nom, args=[pratique])
    return adresses


def pages_de_la_fiche(fiche):
    """Addresses that only exist for those who work on this fiche, public or not."""
    pages = ("change", "history", "delete", "pdf", "dupliquer")
    return [
        *(reverse(f"admin:programme_ficheaction_{page}", args=[fiche.pk]) for page in pages),
        reverse("admin:programme_ficheaction_parcours", args=[fiche.pk, "transmettre"]),
        reverse("admin:programme_contrat_change", args=[fiche.contrats.get().pk]),
        reverse("admin:programme_contrat_history", args=[fiche.contrats.get().pk]),
        reverse("obstacle", args=[fiche.reference]),
        reverse("resultats", args=[fiche.reference]),
        reverse("piece-jointe", args=[fiche.reference, fiche.pieces.get().pk]),
    ]
