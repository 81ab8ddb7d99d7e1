from datetime import date

import pytest

from sessions.notice import Notice

SESSION = date(2020, 2, 13)


def notice(sent_on: date, required: int = 2) -> Notice:
    return Notice(sent_on, SESSION, required, "Ley N° 27444")


@pytest.mark.parametrize(
    ("sent_on", "days", "enough", "sentence"),
    [
        (date(2020, 2, 3), 10, True, "Faltan 10 días; se piden 2."),
        (date(2020, 2, 11), 2, True, "Faltan 2 días; se piden 2."),
        (date(2020, 2, 12), 1, False, "Falta 1 día; se piden 2."),
        (date(2020, 2, 13), 0, False, "La sesión es hoy; se piden 2."),
        (date(2020, 2, 14), -1, False, "La sesión era ayer; se piden 2."),
        (date(2020, 2, 16), -3, False, "La sesión era hace 3 días; se piden 2."),
        (date(2016, 2, 13), 1461, True, "Faltan 1,461 días; se piden 2."),
    ],
)
def test_days_left_against_days_asked(sent_on, days, enough, sentence):
    found = notice(sent_on)
    assert (found.days, found.is_enough, found.sentence) == (days, enough, sentence)


def test_one_day_is_asked_in_the_singular():
    assert notice(date(2020, 2, 3), 1).sentence == "Faltan 10 días; se pide 1."


def test_no_notice_may_be_asked():
    assert notice(SESSION, 0).is_enough
    with pytest.raises(ValueError, match="negative"):
        notice(SESSION, -1)
