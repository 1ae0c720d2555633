"""What the demo agencies say that they changed; and, as counters that name nobody, what they answered in a year."""

from datetime import timedelta

from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date, utc_now
from portal.demo.stories import officer_of
from portal.insights import service

HOUSING, INCOME = "example-housing", "example-income-support"
LEASE = {
    "en": {
        "heard": "People could not tell from our letters when their lease ends, and rang us to ask.",
        "did": "The date now stands in the first line of each letter. We wrote to all whose lease ends this year.",
        "still": "Letters from before May still have the old form. We send a new one to whoever asks.",
    },
    "mi": {
        "heard": "Kāore ngā tāngata i mōhio i ā mātou reta ki te rā e mutu ai tā rātou rīhi.",
        "did": "Kei te rārangi tuatahi o ia reta te rā ināianei.",
        "still": "He āhua tawhito tonu ngā reta o mua i a Haratua. Ka tukuna he reta hou ki te hunga ka tono.",
    },
}
NAMES = {
    "en": {
        "heard": "Our form had no room for a macron, a glottal mark, or a name that is one word.",
        "did": "It takes any name as you write it. We put right the names of all who had asked us to.",
    }
}
LINE = {
    "en": {
        "heard": "Some people waited a long time on the phone to ask what we hold about them.",
        "did": "You can ask for a call at a time that suits you.",
        "still": "On Mondays it still takes long. Two more people start in the new year.",
    }
}
# An agency, a kind of request, an answer, in time or late, working days, the language, and how many in the year.
ANSWERED = (
    (HOUSING, "correction", "yes", True, 6, "en", 64),
    (HOUSING, "correction", "yes", True, 8, "sm", 29),
    (HOUSING, "correction", "part", True, 12, "en", 37),
    (HOUSING, "correction", "no", False, 23, "en", 9),
    (HOUSING, "access", "yes", True, 14, "en", 31),
    (HOUSING, "access", "none", True, 9, "to", 4),
    (INCOME, "correction", "yes", True, 9, "en", 112),
    (INCOME, "correction", "no", True, 17, "en", 22),
    (INCOME, "access", "part", True, 15, "mi", 29),
    (INCOME, "access", "part", False, 24, "mi", 11),
)


def what_changed(demo) -> None:
    """Publish notes of two agencies, leave one as a draft, and count a year's answers of both."""
    for days, slug, words in ((40, INCOME, NAMES), (12, HOUSING, LEASE)):
        officer, at = officer_of(demo, demo.agency_ids[slug]), utc_now() - timedelta(days=days)
        ref = ids.own(demo.do(service.write, words, actor=officer, now=at))
        # As it was written first: nobody else has touched it.
        demo.do(service.publish, ref, 1, True, actor=officer, now=at)
    officer = officer_of(demo, demo.agency_ids[HOUSING])
    demo.do(service.write, LINE, actor=officer, now=utc_now() - timedelta(days=2))
    for month in range(12):
        demo.do(_answer, demo.agency_ids, month, now=utc_now() - timedelta(days=360 - 30 * month))


def _answer(work, agency_ids: dict[str, int], month: int) -> None:
    """Count what falls on one month of the year."""
    on = nz_date(work.now)
    for slug, kind, outcome, in_time, days, language, many in ANSWERED:
        received = on - timedelta(days=days * 7 // 5)
        for _ in range(many // 12 + (month < many % 12)):
            tasks.decided(
                *(work, agency_ids[slug], kind, outcome),
                language=language,
                received_on=received,
                due_on=on if in_time else on - timedelta(days=1),
            )
