# The verbs of the project: the same here and in continuous integration (.ci/run).
# Each one installs what it needs first; nothing else is to be run by hand.

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
# A tree of sources, not what a deployment collects.
GABARITS := templates config/habillage/templates
DJANGOFMT := .venv/bin/djangofmt --line-length 100 --indent-width 2

# `make bench carte` runs that one: what follows `bench` is a name, not a verb.
ifeq (bench,$(firstword $(MAKECMDGOALS)))
NOMS := $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS))
ifneq (,$(NOMS))
.PHONY: $(NOMS)
$(NOMS):
	@:
endif
endif

.PHONY: aide demo test test-vite check captures html fix attaque bench requirements nomenclature
.DEFAULT_GOAL := aide

aide:
	@echo "make demo           sert l’application avec ses données (PORT=8000, DATABASE_URL=…)"
	@echo "make grappe         la même sur deux sites, une réplique et un seau (PORT=8000 et le suivant)"
	@echo "make test           lance tous les tests, sur SQLite et sur PostgreSQL"
	@echo "make test-vite      lance les plus rapides, sur SQLite et sans navigateur"
	@echo "make check          vérifie le style, les migrations et les réglages de production"
	@echo "make captures       refait les images du guide d’après la démonstration"
	@echo "make html           fait lire chaque écran par le validateur Nu (Node et Java)"
	@echo "make fix            corrige ce qui peut l’être tout seul"
	@echo "make bench [NOM]    mesure l’application et sa référence"
	@echo "make attaque        attaque droits, listes et fichiers, et tue cent fois ce qui tourne"
	@echo "make requirements   recalcule les dépendances figées"
	@echo "make nomenclature   écrit la nomenclature CycloneDX (FICHIER=nomenclature.json)"

demo: export DEMO = true
demo: export ADRESSE_DU_SITE ?= http://localhost:$(PORT)
demo: .venv/.pret
	@$(PY) manage.py demo --port $(PORT)
	@exec $(PY) -m config.ensemble .venv/bin/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) \
		--workers 2 --threads 4 --timeout 120 --no-control-socket --log-level warning \
		-- $(PY) manage.py ouvrier --avec-son-parent

ifneq (bench,$(firstword $(MAKECMDGOALS)))  # it is the name of a measure too
.PHONY: grappe
grappe: export DEMO = true
grappe: .venv/.pret-dev
	@exec $(PY) -m tests.grappe $(PORT) $$(($(PORT) + 1))
endif

test: .venv/.pret-dev
	@$(PY) -m tests

test-vite: .venv/.pret-dev
	@env -u DATABASE_URL -u PYTEST_BASE $(PY) -m pytest -q -n 2 --ignore tests/navigateur -m "not lent"

check: .venv/.pret-dev
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@$(DJANGOFMT) --check --quiet $(GABARITS)
	@.venv/bin/djangofmt check --quiet $(GABARITS)
	@DEMO=true DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run
	@env -u DEBUG -u DEMO SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		ALLOWED_HOSTS=territoires.exemple DATABASE_URL=postgres://ti:ti@localhost/ti \
		EMAIL_URL=smtp://localhost:25 DEFAULT_FROM_EMAIL=site@territoires.exemple \
		ADRESSE_DU_SITE=https://territoires.exemple MEDIA_ROOT=/srv/territoires/media \
		SAUVEGARDES=/srv/territoires/sauvegardes CONTACT_SECURITE=mailto:ssi@territoires.exemple \
		EDITEUR=État HEBERGEUR=État CONTACT_DONNEES_PERSONNELLES=dpd@territoires.exemple \
		CONTACT_ACCESSIBILITE=accessibilite@territoires.exemple \
		$(PY) manage.py check --deploy --fail-level WARNING
	@.venv/bin/hadolint deploiement/Containerfile
	@$(PY) -m pytest -q tests/depot
	@$(PY) -m tests.fournitures verifier
	@echo "Tout est en ordre."

nomenclature: .venv/.pret-dev
	@$(PY) -m tests.fournitures nomenclature $(or $(FICHIER),nomenclature.json)

captures: .venv/.pret-dev
	@$(PY) -m tests.captures

# The Nu checker, in the version that last found nothing; it needs Node and Java.
NU := .venv/nu/node_modules/vnu-jar/build/dist/vnu.jar
html: .venv/.pret-dev $(NU)
	@NU_JAR=$(CURDIR)/$(NU) $(PY) -m pytest -q --show-capture=no tests/config/admin/test_html.py

$(NU):
	@npm install --silent --no-save --no-audit --no-fund --prefix .venv/nu vnu-jar@26.9.27

fix: .venv/.pret-dev
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .
	@.venv/bin/djangofmt check --quiet --fix $(GABARITS)
	@$(DJANGOFMT) --quiet $(GABARITS)
	@$(PY) -m config.habillage.public

# Ends by itself and prints its figures as they come; ATTAQUE_PART=0.1 does a tenth of it.
attaque: .venv/.pret-dev
	@ATTAQUE=true $(PY) -m pytest -q -n 2 --dist worksteal --show-capture=no tests/attaque
	@DEMO=true BENCH_ESSAI=true COUPS=$(or $(COUPS),100) $(PY) -m tests.bench grappe_coups

bench: .venv/.pret-dev
	@DEMO=true $(PY) -m tests.bench $(NOMS)

UV := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url pyproject.toml

requirements: .venv/.pret-dev
	@$(UV) -o requirements.txt
	@$(UV) --extra dev -c requirements.txt -o requirements-dev.txt

.venv/.pret: requirements.txt
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python est introuvable : installez Python 3.11 ou plus récent."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 ou plus récent est nécessaire. S’il est installé sous un autre nom :"; \
		echo "  make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Installation des dépendances…"
	@$(PYTHON) -m venv .venv || { \
		echo "L’environnement n’a pas pu être créé (sous Debian : apt install python3-venv)."; \
		exit 1; }
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.pret-dev: requirements-dev.txt .venv/.pret
	@echo "Installation des outils de développement…"
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
