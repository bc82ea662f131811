"""Names of outlets and agencies, told from other words; what the readers of unlabelled credits share."""

from __future__ import annotations

import re

from spiders.parsing.credits import credit_words as words
from spiders.parsing.credits.credit_labels import EDGE

HAN = r"\u3400-\u9fff\uf900-\ufaff"

REPORTER = words.han(
    "(?:本报|本网|本刊|特约|实习|见习|首席|全媒体|融媒体|驻\\S{1,6}?|特派)?(?:记者|通讯员|特派员|实习生|编译)"
)

AGENCY = re.compile(rf"(?:{words.AGENCIES_LATIN})", re.IGNORECASE)

AGENCY_ANY = re.compile(
    rf"(?:{words.AGENCIES_LATIN}|{words.AGENCIES_OTHER}|{words.AGENCIES_HAN}|{words.JAPANESE_PAPERS})"
)

AGENCIES = re.compile(
    rf"(?:(?i:agencia|agência|agence|agenzia)\s)?(?:{AGENCY_ANY.pattern})(?:[/-](?:{AGENCY_ANY.pattern}|(?i:dpa|"
    rf"afp|ap|rtr|sda)|[a-z]{{2,4}})){{0,3}}|"
    rf"(?i:dpa|afp|ap|rtr|sda)(?:/(?i:dpa|afp|ap|rtr|sda|[a-z]{{2,4}})){{1,3}}"
)

HAS_HAN = re.compile(rf"[{HAN}]")

PROSE_START = re.compile(
    words.han(
        "在|把|对|从|当|但|这|那|我|你|他|她|它|是|有|不|也|都|就|还|让|被|如果|因为|点击|查看|更多|关注|推荐|相关"
    )
)

PREPOSITION = re.compile(r"[,\s]+(?:le|on|el|am|il|at|vom|em|dne|den)$")

PIECES = re.compile(rf"[|｜︱丨•‖│┃{EDGE}\n\t]+|\s[-–—/·]\s|\s{{2,}}|(?<=\s)[·-]|[·-](?=\s)")

MARKS = " \t\n\u3000\xa0:：,，;；|｜/／•·-–—()（）[]【】>»" + EDGE

OUTLET_NAME = re.compile(
    r"(?:The )?(?:[A-Z][\w’'-]*[ -]){1,3}(?:Daily|Times|Post|Herald|Journal|Tribune|Gazette|Telegraph|Chronicle|"
    r"Observer|Guardian|"
    r"Weekly|Express|Mirror|Dispatch|Courier|Examiner|Independent|Standard|Daily Online)"
)


def is_agency(text: str) -> bool:
    """Whether the text is the name of a news agency and nothing else."""
    if text in ("afp", "dpa", "apa", "sda", "epd", "kna", "efe"):
        return True
    return (len(text) > 2 or text in ("AP", "AA")) and bool(AGENCIES.fullmatch(text))


def is_outlet(name: str) -> bool:
    """Whether a name ends as outlets and organisations do, or is an agency's."""
    return (
        bool(words.OUTLET_END.search(name) or AGENCY_ANY.fullmatch(name))
        and len(name) > 1
        and not PROSE_START.match(name)
    )
