"""Random walks of a modification by random agents: the fiche changes once all accept."""

from contextlib import suppress
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programme.comites import conduite, decisions, modifications, rectifications
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches import financement
from programme.fiches import parcours as parcours_de_la_fiche
from programme.fiches.models import Modification, MouvementFinancier, PassageModification
from programme.fiches.modifications import parcours
from tests import factories as f
from tests.programme.fiches.modifiees import ligne
from tests.programme.fiches.sorties import lire

# Written from the rules of the programme and not from the code: {action: (from, to)}.
REGLES = {
    "transmettre": ({"brouillon", "ajournee"}, "transmise"),
    "rappeler": ({"transmise"}, "brouillon"),
    "retirer": ({"brouillon", "ajournee"}, "retiree"),
    "accepter": ({"transmise"}, "acceptee"),
    "ajourner": ({"transmise"}, "ajournee"),
    "refuser": ({"transmise"}, "refusee"),
}
DECIDES = {"acceptee", "ajournee", "refusee"}
SECRET = "Xyzzy"  # in every motive, that the public never reads
QUI = ("local", "76", "75", "etranger", "etat", "operateur")
LISENT = {"etat", "operateur"}  # and do nothing but what the opérateur grants and pays
GESTES = ("avis", "corriger", "clore", "rectifier")
pas = st.one_of(
    st.sampled_from(["demander", "transmettre", "payer", "avis", "clore"]),
    st.tuples(st.sampled_from(QUI), st.sampled_from(["demander", *list(REGLES)[:3], "payer"])),
    st.tuples(
        st.sampled_from(QUI),
        st.sampled_from(GESTES),
        st.sampled_from(["76", "75"]),
        st.sampled_from(["favorable", "favorable", "ajourne", "defavorable"]),
    ),
)


class Marche(TestCase):
    def setUp(self):
        super().setUp()
        self.etranger, _ = f.agents_de(f.territoire_publie("84"))

    @settings(
        max_examples=8,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(st.lists(pas, min_size=4, max_size=16))
    @example(["demander", "transmettre", "avis", "clore"])  # accepted
    @example(["demander", "transmettre", "avis", "payer", "clore"])  # money came first
    @example(
        [
            *("demander", ("etat", "transmettre"), ("operateur", "transmettre"), "transmettre"),
            *(("operateur", "payer"), ("etat", "payer"), ("operateur", "rappeler")),
            *(("etat", "avis", "75", "favorable"), "avis", ("operateur", "clore", "75", "")),
        ]
    )
    @example(["demander", "transmettre", "avis", "clore", ("75", "rectifier", "75", "defavorable")])
    @example(
        [
            *("demander", "transmettre"),
            *(("76", "avis", "76", "ajourne"), ("76", "clore", "76", "")),
            *("transmettre", "avis", "clore", "payer", "demander"),
        ]
    )
    def test_walk(self, marche):
        self._preparer()
        for un_pas in marche:
            for qui, action, *suite in self._depuis(un_pas):
                tel_quel, fait = self._tel_quel(), False
                with suppress(ValidationError, PermissionDenied):
                    self._agir(qui, action, *suite)
                    fait = True
                if fait:
                    assert qui != "etranger", "un étranger a agi"
                    assert qui not in LISENT or (qui, action) == ("operateur", "payer"), qui
                else:
                    assert self._tel_quel() == tel_quel, f"refusé, {action} a écrit"
                self._verifier()

    def _tel_quel(self):
        """All that an act on the modification or the money of the fiche writes."""
        toutes = self.fiche.modifications.order_by("pk")
        mouvements = MouvementFinancier.objects.filter(financement__fiche=self.fiche)
        return (
            *(list(toutes.values_list()), list(mouvements.order_by("pk").values_list("pk"))),
            list(PassageModification.objects.order_by("pk").values_list("pk")),
            *(Avis.objects.count(), Courriel.objects.count()),
        )

    def _preparer(self):
        territoire = f.territoire_publie("76", "75")
        local, _ = f.agents_de(territoire)
        self.agents = {"local": local, "etranger": self.etranger}
        self.agents |= {code: f.agent_region(code) for code in ("76", "75")}
        partenaire = f.PartenaireFactory()
        self.agents["etat"] = f.agent_etat(*territoire.regions)
        self.agents["operateur"] = f.agent_operateur(partenaire)
        self.comites = {code: f.ComiteDePilotageFactory(region__code=code) for code in ("76", "75")}
        self.seances, self.payes = {}, 0
        fiche = f.fiche_complete(territoire, titre="Le titre décidé")
        fiche.financements.update(partenaire=partenaire)
        fiche.partenaires.add(partenaire)  # it stays named once its line is withdrawn
        fiche = parcours_de_la_fiche.transmettre(fiche, agent=local)
        for code in ("76", "75"):
            seance = f.SeanceFactory(comite=self.comites[code])
            agent = self.agents[code]
            f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=agent)
        fiche.refresh_from_db()
        self.fiche, self.numero = fiche, 0

    def _depuis(self, un_pas):
        """A word is what moves it on: made by whose turn it is."""
        if un_pas in ("avis", "clore"):
            return [(code, un_pas, code, "favorable") for code in ("76", "75")]
        return [("local", un_pas)] if isinstance(un_pas, str) else [un_pas]

    def _agir(self, qui, action, code="", sens=""):
        agent = self.agents[qui]
        if action == "demander":
            self._demander(agent)
        elif action == "payer":
            self._payer(agent)
        elif code:
            self._en_seance(agent, action, code, sens or "favorable")
            assert qui == code, "un autre a agi en séance"
        else:
            getattr(parcours, action)(self._derniere(), agent=agent)

    def _derniere(self):
        derniere = self.fiche.modifications.last()
        if derniere is None:
            raise ValidationError("Rien à faire.")
        return derniere

    def _demander(self, agent):
        """Another title each time, and the line of the plan withdrawn."""
        self.numero += 1
        lignes = [ligne(une, "retrait") for une in self.fiche.financements.all()]
        propose = {"champs": {"titre": f"Titre {self.numero:03}"}, "financements": lignes}
        parcours.ouvrir(self.fiche, agent=agent, motif=SECRET, propose=propose)

    def _payer(self, agent):
        une = self.fiche.financements.first()
        if une is None:
            raise ValidationError("Rien à faire.")
        le, montant = timezone.localdate(), Decimal(1000 + self.payes)
        financement.noter(une, nature="verse", montant=montant, le=le, agent=agent)
        self.payes += 1

    def _en_seance(self, agent, geste, code, sens):
        avis = {"sens": sens, "motif": "" if sens == "favorable" else SECRET, "agent": agent}
        siens = Avis.objects.filter(
            seance__comite=self.comites[code], modification=self._derniere()
        )
        if code not in self.seances:
            self.seances[code] = f.SeanceFactory(comite=self.comites[code])
        note = siens.provisoires().first()
        if geste == "avis":
            modifications.rendre_avis(self._derniere(), seance=self.seances[code], **avis)
        elif geste == "clore":
            conduite.clore(self.seances[code], agent=agent)
            del self.seances[code]
        elif geste == "corriger" and note:
            decisions.corriger(note, **avis)
        elif geste == "rectifier" and (rendu := siens.en_vigueur().first()):
            rectifications.rectifier(rendu, raison="Mal noté.", **avis)
        else:
            raise ValidationError("Rien à faire.")

    def _verifier(self):
        self.fiche.refresh_from_db()
        toutes = list(self.fiche.modifications.order_by("numero"))
        assert len([une for une in toutes if une.est_ouverte]) <= 1
        for une in toutes:
            self._verifier_le_chemin(une)
        acceptees = [une for une in toutes if une.etat == "acceptee"]
        titre = acceptees[-1].propose["champs"]["titre"] if acceptees else "Le titre décidé"
        assert self.fiche.titre == titre
        versements = MouvementFinancier.objects.filter(financement__fiche=self.fiche)
        assert versements.count() == self.payes, "de l’argent versé a disparu"
        for une in self.fiche.financements.all():
            assert une.verse <= une.montant
        assert list(Modification.objects.du_public().order_by("numero")) == acceptees
        self._verifier_qui_lit(toutes)
        self._verifier_ce_qui_sort(toutes, titre)

    def _verifier_qui_lit(self, toutes):
        """A draft of a modification is read by who may write it."""
        for qui, agent in self.agents.items():
            lues = set(Modification.objects.for_user(agent).filter(fiche=self.fiche))
            tues = {une for une in toutes if une.etat == "brouillon"} if qui in LISENT else set()
            assert lues == (set() if qui == "etranger" else {*toutes} - tues), qui

    def _verifier_le_chemin(self, modification):
        etat = "brouillon"
        for passage in modification.passages.order_by("pk"):
            assert passage.avant == etat
            if passage.action == "rectifier":
                assert etat in DECIDES
                assert passage.apres in {*DECIDES, "transmise"} - {etat}
            else:
                departs, arrivee = REGLES[passage.action]
                assert etat in departs
                assert passage.apres == arrivee
            etat = passage.apres
        assert modification.etat == etat
        if etat == "acceptee":
            siens = modification.avis.filter(envoi_modification=modification.dernier_envoi_id)
            assert {a.region.pk for a in siens.en_vigueur()} == {"76", "75"}

    def _verifier_ce_qui_sort(self, toutes, titre):
        adresses = {"page": self.fiche.get_absolute_url()} | {
            nom: reverse("donnees-csv", args=[nom, "machine"])
            for nom in ("fiches", "modifications", "changements_modifications")
        }
        texte = "".join(lire(self.client, adresses).values())
        assert SECRET not in texte
        for une in toutes:
            autre = une.propose["champs"]["titre"]
            if une.etat != "acceptee" and autre != titre:
                assert autre not in texte
        assert not Courriel.objects.filter(
            agent=self.etranger, corps__contains=self.fiche.titre
        ).exists()
