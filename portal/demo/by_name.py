"""What the demo people share with a provider by its name: without a card, a code or a passcode."""

from typing import Any

from portal.base import ids
from portal.bundles import rules
from portal.bundles import service as bundles
from portal.demo.stories import moment
from portal.records import service as records


def share_by_name(demo, persona: dict[str, Any]) -> list[int]:
    """Make a person's shares with providers, and give their refs. What they do not want to be asked again is a list."""
    actor, made = demo.actors[persona["account"]], []
    for one in persona.get("shares_by_name", []):
        work = demo.core.work(actor)
        chosen = [
            {
                "record": records.record_id_of(
                    work,
                    actor.person_id,
                    demo.agency_ids[line["agency"]],
                    line["type"],
                    line["source_id"],
                ),
                "fields": line["fields"],
            }
            for line in one["lines"]
        ]
        work.session.close()
        known = bundles.named_provider(demo.core.work(actor), demo.agency_ids[one["provider"]])

        def verb(opened, one=one, chosen=chosen, known=known):
            return bundles.make(
                opened,
                chosen=chosen,
                recipient=known.name,
                purpose=one["purpose"],
                days=one["days"],
                passcode="",
                story=one["story"],
                wishes=rules.Wishes(known.id, tuple(one["not_again"])),
            )

        made.append(ids.own(demo.do(verb, actor=actor, now=moment(one["created_at"]) + demo.shift)))
    return made
