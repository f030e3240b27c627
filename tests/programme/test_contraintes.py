"""Every rule that the database holds: it refuses the row, and says why in French."""

import datetime
import re

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from tests import factories
from tests.factories.agents import AgentFactory
from tests.factories.fiches import ModificationFactory, fiche_complete
from tests.factories.geographie import IntercommunaliteFactory

pytestmark = pytest.mark.django_db
TOT, TARD = datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)
HEURE = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
CONTRAINTES = {
    contrainte.name: (modele, contrainte)
    for app in ("territoires", "programme", "evenements")
    for modele in apps.get_app_config(app).get_models()
    for contrainte in modele._meta.constraints
}
UNIQUES = {nom for nom, (_, c) in CONTRAINTES.items() if isinstance(c, models.UniqueConstraint)}
# What breaks each check; a code is its own case below, because it is the key of its row.
RUPTURES = {
    "localite_situee": {"collectivite": "Ailleurs"},
    "intercommunalite_population": {"population": -1},
    "commune_population": {"population": -1},
    "codepostal_code": {"code": "6400"},
    "contour_une_cible": {"intercommunalite": None},
    "edition_publiee_par_quelqu_un": {"publiee_le": None, "publiee_par": AgentFactory},
    "membre_un_seul": {"intercommunalite": None},
    "filiation_confirmee": {"confirmee_le": HEURE},
    "filiation_refusee": {"refusee_le": HEURE},
    "filiation_une_decision": {
        "confirmee_le": HEURE,
        "confirmee_par": AgentFactory,
        "refusee_le": HEURE,
        "refusee_par": AgentFactory,
    },
    "comite_quorum": {"quorum": 0},
    "membrecomite_dates": {"debut": TARD, "fin": TOT},
    "seance_close": {"close_le": HEURE},
    "seance_sans_lieu": {"genre": "consultation", "lieu": "Toulouse"},
    "point_un_objet": {"demande": None},
    "releve_motive": {"numero": 2},
    "demande_appliquee": {"appliquee_le": HEURE},
    "mouvement_un_seul": {"intercommunalite": None},
    "avis_un_objet": {"demande": None},
    "avis_rendu": {"rendu_le": HEURE},
    "avis_rectifie": {"raison": "Une erreur."},
    "avis_motive": {"sens": "defavorable"},
    "avis_modification_envoi": {"modification": ModificationFactory, "demande": None},
    "modification_motivee": {"motif": ""},
    "passagemodification_action": {"action": "inconnue"},
    "passagemodification_avant": {"avant": "inconnu"},
    "passagemodification_apres": {"apres": "inconnu"},
    "avis_fiche_passage": {"fiche": fiche_complete, "demande": None},
    "phase_dates": {"debut": TARD, "fin": TOT},
    "convention_dates": {"debut": TARD, "fin": TOT},
    "engagement_montant": {"montant": -1},
    "modificationavenant_champ": {"champ": "inconnu"},
    "modificationavenant_engagement": {"champ": "montant"},
    "etape_faite_le": {"faite_le": TOT},
    "indicateur_date": {"valeur": 3},
    "mouvement_annule": {"annule_le": HEURE},
    "mouvement_montant": {"montant": -1},
    "mouvement_nature": {"nature": "inconnu"},
    "fiche_dates": {"date_debut": TARD, "date_fin": TOT},
    "fiche_cout": {"cout_total": -1},
    "fiche_avancement": {"avancement": 101},
    "contrat_dates": {"debut": TARD, "fin": TOT},
    "contrat_signe_date": {"signe_le": None},
    "financement_montant": {"montant": -1},
    "etape_dates": {"debut": TARD, "fin": TOT},
    "obstacle_montant": {"montant": -1},
    "obstacle_emplois": {"emplois": -1},
    "obstacle_repondu_le": {"repondu_le": TOT},
    "obstaclenational_publie": {"publiee_le": HEURE},
    "bilan_cout": {"cout_final": -1},
    "bilan_dit": {"enseignements": ""},
    "bonnepratique_publiee": {"publiee_le": HEURE},
    "assemblee_dates": {"date_debut": TARD, "date_fin": TOT},
    "assemblee_publiee": {"publiee_le": None, "publiee_par": AgentFactory},
    "courriel_retenu_ou_envoye": {"retenu_parce_que": "elle est partie"},
    "courriel_refuse_quand": {"refuse_a": "partie@exemple.fr"},
    "sequence_heures": {"debut": datetime.time(12), "fin": datetime.time(11)},
    "intervention_quelqu_un": {"intervenant": None},
    "annonce_une_cible": {"contrat": None},
    "actualite_publiee": {"publiee_le": None, "publiee_par": AgentFactory},
    "lienchoisi_ailleurs": {"page": "/fiches/", "cible": "/fiches/"},
    "page_publiee": {"publiee_le": None, "publiee_par": AgentFactory},
    "complement_reponse": {"reponse": "Voici la pièce."},
    "delai_de_rappel_bornes": {"silence": 731},
    "mandat_constate": {"constate": True, "debut": None},
    "mandat_dates": {"debut": TARD, "fin": TOT},
    "mandat_role": {"role": "inconnu"},
    "modificationavenantcontrat_champ": {"champ": "inconnu"},
    "modificationavenantcontrat_fiche": {"champ": "fiche", "fiche": None},
}
# Their rows are written by the parcours, or need another kind of member than the factory's.
SANS_FORMULAIRE = {"avis_unique", "membre_commune_unique", "courriel_une_fois", "point_fiche"}
SANS_FORMULAIRE |= {"trouvable_unique"}
SANS_FORMULAIRE |= {"avis_modification_unique", "point_modification"}
CODES = {"region_code", "departement_code", "intercommunalite_siren", "commune_code"}
CHOIX = {
    nom: nom.rsplit("_", 1)[1]
    for nom in CONTRAINTES
    if nom.rsplit("_", 1)[1] in ("nature", "niveau", "precision", "qualite", "etat", "sens")
    or nom.rsplit("_", 1)[1] in ("genre", "type", "groupe", "statut", "moment", "acte", "registre")
    or nom in ("preference_action", "preference_information", "preference_rappels")
}


def fabrique(modele):
    return getattr(factories, f"{modele.__name__}Factory")


def refuser(nom, ligne, champs):
    """The form says the French message, and the database refuses whatever the way in."""
    modele, contrainte = CONTRAINTES[nom]
    for champ, valeur in champs.items():
        setattr(ligne, champ, valeur)
    with pytest.raises(ValidationError) as refus:
        contrainte.validate(modele, ligne)
    assert refus.value.messages == [contrainte.violation_error_message % {"name": nom}]
    with pytest.raises(IntegrityError), transaction.atomic():
        # The bare queryset: the rule holds even where a model's own guards are walked around.
        models.QuerySet(modele).filter(pk=ligne.pk).update(**champs)


def test_every_constraint_has_its_case():
    assert set(RUPTURES) | set(CHOIX) | UNIQUES | CODES == set(CONTRAINTES)


@pytest.mark.parametrize("nom", sorted(CONTRAINTES))
def test_the_message_is_a_french_sentence(nom):
    message = CONTRAINTES[nom][1].violation_error_message
    if nom in ("courriel_une_fois", "trouvable_unique"):  # written by no form
        return
    assert re.fullmatch(r"[A-ZÉ].*\.", message), message
    assert "Constraint" not in message


@pytest.mark.parametrize("nom", sorted(RUPTURES))
def test_a_broken_rule_is_refused(nom):
    champs = {c: v() if callable(v) else v for c, v in RUPTURES[nom].items()}
    refuser(nom, fabrique(CONTRAINTES[nom][0])(), champs)


@pytest.mark.parametrize("nom", sorted(CHOIX))
def test_a_value_out_of_the_list_is_refused(nom):
    refuser(nom, fabrique(CONTRAINTES[nom][0])(), {CHOIX[nom]: "xyz"})


@pytest.mark.parametrize("nom", sorted(UNIQUES - SANS_FORMULAIRE))
def test_a_key_taken_twice_is_refused(nom):
    modele, contrainte = CONTRAINTES[nom]
    if nom == "edition_date":
        premiere, seconde = fabrique(modele)(), fabrique(modele)(date=TOT)
    else:
        premiere, seconde = fabrique(modele)(), fabrique(modele)()
    refuser(nom, seconde, {champ: getattr(premiere, champ) for champ in contrainte.fields})


@pytest.mark.parametrize(
    ("fabrique_", "code"),
    [
        (factories.RegionFactory, "7"),
        (factories.DepartementFactory, "2C"),
        (factories.CommuneFactory, "1004"),
        (IntercommunaliteFactory, "200039205"),
        (IntercommunaliteFactory, "20003920"),
    ],
)
def test_a_code_that_is_none_is_refused(fabrique_, code):
    cle = fabrique_._meta.model._meta.pk.name
    with pytest.raises(ValidationError):
        fabrique_.build(**{cle: code}).clean_fields(exclude={"departement", "region"})
    with pytest.raises(IntegrityError), transaction.atomic():
        fabrique_(**{cle: code})
