"""The number of an event in, a fictional article on it out: the same words for the same number, few of them for two."""

from functools import lru_cache
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


_NOUNS = _words(
    "anchor almond anvil apron arch balcony barge barrel basket bell bellows bench boiler bottle bridge bucket buoy "
    "cabin cable candle canoe carpet cart cellar chapel chimney churn cistern clock cloak compass crane cradle crate "
    "curtain dam ditch dome door drum easel engine fence ferry flute forge fountain furnace gate glove granary guitar "
    "hammer hammock harp harvester hedge helmet hive hut jar jetty kettle kite ladder lantern lever library lighthouse "
    "lock loom mast mill mirror mosaic museum net oar orchard organ oven paddle palace panel parcel pier pigeon pillar "
    "pipe plough pond pump quarry quilt raft rail ribbon roof rope saddle sail saw scale school sculpture shed shovel "
    "signal sledge spire stable stage statue stove tailor telescope tent theatre tower trail tram trumpet tunnel "
    "turbine valve vault violin wagon wall warehouse well wheel windmill workshop"
)
_DEEDS = _words(
    "aired auctioned baked blessed borrowed braided buried carried carved cleaned copied counted covered dismantled "
    "donated drained dyed emptied fastened flooded folded greased hauled heated hidden hoisted inspected insured "
    "lifted loaded measured mended milked moved nailed numbered oiled opened ordered packed painted photographed "
    "planted polished pulled repaired rescued rinsed salted sanded scrubbed sealed sewn sharpened shipped sketched "
    "sold sorted stolen stored swept tarred tested towed traded tuned varnished washed watered weighed welded "
    "widened wrapped"
)
_LOOKS = _words(
    "ancient amber bent blue bold brass brittle broad broken calm chipped clumsy coarse copper crooked damp dark deep "
    "dented double dusty empty faded famous flat foggy fragile frozen gilded gloomy golden green heavy hollow humble "
    "icy iron jagged lame leaky light lonely long loose marble mossy muddy narrow noisy odd pale plain proud purple "
    "quiet rare red rusty sandy scarlet shallow silent silver slender slow smoky stiff striped sturdy tall tidy tin "
    "tiny velvet warm wet white wide wild wooden yellow"
)
_STARTS = _words("Al Bren Cor Dal Els Fen Gar Hol Ing Jor Kal Lun Mar Nor Ost Pel Quin Ros Sel Tor Ul Vik Wes Yst Zan")
_MIDDLES = _words("a e i o u an el or ing ast und ev im ol ar")
_ENDS = _words("by dal foss gard ham heim holm lund mark mora näs sted sund torp vik wick")
_GIVEN = _words(
    "Ada Bo Clara Dag Edda Finn Greta Hugo Ines Jon Kaja Lars Mina Nils Olga Per Runa Sven Tove Ulf Vera Yrsa"
)

VOICES = (
    (
        "{person} {deed} the {look0} {noun0} of {place}",
        "On {weekday} the {look0} {noun0} of {place} was {done0}, and {person} had {done1} the {noun1} for {few} days.",
        "Nobody in {place} had expected that {many} {noun2}s would be {done2} before the {look1} {noun1} was ready.",
        "{person} said the {noun3} had never been so {look2} as in this {season}, and that it would soon be {done3}.",
        "Neighbours came with {noun4}s and {look3} {noun5}s, and by evening the whole {noun0} had been {done4}.",
    ),
    (
        "{place}: {noun0} {deed} by {person}, {noun1} still {look1}",
        "People of {place} woke on {weekday} to find their {noun0} {done0}, and some {look3} {noun2} beside it.",
        "It was {person} who {done1} it overnight, with the help of {few} friends and of one {look2} {noun4}.",
        "The council of {other} wants to know who pays the {many} crowns for which the {noun5} was {done2}.",
        "No {noun3} that is {done3} twice a year lasts longer than this {look0} {noun1}, as old hands there will say.",
    ),
    (
        "Why the {noun0} of {place} had to be {deed}",
        "Every {few} years somebody has to look after a {noun0}, and this {season} it was {person} of {place}.",
        "What was {done0} first was the {look1} {noun2}; then came the {look0} {noun4}, which weighs {many} pounds.",
        "Experts from {other} had warned in vain that the {noun1} must never be {done3} while the {noun5} is {look2}.",
        "On {weekday} all of it was {done4}, the {noun3} included, and {person} went home with the {look3} coat.",
    ),
)
"""Headline and paragraphs, each in three ways to tell of one event."""


@lru_cache(maxsize=4096)
def telling(event: int, voice: int) -> tuple[str, tuple[str, ...]]:
    """Return headline and paragraphs of an article on an event."""
    chance = Random(event)
    words = {
        "place": _name(chance) + chance.choice(_ENDS),
        "other": _name(chance) + chance.choice(_ENDS),
        "person": f"{chance.choice(_GIVEN)} {_name(chance)}{_name(chance).lower()}",
        "weekday": chance.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")),
        "season": chance.choice(("autumn", "winter", "spring", "summer")),
        "few": str(chance.randrange(3, 40)),
        "many": str(chance.randrange(200, 90_000)),
        "deed": chance.choice(_DEEDS),
        **{f"noun{n}": word for n, word in enumerate(chance.sample(_NOUNS, 6))},
        **{f"look{n}": word for n, word in enumerate(chance.sample(_LOOKS, 4))},
        **{f"done{n}": word for n, word in enumerate(chance.sample(_DEEDS, 5))},
    }
    headline, *paragraphs = (line.format(**words) for line in VOICES[voice % len(VOICES)])
    return headline, tuple(paragraphs)


def _name(chance: Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_MIDDLES)
