import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cnlctf.settings")

application = get_wsgi_application()

# What is loaded by now stays for ever: the collector need not walk it in the middle of a page.
gc.collect()
gc.freeze()
