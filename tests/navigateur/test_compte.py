"""An account as people live it: invited, in by a key, locked out, closed from afar."""

import re

import pytest
from playwright.sync_api import expect

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
