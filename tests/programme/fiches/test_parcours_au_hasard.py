"""Random walks by random agents: nothing forbidden ever happens, everything done is on record."""

import datetime
import re
from contextlib import suppress
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programme.comites import conduite, decisions, rectifications
from programme.comites.models import Avis
from programme.courriels.models import Courriel
from programme.fiches import bilans, parcours, partage
from programme.fiches.models import FicheAction, Passage, TransitionRefusee
from programme.instruction import examen, tenue
from tests.factories.agents import (
    AgentFactory,
    agent_delegation,
    agent_etat,
    agent_operateur,
    agent_region,
    agents_de,
)
from tests.factories.carte import territoire_publie
from tests.factories.instances import ComiteDePilotageFactory, SeanceFactory
from tests.programme.fiches import sorties
from tests.programme.fiches.sorties import CONTACT, SECRET

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
BILAN = {
    "cout_final": Decimal(1_000_000),
    "resultats": "Vingt embauches.",
    "enseignements": "Commencer plus tôt.",
    "etabli_le": datetime.date(2024, 9, 1),
}
DECIDES = {"validee", "ajournee", "refusee"}
QUI = ("local", "regional", "autre region", "etranger", "sans perimetre", "delegation")
QUI += ("etat", "operateur")
REGIONS = {"regional", "autre region"}
ECRIVENT = {"local", "delegation", *REGIONS}
# What is said on the way, and who may say it while the fiche is transmise.
DITS = {
    "technique": {"etat", "delegation", *REGIONS},
    "demander": {"etat", "delegation", *REGIONS},
    "repondre": {"local", "delegation"},
    "ecrire": {"etat", "operateur", *ECRIVENT},
}
PARTAGES = ("partager", "ne_plus_partager")
# Who of elsewhere looks at everything the first time that a fiche is in this state.
AILLEURS = {
    "transmise": "region etrangere",
    "ajournee": "sans perimetre",
    "validee": "etranger",
}
# What moves a fiche on from each state, so that walks go further than chance would lead them.
AU_MIEUX = {
    "brouillon": [
        ("local", "transmettre", ""),
        ("delegation", "transmettre", ""),
        ("local", "partager", ""),
        ("regional", "transmettre", ""),
        ("local", "ne_plus_partager", ""),
    ],
    "ajournee": [("regional", "transmettre", "")],
    "transmise": [
        ("regional", "avis 75", "favorable"),
        ("autre region", "avis 76", "favorable"),
        ("regional", "clore 75", ""),
        ("autre region", "clore 76", ""),
        ("autre region", "avis 76", "ajourne"),
        ("local", "rappeler", ""),
    ],
    "refusee": [("regional", "rectifier 75", "favorable")],
    "validee": [
        ("local", "engager", ""),
        ("regional", "rectifier 75", "ajourne"),
        ("local", "abandonner", ""),
    ],
    "engagee": [("local", "realiser", ""), ("local", "abandonner", "")],
}
pas = st.one_of(
    st.integers(0, 5),  # which of the moves above
    st.integers(0, 5),
    st.integers(0, 5),
    st.tuples(
        st.sampled_from(QUI),
        st.sampled_from(["transmettre", "rappeler", "engager", "realiser", "abandonner"]),
        st.just(""),
    ),
    st.tuples(st.sampled_from(QUI), st.sampled_from([*DITS, *PARTAGES]), st.just("")),
    st.tuples(
        st.sampled_from(QUI),
        st.builds(
            " ".join,
            st.tuples(
                st.sampled_from(["avis", "corriger", "retirer", "clore", "rectifier"]),
                st.sampled_from(["75", "76", "76", "84"]),
            ),
        ),
        st.sampled_from(["favorable", "ajourne", "defavorable"]),
    ),
)


class Marche(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.territoire = territoire_publie("75", "76")
        etranger, region_etrangere = agents_de(territoire_publie("84"))
        local, regional = agents_de(cls.territoire)
        cls.agents = {
            "local": local,
            "regional": regional,
            "autre region": agent_region("76"),
            "etranger": etranger,
            "region etrangere": region_etrangere,
            "sans perimetre": AgentFactory(),
            "delegation": agent_delegation(),
            "etat": agent_etat(*cls.territoire.regions),
        }
        cls.etats_vus = []
        cls.comites = {
            code: ComiteDePilotageFactory(region__code=code) for code in ("75", "76", "84")
        }

    @settings(
        max_examples=5,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a shorter walk is long to find
    )
    @given(st.lists(pas, min_size=3, max_size=14))
    @example([0, 0, 1, 2, 3, 0, 0])  # to the end
    @example([0, 0, 4, 2, 3, 0, 0, 2, 1, 3, 0, 1])  # sent back, then given up
    @example([0, 0, 1, ("regional", "corriger 75", "ajourne"), 3, 2])  # corrected before closing
    @example([0, 0, 1, ("autre region", "retirer 76", ""), 3, 2, 1, 3, 1, 0])  # then rectified
    @example(
        [
            *(("regional", "transmettre", ""), ("etat", "ecrire", ""), 2, 3),  # shared, sent up
            *(("etat", "technique", ""), ("operateur", "technique", "")),
            *(("etat", "demander", ""), ("regional", "repondre", ""), ("local", "repondre", "")),
            *(5, ("regional", "ecrire", ""), 4, ("autre region", "transmettre", "")),
            *(("operateur", "partager", ""), 0, 0, 1, 2, 3, ("operateur", "engager", ""), 0),
        ]
    )
    @example(
        [0, 5, ("regional", "clore 75", "")]
    )  # an empty séance closes, whoever reads the fiche
    def test_walk(self, marche):
        self.seances, self.notes = {}, 0
        fiche = sorties.fiche_qui_en_dit_trop(self.territoire)
        self.agents["operateur"] = agent_operateur(fiche.partenaires.get())
        siens = (*ECRIVENT, "etat", "operateur")
        self.du_perimetre = [self.agents[qui] for qui in siens]
        self._verifier_ce_qui_sort(fiche)
        for un_pas in marche:
            if isinstance(un_pas, int):
                possibles = AU_MIEUX.get(fiche.etat)
                if possibles is None:
                    continue
                un_pas = possibles[un_pas % len(possibles)]
            qui, action, sens = un_pas
            avant = list(fiche.passages.values_list("pk", flat=True))
            lisait, tel_quel, fait = self._lit(fiche, qui), self._tel_quel(fiche), False
            with suppress(ValidationError, PermissionDenied, conduite.SeanceRefusee):
                self._agir(fiche, qui, action, sens)
                fait = True
            if fait:
                # A séance closes with what it has, were it nothing.
                lu = lisait or action.startswith("clore")
                assert lu, f"{qui} a agi sur ce qu’il ne lit pas : {action}"
                self._verifier_qui_a_agi(qui, action)
            else:
                assert self._tel_quel(fiche) == tel_quel, f"refusé, {action} a écrit"
            self._verifier(fiche, avant)

    def _lit(self, fiche, qui):
        """Who reads it in its present state: from the rules of the programme."""
        if qui in ("local", "delegation"):
            return True
        if qui in REGIONS:
            return fiche.etat != "brouillon" or fiche.partagee_le is not None
        return qui in ("etat", "operateur") and fiche.etat != "brouillon"

    def _tel_quel(self, fiche):
        """All that an act on the fiche writes, its history and its messages included."""
        fiche = FicheAction.objects.get(pk=fiche.pk)
        lignes = (fiche.passages, fiche.avis, fiche.avis_techniques, fiche.complements)
        lignes += (fiche.conversation, fiche.history)
        return (
            *(fiche.etat, fiche.version, fiche.contexte, fiche.partagee_le),
            *(list(ligne.order_by("pk").values_list()) for ligne in lignes),
            Courriel.objects.count(),
        )

    def _verifier_qui_a_agi(self, qui, action):
        if action in DITS:
            assert qui in DITS[action], f"{qui} : {action}"
        elif action in PARTAGES:
            assert qui in ("local", "delegation"), "un autre que le territoire a partagé"
        else:
            assert qui in ECRIVENT, f"{qui} a fait avancer la fiche"

    def _agir(self, fiche, qui, action, sens):
        agent = self.agents[qui]
        if " " in action:
            geste, code = action.split()
            self._en_seance(fiche, geste, code, sens or "favorable", agent)
            assert qui != "local", "une intercommunalité a agi en séance"
            assert (qui, code) not in {("regional", "76"), ("autre region", "75")}
            assert code != "84" or geste == "clore", "une région étrangère a rendu un avis"
        elif action in PARTAGES:
            getattr(partage, action)(fiche, agent=agent)
        elif action in DITS:
            self._dire(fiche, action, agent)
        elif action == "abandonner":
            parcours.abandonner(fiche, agent=agent, motif="Motif")
        elif action == "rappeler":
            parcours.rappeler(fiche, agent=agent, motif=SECRET)
        elif action == "realiser":
            bilans.dresser(fiche, agent=agent, **BILAN)
            parcours.realiser(fiche, agent=agent)
        else:
            getattr(parcours, action)(fiche, agent=agent)

    def _dire(self, fiche, action, agent):
        if action == "technique":
            examen.donner_son_avis(fiche, sens="favorable", texte=SECRET, agent=agent)
        elif action == "demander":
            examen.demander(fiche, question=SECRET, champs=["contexte"], agent=agent)
        elif action == "ecrire":
            tenue.ecrire(fiche, texte="Dit entre nous.", agent=agent)
        elif demande := fiche.complements.filter(repondue_le=None).last():
            fiche.refresh_from_db()
            examen.repondre(
                demande,
                reponse=SECRET,
                valeurs={"contexte": f"Un contexte précisé, {demande.numero}."},
                agent=agent,
                version=fiche.version,
            )
        else:
            raise ValidationError("Rien à faire.")

    def _en_seance(self, fiche, geste, code, sens, agent):
        """Do this in the séance being held in this région, if there is something to do it on."""
        self.notes += 1
        # The motive of a favorable avis is public; the others go back to the territoire.
        motif = f"Frobozz{self.notes}" + ("" if sens == "favorable" else SECRET)
        avis = {"sens": sens, "motif": motif, "remarques": [("contexte", SECRET)], "agent": agent}
        siens = Avis.objects.filter(seance__comite=self.comites[code], passage=fiche.dernier_envoi)
        note = siens.provisoires().first()
        if code not in self.seances:
            self.seances[code] = SeanceFactory(
                comite=self.comites[code], compte_rendu=sorties.COMPTE_RENDU
            )
        if geste == "avis":
            decisions.rendre_avis(fiche, seance=self.seances[code], **avis)
        elif geste == "clore":
            conduite.clore(self.seances[code], agent=agent)
            del self.seances[code]
        elif geste == "rectifier" and (rendu := siens.en_vigueur().first()):
            rectifications.rectifier(rendu, raison="Mal noté.", **avis)
        elif geste == "corriger" and note:
            decisions.corriger(note, **avis)
        elif geste == "retirer" and note:
            decisions.retirer(note, agent=agent)
        else:
            raise TransitionRefusee("Rien à faire.")

    def _verifier(self, fiche, avant):
        fiche.refresh_from_db()
        for qui, agent in self.agents.items():
            lues = FicheAction.objects.for_user(agent).filter(pk=fiche.pk)
            assert lues.exists() is self._lit(fiche, qui), (qui, fiche.etat)
        passages = list(fiche.passages.order_by("pk"))
        assert [p.pk for p in passages][: len(avant)] == avant, "un passage a disparu"
        etat = "brouillon"
        for passage in passages:
            assert passage.avant == etat
            if passage.action == "rectifier":
                assert etat in DECIDES
                assert passage.apres in {*DECIDES, "transmise"} - {etat}
            else:
                departs, arrivee = REGLES[passage.action]
                assert etat in departs
                assert passage.apres == arrivee
            assert passage.auteur_id
            assert passage.le
            etat = passage.apres
        assert fiche.etat == etat
        publique = etat in {"validee", "engagee", "realisee", "abandonnee"}
        assert FicheAction.objects.du_public().filter(pk=fiche.pk).exists() == publique
        if publique:
            envoi = Passage.objects.get(pk=fiche.dernier_envoi_id)
            rendus = Avis.objects.en_vigueur().filter(passage=envoi)
            assert {a.seance.comite.region_id for a in rendus} == {"75", "76"}
            if etat == "validee":  # rectified later, it stands on record only
                assert {a.sens for a in rendus} == {"favorable"}
        assert all(avis.rendu_le and avis.rendu_par_id for avis in fiche.avis.all())
        assert not fiche.avis.filter(seance__close_le=None).en_effet().exists()
        self._verifier_ce_qui_est_note(fiche)
        if len(passages) > len(avant):
            self._verifier_ce_qui_sort(fiche)

    def _verifier_ce_qui_est_note(self, fiche):
        """Before the closing, an avis shows to its comité alone."""
        notes = list(fiche.avis.provisoires().select_related("seance__comite"))
        for avis in notes:
            (mot,) = re.findall(r"Frobozz\d+", avis.motif)
            assert not Courriel.objects.filter(corps__regex=rf"{mot}\b").exists()
            autre = "autre region" if avis.seance.comite.region_id == "75" else "regional"
            for qui in ("local", autre):
                client = Client()
                client.force_login(self.agents[qui])
                for adresse in (
                    fiche.get_absolute_url(),
                    reverse("admin:programme_ficheaction_change", args=[fiche.pk]),
                    reverse("admin:programme_seance_fichier", args=["avis", "machine"]),
                ):
                    texte = sorties.en_texte(client.get(adresse))
                    assert not re.search(rf"{mot}\b", texte), (qui, adresse)
            textes = sorties.lire(self.client, {"fiche": fiche.get_absolute_url()})
            assert not re.search(rf"{mot}\b", textes["fiche"])

    def _verifier_ce_qui_sort(self, fiche):
        """At each moment, whoever asks: the public sees the fiche decided, and nothing internal."""
        page = self.client.get(fiche.get_absolute_url())
        assert page.status_code == (200 if fiche.est_du_public else 404)
        neuf = fiche.etat not in self.etats_vus  # all the pages, the first time; figures, always
        adresses = sorties.pages_publiques(fiche) if neuf else sorties.pages_chiffrees(fiche)
        textes = sorties.lire(self.client, adresses)
        self._verifier_les_textes(fiche, textes | {"page": sorties.en_texte(page)})
        if neuf and fiche.etat in AILLEURS:
            self._verifier_ailleurs(fiche, AILLEURS[fiche.etat])
            self._verifier_le_territoire(fiche)
        if neuf:
            self.etats_vus.append(fiche.etat)
        courriels = Courriel.objects.exclude(agent__in=self.du_perimetre)
        assert not courriels.filter(corps__contains=fiche.reference).exists()
        assert not courriels.filter(corps__contains=SECRET).exists()
        for interdit in (CONTACT, sorties.COMPTE_RENDU):
            assert not Courriel.objects.filter(corps__contains=interdit).exists()

    def _verifier_les_textes(self, fiche, textes):
        attendu = int(fiche.est_du_public)
        dits = sorties.chiffres(textes)
        assert dits == dict.fromkeys(dits, attendu)
        for nom, texte in textes.items():
            assert not sorties.secrets_dans(texte), nom
            if not attendu:
                assert fiche.reference not in texte, nom
                assert sorties.REFERME not in texte, nom
        if attendu:
            for nom in sorties.QUI_LA_NOMMENT & set(textes):
                assert fiche.reference in textes[nom], nom

    def _verifier_ailleurs(self, fiche, qui):
        """An agent of another perimeter: the same as anybody, and none of its own pages."""
        client = Client()
        client.force_login(self.agents[qui])
        for adresse in sorties.pages_de_la_fiche(fiche):
            assert client.get(adresse).status_code in (302, 403, 404), adresse
        # Those come second: what the redirections above left to say is said there.
        for nom, texte in sorties.lire(client, sorties.pages_d_agent(fiche)).items():
            assert not sorties.secrets_dans(texte), nom
            assert fiche.reference not in texte, nom
            assert sorties.REFERME not in texte, nom

    def _verifier_le_territoire(self, fiche):
        """It reads its own fiche, obstacle and contact included; no compte rendu of a séance."""
        client = Client()
        client.force_login(self.agents["local"])
        pages = [fiche.get_absolute_url(), reverse("obstacle", args=[fiche.reference])]
        pages += [
            reverse(f"admin:programme_ficheaction_{page}", args=[fiche.pk])
            for page in ("change", "history")
        ]
        for page in pages:
            texte = sorties.en_texte(client.get(page))
            assert SECRET in texte, page
            assert sorties.COMPTE_RENDU not in texte, page
