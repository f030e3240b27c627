"""As many invented fiches as one asks for, to look at the screens with a country's worth of them.

They are written by sets of rows, with their way up, their avis and their money: coherent with the
parcours, without going through it one by one.
"""

import datetime
import random

from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from tqdm import tqdm

from programme.comites.models import Avis, Seance
from programme.demo import MARQUE
from programme.demo.horloge import il_y_a
from programme.fiches.models import FicheAction, Financement, Indicateur, Obstacle, Passage
from programme.partenaires.models import Axe, Partenaire
from territoires.editions.models import Territoire

Etat, Action = FicheAction.Etat, Passage.Action
LOT = 1000
PROJETS = ("Ouvrir une école", "Décarboner un four", "Dépolluer une friche", "Créer un atelier")
MOTIF = "Le plan de financement n’est pas assuré."
TRANSMISE = (Action.TRANSMETTRE, Etat.TRANSMISE)
VALIDEE = (TRANSMISE, (Action.VALIDER, Etat.VALIDEE))
ENGAGEE = (*VALIDEE, (Action.ENGAGER, Etat.ENGAGEE))
# (its share of the fiches, its steps); the first two steps are the comité's.
VIES = (
    (20, ()),
    (5, (TRANSMISE,)),
    (5, (TRANSMISE, (Action.AJOURNER, Etat.AJOURNEE))),
    (10, (TRANSMISE, (Action.REFUSER, Etat.REFUSEE))),
    (20, VALIDEE),
    (25, ENGAGEE),
    (12, (*ENGAGEE, (Action.REALISER, Etat.REALISEE))),
    (3, (*ENGAGEE, (Action.ABANDONNER, Etat.ABANDONNEE))),
)
SENS = {Action.VALIDER: "favorable", Action.AJOURNER: "ajourne", Action.REFUSER: "defavorable"}


class Foule:
    """Writes fiches in the name of the délégation, by lots."""

    def __init__(self, delegation):
        self.delegation = delegation
        self.hasard = random.Random("foule")
        territoires = Territoire.objects.en_vigueur().select_related("perimetre_courant")
        self.territoires = list(territoires.prefetch_related("perimetre_courant__regions"))
        self.axes = list(Axe.objects.all())
        self.partenaires = list(Partenaire.objects.all())
        self.seances = {}
        for seance in Seance.objects.select_related("comite").order_by("date"):
            self.seances.setdefault(seance.comite.region_id, []).append(seance)

    def inventer(self, nombre):
        with tqdm(total=nombre, desc="fiches", unit=" fiche", disable=None, leave=False) as barre:
            for depart in range(0, nombre, LOT):
                taille = min(LOT, nombre - depart)
                self._ecrire_un_lot(depart, taille)
                barre.update(taille)
        self._relier()

    def _ecrire_un_lot(self, depart, taille):
        vies = self.hasard.choices(
            [vie for _, vie in VIES], weights=[part for part, _ in VIES], k=taille
        )
        with il_y_a(self.hasard.randint(500, 900)) as ecrites_le:
            fiches = FicheAction.objects.bulk_create(
                self._fiche(depart + rang, vie) for rang, vie in enumerate(vies)
            )
        passages = []
        for fiche, vie in zip(fiches, vies, strict=True):
            passages += self._passages(fiche, vie, ecrites_le)
        Passage.objects.bulk_create(passages)
        Avis.objects.bulk_create(self._avis(passages))
        self._financer(fiches)
        Obstacle.objects.bulk_create(
            Obstacle(
                fiche=fiche,
                regle="Dix-huit mois pour une autorisation.",
                signale_le=timezone.localdate(ecrites_le),
            )
            for fiche in fiches[::20]
        )

    def _fiche(self, rang, vie):
        debut = datetime.date(2024, 1, 1) + datetime.timedelta(days=self.hasard.randint(0, 900))
        return FicheAction(
            titre=f"{self.hasard.choice(PROJETS)} nᵒ {rang + 1} {MARQUE}",
            territoire=self.hasard.choice(self.territoires),
            axe=self.hasard.choice(self.axes),
            contexte="Le bassin manque de place et de bras.",
            objectifs="Vingt emplois en trois ans.",
            description="Un bâtiment, des machines et une équipe.",
            resultats_attendus="Vingt emplois.",
            maitre_ouvrage="Groupement de communes",
            date_debut=debut,
            date_fin=debut + datetime.timedelta(days=600),
            cout_total=self.hasard.randint(5, 400) * 10_000 if self.hasard.random() > 0.1 else None,
            etat=vie[-1][1] if vie else Etat.BROUILLON,
            created_by=self.delegation,
        )

    def _passages(self, fiche, vie, ecrite_le):
        """One step after the other, all of them past: 500 days hold the longest of lives."""
        instant, avant = ecrite_le, Etat.BROUILLON
        for action, apres in vie:
            instant += datetime.timedelta(days=self.hasard.randint(5, 115))
            motif = MOTIF if action in (Action.AJOURNER, Action.REFUSER, Action.ABANDONNER) else ""
            yield Passage(
                fiche=fiche,
                action=action,
                avant=avant,
                apres=apres,
                motif=motif,
                le=instant,
                auteur=self.delegation,
            )
            avant = apres

    def _avis(self, passages):
        """What made each decision: all the régions favorable, or the first one not."""
        envoi = None
        for passage in passages:
            if passage.action == Action.TRANSMETTRE:
                envoi = passage
            if sens := SENS.get(passage.action):
                regions = passage.fiche.territoire.regions
                for region in regions if sens == "favorable" else regions[:1]:
                    yield Avis(
                        seance=self._seance(region.pk, passage.le.date()),
                        fiche=passage.fiche,
                        passage=envoi,
                        sens=sens,
                        motif=passage.motif,
                        rendu_le=passage.le,
                        rendu_par=self.delegation,
                        effet_le=passage.le,
                    )

    def _seance(self, region, jour):
        seances = self.seances[region]
        return min(seances, key=lambda seance: abs(seance.date - jour))

    def _financer(self, fiches):
        financements, indicateurs, liens = [], [], []
        for fiche in fiches:
            partenaire = self.hasard.choice(self.partenaires)
            liens.append(FicheAction.partenaires.through(ficheaction=fiche, partenaire=partenaire))
            indicateurs.append(
                Indicateur(fiche=fiche, libelle="Emplois créés", unite="emplois", cible=20)
            )
            parts = (
                (fiche.maitre_ouvrage, None, 30, "acquis"),
                (str(partenaire), partenaire, 20, "demande"),
            )
            for nom, qui, part, statut in parts if fiche.cout_total else ():
                financements.append(
                    Financement(
                        fiche=fiche,
                        financeur=nom,
                        partenaire=qui,
                        montant=fiche.cout_total * part // 100,
                        statut=statut,
                    )
                )
        Financement.objects.bulk_create(financements)
        Indicateur.objects.bulk_create(indicateurs)
        FicheAction.partenaires.through.objects.bulk_create(liens)

    def _relier(self):
        """Each fiche to its sending up, and to the day when something last happened to it."""
        siens = Passage.objects.filter(fiche=OuterRef("pk")).order_by()
        envois = siens.filter(action=Action.TRANSMETTRE).order_by("-le").values("pk")[:1]
        dernier = siens.values("fiche").annotate(dernier=Max("le")).values("dernier")
        FicheAction.objects.filter(titre__endswith=MARQUE, dernier_envoi=None).update(
            dernier_envoi=Subquery(envois),
            updated_at=Coalesce(Subquery(dernier), "updated_at"),
        )
