"""Random walks by random agents: nothing forbidden ever happens, everything done is on record."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programme import parcours
from programme.models import Avis, Courriel, FicheAction, Passage
from programme.models.fiches import TransitionRefusee
from tests.factories import (
    AgentFactory,
    ComiteDePilotageFactory,
    SeanceFactory,
    agent_delegation,
    agent_region,
    agents_de,
    fiche_complete,
    territoire_publie,
)

# Written from the rules of the programme and not from the code: {action: (from, to)}.
REGLES = {
    "transmettre": ({"brouillon", "ajournee"}, "transmise"),
    "rappeler": ({"transmise"}, "brouillon"),
    "valider": ({"transmise"}, "validee"),
    "ajourner": ({"transmise"}, "ajournee"),
    "refuser": ({"transmise"}, "refusee"),
    "engager": ({"validee"}, "engagee"),
    "realiser": ({"engagee"}, "realisee"),
    "abandonner": ({"validee", "engagee"}, "abandonnee"),
}
QUI = ("local", "regional", "autre region", "etranger", "sans perimetre", "delegation")
SECRET, CONTACT = "Xyzzy", "Xyzzy Contact"
pas = st.one_of(
    st.tuples(
        st.sampled_from(QUI),
        st.sampled_from(["transmettre", "rappeler", "engager", "realiser", "abandonner"]),
        st.just(""),
    ),
    st.tuples(
        st.sampled_from(QUI),
        st.sampled_from(["avis 75", "avis 76", "avis 84"]),
        st.sampled_from(["favorable", "ajourne", "defavorable"]),
    ),
)


class Marche(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.territoire = territoire_publie("75", "76")
        etranger, _ = agents_de(territoire_publie("84"))
        local, regional = agents_de(cls.territoire)
        cls.agents = {
            "local": local,
            "regional": regional,
            "autre region": agent_region("76"),
            "etranger": etranger,
            "sans perimetre": AgentFactory(),
            "delegation": agent_delegation(),
        }
        cls.du_perimetre = [local, regional, cls.agents["autre region"], cls.agents["delegation"]]
        cls.comites = {
            code: ComiteDePilotageFactory(region__code=code) for code in ("75", "76", "84")
        }

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(pas, max_size=12))
    def test_walk(self, marche):
        fiche = fiche_complete(
            self.territoire, contact_nom=CONTACT, obstacle=SECRET, simplification=SECRET
        )
        for qui, action, sens in marche:
            avant = list(fiche.passages.values_list("pk", flat=True))
            with suppress(TransitionRefusee, PermissionDenied):
                self._agir(fiche, qui, action, sens)
                assert qui not in ("etranger", "sans perimetre"), "un étranger a agi"
            self._verifier(fiche, avant)

    def _agir(self, fiche, qui, action, sens):
        agent = self.agents[qui]
        if action.startswith("avis"):
            code = action.split()[1]
            seance = SeanceFactory(comite=self.comites[code])
            parcours.rendre_avis(
                fiche,
                seance=seance,
                sens=sens,
                agent=agent,
                # The motive of a favorable avis is public; the others go back to the territoire.
                motif="Motif" if sens == "favorable" else SECRET,
                remarques=[("contexte", SECRET)],
            )
            assert qui != "local", "une intercommunalité a rendu un avis"
            assert (qui, code) not in {("regional", "76"), ("autre region", "75")}
            assert code != "84", "une région étrangère à la fiche a rendu un avis"
        elif action == "abandonner":
            parcours.abandonner(fiche, agent=agent, motif="Motif")
        else:
            getattr(parcours, action)(fiche, agent=agent)

    def _verifier(self, fiche, avant):
        fiche.refresh_from_db()
        passages = list(fiche.passages.order_by("pk"))
        assert [p.pk for p in passages][: len(avant)] == avant, "un passage a disparu"
        etat = "brouillon"
        for passage in passages:
            departs, arrivee = REGLES[passage.action]
            assert passage.avant == etat
            assert etat in departs
            assert passage.apres == arrivee
            assert passage.auteur_id
            assert passage.le
            etat = arrivee
        assert fiche.etat == etat
        publique = etat in {"validee", "engagee", "realisee", "abandonnee"}
        assert FicheAction.objects.publiques().filter(pk=fiche.pk).exists() == publique
        if publique:
            envoi = Passage.objects.get(pk=fiche.dernier_envoi_id)
            rendus = Avis.objects.filter(passage=envoi)
            assert {a.seance.comite.region_id for a in rendus} == {"75", "76"}
            assert {a.sens for a in rendus} == {"favorable"}
        assert all(avis.rendu_le and avis.rendu_par_id for avis in fiche.avis.all())
        if len(passages) > len(avant):
            self._verifier_ce_qui_est_public(fiche, publique)

    def _verifier_ce_qui_est_public(self, fiche, publique):
        """At each moment, whoever asks: the public sees the fiche decided, and nothing internal."""
        page = self.client.get(fiche.get_absolute_url())
        assert page.status_code == (200 if publique else 404)
        fichier = self.client.get(reverse("donnees-csv", args=["fiches", "machine"]))
        territoire = self.client.get(self.territoire.get_absolute_url()).content.decode()
        textes = {
            "page": page.content.decode() if publique else fiche.reference,
            "csv": (
                b"".join(fichier.streaming_content) if fichier.streaming else fichier.content
            ).decode(),
            "territoire": territoire,
            "liste": self.client.get(reverse("fiches")).content.decode(),
            "nouvelles": self.client.get(reverse("nouvelles")).content.decode(),
        }
        for nom, texte in textes.items():
            assert SECRET not in texte, nom
        for nom in ("csv", "liste"):
            assert (fiche.reference in textes[nom]) == publique, nom
        for nom in ("territoire", "nouvelles"):
            assert publique or fiche.reference not in textes[nom], nom
        courriels = Courriel.objects.filter(corps__contains=SECRET)
        assert not courriels.exclude(agent__in=self.du_perimetre).exists()
        assert not Courriel.objects.filter(corps__contains=CONTACT).exists()
