"""How much a decoded text looks like writing: what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MULTIBYTE = frozenset({"gb18030", "big5", "euc-kr", "shift_jis", "euc-jp", "iso-2022-jp"})
"""Encodings of Chinese, Japanese and Korean."""

DETECTED = tuple(
    """
    gb18030 big5 shift_jis euc-jp euc-kr windows-1252 windows-1251 windows-1254 windows-1250 iso-8859-2 windows-1253
    koi8-r windows-1256 windows-1255 windows-874 windows-1257 windows-1258 iso-8859-5 ibm866 x-mac-cyrillic iso-8859-4
    iso-8859-6 iso-8859-7 iso-8859-15 macintosh
    """.split()  # noqa: SIM905
)
"""Encodings that are tried where nothing is declared, the likeliest first."""

_ACCENTS = 3
"""Letters with accents that may follow each other in a word of Latin script."""

MAX_RUNS = 4000
"""Runs of non-ASCII characters that are looked at: more do not change the judgement."""

_RUN = re.compile(r"([A-Za-z]?)([^\x00-\x7f]+)(?=([A-Za-z]?))")
_C1 = frozenset(map(chr, range(0x80, 0xA0)))
# signs that are letters in another encoding of the same script: "¶redni", "za³o¿y³"
_INNER = re.compile(r"(?<=[^\W\d_])[±¶¼¦¾](?![\W\d_])|(?<=[^\W\d_])[½³¹¿¥£¯ª¡](?=[^\W\d_])")
_INNER_SIGNS = frozenset("±¶¼¦¾½³¹¿¥£¯ª¡")
_NEUTRAL = frozenset("\xa0 «»‹›„“”‚‘’–—…•·©®™°§€£¥ºª²³½¼¾±×÷¡¿¹→←↑↓★☆■□▲△▼▽◆◇○●※№\u200b\u200e\ufeff´¨¸`¯¬µ¶†‡‰")
_NO_SIGNS = dict.fromkeys(map(ord, _NEUTRAL))

_SIGNS_ALONE = 0.99
"""How plausible a text is whose only characters beyond ASCII are neutral ones: quotes, dashes, spaces."""

_HANS = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文"
    "无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业"
    "最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市"
)
_HANT = (
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文"
    "無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業"
    "最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市灣臺台"
)
_HANGUL = (
    "이다는에을의를가고하지은도로한기서사자시나리대정아있부여그니해전수인어라스제보구과들일장상원주으면조까성비공만적용것세동신회화오와안우경국진도년발전계"
    "된했요트소방게았물입내생터간업음할무드러문중관금호민모위및결치학실법미연선명식품체더때바마개"
)


@dataclass(frozen=True, slots=True)
class Script:
    """What text in a script looks like.

    Attributes:
        letters: characters that ordinary text is made of.
        frequent: those that make up `expected` or more of it.
        expected: the share of `frequent` in ordinary text.
        joins_ascii: whether words mix these characters with ASCII letters.
    """

    letters: frozenset[str]
    frequent: frozenset[str] = frozenset()
    expected: float = 0.0
    joins_ascii: bool = False


def plausibility(text: str, encoding: str) -> float:
    """How far a text may be what was written, 0 to 1, when it was read in the given encoding.

    Args:
        text: text decoded in that encoding; its ASCII does not count.
        encoding: its WHATWG name.
    """
    scripts = _scripts(encoding)
    if not scripts:
        return 0.0
    seen = _Seen(islice(_RUN.finditer(text), MAX_RUNS), joins=scripts[0].joins_ascii)
    return max(_share(seen, script) for script in scripts)


class _Seen:
    """What is seen of a text whichever of an encoding's scripts it may be in.

    Attributes:
        amiss: how much is wrong in all of them.
        signs: how many neutral signs there are.
        single: characters that may stand where they do, with their number.
        runs: those whose place matters, with the ASCII letters around them, and without neutral signs.
    """

    __slots__ = ("amiss", "runs", "signs", "single")

    def __init__(self, runs: Iterable[re.Match[str]], *, joins: bool) -> None:
        self.single: Counter[str] = Counter()
        self.runs: list[tuple[str, str, str, str]] = []
        inner = 0
        for match in runs:
            before, run, after = match.groups()
            if not _INNER_SIGNS.isdisjoint(run):
                inner += len(_INNER.findall(before + run + after))
            if joins and len(run) <= _ACCENTS:
                self.single.update(run)
            else:
                self.runs.append((before, run, after, run.translate(_NO_SIGNS)))
        every = self.single + Counter("".join(run for _, run, _, _ in self.runs))
        self.signs = sum(every[char] for char in _NEUTRAL)
        self.amiss = inner + sum(9 * every[char] for char in _C1) + 2 * every["\ufffd"]


def _share(seen: _Seen, script: Script) -> float:
    good = frequent = 0
    bad, signs = seen.amiss, seen.signs
    letters, common = script.letters, script.frequent
    for char, count in seen.single.items():
        if char in letters:
            good += count
        elif char not in _NEUTRAL:
            bad += count
    for before, run, after, said in seen.runs:
        if letters.isdisjoint(run):
            bad += len(said)
            continue
        known = [char for char in run if char in letters]
        bad += len([char for char in said if char not in letters])
        if _misplaced(known, run, before, after, joins=script.joins_ascii):
            bad += len(known)
            continue
        good += len(known)
        frequent += len([char for char in known if char in common])
    if not good:
        return _SIGNS_ALONE * signs / (signs + bad) if signs else 0.0 if bad else 0.5
    share = good / (good + bad)
    if script.expected:
        share *= 0.6 + 0.4 * min(1.0, frequent / good / script.expected)
    return share


def _misplaced(known: list[str], run: str, before: str, after: str, *, joins: bool) -> bool:
    """Whether letters stand where no writer puts them: Cyrillic inside a Latin word, four accents in a row, aB."""
    if joins:
        return len(known) > _ACCENTS
    if before and after:
        return True
    return any(second.isupper() and first.islower() for first, second in pairwise(run))


def _latin(letters: str) -> Script:
    return Script(frozenset(letters + letters.upper()), joins_ascii=True)


def _alphabet(letters: str, frequent: str, expected: float) -> Script:
    return Script(frozenset(letters + letters.upper()), frozenset(frequent + frequent.upper()), expected)


def _rows(codec: str, first: int, last: int, trails: range) -> str:
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in trails)
    return "".join(pair.decode(codec, "ignore") for pair in pairs)


_TRAILS = range(0xA1, 0xFF)
_WESTERN = {
    "german": "äöüß",
    "french": "àâæçéèêëîïôœùûüÿ",
    "spanish": "áéíñóúüç",
    "portuguese": "áàâãçéêíóôõúü",
    "italian": "àèéìíîòóùú",
    "scandinavian": "åäöæøéü",
    "icelandic": "áéíóúýþæöð",
    "catalan": "àçéèíïóòúü",
    "dutch": "áéíóúëïöü",
}
_LATIN = {
    "turkish": "çğıöşüâîûİ",
    "polish": "ąćęłńóśźż",
    "czech": "áčďéěíňóřšťúůýž",
    "slovak": "áäčďéíĺľňóôŕšťúýž",
    "hungarian": "áéíóöőúüű",
    "romanian": "ăâîșțşţ",
    "croatian": "čćđšž",
    "baltic": "ąčęėįšųūžāēģīķļņŗõäöü",
    "vietnamese": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ\u0300\u0301\u0303\u0309\u0323",
    "maltese": "ċġħżàèìòùĉĝĥĵŝŭ",
    "celtic": "ŵŷẁẃẅỳâêîôûẃḃċḋḟġṁṗṡṫ",
}
_CYRILLIC = _alphabet("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћџђѓќѕ", "оеаинтсрвлк", 0.55)
_GREEK = _alphabet("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "αοιετσνρης", 0.55)
_HEBREW = _alphabet("אבגדהוזחטיכלמנסעפצקרשתךםןףץ" + "".join(map(chr, range(0x5B0, 0x5C3))), "יוהלאתרבמש", 0.5)
_ARABIC = _alphabet(
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،؟؛ـ" + "".join(map(chr, range(0x64B, 0x653))), "اليمونرتبة", 0.5
)
_THAI = _alphabet("".join(map(chr, range(0xE01, 0xE5C))), "านรอกเงมยล่้วดท", 0.45)


@cache
def _scripts(encoding: str) -> tuple[Script, ...]:
    """The scripts that an encoding is used for; made when first needed, for tables of thousands of characters."""
    if encoding in MULTIBYTE:
        return (_cjk(encoding),)
    if encoding in _OTHER:
        return (_OTHER[encoding],)
    return tuple(_latin(letters) for letters in _latin_alphabets(encoding))


def _latin_alphabets(encoding: str) -> list[str]:
    western = list(_WESTERN.values())
    own = [_LATIN[language] for language in _LATIN_ENCODINGS.get(encoding, ())]
    return western + own


def _cjk(encoding: str) -> Script:
    if encoding == "gb18030":
        level = _rows("gb2312", 0xB0, 0xD7, _TRAILS) + _rows("gb2312", 0xA1, 0xA3, _TRAILS)
        return Script(frozenset(level), frozenset(_HANS), 0.3)
    if encoding == "big5":
        trails = range(0x40, 0xFF)
        level = _rows("big5", 0xA4, 0xC6, trails) + _rows("big5", 0xA1, 0xA2, trails)
        return Script(frozenset(level), frozenset(_HANT), 0.3)
    if encoding == "euc-kr":
        level = _rows("euc_kr", 0xB0, 0xC8, _TRAILS) + _rows("euc_kr", 0xA1, 0xA3, _TRAILS)
        return Script(frozenset(level), frozenset(_HANGUL), 0.3)
    level = _rows("euc_jp", 0xB0, 0xCF, _TRAILS) + _rows("euc_jp", 0xA1, 0xA3, _TRAILS)
    kana = _rows("euc_jp", 0xA4, 0xA5, _TRAILS)
    return Script(frozenset(level + kana), frozenset(kana), 0.3)


_OTHER = {
    **dict.fromkeys(("windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"), _CYRILLIC),
    **dict.fromkeys(("windows-1253", "iso-8859-7"), _GREEK),
    **dict.fromkeys(("windows-1255", "iso-8859-8"), _HEBREW),
    **dict.fromkeys(("windows-1256", "iso-8859-6"), _ARABIC),
    "windows-874": _THAI,
}
_LATIN_ENCODINGS = {
    "windows-1252": (),
    "iso-8859-15": (),
    "macintosh": (),
    "windows-1254": ("turkish",),
    "windows-1250": ("polish", "czech", "slovak", "hungarian", "romanian", "croatian"),
    "iso-8859-2": ("polish", "czech", "slovak", "hungarian", "romanian", "croatian"),
    "iso-8859-16": ("polish", "hungarian", "romanian", "croatian"),
    "windows-1257": ("baltic", "polish"),
    "iso-8859-13": ("baltic", "polish"),
    "iso-8859-4": ("baltic",),
    "iso-8859-10": ("baltic",),
    "windows-1258": ("vietnamese",),
    "iso-8859-3": ("maltese", "turkish"),
    "iso-8859-14": ("celtic",),
}
