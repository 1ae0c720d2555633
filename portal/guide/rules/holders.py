"""Who probably holds what about somebody, by what happened in their life: the rows of the guide's directory."""

from dataclasses import dataclass

from portal.language.rules import N_


@dataclass(frozen=True)
class Holder:
    """One kind of life event. `key` is its place on the page; the four texts are msgids.

    `part` is the question of the walk that it belongs to; `topics` are those of the agencies that may hold it, and
    `sheet` is the paper about them.
    """

    key: str
    when: str
    who: str
    what: str
    how: str
    part: str
    topics: tuple[str, ...] = ()
    sheet: str = ""


PARTS = {
    # L10n: Guide, walk to find who holds what about a client, question above things that may have happened.
    "young": N_("When they were young"),
    # L10n: Guide, walk to find who holds what about a client, question above things that may have happened.
    "health": N_("Their health"),
    # L10n: Guide, walk to find who holds what about a client, question above things that may have happened.
    "home": N_("Money and home"),
    # L10n: Guide, walk to find who holds what about a client, question above things that may have happened.
    "law": N_("Police and courts"),
    # L10n: Guide, walk to find who holds what about a client, question above things that may have happened.
    "family": N_("Family, and acting for others"),
}
HOLDERS = (
    Holder(
        "doctor",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You have seen a doctor or been in hospital"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Your doctor’s practice, the national health register, hospitals."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Who you are, your visits, letters, tests and vaccines."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_(
            "Ask the front desk or the privacy officer. Say “all of it, from this date”. Public ones are free."
        ),
        part="health",
        topics=("health",),
        sheet="sheet-1",
    ),
    Holder(
        "injury",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You had an injury"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("The injury insurer, the clinic, your employer."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Your claim, reports, notes of phone calls, and marks on your file."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask for the whole claim file, with the notes of calls and the marks."),
        part="health",
        topics=("health",),
        sheet="sheet-1",
    ),
    Holder(
        "school",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You went to school"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("The last school you went to, and the education ministry."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("The school register, your attendance, the help you got, and things that happened."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask each school. If a school has closed, ask the ministry."),
        part="young",
        topics=("education",),
        sheet="sheet-2",
    ),
    Holder(
        "study",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You studied with a loan or allowance"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Student support, the tax office, and the place where you studied."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Your forms, what your parents earned, and your loan."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask for the reasons behind each decision too."),
        part="young",
        topics=("education", "welfare"),
        sheet="sheet-2",
    ),
    Holder(
        "benefit",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You got a benefit or grant"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Income support and the tax office."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Your details, notes, what they wrote about a partner, debts, and matches with other lists."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask for notes, tip-offs and results of matches. Ask how a debt was worked out."),
        part="home",
        topics=("welfare",),
        sheet="sheet-3",
    ),
    Holder(
        "housing",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You rent from or wait for public housing"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Income support keeps the waiting list. Your landlord and the housing ministry hold the rest."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Your score, the people they counted, rent, marks and repairs."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask those who scored you about your points. Ask the landlord for the tenancy file."),
        part="home",
        topics=("housing", "welfare"),
        sheet="sheet-4",
    ),
    Holder(
        "care",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You were in care, or someone was worried about you as a child"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("The children’s agency, iwi or church providers, schools, archives, health camps."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Reports, plans, where you lived, photos, and letters you were never given."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Give every name you had, and rough years. Ask what is missing and why. Have someone with you."),
        part="young",
        topics=("child-wellbeing",),
        sheet="sheet-5",
    ),
    Holder(
        "parent",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You are a parent of a child they met"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("The children’s agency, the Family Court, the school."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Your part of the child’s file."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask for your own part. They may give you the court papers they hold, unless an order stops it."),
        part="family",
        topics=("child-wellbeing",),
        sheet="sheet-5",
    ),
    Holder(
        "sentence",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You were charged or sentenced"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Corrections, the courts, police, the Parole Board."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Your sentence, reports, alerts, your score and what it was made from."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask for each alert, what it rests on, and when they look at it again."),
        part="law",
        topics=("justice",),
        sheet="sheet-6",
    ),
    Holder(
        "crime",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You were hurt by a crime"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Police, the victim register, your support service."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Notices to you, and the safe way to reach you."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask your support service first. Nothing goes to the other person."),
        part="law",
        topics=("justice",),
        sheet="sheet-6",
    ),
    Holder(
        "fines",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You owe fines"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("The fines office, your council, police."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("The fine, their letters, and where they got your address."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask which match they used. Tell them if it is not you."),
        part="law",
        topics=("justice",),
        sheet="sheet-6",
    ),
    Holder(
        "police",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("Police came to your home"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Police, the family violence table, the children’s agency."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Notes of the visit, and the level of risk they wrote down."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask police. Tell them if post to your home is not safe."),
        part="law",
        topics=("justice", "child-wellbeing"),
        sheet="sheet-6",
    ),
    Holder(
        "support",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You got help with budget, food or whānau"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("The service that helped you, and whoever pays for it."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Your plan and notes. Who pays mostly gets only numbers."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask your worker. You can take your plan with you."),
        part="home",
    ),
    Holder(
        "older",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You are 65 or over, or need care at home"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Those who check what help you need, home support, income support."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("A long talk about your health, mood, home and carers."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Ask for all of it, not only the short version."),
        part="health",
        topics=("health", "welfare"),
        sheet="sheet-1",
    ),
    Holder(
        "act",
        # L10n: Guide, who holds what, a heading: what happened in somebody's life.
        N_("You act for someone else"),
        # L10n: Guide, who holds what, who probably holds something after that.
        N_("Any of these."),
        # L10n: Guide, who holds what, what they probably hold.
        N_("Only what the person agreed to, or what your legal power covers."),
        # L10n: Guide, who holds what, how to ask them for it.
        N_("Bring a letter, a signed form or an order. Say when it ends."),
        part="family",
    ),
)
