"""An account as people live it: invited, in by a key, locked out, closed from afar."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from territoires.agents.admin import PERIMETRES, TERRAIN
from territoires.agents.models import Agent

PHRASE = "quatre mots pour entrer"
CLE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def ailleurs(browser, base_url):
    """Another browser; a passkey is bound to a name, which 127.0.0.1 is not."""
    contextes = []

    def _ouvrir():
        adresse = base_url.replace("127.0.0.1", "localhost")
        contextes.append(browser.new_context(base_url=adresse, locale="fr-FR"))
        return contextes[-1].new_page()

    yield _ouvrir
    for contexte in contextes:
        contexte.close()


def inviter(page, identifiant):
    """Invite an agent of the délégation; the link that its e-mail would carry."""
    page.goto("/admin/territoires/agent/add/")
    page.locator("#id_username").fill(identifiant)
    page.locator("#id_last_name").fill("Essai")
    page.locator("#id_email").fill(f"{identifiant}@exemple.invalid")
    page.locator("#id_niveau").select_option("delegation")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    message = page.get_by_text("Démonstration, où rien ne part").inner_text()
    return re.search(r"/compte/mot-de-passe/lien/\S+", message)[0]


def accepter(page, lien):
    page.goto(lien)
    page.get_by_label("Nouveau mot de passe").fill(PHRASE)
    page.get_by_label("Le même, une seconde fois").fill(PHRASE)
    page.get_by_role("button", name="Choisir ce mot de passe").click()
    page.wait_for_url("**/admin/")


def entrer(page, identifiant, phrase=PHRASE):
    page.goto("/compte/connexion/")
    page.get_by_label("Identifiant ou adresse e-mail").fill(identifiant)
    page.get_by_label("Mot de passe").fill(phrase)
    page.get_by_role("button", name="Se connecter").click()


def sortir(page):
    page.goto("/compte/deconnexion/")
    page.locator("main").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/")


def test_an_invited_agent_adds_a_passkey_and_comes_in_by_it(connecter, ailleurs):
    lien = inviter(connecter("delegation"), "invitee")
    page = ailleurs()
    accepter(page, lien)
    page.goto(lien)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien ne sert plus")

    webauthn = page.context.new_cdp_session(page)
    webauthn.send("WebAuthn.enable")
    webauthn.send("WebAuthn.addVirtualAuthenticator", {"options": CLE})
    page.goto("/compte/second-facteur/cles/nouvelle/")
    page.get_by_label("Mot de passe").fill(PHRASE)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_text("Entrer avec elle sans mot de passe").click()
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")

    sortir(page)
    entrer(page, "invitee")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second facteur")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url("**/admin/")
    sortir(page)
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    page.wait_for_url("**/admin/")


def test_a_lock_out_is_told_and_a_session_is_closed_from_afar(connecter, ailleurs):
    lien = inviter(connecter("delegation"), "deuxieme")
    ici, la_bas = ailleurs(), ailleurs()
    accepter(ici, lien)
    entrer(la_bas, "deuxieme")
    la_bas.wait_for_url("**/admin/")
    ici.goto("/compte/")
    ici.get_by_role("button", name=re.compile("Fermer cette session")).click()
    expect(ici.get_by_text("La session est fermée.")).to_be_visible()
    la_bas.goto("/compte/")
    expect(la_bas.get_by_role("heading", level=1)).to_have_text("Se connecter")
    for _ in range(5):
        entrer(la_bas, "deuxieme", "faux")
        expect(la_bas.get_by_text("Identifiant ou mot de passe incorrect")).to_be_visible()
    entrer(la_bas, "deuxieme")
    expect(la_bas.get_by_text("Attendez une minute")).to_be_visible()


def code_du_moment(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_agent_sets_an_application_then_comes_in_by_its_code_and_by_a_code_kept_for_need(
    connecter, ailleurs
):
    lien = inviter(connecter("delegation"), "troisieme")
    page = ailleurs()
    accepter(page, lien)
    page.goto("/compte/second-facteur/application/")
    page.get_by_label("Mot de passe").fill(PHRASE)
    page.get_by_role("button", name="Confirmer").click()
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code").fill(code_du_moment(secret))
    page.get_by_role("button", name="Ajouter l’application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    secours = page.locator("main code").first.inner_text()

    for code in (code_du_moment(secret), secours):
        sortir(page)
        entrer(page, "troisieme")
        expect(page.get_by_role("heading", level=1)).to_have_text("Second facteur")
        page.get_by_label("Code").fill("000000")
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_label("Code")).to_have_attribute("aria-invalid", "true")
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/admin/")


def test_a_newcomer_says_who_one_is_elsewhere_and_comes_in_once_its_perimeter_is_confirmed(
    page, ouvrir_pour
):
    def venir(qui):
        page.context.clear_cookies()
        page.goto("/compte/connexion/")
        page.get_by_role("button", name="ProConnect").click()
        page.get_by_role("button", name=qui).click()

    venir("CC de Lacq-Orthez")  # an account that stands, tied by its e-mail
    page.wait_for_url("**/admin/")
    venir("Camille")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous n’avez pas encore d’accès")

    delegation = ouvrir_pour("delegation")
    delegation.goto("/admin/territoires/demandeacces/")
    ligne = delegation.get_by_role("row").filter(has_text="camille.essai@exemple.invalid")
    expect(ligne).to_contain_text("CC de Lacq-Orthez")
    ligne.get_by_role("link", name="Ouvrir un compte").click()
    delegation.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(delegation.get_by_text("Démonstration, où rien ne part")).to_be_visible()

    venir("Camille")
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("banner")).to_contain_text("Camille")


def test_the_form_of_an_agent_shows_the_perimeter_of_its_level_alone(connecter):
    """What the style sheet hides is what the form refuses."""
    page = connecter("delegation")
    page.goto("/admin/territoires/agent/add/")
    for niveau in Agent.Niveau.values:
        page.locator("#id_niveau").select_option(niveau)
        vus = {champ for champ in TERRAIN[1:] if page.locator(f".field-{champ}").is_visible()}
        assert vus == set(PERIMETRES.get(niveau, ())), niveau
