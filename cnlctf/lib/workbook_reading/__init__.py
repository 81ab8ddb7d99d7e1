"""An XLSX workbook → plain cells, read as a stream: nothing is computed, nothing is followed.

A formula gives the value that was saved with it and is marked as such. Reading stops at the limits
below, so that time and memory are bounded whatever the file holds; the file itself has passed
``cnlctf.lib.upload`` before.
"""

from cnlctf.lib.workbook_reading.book import read
from cnlctf.lib.workbook_reading.cells import (
    ReadCell,
    ReadSheet,
    Run,
    UnreadableWorkbook,
    address,
)

__all__ = ["ReadCell", "ReadSheet", "Run", "UnreadableWorkbook", "address", "read"]
