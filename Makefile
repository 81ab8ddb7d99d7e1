# `make run` and `make test` need nothing but Debian 12 with Python 3.11; `make help` lists the rest.

PORT ?= 8000
BIN := .venv/bin
PRODUCTION_LIKE = SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	ALLOWED_HOSTS=cnlctf.example HTTPS=on DEBUG=off DATABASE_URL=postgres://cnlctf@db.example/cnlctf

.PHONY: help
help: ## lista las órdenes
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: .venv/prod.stamp staticfiles/staticfiles.json ## instala lo que falta y sirve el sitio con la demostración
	@$(BIN)/python manage.py migrate --no-input -v 0
	@$(BIN)/python manage.py load_demo --accounts
	@echo "Abra http://127.0.0.1:$(PORT)/ (Ctrl+C para terminar)"
	@exec $(BIN)/gunicorn cnlctf.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --log-level warning

.PHONY: test
test: .venv/dev.stamp | chromium ## corre todas las pruebas sobre SQLite, también las del navegador
	$(BIN)/pytest $(ARGS)

.PHONY: test-browser
test-browser: .venv/dev.stamp | chromium ## corre solo las del navegador
	$(BIN)/pytest -m browser $(ARGS)

.PHONY: test-postgres
test-postgres: .venv/dev.stamp | postgresql chromium ## corre las pruebas sobre un PostgreSQL pasajero
	.ci/with_postgres $(BIN)/pytest -m "not browser or both_databases" $(ARGS)

.PHONY: check
check: .venv/dev.stamp ## estilo, tipos, orden de importaciones, plantillas, migraciones, despliegue
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PRODUCTION_LIKE) $(BIN)/mypy
	$(BIN)/lint-imports
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(PRODUCTION_LIKE) DATABASE_URL=sqlite://:memory: \
		$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION_LIKE) $(BIN)/python manage.py check --deploy --fail-level WARNING

.PHONY: bench
bench: .venv/dev.stamp ## mide lo que el producto promete, cada cifra como razón
	$(BIN)/python -m benchmarks $(ARGS)

# No option that writes an index, a folder or a host into the files: they must install anywhere.
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-options --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host pyproject.toml

.PHONY: lock
lock: .venv/dev.stamp ## compila pyproject.toml a requirements con hashes (ARGS=--upgrade los renueva)
	env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
		$(PIP_COMPILE) -o requirements/prod.txt $(ARGS)
	env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
		$(PIP_COMPILE) --extra dev -c requirements/prod.txt -o requirements/dev.txt $(ARGS)

# --- What the targets above stand on: each is made once and again when what it depends on changes

.PHONY: system chromium postgresql
system:
	@.ci/system
chromium postgresql:
	@.ci/system $@

.venv/prod.stamp: requirements/prod.txt | system
	@echo "Instalando requirements/prod.txt en .venv"
	@.ci/install requirements/prod.txt
	@touch $@

# The development requirements hold the production ones, at the same versions.
.venv/dev.stamp: requirements/dev.txt | system
	@echo "Instalando requirements/dev.txt en .venv"
	@.ci/install requirements/dev.txt
	@touch .venv/prod.stamp $@

.env: | .venv/prod.stamp
	@.ci/environment

staticfiles/staticfiles.json: .venv/prod.stamp $(shell find static -type f) | .env
	@$(BIN)/python manage.py collectstatic --no-input -v 0
