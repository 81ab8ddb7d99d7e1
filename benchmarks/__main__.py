"""`make bench`: what the product promises of its speed, each figure a ratio measured in one run.

It measures and does not judge: a missed aim is a cross in the table, and the exit code is 0.
"""

import os
import sys

import django

# Whatever the machine's environment says, but for DATABASE_URL.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

if __name__ == "__main__":
    from benchmarks.run import main

    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    main()
