"""Sending a form as it was drawn changes nothing, on every page that is not a form of the admin."""

import re
from collections import Counter
from datetime import timedelta
from functools import cache
from html import unescape
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import resolve, reverse
from django.urls.exceptions import NoReverseMatch, Resolver404
from django.utils import timezone

from programme.comites import conduite, decisions
from programme.comites.models import ComiteDePilotage, Presence
from programme.comites.ordre_du_jour import en_attente
from programme.courriels.models import PreferenceCourriel
from programme.fiches import obstacles, parcours
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.config.admin import lignes_a_garder as lignes
from tests.config.admin.conftest import dessinees
from tests.config.admin.test_intact import avant, photo  # noqa: F401
from tests.config.test_adresses_folles import routes
from tests.formulaires import Formulaires, en_clair
from tests.monde import une_fois

PAR_PAGE = 6  # of one kind, for one person: the oldest rows and the newest
# What stands there about no row of the model: an import, a kind of file.
D_UN_FICHIER = ("importer/", "classeur/")
# Whose links are followed.
QUI_MENENT = ("/admin/", "/pilotage/", "/fiches/", "/bonnes-pratiques/")
FICHIERS = {"piece-jointe", "document", "document-convention", "document-mouvement"}
FICHIERS |= {"document-contrat", "deliberation-contrat"}
# Pages that the admin has for every model: tested with it, or without anything to fill in.
DE_L_ADMIN = re.compile(
    r"_(change|add|changelist|delete|history|importer|exporter|fichier|modele|colonnes|apercu|pdf)$"
    r"|-classeur$"  # a file too
)
# What is sent without a change there is an act, not a text: the page says what will be done.
ACTES = {
    "admin:evenements_assemblee_publier": "publishes",
    "admin:programme_bonnepratique_publier": "publishes",
    "admin:evenements_actualite_retirer": "takes back",
    "admin:evenements_pageeditoriale_retirer": "takes back",
    "admin:programme_convention_publier": "publishes",
    "admin:programme_obstaclenational_publier": "publishes",
    "admin:programme_obstaclenational_retirer": "takes back",
    "admin:programme_ficheaction_dupliquer": "makes a copy",
    "admin:programme_ficheaction_parcours": "makes a step",
    "admin:programme_ficheaction_partage": "shares a draft, or takes it back",
    "admin:programme_seance_clore": "closes",
    "agenda-ouvrir": "opens an address, beside other forms",
    "bonne-pratique": "says that it was of use",
}
SANS_SUITE = {"territoires_parution"}  # when the map was last drawn: any visit writes it


def nom_de(adresse):
    return _nom(urlsplit(adresse).path)


@cache  # every page leads to those of the menu
def _nom(chemin):
    try:
        return resolve(chemin).view_name
    except Resolver404:
        return None


def departs(agent):
    """Addresses without a hole, then those about one row of a model of the admin, its acts too."""
    for route, motif in routes():
        if "<" not in route and not DE_L_ADMIN.search(motif.name or "_pdf"):
            yield f"/{route}"
    for modele, sa_page in admin.site._registry.items():
        cles = list(modele._base_manager.order_by("pk").values_list("pk", flat=True))
        for motif in sa_page.get_urls():
            if str(motif.pattern).startswith(D_UN_FICHIER):
                continue
            if motif.name and not DE_L_ADMIN.search(motif.name) and "<" in str(motif.pattern):
                for cle in dict.fromkeys(cles[:2] + cles[-4:]):
                    try:
                        yield reverse(f"admin:{motif.name}", args=[cle])
                    except NoReverseMatch:
                        break  # of two rows: its page is led to by the other's
        if hasattr(sa_page, "suites"):
            for objet in modele._base_manager.order_by("-pk")[:8]:
                yield from (a for _, a in sa_page.suites(SimpleNamespace(user=agent), objet))


def pages(client, agent, parmi=("/",), assez=lambda nom: False):
    """(name, address, page) of what may hold such a form, and of what it leads to.

    What neither leads on nor begins as one of `parmi` is not opened, nor what leads nowhere and
    of which `assez` was seen.
    """
    a_voir, vues, comptes = list(departs(agent)), set(), Counter()
    while a_voir:
        adresse = a_voir.pop(0)
        if adresse in vues or not adresse.startswith((*parmi, *QUI_MENENT)):
            continue
        vues.add(adresse)
        nom = nom_de(adresse)
        if nom in {None, *FICHIERS} or DE_L_ADMIN.search(nom):
            continue
        if comptes[nom, bool(urlsplit(adresse).query)] >= PAR_PAGE or "logout" in nom:
            continue
        if not adresse.startswith(QUI_MENENT) and assez(nom):
            continue
        page = client.get(adresse)
        if page.status_code != 200 or page.streaming or "html" not in page["Content-Type"]:
            continue
        comptes[nom, bool(urlsplit(adresse).query)] += 1
        yield nom, adresse, page
        if adresse.startswith(QUI_MENENT):
            liens = re.findall(r'href="([/?][^"#]*)', page.content.decode())
            a_voir += [urljoin(adresse, unescape(lien)) for lien in dict.fromkeys(liens)]


def formulaires(page, adresse):
    """(where it is sent, what is sent) of the forms of this page that are its own."""
    for attributs, donnees, _ in Formulaires(page.content.decode()).lus:
        ou = urlsplit(attributs.get("action") or adresse).path or adresse
        if attributs.get("method", "").lower() == "post" and "logout" not in ou:
            yield ou, donnees


def _monde():
    agents = lignes.monde()
    _suites(agents)
    return agents


monde = une_fois(_monde)


def _suites(agents):
    """What the pages that are no form of the admin write, begun by somebody."""
    delegation = agents["délégation"]
    comite = ComiteDePilotage.objects.first()
    seance = f.SeanceFactory(comite=comite, date=timezone.localdate() - timedelta(days=1))
    membres = list(comite.membres.all())
    Presence.objects.create(seance=seance, membre=membres[0], statut="present")
    Presence.objects.create(seance=seance, membre=membres[1], statut="excuse")
    fiche = lignes.fiche_pleine(FicheAction.objects.first().territoire, titre="Au comité")
    fiche = parcours.transmettre(fiche, agent=delegation)
    cles = [f"fiche-{fiche.pk}"]
    en_attente_, demandes, _ = en_attente(seance)
    cles += [f"fiche-{autre.pk}" for autre in en_attente_ if autre != fiche]
    cles += [f"demande-{demande.pk}" for demande in demandes]
    conduite.composer(seance, agent=delegation, cles=cles, vu=[])
    remarques = [("contexte", "À préciser.\r\nEt vite"), ("titre", "  Trop long ")]
    decisions.rendre_avis(
        fiche,
        seance=seance,
        sens="ajourne",
        motif="Un motif\r\nsur deux lignes ",
        remarques=remarques,
        agent=delegation,
    )
    decidee = FicheAction.objects.du_public().first()
    ouvert = f.ObstacleFactory(fiche=decidee, reponse="")
    obstacles.repondre(ouvert, texte="Une réponse\r\nen deux lignes", agent=delegation)
    for agent in agents.values():
        PreferenceCourriel.objects.create(agent=agent, action="quotidien", information="aucun")
    f.FicheActionFactory(territoire=fiche.territoire)  # that its territoire may share


# Texts, lists and choices that somebody comes back to: the walk must have met them.
RENCONTREES = {
    "admin:evenements_assemblee_coller",
    "admin:programme_convention_avenant",
    "admin:programme_ficheaction_etape",
    "admin:programme_ficheaction_mouvement",
    "admin:programme_ficheaction_rattacher",
    "admin:programme_seance_avis_point",
    "admin:programme_seance_ordre_du_jour",
    "admin:programme_seance_presences",
    "admin:programme_seance_rectifier_avis",
    "admin:territoires_editioncarte_filiations",
    "mes-courriels",
    "obstacle",
    "resultats",
}


def suites(client, agent, avant):  # noqa: F811
    """{name: [what sending one of its forms as drawn changed]}"""
    trouvees, remplies, vides = {}, set(), Counter()

    def assez(nom):
        """Of a public page that never has a form, three say so."""
        return nom not in remplies and vides[nom] == 3

    for nom, adresse, page in pages(client, agent, assez=assez):
        siens = list(formulaires(page, adresse))
        remplies.update([nom] if siens else [])
        vides[nom] += not siens
        for ou, donnees in siens:
            with transaction.atomic():
                with lignes.tables_ecrites() as ecrites, dessinees(lambda reponse: False):
                    reponse = client.post(ou, en_clair(donnees))
                ecarts = lignes.ecarts(avant, lignes.photographie(ecrites))
                transaction.set_rollback(True)
            assert reponse.status_code in (200, 302), (adresse, reponse.status_code)
            changes = [e for e in ecarts if e[0] not in SANS_SUITE]
            quoi = nom_de(ou) if nom_de(ou) in ACTES else nom
            trouvees.setdefault(quoi, []).append((adresse, changes))
    return trouvees


@pytest.mark.usefixtures("refus_nus")
@pytest.mark.parametrize("genre", ["intercommunalité", "région", "délégation"])
def test_a_form_sent_as_it_was_drawn_changes_nothing(genre, monde, avant, client):  # noqa: F811
    client.force_login(monde[genre])
    trouvees = suites(client, monde[genre], avant)
    for nom in trouvees.keys() - ACTES.keys():
        for adresse, changes in trouvees[nom]:
            assert changes == [], adresse
    if genre == "délégation":
        assert trouvees.keys() >= RENCONTREES | ACTES.keys()
