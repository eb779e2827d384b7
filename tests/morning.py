"""
A rich fictional library, with every case that pages and feeds have to bear.

Stories new, grown and corrected; reprints; a private source and one that may be republished; articles
without an address; other languages and directions; headlines too long and words without a break.
"""

from digest.model import Change, Omission
from tests.library import (
    ARTS,
    COMMONS,
    DISASTER,
    ECONOMY,
    ENVIRONMENT,
    GAZETTE,
    HEALTH,
    HERALD,
    LETTER,
    MAIL,
    NOTES,
    POLITICS,
    POST,
    SCIENCE,
    SPORT,
    TIMES,
    WAHA,
    WIRE,
    article,
    edition,
    mention,
    paragraph,
    seen,
    shelf,
    stated,
    story,
)

AGROUND = "The night ferry between Holm and Skerry ran aground on Thursday evening with 214 people on board."
ASHORE = "All of them were brought ashore by fishing boats before sunrise, the coast guard said."
CHANNEL = (
    "“The channel had been marked as too shallow since the storm of March, and nobody moved the buoys,” "
    "said Ida Falk, who leads the harbour office."
)
DREDGE = "The county will dredge the strait before the end of the year, at a cost of about 4.2 million crowns."

FERRY_TIMES = article(
    "ferrytimes01",
    TIMES,
    "Night ferry runs aground off Skerry with 214 on board",
    [AGROUND, "The ship took in no water.", ASHORE, "One sailor was treated for a broken wrist."],
    published=stated("2026-11-20T05:40"),
    byline=("Maja Lindqvist",),
)
FERRY_HERALD = article(
    "ferryherald1",
    HERALD,
    "Buoys “never moved” after March storm, harbour office says of stranded ferry",
    ["The grounding could have been foreseen.", CHANNEL, "The ferry company declined to comment."],
    published=stated("2026-11-21T06:55", hours=None),
    byline=("Otto Brandt", "Rosa Hjelm"),
)
FERRY_WIRE = article(
    "ferrywire001",
    WIRE,
    "Skerry strait to be dredged after grounding",
    [DREDGE],
    published=stated("2026-11-21"),
)
FERRY_LETTER = article(
    "ferryletter1",
    LETTER,
    "What the ferry company did not tell the county",
    ["The letter has seen the log.", "The officer on watch had slept four hours in two days."],
    published=stated("2026-11-21T07:15"),
    byline=("A. Nonymous",),
)
FERRY_GAZETTE = article("ferrygazette", GAZETTE, "Ferry passengers home again", published=stated("2026-11-20"))
FERRY_COPIES = (
    article("ferrypost001", POST, "Ferry runs aground off Skerry", published=stated("2026-11-20T08:02")),
    article("ferrymail001", MAIL, "214 on stranded ferry", published=stated("2026-11-20T09:30", hours=0)),
    article("ferrynotes01", NOTES, "Night ferry runs aground", published=seen("2026-11-20T10:00")),
)
FERRY_NEW = story(
    "a1b2c3d4",
    "night-ferry-runs-aground-off-skerry",
    [(FERRY_TIMES, AGROUND), (FERRY_TIMES, ASHORE)],
    FERRY_GAZETTE,
    reprints=FERRY_COPIES[:1],
    topics=(DISASTER,),
    names=("Skerry", "Holm"),
    first_shown="2026-11-20T05:10",
)
FERRY = story(
    "a1b2c3d4",
    "night-ferry-runs-aground-off-skerry",
    [(FERRY_TIMES, AGROUND), (FERRY_HERALD, CHANNEL), (FERRY_WIRE, DREDGE)],
    FERRY_LETTER,
    FERRY_GAZETTE,
    reprints=FERRY_COPIES,
    topics=(DISASTER, POLITICS),
    names=("Skerry", "Holm", "Ida Falk", "Coast Guard"),
    first_shown="2026-11-20T05:10",
    updated="2026-11-21T06:40",
    change=Change(kind="grown", sources=2, sentences=(1, 2)),
)

CUT = "The upland parliament voted 61 to 58 on Friday to cut the tax on farm fuel for three years."
SCHOOLS = "The money is to come from the building fund for schools, which the opposition called a raid."
BUDGET_GAZETTE = article(
    "budgetgazett",
    GAZETTE,
    "Parliament cuts farm fuel tax by two votes more than it needed",
    [CUT, "The session lasted until midnight."],
    published=stated("2026-11-20T23:50"),
    byline=("Erik Sol",),
)
BUDGET_POST = article(
    "budgetpost01",
    POST,
    "School building fund pays for cheaper diesel",
    ["It was the closest vote of the year.", SCHOOLS],
    published=stated("2026-11-21T05:30", hours=-5),
)
BUDGET = story(
    "b2c3d4e5",
    "parliament-cuts-farm-fuel-tax",
    [(BUDGET_GAZETTE, CUT), (BUDGET_POST, SCHOOLS)],
    topics=(ECONOMY, POLITICS),
    names=("Upland Parliament",),
    change=Change(kind="corrected", sentences=(0,)),
    first_shown="2026-11-20T23:58",
    updated="2026-11-21T06:40",
)

COMET = "Astronomers at Mount Vell have found a comet that passed inside the orbit of Mercury and came out whole."
DUST = "Its dust has a colour that none of the 4,000 known comets shows."
COMET_WHOLE = article(
    "cometcommons",
    COMMONS,
    "A comet goes through the fire and comes out whole",
    [COMET, "They saw it on three nights in October, and again last week."],
    paragraph("What the dust says", "subhead"),
    [DUST, "It will be back in about 900 years."],
    paragraph("The telescope has a mirror of 3.6 metres.", "item"),
    paragraph("The comet is about two kilometres across.", "item"),
    paragraph("We looked twice, and then we called everybody.", "quote"),
    paragraph("Night | Brightness\n12 October | 9.1\n14 October | 8.7", "table"),
    published=stated("2026-11-20T18:00", hours=0),
    byline=("Nils Aho", "Tove Ek", "Sam Oduya"),
)
COMET_STORY = story(
    "c3d4e5f6",
    "comet-goes-through-the-fire",
    [(COMET_WHOLE, COMET), (COMET_WHOLE, DUST)],
    topics=(SCIENCE,),
    names=("Mount Vell",),
)

WELL = "أعلنت بلدية الواحة يوم الجمعة عن حفر بئر جديدة تكفي ألفي أسرة."
WATER = "The oasis town has rationed water since May, when the last of its old wells ran dry."
WELL_WAHA = article(
    "wellwaha0001",
    WAHA,
    "بئر جديدة لألفي أسرة في الواحة",
    [WELL],
    published=stated("2026-11-20"),
    language="ar",
)
WELL_WIRE = article(
    "wellwire0001",
    WIRE,
    "Oasis town digs its way out of drought",
    [WATER],
    published=stated("2026-11-21T04:12", hours=3),
)
WELL_STORY = story("d4e5f6a7", "bir-jadida", [(WELL_WAHA, WELL), (WELL_WIRE, WATER)], topics=(ENVIRONMENT,))

NURSES = "Night nurses at the county hospital may now refuse a fourth shift in a row without giving a reason."
LONG_HEADLINE = (
    "County hospital agrees after eleven weeks of talks that night nurses may refuse a fourth shift in a row "
    "and that rosters are fixed a month ahead, and that whoever is called in on a day off gets two in return"
)
NURSES_MAIL = article("nursesmail01", MAIL, LONG_HEADLINE, [NURSES], published=stated("2026-11-20", settings=True))
NURSES_STORY = story("e5f6a7b8", "county-hospital-agrees", [(NURSES_MAIL, NURSES)], topics=(HEALTH,))

SEALS = "The harbour counted 61 seals on the outer mole this week, nine more than in any November before."
SEALS_NOTES = article("sealsnotes01", NOTES, "Seals on the mole", [SEALS], published=seen("2026-11-21T06:40"))
SEALS_STORY = story("f6a7b8c9", "seals-on-the-mole", [(SEALS_NOTES, SEALS)])

STEAM = "Der letzte Raddampfer der Donaudampfschifffahrtsgesellschaft wird zum Museum."
STEAM_POST = article(
    "steampost001",
    POST,
    "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselbundanhänger versteigert",
    [STEAM],
    published=stated("2026-11-19T12:00"),
    language="de",
)
STEAM_STORY = story("a7b8c9d0", "donaudampfschiff", [(STEAM_POST, STEAM)], topics=(ARTS,))

MATCH = "Skerry beat Holm by three goals to two in the last match that will be played on the old ground."
GOAL = "Lena Aas scored the winning goal from the halfway line in the ninety-third minute."
MATCH_TIMES = article(
    "matchtimes01",
    TIMES,
    "A last goal for the old ground",
    [MATCH, GOAL],
    published=stated("2026-11-20T22:10"),
)
MATCH_HERALD = article(
    "matchherald1", HERALD, "Holm robbed at the whistle", published=stated("2026-11-20T22:41", hours=None)
)
MATCH_STORY = story(
    "b8c9d0e1",
    "last-goal-for-the-old-ground",
    [(MATCH_TIMES, MATCH), (MATCH_TIMES, GOAL)],
    MATCH_HERALD,
    topics=(SPORT,),
)

RAIL = "The railway to the north opens on the first of December after nine years of building."
RAIL_WIRE = article(
    "railwire0001", WIRE, "Northern railway opens on 1 December", [RAIL], published=stated("2026-11-18")
)
RAIL_STORY = story(
    "c9d0e1f2",
    "northern-railway-opens",
    [(RAIL_WIRE, RAIL)],
    topics=(ECONOMY,),
    first_shown="2026-11-19T06:00",
)

CLOCK = "The town clock of Holm struck thirteen at midnight, as it does once in a hundred years."
CLOCK_MAIL = article("clockmail001", MAIL, "Clock strikes thirteen", [CLOCK], published=stated("2025-12-31"))
CLOCK_STORY = story("d0e1f2a3", "clock-strikes-thirteen", [(CLOCK_MAIL, CLOCK)], first_shown="2025-12-31T07:00")

TODAY = edition(
    "2026-11-21",
    FERRY,
    BUDGET,
    COMET_STORY,
    WELL_STORY,
    NURSES_STORY,
    SEALS_STORY,
    MATCH_STORY,
    STEAM_STORY,
    closed=False,
    still_going=(mention(RAIL_STORY),),
    left_out=(
        Omission(
            headline="Bakery on Quay Street changes hands",
            language="en",
            source="Island Mail",
            url="https://mail.example/bakery",
            reason="twelve stories are enough",
        ),
        Omission(
            headline="Crossword, 21 November",
            language="en",
            source="Evening Post",
            url=None,
            reason="too short",
        ),
    ),
)
YESTERDAY = edition("2026-11-20", FERRY_NEW)
THURSDAY = edition("2026-11-19", RAIL_STORY)
NEW_YEARS_EVE = edition("2025-12-31", CLOCK_STORY)

MORNING = shelf(TODAY, YESTERDAY, THURSDAY, NEW_YEARS_EVE)
"""Four editions in three ISO weeks; the oldest is in the first week of 2026."""
QUIET = shelf(edition("2026-11-22", closed=False), TODAY, YESTERDAY, THURSDAY, NEW_YEARS_EVE)
"""The day after: nothing new yet."""
EMPTY = shelf(edition("2026-11-21", closed=False))
"""The first day: nothing at all."""
