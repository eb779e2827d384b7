"""Cluster: articles in languages other than English are grouped by what is rare in theirs."""

from dataclasses import replace

import numpy as np
import pytest

from digest.cluster import cluster, rarity
from digest.cluster.evidence import RARE
from digest.cluster.spelling import spelling, terms
from digest.cluster.traits import traits
from digest.model import Article, Coverage
from digest.text.usage import STEP, Usage, packed, unpacked, usage
from tests.values import article, memory

FERRY = [
    article(
        "ferry-1",
        "El transbordador nocturno que une Holm con Sandvik encalló en la madrugada del martes en un arrecife con "
        "214 personas a bordo, según informó la guardia costera. No hubo heridos de gravedad.",
        "Los pescadores de la zona llevaron a todos los pasajeros a tierra antes de que saliera el sol. Durante "
        "horas más de veinte barcos fueron y vinieron entre el arrecife y el puerto, y en la escuela del pueblo se "
        "repartieron mantas, café y pan. La vida en el puerto, dijo el alcalde, no se había visto así en muchos "
        "años.",
        "La compañía del transbordador ha pedido disculpas y ha dicho que hará todo lo posible para que el servicio "
        "vuelva a funcionar esta misma semana. También se ha abierto una investigación sobre lo que pasó.",
        headline="Un transbordador con 214 personas encalla frente a Holm",
        day="2026-11-17",
        language="es",
    ),
    article(
        "ferry-2",
        "Los 214 pasajeros del transbordador de Holm están a salvo después de que los pescadores de Sandvik los "
        "llevaran a tierra en plena noche, en una operación que duró más de cuatro horas.",
        "El barco chocó con el arrecife una hora después de salir del puerto, dijo la guardia costera el martes. El "
        "capitán, que lleva treinta años en la compañía, aseguró que no se había visto nada en el radar y que todo "
        "ocurrió en muy poco tiempo.",
        "Una de las pasajeras contó que nadie perdió la calma. Según ella, la gente se ayudó desde el primer "
        "momento, y los niños durmieron en la escuela mientras los mayores esperaban noticias del transbordador.",
        headline="Pescadores de Sandvik salvan a los pasajeros del transbordador encallado",
        day="2026-11-17",
        language="es",
    ),
]
FAIR = article(
    "fair-1",
    "La feria del libro de Montealto abrió sus puertas el martes con más de cien casetas y un país invitado que, "
    "según la directora, no había venido nunca hasta ahora: Islandia.",
    "Durante toda la semana habrá lecturas, conciertos y talleres para niños. El alcalde dijo en la inauguración que"
    " la vida de la ciudad no sería la misma sin la feria, y que este año se ha hecho todo lo posible para que "
    "también las librerías más pequeñas tengan su lugar.",
    "Hace dos años, la lluvia obligó a cerrar antes de tiempo. Esta vez, las casetas tienen techo y la gente podrá "
    "venir incluso de noche. Muchos de los escritores que han llegado desde el norte firmarán libros el domingo.",
    headline="Islandia, invitada de la feria del libro de Montealto",
    day="2026-11-17",
    language="es",
)
TEA = [
    article(
        "tea-1",
        "山田镇的茶农本周开始采摘今年的秋茶。由于夏天雨水充足，镇农业站预计产量将比去年增加两成，达到三百吨左右。",
        "茶农李大爷说，他家的二十亩茶园今年长势很好，但是人手不够，只好请邻村的亲戚来帮忙。镇里还开办了免费的采茶培训班。",
        headline="山田镇秋茶开采 预计产量增两成",
        day="2026-11-17",
        language="zh",
    ),
    article(
        "tea-2",
        "记者从山田镇农业站了解到，今年山田镇秋茶的产量预计可达三百吨，比去年增加两成，主要是因为夏天雨水充足。",
        "为了解决采摘人手不够的问题，山田镇开办了免费的采茶培训班，已有一百多名村民参加，结业以后就可以到茶园工作。",
        headline="山田镇办采茶培训班 秋茶有望达三百吨",
        day="2026-11-17",
        language="zh",
    ),
]
BRIDGE = article(
    "bridge-1",
    "北河大桥的维修工程将于下周开始，预计需要三个月的时间。市交通局表示，维修期间大桥只允许小汽车和公共汽车通过。",
    "交通局负责人说，大桥已经使用了四十年，夏天的大雨使桥面出现了不少裂缝。为了减少影响，主要的工程会安排在夜间进行。",
    headline="北河大桥下周开始维修 为期三个月",
    day="2026-11-17",
    language="zh",
)


def groups(*articles: Article) -> list[list[str]]:
    """Return the keys of the articles of every story."""
    found = cluster([Coverage(article=one) for one in articles], memory=memory())
    return sorted([told.article.key for told in story.coverage] for story in found)


def test_grammar_makes_no_story() -> None:
    """What any two articles of a language share is no event."""
    assert groups(*FERRY, FAIR) == [["fair-1"], ["ferry-1", "ferry-2"]]


def test_pairs_of_characters_tell_events_apart() -> None:
    """Two Chinese reports on one harvest are one story, and the bridge is another one."""
    assert groups(*TEA, BRIDGE) == [["bridge-1"], ["tea-1", "tea-2"]]


def test_common_words_of_a_language_weigh_little() -> None:
    """A word that Spanish newspapers use all day is not rare because only a few Spanish articles are at hand."""
    weigh = rarity.rarities("es", [traits(one) for one in (FERRY[0], FAIR)])
    common, rare = (weigh(spelling("es").words.of([word])).item() for word in ("vida", "arrecife"))
    assert common < RARE < rare


def test_words_of_other_languages_are_counted_at_hand() -> None:
    """Of a language without a table, a word that two articles share weighs less than one that they do not."""
    both = [traits(replace(one, language="mi")) for one in FERRY]
    weigh = rarity.rarities("mi", both)
    common = np.intersect1d(both[0].words, both[1].words)
    single = np.setdiff1d(both[0].words, both[1].words)
    assert weigh(common).max() < weigh(single).min()


def test_languages_that_are_close_share_their_common_words() -> None:
    """Norwegian is Bokmål unless it says otherwise, and a language of its own word list is itself."""
    norwegian, bokmal, danish = (usage(language) for language in ("no", "nb", "da"))
    assert norwegian is not None
    assert bokmal is not None
    assert danish is not None
    assert norwegian.keys.tolist() == bokmal.keys.tolist() != danish.keys.tolist()
    assert usage("mi") is None


def test_usage_survives_packing() -> None:
    """What is packed says as before how many articles have a word, within a rounding."""
    known = Usage(np.array([3, 70_000, 4_000_000_000], np.uint32), np.array([0.9, 0.2, 0.025], np.float32))
    found = unpacked(packed({"es": known}), "es")
    assert found is not None
    asked = np.array([70_000, 5, 4_000_000_000, 4_294_967_295], np.uint32)
    assert found.of(asked) == pytest.approx([0.2, 0, 0.025, 0], rel=STEP)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("zh", "山田镇 2026年", ["山田", "田镇", "2026", "年"]),
        ("en", "Night ferry", ["night", "ferry"]),
        ("ja", "ホルムの DNA", ["ホル", "ルム", "ムの", "dna"]),
    ],
)
def test_what_texts_are_compared_by(language: str, text: str, told: list[str]) -> None:
    """Words where there are spaces, pairs of characters where there are none."""
    assert list(terms(text, language)) == told
