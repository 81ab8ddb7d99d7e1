"""The settings of the tests: those of the project, whatever the machine's environment or .env say.

DATABASE_URL alone is taken from the environment: the suite runs on SQLite and on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

os.environ.update(
    SECRET_KEY="only-for-the-tests-of-this-project-and-nothing-else-0123456789",
    DEBUG="off",
    HTTPS="off",
    BEHIND_PROXY="off",
    ALLOWED_HOSTS="",
    CSRF_TRUSTED_ORIGINS="",
    TODAY="2020-02-03",
    EMAIL_URL="consolemail://",
    DEFAULT_FROM_EMAIL="Secretaría Técnica de la CNLCTF <st@cnlctf.example>",
    TASKS_BACKEND="django_tasks.backends.immediate.ImmediateBackend",
    STATICFILES_BACKEND="django.contrib.staticfiles.storage.StaticFilesStorage",
    # Playwright runs its event loop in the thread of the test; nothing here awaits the database.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from cnlctf.settings import *  # noqa: F403
from cnlctf.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_folder = tempfile.mkdtemp(prefix="cnlctf-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

# Empty: what `make run` collected once would be served in place of the files being tested.
STATIC_ROOT = _folder

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file: in memory the server of the browser tests would share one connection between threads.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
