"""What the reviewer finds in the real acta (domain.md § 2), and nothing in its corrected copy."""

from collections import Counter

import pytest

from sessions.acta_data import outline
from sessions.acta_document import collect as collect_document
from sessions.models import Agreement, Intervention
from sessions.review import RULES, SECTIONS, blocking, review
from tests.sessions.review.so_120 import draft, mend

# Rule → the blocks where it remarks something.
FOUND = {
    "quorum_without_figures": ["quorum"],
    "absent_speaker": ["punto-1-9"],
    "unnamed_speaker": ["informe-4-2-3", "punto-1-3"],
    "unfinished_sentence": ["informe-4-2-6", "informe-4-2-7", "punto-1-2", "punto-1-4"],
    "repeated_paragraph": ["informe-4-1-7"],
    "office_variant": ["punto-1-4", "punto-1-6", "punto-1-10"],
    "missing_accent": [
        "informe-4-2-10",
        *(f"punto-1-{place}" for place in (1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 11)),
    ],
    "odd_capitals": ["punto-1-9"],
    "petition_without_deadline": ["pedido-1-1"],
    "off_agenda": ["acuerdo-1", "acuerdo-3", "acuerdo-4", "acuerdo-5"],
    "no_adoption": [f"acuerdo-{number}" for number in range(1, 6)],
    "no_responsible": ["acuerdo-1", "acuerdo-5"],
    "no_term": ["acuerdo-1"],
}


@pytest.fixture
def acta(demo, db):
    return draft()


def test_what_is_wrong_with_the_acta(acta):
    found = {}
    for finding in review(acta):
        found.setdefault(finding.rule, []).append(finding.remark.block.anchor)
    assert found == FOUND


def test_what_blocks_it(acta):
    rules = Counter(finding.rule for finding in blocking(acta))
    assert rules == {"no_adoption": 5}


def test_nothing_on_a_clean_acta(acta):
    mend(acta)
    assert review(acta) == ()


def test_the_entity_is_known_by_how_the_acta_names_who_speaks(acta):
    Intervention.objects.update(speaker_entity=None)
    messages = {finding.rule: finding.remark.message for finding in review(acta)}
    assert messages["absent_speaker"] == (
        "Habla alguien de SERFOR, y nadie de SERFOR asistió. De MINAGRI, a la que pertenece, "
        "asistió Luisa Angela Sotelo Sung."
    )
    assert messages["unnamed_speaker"].startswith("No consta quién habla por RREE; asistieron 3")


def test_a_deadline_buried_in_prose(acta):
    mend(acta)
    Agreement.objects.filter(number=2).update(due_on=None)
    assert [(finding.rule, finding.remark.message) for finding in review(acta)] == [
        (
            "unrecorded_deadline",
            "El texto dice «jueves 23 de enero de 2020», y el acuerdo no tiene plazo registrado.",
        )
    ]


def test_the_findings_come_in_the_order_of_the_acta(acta):
    sections = [finding.remark.block.section for finding in review(acta)]
    assert sections == sorted(sections, key=SECTIONS.index)
    agreements = [finding.remark for finding in review(acta) if finding.rule.startswith("no_")]
    assert [remark.is_blocking for remark in agreements] == [True] * 5 + [False] * 3


def test_the_sections_are_those_of_the_acta(acta):
    parts = [(item.anchor, item.label) for item in outline(collect_document(acta))]
    assert parts[: len(SECTIONS)] == list(SECTIONS)


def test_fingerprints_are_unique_and_stay(acta):
    fingerprints = [finding.fingerprint for finding in review(acta)]
    assert len(set(fingerprints)) == len(fingerprints)
    assert [finding.fingerprint for finding in review(acta)] == fingerprints


def test_a_fingerprint_changes_with_its_text_alone(acta):
    before = {finding.fingerprint: finding for finding in review(acta)}
    Intervention.objects.filter(position=2).update(body="indico que se suspende la sesión")
    after = {finding.fingerprint for finding in review(acta)}
    changed = [finding for digest, finding in before.items() if digest not in after]
    assert [(finding.rule, finding.remark.block.anchor) for finding in changed] == [
        ("unfinished_sentence", "punto-1-2"),
        ("missing_accent", "punto-1-2"),
    ]


def test_a_text_without_its_spaces_is_remarked_so_many_times_and_no_more(acta):
    Intervention.objects.filter(position=1).update(body="abc.Def" * 25_000)
    assert Counter(finding.rule for finding in review(acta))["spacing"] == 200


def test_a_rule_has_one_code():
    assert len({rule.code for rule in RULES}) == len(RULES)
