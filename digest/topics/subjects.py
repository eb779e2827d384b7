"""
The fixed list of subjects: the 17 top-level IPTC Media Topics, and *other* for what fits none.

Labels and definitions are those of the IPTC NewsCodes, version of October 2023 (© IPTC, CC BY 4.0;
`media_topics.md` says more). The slugs are ours and part of the site's addresses: never change one.
"""

from digest.model import Subject

TOP_LEVEL: tuple[Subject, ...] = (
    Subject(
        "medtop:01000000",
        "arts, culture, entertainment and media",
        "arts-culture-and-media",
        "All forms of arts, entertainment, cultural heritage and media",
    ),
    Subject(
        "medtop:02000000",
        "crime, law and justice",
        "crime-law-and-justice",
        "The establishment and/or statement of the rules of behaviour in society, the enforcement of "
        "these rules, breaches of the rules, the punishment of offenders and the organisations and "
        "bodies involved in these activities",
    ),
    Subject(
        "medtop:03000000",
        "disaster, accident and emergency incident",
        "disasters-and-accidents",
        "Man made or natural event resulting in loss of life or injury to living creatures and/or "
        "damage to inanimate objects or property",
    ),
    Subject(
        "medtop:04000000",
        "economy, business and finance",
        "economy-business-and-finance",
        "All matters concerning the planning, production and exchange of wealth.",
    ),
    Subject(
        "medtop:05000000",
        "education",
        "education",
        "All aspects of furthering knowledge, formally or informally",
    ),
    Subject(
        "medtop:06000000",
        "environment",
        "environment",
        "All aspects of protection, damage, and condition of the ecosystem of the planet earth and its surroundings.",
    ),
    Subject(
        "medtop:07000000",
        "health",
        "health",
        "All aspects of physical and mental well-being",
    ),
    Subject(
        "medtop:08000000",
        "human interest",
        "human-interest",
        "Item that discusses individuals, groups, animals, plants or other objects in an emotional way",
    ),
    Subject(
        "medtop:09000000",
        "labour",
        "labour",
        "Social aspects, organisations, rules and conditions affecting the employment of human effort "
        "for the generation of wealth or provision of services and the economic support of the "
        "unemployed.",
    ),
    Subject(
        "medtop:10000000",
        "lifestyle and leisure",
        "lifestyle-and-leisure",
        "Activities undertaken for pleasure, relaxation or recreation outside paid employment, "
        "including eating and travel.",
    ),
    Subject(
        "medtop:11000000",
        "politics",
        "politics",
        "Local, regional, national and international exercise of power, or struggle for power, and "
        "the relationships between governing bodies and states.",
    ),
    Subject(
        "medtop:12000000",
        "religion",
        "religion",
        "Belief systems, institutions and people who provide moral guidance to followers",
    ),
    Subject(
        "medtop:13000000",
        "science and technology",
        "science-and-technology",
        "All aspects pertaining to human understanding of, as well as methodical study and research "
        "of natural, formal and social sciences, such as astronomy, linguistics or economics",
    ),
    Subject(
        "medtop:14000000",
        "society",
        "society",
        "The concerns, issues, affairs and institutions relevant to human social interactions, "
        "problems and welfare, such as poverty, human rights and family planning",
    ),
    Subject(
        "medtop:15000000",
        "sport",
        "sport",
        "Competitive activity or skill that involves physical and/or mental effort and organisations "
        "and bodies involved in these activities",
    ),
    Subject(
        "medtop:16000000",
        "conflict, war and peace",
        "conflict-war-and-peace",
        "Acts of socially or politically motivated protest or violence, military activities, "
        "geopolitical conflicts, as well as resolution efforts",
    ),
    Subject(
        "medtop:17000000",
        "weather",
        "weather",
        "The study, prediction and reporting of meteorological phenomena",
    ),
)
"""In the order of their codes."""

OTHER = Subject(
    "", "other", "other", "Stories whose subject is none of the others, or could not be told with confidence"
)
"""Where a story without a topic is listed."""
