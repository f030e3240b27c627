"""« Données personnelles » of an agent: what is held, as a file, and its anonymisation."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from config.personnes.personne import anonymiser_agent, rassembler
from territoires.administration import ouvrir_ligne
from territoires.agents.models import Agent
from territoires.grave import a_confirmer
from territoires.journal.ecriture import Acte, noter

RESTE = (
    "Le compte est anonymisé. Ce nom reste cité ailleurs, dans des fonctions publiques ou comme "
    "contact : {}. Corrigez ces lignes si elles parlent de la même personne."
)


def page(site, request, pk):
    """Read on a GET; a POST gives the file, or anonymises when the box says that one means it."""
    agents = Agent.objects.for_user(request.user)
    agent = ouvrir_ligne(request, agents, pk, "personnes.lire")
    if reponse := a_confirmer(request):
        return reponse
    if request.method == "POST" and "exporter" in request.POST:
        return _fichier(request, agent)
    sans_accord = request.method == "POST" and "accord" not in request.POST
    if request.method == "POST" and not sans_accord:
        return _anonymiser(request, agent)
    dit = rassembler(agent=agent)
    contexte = site.each_context(request) | {
        "title": f"Données personnelles\u202f: {agent}",
        "opts": Agent._meta,
        "original": agent,
        "dit": dit,
        "tables": {nom: len(lignes) for nom, lignes in dit["tables"].items()},
        "sans_accord": sans_accord,
        "anonymisable": request.user.has_perm("personnes.anonymiser", agent),
    }
    return TemplateResponse(request, "config/personnes/page.html", contexte)


def _fichier(request, agent):
    dit = rassembler(agent=agent)
    noter(Acte.EXPORT, request=request, objet=f"données personnelles de {agent}")
    reponse = JsonResponse(dit, json_dumps_params={"ensure_ascii": False, "indent": 1})
    reponse["Content-Disposition"] = f'attachment; filename="donnees-agent-{agent.pk}.json"'
    return reponse


def _anonymiser(request, agent):
    # Asked of the agent itself: a superuser is only touched by another, and nobody by itself.
    ouvrir_ligne(request, Agent.objects.all(), agent.pk, "personnes.anonymiser")
    restes = anonymiser_agent(agent)
    agent = Agent.objects.get(pk=agent.pk)
    noter(Acte.DROITS, request=request, objet=agent, detail="données personnelles effacées")
    if restes:
        dits = ", ".join(f"{ligne._meta.verbose_name} nᵒ {ligne.pk}" for _, ligne in restes[:20])
        messages.warning(request, RESTE.format(dits))
    else:
        messages.success(request, "Le compte est anonymisé, et son nom n’est plus cité ailleurs.")
    return redirect("admin:territoires_agent_change", agent.pk)
