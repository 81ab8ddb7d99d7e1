"""The acta as files other than the PDF, to quote from and to work on: never the record itself."""

from datetime import datetime

from cnlctf.lib import docx, plain
from sessions.acta_data import ActaDocument
from sessions.acta_flow import flow_of

# The tints of the printed annex (css/acta_paper.css).
TINTS = {"met": "DCEBD8", "active": "F8E6BD", "not_done": "F7D6CA", "no_report": "EBE7E1"}


def docx_of(document: ActaDocument) -> bytes:
    return docx.write(
        flow_of(document),
        author=f"{document.heading.commission} ({document.heading.acronym})",
        subject=document.data[0].value,
        created=datetime.fromisoformat(document.dated),
        fills=TINTS,
    )


def text_of(document: ActaDocument) -> bytes:
    return plain.write(flow_of(document)).encode()
