"""Rows of every model of the admin as years of typing leave them, and tables compared whole."""

import datetime
import re
from contextlib import contextmanager
from decimal import Decimal

from django.apps import apps
from django.contrib import admin
from django.db import connection, models
from django.utils import timezone

from programme.comites import conduite, decisions
from programme.fiches import parcours
from territoires.champs import CleDeRecherche
from territoires.editions.composition import calculer
from territoires.mandats.models import Mandat
from tests import factories as f

# Who entered and when: written by every visit, whatever it does.
JOURNAL = {"django_admin_log", "django_session", "territoires_lignedujournal"}
TEXTES = [
    "Une seule ligne.",
    "  Première ligne \r\n\r\n- deuxième\u00a0: « ici »\r\n",
    "\nUne ligne d’ailleurs\net sa suite\t\u202f!\n\n",
    "",
]
TITRES = ["Sans rien", " Deux  blancs ", "Collé\nen deux", "Insécable\u00a0", ""]


# How every statement that changes rows begins; a batch of the database's own reads as all of them.
ECRITURE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
LECTURE = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK TO)\b")


@contextmanager
def tables_ecrites():
    """The set of the tables that are written meanwhile, complete at the end."""
    tables = set()

    def ecouter(executer, sql, *suite):
        if lu := ECRITURE.match(sql):
            tables.add(lu[1])
        elif not LECTURE.match(sql):
            tables.update(connection.introspection.table_names())
        return executer(sql, *suite)

    with connection.execute_wrapper(ecouter):
        yield tables


def photographie(parmi=None):
    """{table: its rows}: everything the database holds but the log of visits."""
    tables = {}
    for modele in apps.get_models(include_auto_created=True):
        meta = modele._meta
        if parmi is not None and meta.db_table not in parmi:
            continue
        if meta.managed and not meta.proxy and meta.db_table not in JOURNAL:
            champs = [c.attname for c in meta.concrete_fields if c.name != "last_login"]
            lignes = modele._base_manager.order_by("pk").values_list("pk", *champs)
            tables[meta.db_table] = {
                cle: dict(zip(champs, map(_comparable, valeurs), strict=True))
                for cle, *valeurs in lignes
            }
    return tables


def _comparable(valeur):
    return bytes(valeur) if isinstance(valeur, memoryview) else valeur


def ecarts(avant, apres):
    """[(table, primary key, column or « + » or « - », before, after)] of two photographs."""
    suite = []
    for table in apres:
        for cle in sorted({*avant[table], *apres[table]}, key=str):
            ancienne, nouvelle = avant[table].get(cle), apres[table].get(cle)
            if ancienne is None or nouvelle is None:
                suite.append((table, cle, "+" if ancienne is None else "-", ancienne, nouvelle))
            elif ancienne != nouvelle:
                suite += [
                    (table, cle, champ, ancienne[champ], nouvelle[champ])
                    for champ in ancienne
                    if ancienne[champ] != nouvelle[champ]
                ]
    return suite


def vieillir():
    """Give the texts of every row of the admin and its inlines what other ways in let through."""
    modeles = set()
    for modele, sa_page in admin.site._registry.items():
        modeles |= {modele, *(lignes.model for lignes in sa_page.inlines)}
    for modele in modeles:
        if modele._meta.app_label in ("territoires", "programme", "evenements"):
            for rang, ligne in enumerate(modele._base_manager.order_by("pk")):
                _vieillir(ligne, rang)


def _vieillir(ligne, rang):
    meta = ligne._meta
    uniques = {nom for c in meta.constraints for nom in getattr(c, "fields", ())}
    lus = {nom for c in meta.constraints for nom in _termes(getattr(c, "condition", None))}
    valeurs = {}
    for champ in meta.concrete_fields:
        if champ.choices or champ.unique or champ.name in lus or not champ.editable:
            continue
        if type(champ) is models.TextField:
            valeurs[champ.name] = TEXTES[rang % len(TEXTES)]
        elif type(champ) is models.CharField and not champ.validators[1:]:
            texte = f"{TITRES[rang % len(TITRES)]}"
            if champ.name in uniques:
                texte = f"{texte}{rang}"
            valeurs[champ.name] = texte[: champ.max_length] or ("" if champ.blank else "x")
    for nom, texte in valeurs.items():
        setattr(ligne, nom, texte)
    for champ in meta.concrete_fields:
        if isinstance(champ, CleDeRecherche):
            valeurs[champ.name] = champ.pre_save(ligne, False)
    if valeurs:
        models.QuerySet(type(ligne)).filter(pk=ligne.pk).update(**valeurs)


def _termes(condition):
    for terme in getattr(condition, "children", ()):
        if isinstance(terme, models.Q):
            yield from _termes(terme)
        elif isinstance(terme, tuple):
            yield terme[0].partition("__")[0]


def fiches(territoire):
    """One fiche in each state of its way, with several lines of each kind."""
    agent = f.agent_delegation()
    comite = f.ComiteDePilotageFactory(region=territoire.regions[0])
    seance = f.SeanceFactory(comite=comite, date=timezone.localdate())
    sens = {"ajournee": "ajourne", "refusee": "defavorable"}
    chemins = ["brouillon", "transmise", "ajournee", "refusee", "validee", "engagee", "realisee"]
    suites = []
    for etat in [*chemins, "abandonnee"]:
        fiche = fiche_pleine(territoire, titre=f"Fiche {etat}")
        if etat == "brouillon":
            continue
        fiche = parcours.transmettre(fiche, agent=agent)
        if etat == "transmise":
            f.AvisTechniqueFactory(fiche=fiche)
            f.DemandeComplementFactory(fiche=fiche, champs="contexte")
            continue
        remarques = [("contexte", "À préciser.\r\nEt vite")] if etat == "ajournee" else []
        avis = {"sens": sens.get(etat, "favorable"), "motif": "Motif", "remarques": remarques}
        decisions.rendre_avis(fiche, seance=seance, agent=agent, **avis)
        suites.append((fiche, etat))
    conduite.clore(seance, agent=agent)  # the avis take effect
    for fiche, etat in suites:
        if etat in ("engagee", "realisee"):
            fiche = parcours.engager(fiche, agent=agent)
        if etat == "realisee":
            f.BilanFactory(fiche=fiche)
            parcours.realiser(fiche, agent=agent)
        if etat == "abandonnee":
            parcours.abandonner(fiche, agent=agent, motif="Sans suite")
    return seance


def fiche_pleine(territoire, **champs):
    fiche = f.fiche_complete(territoire, cout_total=Decimal("1234567.50"), **champs)
    fiche.partenaires.add(f.PartenaireFactory())
    fiche.intercommunalites.set(f.intercommunalites_de(territoire))
    for rang in (7, 3, 12):
        debut = datetime.date(2024, 1, rang)
        f.EtapeFactory(fiche=fiche, ordre=rang, intitule=f"Étape {rang}", debut=debut)
    f.FinancementFactory(fiche=fiche, montant=Decimal("1000.05"), statut="acquis")
    f.FinancementFactory(fiche=fiche, partenaire=f.PartenaireFactory())
    indicateur = f.IndicateurFactory(fiche=fiche, cible=Decimal("12.50"), unite="")
    f.IndicateurFactory(fiche=fiche, valeur=4, mesure_le=datetime.date(2024, 5, 1))
    f.MesureFactory(indicateur=indicateur)
    f.PieceJointeFactory(fiche=fiche)
    for rang in (9, 2):
        montant = Decimal("1200.50")
        f.ObstacleFactory(fiche=fiche, ordre=rang, montant=montant, emplois=1500, reponse="Oui")
        f.NouvelleFactory(fiche=fiche, publique=rang > 2)
    return fiche


def assemblees():
    for publiee in (True, False):
        quand = {} if publiee else {"publiee_le": None}
        assemblee = f.AssembleeFactory(edition=f.EditionCarteFactory(), **quand)
        assemblee.conventions.add(f.ConventionFactory())
        for rang in (9, 2, 5):
            sequence = f.SequenceFactory(
                assemblee=assemblee,
                ordre=rang,
                debut=datetime.time(rang + 8, 30, 15),
                fin=datetime.time(rang + 9, 0),
                salle="A",
            )
        for rang in (8, 1, 4):
            territoire = f.TerritoireFactory()
            f.InterventionFactory(sequence=sequence, ordre=rang, territoire=territoire)
            f.AnnonceFactory(sequence=sequence, ordre=rang)
            f.DocumentFactory(assemblee=assemblee, date=datetime.date(2020, 1, rang))
            f.CorrectionFactory(assemblee=assemblee)
    f.AutreNomFactory.create_batch(2, intervenant=f.IntervenantFactory())


def conventions():
    for publiee in (True, False):
        convention = f.ConventionFactory(publiee=publiee, fin=datetime.date(2030, 1, 31))
        for rang in (6, 2, 11):
            f.SignataireConventionFactory(convention=convention, ordre=rang)
            f.EngagementFactory(convention=convention, numero=rang)
            f.AvenantFactory(convention=convention, numero=rang)
        f.DocumentConventionFactory.create_batch(2, convention=convention)
    f.OffreDeServiceFactory().axes.add(f.AxeFactory())
    f.PointDeControleFactory()
    f.DelaiDeRappelFactory()
    f.ObstacleNationalFactory()
    f.obstacle_national_publie(etat_du=datetime.date(2024, 1, 5))
    f.BonnePratiqueFactory()
    f.bonne_pratique_publiee(territoire=f.TerritoireFactory())


def instances(territoire, seance):
    f.MembreComiteFactory.create_batch(3, comite=seance.comite, debut=datetime.date(2020, 1, 1))
    f.SeanceFactory(comite=seance.comite, date=datetime.date(2019, 2, 3))
    for etat in ("signe", "preparation"):
        contrat = f.ContratFactory(territoire=territoire, etat=etat, nombre_fiches_annonce=4)
        f.SignataireContratFactory.create_batch(3, contrat=contrat)
        f.DocumentContratFactory.create_batch(2, contrat=contrat)
        contrat.liens.add(f.LienProgrammeFactory(territoire=territoire))
        for rang in (7, 2):
            f.AvenantContratFactory(contrat=contrat, numero=rang)
        for fiche in territoire.fiches.all()[:2]:
            f.FicheContratFactory(contrat=contrat, fiche=fiche)
    for rang, role in enumerate(Mandat.Role):
        fin = datetime.date(2024, 3, 31) if rang % 2 else None
        f.MandatFactory(territoire=territoire, role=role, fin=fin)
    demande = f.DemandePerimetreFactory(perimetre=territoire.perimetre_courant)
    f.MouvementDemandeFactory.create_batch(2, demande=demande)


def geographie():
    commune = f.CommuneFactory()
    for code in ("31200", "31100"):
        f.CodePostalFactory(commune=commune, code=code)
    f.LocaliteFactory(commune=commune)
    preparee = f.EditionCarteFactory(date=datetime.date(2030, 1, 1), publiee_le=None)
    perimetre = f.PerimetreFactory(edition=preparee)
    for membre in (f.IntercommunaliteFactory(), f.CommuneFactory()):
        f.MembrePerimetreFactory(perimetre=perimetre, membre=membre)
    calculer([perimetre])
    f.FiliationFactory(nouveau=perimetre)
    refusee = f.FiliationFactory(nouveau=perimetre)
    refusee.decider(f.agent_delegation(), False)
    refusee.save()


def monde():
    """Rows of every model, old and new; {kind: the agent who opens them}."""
    territoire = f.territoire_publie("75", nom="Val d’Essai")
    seance = fiches(territoire)
    instances(territoire, seance)
    assemblees()
    conventions()
    geographie()
    f.DateCleFactory()
    f.ThemeFactory()
    f.PointDeControleFactory()
    f.DelaiDeRappelFactory()
    f.PageEditorialeFactory()
    f.ActualiteFactory()
    f.LienChoisiFactory()
    f.DemandeAccesFactory()
    f.ProfilFactory()
    ici, region = f.agents_de(territoire)
    vieillir()
    return {"intercommunalité": ici, "région": region, "délégation": f.agent_delegation()}
