"""The stories of the fiches: each is written, sent up and answered through the parcours."""

import csv
import random
import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from programme.comites import decisions
from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour
from programme.demo.modifications import modifier
from programme.demo.seances import seance_du
from programme.fiches import bilans, parcours
from programme.fiches.calendrier import suivre
from programme.fiches.financement import noter
from programme.fiches.models import ALPHABET, Etape, FicheAction, Financement, Indicateur
from programme.fiches.partage import partager, region_qui_saisit
from programme.partenaires.models import Axe, Partenaire
from programme.themes.propositions import proposes
from territoires.editions.models import Territoire

DOSSIER = Path(__file__).parent
SEANCES = (840, 750, 660, 570, 480, 390, 300, 210, 150, 100, 45)  # days ago, for every comité
PREPARATION = 120  # days between the writing of a fiche and the start of its action
DUREE = 480  # days
# How long each step is waited for, in days.
ATTENTES = {
    "transmettre": (8, 30),
    "partager": (5, 10),
    "rappeler": (5, 20),
    "engager": (20, 60),
    "realiser": (200, 320),
    "abandonner": (90, 160),
}

# What happens after the writing: the sense of each sending up's avis, then the steps of the action.
RECITS = {
    "brouillon-commence": [],
    "brouillon": [],
    "brouillon-partage": ["partager"],
    "brouillon-de-la-region": [],
    "rappelee": ["transmettre", "rappeler"],
    "transmise": ["transmettre"],
    "attend-une-region": ["transmettre", "favorable-premiere"],
    "ajournee": ["transmettre", "ajourne"],
    "renvoyee": ["transmettre", "ajourne", "transmettre"],
    "refusee": ["transmettre", "defavorable"],
    "validee": ["transmettre", "favorable"],
    "engagee": ["transmettre", "favorable", "engager"],
    "modifiee": ["transmettre", "favorable", "engager", "modifier"],
    "realisee": ["transmettre", "ajourne", "transmettre", "favorable", "engager", "realiser"],
    "abandonnee": ["transmettre", "favorable", "engager", "abandonner"],
}
MOTIFS = {
    "ajourne": "Le plan de financement n’est pas assuré : précisez la part des entreprises.",
    "defavorable": "Le besoin n’est pas établi et le calendrier dépend d’un accord qui manque.",
    "favorable": "",
    "rappeler": "Le coût doit être corrigé avant l’examen.",
    "abandonner": "L’exploitant pressenti s’est retiré et aucun autre ne s’est présenté.",
}


def lire_recits():
    with (DOSSIER / "fiches.csv").open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


class Conteur:
    """Writes the fiches one after the other; the same rows give the same fiches."""

    def __init__(self, agents):
        self.agents = agents
        self.hasard = random.Random("territoires")
        projets = (DOSSIER / "projets.toml").read_text(encoding="utf-8")
        self.projets = tomllib.loads(projets)
        self.argent_raconte = False
        self.axes = {axe.code: axe for axe in Axe.objects.all()}

    def raconter(self, ligne):
        """Write one fiche and take it as far as its story goes."""
        projet = self.projets[ligne["projet"]]
        territoire = Territoire.objects.get(identifiant=ligne["territoire"])
        age = int(ligne["creee_il_y_a"])
        with il_y_a(age):
            fiche = self._ecrire(ligne, projet, territoire)
            if ligne["recit"] != "brouillon-commence":
                self._completer(fiche, projet, age)
        for pas in RECITS[ligne["recit"]]:
            age = self._avancer(fiche, pas, age)
        self._suivre(fiche)
        if ligne["recit"] == "engagee" and not self.argent_raconte:
            self.argent_raconte = True
            self._raconter_l_argent(fiche, age)

    def _auteur(self, territoire):
        """One of its intercommunalités where the demonstration has one, else the délégation."""
        intercommunalites = [a for a in self.agents.values() if a.sirens]
        siens = territoire.perimetre_courant.sirens_concernes()
        candidats = [a for a in intercommunalites if a.sirens & siens]
        return self.hasard.choice(candidats) if candidats else self.agents["delegation"]

    def _instructeur(self, region):
        for agent in self.agents.values():
            if region.pk in agent.codes_regions:
                return agent
        return self.agents["delegation"]

    def _ecrire(self, ligne, projet, territoire):
        tirage = "".join(self.hasard.choice(ALPHABET) for _ in range(8))
        auteur = self._auteur(territoire)
        if ligne["recit"] == "brouillon-de-la-region":
            auteur = self._instructeur(territoire.regions[0])
        return FicheAction.objects.create(
            reference=f"FA-{tirage[:4]}-{tirage[4:]}",
            titre=f"{ligne['titre']} {MARQUE}",
            territoire=territoire,
            axe=self.axes[projet["axe"]],
            contexte=projet["contexte"],
            created_by=auteur,
            saisie_par=region_qui_saisit(auteur, territoire),
        )

    def _completer(self, fiche, projet, age):
        membres = [
            membre.intercommunalite
            for membre in fiche.territoire.perimetre_courant.membres.select_related(
                "intercommunalite"
            )
            if membre.intercommunalite
        ]
        for champ in ("objectifs", "description", "resultats_attendus"):
            setattr(fiche, champ, projet[champ])
        fiche.maitre_ouvrage = membres[0].nom if membres else "Groupement de communes"
        fiche.date_debut = jour(age - PREPARATION)
        fiche.date_fin = jour(age - PREPARATION - DUREE)
        fiche.cout_total = projet["cout"]
        fiche.contact_nom = f"Camille Exemple {MARQUE}"
        fiche.contact_courriel = "camille.exemple@exemple.invalid"
        fiche.save()
        fiche.intercommunalites.set(membres[:3])
        fiche.themes.set(proposes([fiche.titre, fiche.objectifs, fiche.description]))
        fiche.partenaires.set(Partenaire.objects.filter(identifiant__in=projet["partenaires"]))
        if "obstacle" in projet:
            fiche.obstacles.create(
                regle=projet["obstacle"],
                retient=projet.get("retient", ""),
                emplois=projet.get("emplois"),
                simplification=projet["simplification"],
            )
        self._financer(fiche, projet)
        self._jalonner(fiche, projet, age)

    def _financer(self, fiche, projet):
        parts = [
            (fiche.maitre_ouvrage, None, 30, "acquis"),
            (
                f"Conseil régional – {fiche.territoire.region_pilote or 'région'}",
                None,
                25,
                "demande",
            ),
            ("Entreprises du groupement", None, 20, "acquis"),
        ]
        partenaire = fiche.partenaires.first()
        if partenaire:
            parts.append((partenaire.nom, partenaire, 15, "acquis"))
        Financement.objects.bulk_create(
            Financement(
                fiche=fiche,
                financeur=nom,
                partenaire=partenaire,
                montant=projet["cout"] * part // 100,
                statut=statut,
            )
            for nom, partenaire, part, statut in parts
        )

    def _jalonner(self, fiche, projet, age):
        duree = DUREE // len(projet["etapes"])
        for rang, intitule in enumerate(projet["etapes"]):
            debut = age - PREPARATION - rang * duree
            Etape.objects.create(
                fiche=fiche,
                ordre=rang + 1,
                intitule=intitule,
                debut=jour(debut),
                fin=jour(debut - duree + 1),
            )
        for ligne in projet["indicateurs"]:
            libelle, unite, cible = ligne.split("|")
            Indicateur.objects.create(fiche=fiche, libelle=libelle, unite=unite, cible=cible)

    def _avancer(self, fiche, pas, age):
        """Make one step at its time; returns how many days ago the story then stands."""
        fiche.refresh_from_db()
        auteur = self._auteur(fiche.territoire)
        if pas in ("favorable", "defavorable", "ajourne", "favorable-premiere"):
            return self._examiner(fiche, pas, age)
        if pas == "modifier":
            jours = next(jours for jours in SEANCES if jours < age - 30)
            modifier(fiche, auteur=auteur, instructeur=self._instructeur, jours=jours)
            return jours
        age = max(age - self.hasard.randint(*ATTENTES[pas]), 2)
        with il_y_a(age):
            options = {"motif": MOTIFS[pas]} if pas in ("rappeler", "abandonner") else {}
            if pas == "realiser":
                self._dresser_le_bilan(fiche, auteur)
            geste = partager if pas == "partager" else getattr(parcours, pas)
            geste(fiche, agent=auteur, **options)
        return age

    def _dresser_le_bilan(self, fiche, auteur):
        bilans.dresser(
            fiche,
            agent=auteur,
            cout_final=fiche.cout_total * 104 / 100,
            resultats=f"L’essentiel de ce qui était attendu est là {MARQUE}.",
            enseignements="Réunir les entreprises dès l’écriture du projet, et prévoir six mois "
            f"pour les autorisations {MARQUE}.",
            etabli_le=timezone.localdate(),
        )

    def _examiner(self, fiche, pas, age):
        jours = next(jours for jours in SEANCES if jours < age)
        regions = fiche.regions_concernees()
        if pas == "favorable-premiere":
            regions, pas = regions[:1], "favorable"
        for region in regions:
            fiche.refresh_from_db()
            if fiche.etat != FicheAction.Etat.TRANSMISE:
                break
            seance = seance_du(region, jours)
            remarques = [("cout_total", MOTIFS[pas])] if pas == "ajourne" else []
            with il_y_a(jours):
                avis = decisions.rendre_avis(
                    fiche,
                    seance=seance,
                    sens=pas,
                    agent=self._instructeur(region),
                    motif=MOTIFS[pas],
                    remarques=remarques,
                )
                # Its séance is closed once every story is told; what it decides follows now.
                decisions.prendre_effet(avis, agent=self._instructeur(region), le=timezone.now())
        return jours

    def _suivre(self, fiche):
        """Progress of a decided action: steps behind it are done, measures are entered."""
        fiche.refresh_from_db()
        if fiche.etat not in (FicheAction.Etat.ENGAGEE, FicheAction.Etat.REALISEE):
            return
        finie = fiche.etat == FicheAction.Etat.REALISEE
        fiche.etapes.filter(**({} if finie else {"fin__lte": jour(0)})).update(faite=True)
        faites = fiche.etapes.filter(faite=True).count()
        fiche.avancement = 100 if finie else min(90, 100 * faites // fiche.etapes.count())
        fiche.save()
        for indicateur in fiche.indicateurs.all():
            indicateur.valeur = indicateur.cible * fiche.avancement // 100
            indicateur.mesure_le = jour(10)
            indicateur.save()
            for jours, part in ((100, 3), (190, 8)):
                indicateur.mesures.create(
                    mesure_le=jour(jours), valeur=indicateur.valeur // part, auteur=fiche.created_by
                )

    def _raconter_l_argent(self, fiche, age):
        """One story of money: granted, paid in two moves, and a step put off."""
        ligne, agent = fiche.financements.filter(statut="demande").first(), fiche.created_by
        etape = fiche.etapes.filter(faite=False).last()
        gestes = (
            (age * 3 // 4, "accorde", 100, "Délibération"),
            (age // 2, "verse", 30, "Avance"),
            (age // 4, "verse", 40, "Acompte"),
        )
        for jours, nature, part, piece in gestes:
            with il_y_a(jours):
                noter(
                    ligne,
                    nature=nature,
                    montant=ligne.montant * part // 100,
                    le=jour(jours),
                    reference=f"{piece} {MARQUE}",
                    agent=agent,
                )
        if etape:
            suivre(
                etape,
                agent=agent,
                faite=False,
                faite_le=None,
                debut=etape.debut,
                fin=etape.fin + timedelta(days=60),
                motif=f"Les travaux ont pris du retard {MARQUE}",
            )
