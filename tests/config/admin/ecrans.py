"""Every screen of the agents' space, as each role meets it: forms, lists, acts, refusals."""

from django.contrib import admin
from django.urls import reverse

from programme.fiches.models import FicheAction
from programme.partenaires.models import Engagement
from territoires.geographie.models import Region
from tests import factories as f
from tests.config.admin.test_intact_ailleurs import _monde, pages

ROLES = ("intercommunalité", "région", "État", "opérateur", "délégation")
# Pages of agents whose address is not under that of the admin.
A_EUX = ("/admin/", "/pilotage/", "/mes-", "/instruction/")


def monde_des_ecrans():
    """The world of the forms, with who follows its fiches for the État and for an opérateur."""
    agents = _monde()
    partenaire = Engagement.objects.first().convention.partenaire
    for fiche in FicheAction.objects.exclude(etat=FicheAction.Etat.BROUILLON):
        fiche.partenaires.add(partenaire)
    return agents | {
        "État": f.agent_etat(Region.objects.get(code="75")),
        "opérateur": f.agent_operateur(partenaire),
    }


def _de_l_admin():
    """Addresses of the forms, the lists and their pages, on the oldest row and on the newest.

    A form has a row more: it is what differs most from one to the next.
    """
    for modele in admin.site._registry:
        base = f"admin:{modele._meta.app_label}_{modele._meta.model_name}"
        yield reverse(f"{base}_changelist")
        yield reverse(f"{base}_changelist") + "?o=1.-2&q=a"
        yield reverse(f"{base}_add")
        cles = list(modele._base_manager.order_by("pk").values_list("pk", flat=True))
        lues, bouts = dict.fromkeys(cles[:1] + cles[-2:]), dict.fromkeys(cles[:1] + cles[-1:])
        for page, parmi in (("change", lues), ("delete", bouts), ("history", bouts)):
            for cle in parmi:
                yield reverse(f"{base}_{page}", args=[cle])
    for nom in ("login", "index", "password_change", "supprimes", "taches"):
        yield reverse(f"admin:{nom}")


def ecrans(client, agent):
    """(address, page) of what this agent may open, and of each new form that is refused."""
    client.force_login(agent)
    en_lot = {}
    for adresse in _de_l_admin():
        page = client.get(adresse)
        if page.status_code == 200:
            yield adresse, page
        if page.status_code == 200 and adresse.endswith("/add/"):
            yield f"{adresse} (refus)", client.post(adresse, _vide(page))
        if page.status_code == 200 and adresse.endswith("/delete/"):
            liste, cle = adresse.removesuffix("/delete/").rsplit("/", 1)
            en_lot.setdefault(f"{liste}/", []).append(cle)
    for liste, cles in en_lot.items():
        choix = {"action": "delete_selected", "_selected_action": cles}
        yield f"{liste} (en lot)", client.post(liste, choix, follow=True)
    for _, adresse, page in pages(client, agent, parmi=A_EUX):
        if adresse.startswith(A_EUX):
            yield adresse, page


def _vide(page):
    """Refused for what is missing, not for what is forged."""
    comptes = ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
    groupes = [g.formset.prefix for g in page.context["inline_admin_formsets"]]
    return {f"{g}-{n}_FORMS": 0 for g in groupes for n in comptes}
