"""Random follow-ups by random agents, while intercommunalités merge: the figures say the ledger."""

import csv
import datetime
import io
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programme.courriels.models import Courriel
from programme.ecritures import euros
from programme.fiches import calendrier, financement, parcours, suivi
from programme.fiches.models import FicheAction, Financement, MouvementFinancier
from programme.mobilisation.financements import argent_de, matrice, promis_et_tenu
from programme.pilotage.chiffres import Chiffres
from territoires.agents.models import Agent
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.factories.carte import intercommunalites_de
from tests.programme.fiches.test_financement import attendu

PREMIER = datetime.date(2024, 1, 1)
# Who follows the fiche before anything merges; « repreneur » once it took over.
SUIVENT = {"local", "regional", "delegation"}
QUI = ("local", "regional", "delegation", "repreneur", "voisin", "sans perimetre")
QUI += ("etat", "operateur", "operateur voisin")
NATURES = tuple(f"noter {nature}" for nature in MouvementFinancier.Nature.values)
GESTES = (*NATURES, "annuler", "financeur", "rattacher", "etape", "ajouter", "mesurer")
pas = st.one_of(
    st.tuples(st.sampled_from(QUI), st.sampled_from(GESTES), st.integers(0, 40)),
    st.tuples(st.sampled_from(sorted(SUIVENT)), st.sampled_from(GESTES), st.integers(0, 40)),
    st.tuples(st.just("operateur"), st.sampled_from([*NATURES, "annuler"]), st.integers(0, 40)),
    st.just(("", "fusionner", 0)),
    st.just(("delegation", "finir", 0)),
)


class Suivi(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.engagement = f.EngagementFactory(montant=900_000)
        cls.fiche = une_fiche_decidee()
        cls.partenaire = cls.engagement.convention.partenaire
        f.FinancementFactory(fiche=cls.fiche, partenaire=cls.partenaire, statut="acquis")
        f.FinancementFactory(fiche=f.fiche_complete(), partenaire=cls.partenaire, statut="acquis")
        cls.siege = intercommunalites_de(cls.fiche.territoire)[0]
        cls.nouvelle = f.IntercommunaliteFactory()
        local, regional = f.agents_de(cls.fiche.territoire)
        cls.agents = {
            "local": local,
            "regional": regional,
            "delegation": f.agent_delegation(),
            "repreneur": f.agent_intercommunalite(cls.nouvelle),
            "voisin": f.agents_de(f.territoire_publie())[0],
            "sans perimetre": f.AgentFactory(),
            "etat": f.agent_etat(*cls.fiche.territoire.regions),
            "operateur": f.agent_operateur(cls.partenaire),
            "operateur voisin": f.agent_operateur(f.PartenaireFactory()),
        }

    @settings(
        max_examples=6,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(st.lists(pas, min_size=3, max_size=12))
    @example(
        [
            *(
                ("operateur", f"noter {nature}", rang)
                for nature in ("accorde", "verse")
                for rang in (2, 3)
            ),
            *(("operateur", geste, 1) for geste in GESTES[len(NATURES) :]),
            *(("etat", geste, 2) for geste in GESTES),
            *(("operateur voisin", geste, 3) for geste in GESTES),
        ]
    )
    @example(
        [
            ("repreneur", "noter accorde", 3),
            ("", "fusionner", 0),
            ("repreneur", "noter accorde", 3),
            ("local", "rattacher", 1),
            ("local", "noter verse", 5),
            ("regional", "annuler", 0),
            ("repreneur", "etape", 2),
            ("repreneur", "mesurer", 4),
            ("delegation", "finir", 0),
            ("local", "etape", 3),
            ("local", "noter verse", 1),
        ]
    )
    def test_walk(self, marche):
        self.suivent, self.plan = set(SUIVENT), self._plan()
        for rang, (qui, geste, choix) in enumerate(marche):
            fiche = FicheAction.objects.get(pk=self.fiche.pk)
            if geste == "fusionner":
                self._fusionner()
            else:
                agent = Agent.objects.get(pk=self.agents[qui].pk)
                tel_quel, touchee = self._tel_quel(), None
                with suppress(ValidationError, PermissionDenied):
                    touchee = self._agir(fiche, agent, geste, choix, rang)
                    self._verifier_qui_a_agi(qui, touchee)
                if touchee is None:
                    assert self._tel_quel() == tel_quel, f"refusé, {geste} a écrit"
            self._verifier(FicheAction.objects.get(pk=self.fiche.pk))

    def _verifier_qui_a_agi(self, qui, touchee):
        """An opérateur notes what it grants and pays, on its own lines; it follows nothing else."""
        if qui != "operateur":
            assert qui in self.suivent, f"{qui} a suivi la fiche d’un autre"
        else:
            sienne = isinstance(touchee, Financement) and touchee.partenaire == self.partenaire
            assert sienne, "un opérateur a écrit autre chose que son argent"

    def _tel_quel(self):
        fiche = FicheAction.objects.get(pk=self.fiche.pk)
        mouvements = MouvementFinancier.objects.filter(financement__fiche=fiche)
        return (
            *(fiche.etat, fiche.version, Courriel.objects.count()),
            *(
                list(lignes.order_by("pk").values_list())
                for lignes in (fiche.financements, fiche.etapes, fiche.indicateurs, mouvements)
            ),
        )

    def _plan(self):
        lignes = self.fiche.financements.filter(ajoutee_le=None)
        return set(lignes.values_list("pk", "financeur", "montant", "statut"))

    def _fusionner(self):
        self.siege.dissoute_le = PREMIER
        self.siege.save()
        self.siege.successeurs.set([self.nouvelle])
        self.suivent.add("repreneur")

    def _agir(self, fiche, agent, geste, choix, rang):
        """Do it, and return the line of money that it was done on, or the fiche."""
        lignes = list(fiche.financements.all())
        ligne, le = lignes[choix % len(lignes)], PREMIER + datetime.timedelta(days=choix)
        if geste.startswith("noter "):
            nature = geste.removeprefix("noter ")
            somme = Decimal(choix * 10_000) + Decimal("0.05")
            financement.noter(
                ligne, nature=nature, montant=somme, le=le, agent=agent, reference=f"n{rang}"
            )
            return ligne
        if geste == "annuler":
            notes = list(MouvementFinancier.objects.valables().filter(financement__in=lignes))
            if not notes:
                raise ValidationError("Rien à annuler.")
            annule = notes[choix % len(notes)]
            financement.annuler(annule, motif="Erreur.", agent=agent)
            return annule.financement
        if geste == "financeur":
            financement.ajouter_un_financeur(
                fiche, agent=agent, financeur=f"Venu {choix}", montant=choix, statut="acquis", le=le
            )
        elif geste == "rattacher":
            choisi = self.engagement if choix % 2 else None
            financement.rattacher(ligne, engagement=choisi, agent=agent)
        elif geste == "etape":
            etape = fiche.etapes.all()[choix % fiche.etapes.count()]
            faite = {"faite": choix % 3 == 0, "faite_le": le if choix % 6 == 0 else None}
            calendrier.suivre(etape, agent=agent, debut=le, fin=None, **faite)
        elif geste == "ajouter":
            calendrier.ajouter(fiche, agent=agent, intitule=f"Étape {rang}", debut=le)
        elif geste == "mesurer":
            indicateur = fiche.indicateurs.first()
            suivi.mesurer(indicateur, mesure_le=le, valeur=choix, agent=agent)
        else:
            parcours.realiser(fiche, agent=agent)
        return fiche

    def _verifier(self, fiche):
        assert self._plan() == self.plan, "le plan décidé a changé"
        lignes = {ligne.pk: attendu(ligne) for ligne in fiche.financements.all()}
        acquis, demande, verse, refuse = (
            sum(colonne, Decimal(0)) for colonne in zip(*lignes.values(), strict=True)
        )
        totaux = fiche.financement_par_statut()
        dits = (totaux.acquis, totaux.demande, totaux.verse, totaux.refuse)
        assert dits == (acquis, demande, verse, refuse)
        self._verifier_les_chiffres(fiche, lignes, acquis, demande)
        self._verifier_ce_qui_est_public(fiche, lignes, (acquis, demande, verse, refuse))
        for etape in fiche.etapes.all():
            reports = list(etape.reports.all())
            for avant, apres in pairwise(reports):
                assert (avant.debut, avant.fin) == (apres.ancien_debut, apres.ancienne_fin)
            if reports:
                assert (reports[-1].debut, reports[-1].fin) == (etape.debut, etape.fin)
        for indicateur in fiche.indicateurs.all():
            derniere = indicateur.mesures.order_by("mesure_le").last()
            dit = (derniere.valeur, derniere.mesure_le) if derniere else (None, None)
            assert (indicateur.valeur, indicateur.mesure_le) == dit

    def _verifier_les_chiffres(self, fiche, lignes, acquis, demande):
        siennes = fiche.financements.filter(partenaire=self.partenaire)
        du_partenaire = sum((lignes[pk][0] for pk in siennes.values_list("pk", flat=True)), 0)
        assert promis_et_tenu(self.partenaire)["sommes"].acquis == du_partenaire
        assert matrice()[3] == du_partenaire
        prises = fiche.financements.filter(engagement=self.engagement)
        sur_elle = [lignes[pk] for pk in prises.values_list("pk", flat=True)]
        tenu = argent_de(self.engagement)["sommes"]
        assert tenu.acquis == sum((ligne[0] for ligne in sur_elle), 0)
        assert tenu.verse == sum((ligne[2] for ligne in sur_elle), 0)
        for tableau in Chiffres(FicheAction.objects.du_public(), {}).tableaux()[:3]:
            cellules = [cellule.valeur for cellule in tableau.total.cellules]
            assert cellules[2:] == [acquis, demande], tableau.code

    def _verifier_ce_qui_est_public(self, fiche, lignes, totaux):
        page = self.client.get(fiche.get_absolute_url()).content.decode()
        for total in totaux:
            assert (euros(total) or "0") in page
        publics = self._donnees("financements")
        assert {x["financeur"] for x in publics} == set(
            fiche.financements.values_list("financeur", flat=True)
        )
        par_nom = dict(fiche.financements.values_list("financeur", "pk"))
        for ligne in publics:
            dit = [Decimal(ligne[nom]) for nom in ("acquis", "demande", "verse", "refuse")]
            assert tuple(dit) == lignes[par_nom[ligne["financeur"]]]
        valables = MouvementFinancier.objects.valables()
        notes = sorted(m["montant"] for m in self._donnees("mouvements"))
        assert notes == sorted(
            f"{montant:.2f}" for montant in valables.values_list("montant", flat=True)
        )
        assert not Financement.objects.du_public().exclude(fiche=fiche).exists()

    def _donnees(self, jeu):
        reponse = self.client.get(reverse("donnees-csv", args=[jeu, "machine"]))
        texte = b"".join(reponse).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(texte, newline="")))
