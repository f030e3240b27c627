"""All that is held on one person: told to whoever asks for it, taken away when it must go."""

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from config.personnes.champs import colonnes
from territoires.agents.models import Agent

ANONYME = "anonyme-"
# Of no use to the person, and of much to whoever would steal the file.
SECRETS = {"password", "condense", "data", "session_key", "key", "empreinte", "cle"}
A_LUI = (models.CASCADE, models.DO_NOTHING)  # rows that tell of the person, whole
PAR_MORCEAU = 2000
# The tables of libraries say their name in English, those of links a name that nobody knows.
NOMS = {
    "mfa.Authenticator": "seconds facteurs",
    "usersessions.UserSession": "sessions ouvertes",
    "territoires.Agent_regions": "régions du périmètre",
    "territoires.Agent_departements": "départements du périmètre",
    "territoires.Agent_intercommunalites": "intercommunalités du périmètre",
    "territoires.Agent_groups": "groupes",
    "territoires.Agent_user_permissions": "permissions",
}


def liens():
    """[(model, foreign key to an agent)] of every table, histories included."""
    return [
        (modele, champ)
        for modele in apps.get_models(include_auto_created=True)
        for champ in modele._meta.concrete_fields
        if champ.is_relation and champ.related_model is Agent
    ]


def nom_de(modele):
    """What a table of rows is called, in French whoever wrote the model."""
    return NOMS.get(modele._meta.label) or str(modele._meta.verbose_name_plural)


def est_a_lui(champ):
    suivi = champ.model.__name__.startswith("Historical")
    return not suivi and champ.remote_field.on_delete in A_LUI


def rassembler(*, agent=None, courriel="", nom=""):
    """Everything held on an agent, or on whoever has this e-mail or this name, as plain data."""
    courriel = courriel or (agent.email if agent else "")
    nom = nom or (agent.get_full_name() if agent else "")
    dit = {"fait_le": timezone.now(), "compte": None, "tables": {}, "actes": [], "mentions": []}
    if agent:
        dit["compte"] = _ligne(agent) | {"perimetre": agent.perimetre_en_clair()}
        dit["tables"]["historique du compte"] = [
            _ligne(ligne) for ligne in agent.history.order_by("history_date")
        ]
        for modele, champ in liens():
            lignes = modele._base_manager.filter(**{champ.attname: agent.pk}).order_by("pk")
            if est_a_lui(champ):
                siennes = [_ligne(ligne) for ligne in lignes.iterator(chunk_size=PAR_MORCEAU)]
                if siennes:
                    dit["tables"].setdefault(nom_de(modele), siennes)
            else:
                dit["actes"] += _actes(modele, champ, lignes)
    dit["mentions"] = [_mention(*trouvee) for trouvee in mentions(courriel, nom)]
    return dit


def _ligne(ligne):
    return {
        champ.name: getattr(ligne, champ.attname)
        for champ in ligne._meta.concrete_fields
        if champ.name not in SECRETS and not isinstance(champ, models.BinaryField)
    }


def _actes(modele, champ, lignes):
    """What the person did: the row and the part taken, not the row itself, which is of others."""
    table, part = str(modele._meta.verbose_name), str(champ.verbose_name)
    return [
        {"table": table, "cle": cle, "en_tant_que": part}
        for cle in lignes.values_list("pk", flat=True).iterator(chunk_size=PAR_MORCEAU)
    ]


def mentions(courriel="", nom=""):
    """(column, row) wherever this e-mail or this very name stands in a column made for one."""
    for cherche, genre in ((courriel, "courriel"), (nom, "nom")):
        for modele, colonne in colonnes(genre) if cherche else ():
            if modele is Agent or getattr(modele, "instance_type", None) is Agent:
                continue
            condition = {f"{colonne}__iexact": cherche}
            for ligne in modele._base_manager.filter(**condition).order_by("pk"):
                yield colonne, ligne
    if nom:
        yield from _intervenants(nom)


def _intervenants(nom):
    """Those whose name is in two columns."""
    for modele in apps.get_models():
        if {"prenom", "nom"} <= {champ.name for champ in modele._meta.concrete_fields}:
            entier = Concat("prenom", Value(" "), "nom", output_field=models.CharField())
            trouves = modele._base_manager.annotate(entier=entier).filter(entier__iexact=nom)
            yield from (("nom", ligne) for ligne in trouves.order_by("pk"))


def _mention(colonne, ligne):
    meta = ligne._meta
    return {
        "table": str(meta.verbose_name),
        "cle": ligne.pk,
        "colonne": str(meta.get_field(colonne).verbose_name),
        "valeur": getattr(ligne, colonne),
    }


@transaction.atomic
def anonymiser_agent(agent):
    """Close the account and leave a number in its place; what it decided stays, under that number.

    Gives the rows where its name still stands: public functions, for a person to decide upon. The
    journal keeps its lines for their year, since the database lets nobody change one.
    """
    courriel, nom, cle = agent.email, agent.get_full_name(), agent.pk
    anonyme = {
        "username": f"{ANONYME}{cle}",
        "first_name": "",
        "last_name": "",
        "email": "",
        "is_active": False,
        "is_staff": False,
    }
    _fermer_les_sessions(agent)
    for modele, champ in liens():
        if est_a_lui(champ) and not modele._meta.auto_created and champ.db_constraint:
            modele._base_manager.filter(**{champ.attname: cle}).delete()
    tenu = Agent.objects.select_for_update().get(pk=cle)
    for nom_du_champ, valeur in anonyme.items():
        setattr(tenu, nom_du_champ, valeur)
    tenu.is_superuser = False
    tenu.set_unusable_password()
    tenu.skip_history_when_saving = True
    tenu.save()
    tenu.history.update(**anonyme)
    type_agent = ContentType.objects.get_for_model(Agent)
    LogEntry.objects.filter(content_type=type_agent, object_id=str(cle)).update(
        object_repr=anonyme["username"], change_message=""
    )
    if courriel:
        _vider_le_courriel(courriel)
    return list(mentions("", nom))


def _fermer_les_sessions(agent):
    siennes = UserSession.objects.filter(user=agent).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(siennes)).delete()


def _vider_le_courriel(courriel):
    for modele, colonne in colonnes("courriel"):
        if modele is Agent:
            continue
        lignes = modele._base_manager.filter(**{f"{colonne}__iexact": courriel})
        if modele._meta.get_field(colonne).blank:
            lignes.update(**{colonne: ""})
        else:
            lignes.delete()


def trouver(reconnu):
    """The agent of this user name or e-mail, whatever the case; None when there is none."""
    return Agent.objects.filter(Q(username__iexact=reconnu) | Q(email__iexact=reconnu)).first()
