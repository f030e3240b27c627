"""The handover: what ended without a successor, and the message that asks who follows."""

from urllib.parse import quote

from django.utils import timezone

from territoires.agents.models import Agent
from territoires.editions.dates import jour_en_texte
from territoires.mandats.models import Mandat


def message(territoire, finis, lien):
    """(subject, text) to those who know who follows; the text is theirs to change."""
    lignes = "\n".join(
        f"- {mandat.nom}, {mandat.get_role_display()}, jusqu’au {jour_en_texte(mandat.fin)}"
        for mandat in finis
    )
    un = len(finis) == 1
    texte = (
        "Bonjour,\n\n"
        f"Pour le territoire d’industrie « {territoire.nom} », "
        f"{'un mandat a' if un else 'des mandats ont'} pris fin et "
        f"{'personne ne l’a repris' if un else 'personne ne les a repris'}\u202f:\n\n"
        f"{lignes}\n\n"
        "Qui prend la suite, et depuis quel jour\u202f? Vous pouvez l’écrire vous-même ici\u202f:\n"
        f"{lien}\n\n"
        "Bien à vous,"
    )
    return f"Qui porte désormais « {territoire.nom} »\u202f?", texte


def destinataires(territoire, user):
    """Addresses of the agents of its intercommunalités and of its chef de projet, not one's own."""
    perimetre = territoire.perimetre_courant
    sirens = perimetre.sirens_concernes() if perimetre else set()
    agents = Agent.objects.des_intercommunalites(sirens).exclude(pk=user.pk)
    chefs = Mandat.objects.filter(territoire=territoire, role=Mandat.Role.CHEF_DE_PROJET)
    chefs = chefs.du_jour(timezone.localdate())
    adresses = [*agents.values_list("email", flat=True), *chefs.values_list("courriel", flat=True)]
    return sorted({adresse for adresse in adresses if adresse} - {user.email})


def lien_de_courriel(adresses, objet, texte):
    """What opens the message in one's own mail program."""
    corps = texte.replace("\n", "\r\n")
    return f"mailto:{','.join(map(quote, adresses))}?subject={quote(objet)}&body={quote(corps)}"
