"""What an operator types, the files given to it and the settings agree."""

import json
import re
from pathlib import Path

import dj_email_url
from django.core.management import get_commands

RACINE = Path(__file__).resolve().parents[2]
PAGE = (RACINE / "docs/deploiement.md").read_text("utf-8")
BLOCS = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).replace("# manage.py of", "")
CONNUES = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (RACINE / ".env.example").read_text(), re.M))


def test_each_command_that_is_typed_exists():
    tapees = re.findall(r"(?:^|&& |manage\.py )territoires ([a-z_]+)", BLOCS, re.MULTILINE)
    tapees += re.findall(r"manage\.py ([a-z_]+)", BLOCS)
    assert len(tapees) > 8 and {*tapees} <= get_commands().keys()


def test_each_setting_that_is_written_is_known():
    [reglages] = re.findall(r"environnement <<FIN\n(.*?)\nFIN", BLOCS, re.DOTALL)
    ecrits = {ligne.partition("=")[0] for ligne in reglages.splitlines()}
    assert len(ecrits) > 10 and ecrits <= CONNUES
    assert json.loads((RACINE / "scalingo.json").read_text())["env"].keys() <= CONNUES


def test_each_address_of_a_mail_server_that_is_shown_is_read():
    lieux = (".env.example", "scalingo.json", "docs/deploiement.md", "config/controles.py")
    textes = "".join((RACINE / lieu).read_text("utf-8") for lieu in lieux)
    montrees = set(re.findall(r"[a-z+]+://[\w-]+:[\w-]+@ho[\w.-]+:(?:25|465|587)[\w?=]*", textes))
    assert len(montrees) > 2
    for montree in montrees:
        lue = dj_email_url.parse(montree)
        assert "EMAIL_BACKEND" in lue, montree
        assert lue["EMAIL_USE_TLS"] or lue["EMAIL_USE_SSL"], montree


def test_every_way_starts_the_same_processes():
    def processus(texte):
        options = re.search(r"gunicorn config\.wsgi .*?(--workers.*)", texte)[1]
        return re.sub(r"\$\{WEB_CONCURRENCY:-2\}", "2", options).strip(' "]')

    fichiers = ("Procfile", "deploiement/territoires-web.service", "deploiement/Containerfile")
    [options] = {processus((RACINE / nom).read_text()) for nom in fichiers}
    # Its control socket would be made in a home that the unit may not write in.
    assert "--no-control-socket" in options


def test_the_site_listens_on_a_socket_that_outlives_it():
    """So that a release is put in place without one request refused."""
    prise = (RACINE / "deploiement/territoires-web.socket").read_text()
    service = (RACINE / "deploiement/territoires-web.service").read_text()
    [chemin] = re.findall(r"^ListenStream=(.*)$", prise, re.MULTILINE)
    assert f"unix:{chemin} " in (RACINE / "deploiement/nginx.conf").read_text()
    assert "Requires=territoires-web.socket" in service
    # Either would take the socket away with the service.
    assert "--bind" not in service and "RuntimeDirectory" not in service
    arrets = re.findall(r"^systemctl stop .*territoires-web .*$", BLOCS, re.MULTILINE)
    # Left open, it would start the site again at the first visit.
    assert arrets and all("territoires-web.socket" in arret for arret in arrets)


def test_the_manifest_of_the_platform_is_one_that_it_reads():
    """https://developers.scalingo.com/scalingo-json-schema/ (`scalingo.schema.json`)"""
    manifeste = json.loads((RACINE / "scalingo.json").read_text())
    assert manifeste.keys() <= {"name", "description", "stack", "env", "formation", "addons"}
    for variable in manifeste["env"].values():
        assert variable.keys() <= {"description", "value", "generator", "required"}
        assert ("value" in variable) != (variable.get("generator") == "secret")
        # An empty value takes the variable away: it is asked for before anything starts.
        assert variable.get("value") != "" or variable["required"] is True
    declares = re.findall(r"^(\w+):", (RACINE / "Procfile").read_text(), re.MULTILINE)
    assert manifeste["formation"].keys() == {*declares} - {"postdeploy"}
    for conteneur in manifeste["formation"].values():
        assert conteneur["amount"] > 0 and conteneur["size"] in {"S", "M", "L", "XL", "2XL"}
