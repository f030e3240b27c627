"""What the product is made of: known weaknesses, bill of materials, licences.

`python -m tests.fournitures verifier` asks which releases have a known weakness and fails when one
has; `nomenclature CHEMIN` writes a CycloneDX bill of materials; `licences` writes the table of
`docs/dependances.md`, that a test compares with the requirements.
"""

import json
import re
import subprocess
import sys
from hashlib import sha384
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
EXIGENCES = RACINE / "requirements.txt"
PAGE = RACINE / "docs" / "dependances.md"
PANZOOM = RACINE / "territoires/static/territoires/panzoom/panzoom.min.js"
DEBUT, FIN = "<!-- table -->", "<!-- end of the table -->"
OUTILS = Path(sys.executable).parent
AILLEURS = {"async-timeout", "colorama"}  # of a Python before 3.11.3, of Windows
# Classifiers say it when the licence field says nothing short.
SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "BSD": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "PSFL": "PSF-2.0",
}
# Written out in full in its metadata, and to be read in each of its files.
EN_TOUTES_LETTRES = {"fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0"}


def paquets():
    """{name: version} of what runs in production."""
    lignes = re.findall(r"^([a-z0-9-]+)==([^\s;]+)", EXIGENCES.read_text("utf-8"), re.MULTILINE)
    return dict(lignes)


def licence(nom):
    lue = metadata(nom)
    dite = lue.get("License-Expression") or lue.get("License") or ""
    if nom in EN_TOUTES_LETTRES:
        return EN_TOUTES_LETTRES[nom]
    if not dite or "\n" in dite or dite.startswith("Copyright"):
        classes = [c.rpartition(" :: ")[2] for c in lue.get_all("Classifier", []) if "License" in c]
        dite = " AND ".join(classes)
    return SPDX.get(dite, dite)


def table():
    """The rows of the page, one a package."""
    lignes = ["| Package | Licence |", "|---|---|"]
    for nom in paquets():
        try:
            lignes.append(f"| {nom} | {licence(nom)} |")
        except PackageNotFoundError:
            if nom not in AILLEURS:
                raise
    return "\n".join(dict.fromkeys(lignes))


def licences():
    avant, _, reste = PAGE.read_text("utf-8").partition(DEBUT)
    _, _, apres = reste.partition(FIN)
    PAGE.write_text(f"{avant}{DEBUT}\n{table()}\n{FIN}{apres}", "utf-8")


def lire_le_rapport(rapport):
    """(packages asked about, packages that nobody could answer for, sentences on weaknesses)."""
    lus = json.loads(rapport)["dependencies"]
    faiblesses = [
        f"{paquet['name']} {paquet['version']} : {faille['id']}, corrigée dans "
        f"{', '.join(faille['fix_versions']) or 'aucune version'}"
        for paquet in lus
        for faille in paquet.get("vulns", ())
    ]
    return len(lus), sum("skip_reason" in paquet for paquet in lus), faiblesses


def verifier():
    demande = [OUTILS / "pip-audit", "-r", EXIGENCES, "--disable-pip", "--no-deps"]
    demande += ["--progress-spinner", "off", "--timeout", "5", "-f", "json"]
    rendu = subprocess.run(demande, capture_output=True, text=True)
    try:
        tous, muets, faiblesses = lire_le_rapport(rendu.stdout)
    except ValueError:
        tous, muets, faiblesses = len(paquets()), len(paquets()), []
    if muets == tous:
        print("Faiblesses connues des dépendances : non vérifié, personne ne répond ici.")
    else:
        print(f"Faiblesses connues des dépendances : {tous - muets} vérifiées sur {tous}.")
    if faiblesses:
        sys.exit("\n".join(faiblesses))


def nomenclature(chemin):
    demande = [OUTILS / "cyclonedx-py", "requirements", EXIGENCES]
    demande += ["--pyproject", RACINE / "pyproject.toml", "--output-reproducible", "-o", chemin]
    subprocess.run(demande, check=True)
    ecrite = json.loads(Path(chemin).read_text("utf-8"))
    for composant in ecrite["components"]:
        if composant["name"] not in AILLEURS:
            composant["licenses"] = [{"expression": licence(composant["name"])}]
    ecrite["components"].append(panzoom())
    Path(chemin).write_text(json.dumps(ecrite, ensure_ascii=False, indent=1), "utf-8")


def panzoom():
    """The one script of others that is kept among ours: no registry of Python tells of it."""
    octets = PANZOOM.read_bytes()
    version = re.search(rb"Panzoom (\S+) for", octets)[1].decode()
    return {
        "bom-ref": "panzoom",
        "type": "library",
        "name": "@panzoom/panzoom",
        "version": version,
        "purl": f"pkg:npm/%40panzoom/panzoom@{version}",
        "licenses": [{"expression": "MIT"}],
        "hashes": [{"alg": "SHA-384", "content": sha384(octets).hexdigest()}],
    }


if __name__ == "__main__":
    {"verifier": verifier, "nomenclature": nomenclature, "licences": licences}[sys.argv[1]](
        *sys.argv[2:]
    )
