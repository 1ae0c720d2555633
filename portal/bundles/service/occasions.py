"""Begin a share from what it is for: records, lines and parts of a story are proposed, and the person changes them."""

from typing import Any

from portal.base.problems import Invalid
from portal.base.work import Work
from portal.bundles.queries.shares import own
from portal.bundles.rules import occasions
from portal.bundles.rules.occasions import OCCASIONS, Occasion
from portal.bundles.service.choosing import entry, new_draft, usual
from portal.bundles.service.telling import proposed_story
from portal.choices import service as choices
from portal.language.rules import N_
from portal.records import queries as records
from portal.records.queries import Listed, RecordView


def start_for(work: Work, key: str, purpose: str) -> str:
    """Begin a share for an occasion (a key of OCCASIONS) with what is proposed for it, and give the draft's ref.

    `purpose` is what the recipient reads as its reason, and may be changed. Nothing on which safety rests is
    proposed, nothing that the person said no to, no claim of others. Raises Invalid where nothing fits.
    """
    occasion = OCCASIONS[key]
    stands = choices.standing(work, own(work))
    picked = _picked(occasion, [one for one in records.listed(work) if one.agency.id in stands.linked])
    views = records.for_record_ids(work, own(work), picked)
    lines = [entry(view, _lines(occasion, view, usual(view, stands))) for view in views]
    lines = [one for one in lines if one["fields"]]
    story = proposed_story(work, occasion.story)
    if not lines and not any(one["goes"] for one in story):
        # L10n: Error on the page that asks what a share is for: nothing that is held here fits the answer.
        raise Invalid(
            N_("We found nothing here for that. Choose another answer, or choose yourself."), "occasion"
        )
    return new_draft(work, lines, story, purpose, key)


def _picked(occasion: Occasion, listed: list[Listed]) -> list[int]:
    """Give the ids of the newest few records of each kind that is proposed; `listed` has the newest first."""
    found: dict[tuple[int, str], list[int]] = {}
    for one in listed:
        kinds = [field.kind for field in one.type.fields.values()]
        if occasions.proposes(occasion, one.agency.topic, one.type.key, one.type.sensitivity, kinds):
            found.setdefault((one.agency.id, one.type.key), []).append(one.id)
    return [record for some in found.values() for record in some[: occasions.MOST_OF_A_KIND]]


def _lines(occasion: Occasion, view: RecordView, likely: list[str]) -> list[str]:
    fields: dict[str, Any] = view.type.fields
    return [
        key
        for key in likely
        if occasions.proposes_line(occasion, view.agency.topic, fields[key].nature, fields[key].masked)
    ]
