"""Names of people: told from other words, split when several stand together, cleaned of jobs and titles."""

from __future__ import annotations

import re

from spiders.parsing.credits import name_words as words
from spiders.parsing.credits.credit_words import OUTLET_END

_MAX = 400
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_HAN_NAME = re.compile(rf"[{_HAN}]{{2,4}}")
_HAN_MINORITY_NAME = re.compile(rf"[{_HAN}]{{1,8}}(?:[·•・‧][{_HAN}]{{1,8}}){{1,3}}")
_SPREAD_HAN_NAME = re.compile(rf"(?<![{_HAN}])([{_HAN}])[ \u3000\xa0]{{1,3}}([{_HAN}])(?![{_HAN}])")
_FAMILY_OR_GIVEN = re.compile(rf"[{_HAN}\u3040-\u30ff]{{1,3}}")
_STAFF_CODE = re.compile(r"[A-Za-z]{0,4}\d{2,8}|[A-Z]{2,4}")
_HAS_HAN = re.compile(rf"[{_HAN}]")
_HAS_KANA = re.compile(r"[\u3040-\u30ff]")
_HAS_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HANGUL_NAME = re.compile(r"[\uac00-\ud7a3]{2,4}")
_HANGUL_ROLE = re.compile(
    r"\s?(?:선임|인턴|객원|수습|전문|대)?(?:기자|특파원|편집위원|논설위원|논설실장|통신원|리포터|앵커|"
    r"에디터)(?:\s?=.*)?$"
)
_LATIN_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐])*", re.UNICODE)
_LATIN_SPLIT = re.compile(
    r"\s*(?:[;|/、\n•]|,(?!\s*(?:Jr|Sr|II|III|PhD|Ph\.D|MD|M\.D|MBA)\b)|\s(?:&|and|und|et|y|e|ve|và|og|och|en|with|"
    r"mit|avec|con)\s)\s*",
    re.IGNORECASE,
)
_HAN_SPLIT = re.compile(r"[、，,;；/／|｜&＆+]|\s和\s|(?<=[\u3400-\u9fff]{2})[和与](?=[\u3400-\u9fff]{2})")
_HAN_ROLE_BEFORE = re.compile(rf"^(?:{words.HAN_ROLES}|[（(](?:{words.HAN_ROLES})[)）])[\s:：/／]{{0,3}}")
_HAN_ROLE_AFTER = re.compile(rf"[\s/／]{{0,2}}(?:[（(](?:{words.HAN_ROLES})[)）]|(?:{words.HAN_ROLES}))$")
_BRACKETED = re.compile(r"[（(\[【][^（()）\[\]【】]{0,40}[)）\]】]")
_GLUED_JOB = re.compile(
    r"(?<=[a-zà-ÿ])(?=(?:Staff|Senior|Chief|Contributor|Korrespondent|Redakteur|Reporter|Editor|Correspondent|"
    r"Journalist|Writer))"
)
_EMAIL = re.compile(r"\S{1,64}@\S{1,255}|https?://\S{1,300}|(?<!\w)@\w{1,40}")
_TRIM = " \t\r\n\u3000\xa0:：,，、。;；|｜/／-–—_·•=()（）[]【】<>《》\"'“”‘’«»*"


def is_han_name(text: str) -> bool:
    """Whether two to four Han characters look like a Chinese name: a family name first, no known word, no outlet."""
    if _HAN_MINORITY_NAME.fullmatch(text):
        parts = re.split(r"[·•・‧]", text)
        return len(text) > 4 and not any(words.HAN_NOT_NAMES.match(part) or OUTLET_END.search(part) for part in parts)
    if not _HAN_NAME.fullmatch(text) or words.HAN_NOT_NAMES.match(text) or words.PLACES_HAN.match(text):
        return False
    if text.startswith(words.HAN_DOUBLE_SURNAMES):
        return 3 <= len(text) <= 4 and not OUTLET_END.search(text)
    if text[0] not in words.HAN_SURNAMES or len(text) > 4:
        return False
    if len(text) == 4:
        return text[:2] in words.HAN_JOINED_SURNAMES and not OUTLET_END.search(text)
    return len(text) == 2 or not OUTLET_END.search(text)


_HANGUL_BUTTONS = frozenset("승인 입력 수정 등록 송고 발행 작성 최종 기사 공유 인쇄 구독 제보".split())  # noqa: SIM905


def is_hangul_name(text: str) -> bool:
    """Whether two to four Hangul syllables begin with a Korean family name."""
    return bool(_HANGUL_NAME.fullmatch(text)) and text[0] in words.HANGUL_SURNAMES and text not in _HANGUL_BUTTONS


def is_latin_name(text: str) -> bool:
    """Whether two to five words are written like a person's name: capitals, particles, initials, no other words."""
    parts = text.split()
    if not 2 <= len(parts) <= 6 or len(text) > 60:
        return False
    named = 0
    for part in parts:
        bare = part.strip(".,’'")
        if bare.lower() in words.LATIN_PARTICLES:
            continue
        if bare.lower().strip(".") in words.LATIN_SUFFIXES and named:
            continue
        if not _LATIN_WORD.fullmatch(part) or not part[0].isupper() or bare.lower() in words.LATIN_NOT_NAMES:
            return False
        named += 1
    first = parts[0].strip(".").lower()
    return named >= 2 and (parts[0][0].isupper() or first in words.LATIN_PARTICLES)


def is_person(text: str) -> bool:
    """Whether the text looks like one person's name in any script we know."""
    text = text.strip()
    if _HAS_HAN.search(text):
        return is_han_name(text) or bool(_is_coded_han_name(text))
    if _HAS_HANGUL.search(text):
        return is_hangul_name(text)
    return is_latin_name(text)


def is_desk(text: str) -> bool:
    """Whether the text names a desk or newsroom, not a person: `News Desk`, `Redaktion`, `Staff Reporter`."""
    return bool(words.LATIN_DESK.search(text))


def is_place(text: str) -> bool:
    """Whether the text is a place as platforms print it beside an account: `北京市`, `Guangdong` is not known."""
    return bool(words.PLACES_HAN.match(text))


def split_names(text: str, *, labelled: bool = True) -> list[str]:
    """The people that a credit names, each without job, title, address or role word; duplicates once, order kept.

    Args:
        text: the value of an author or editor credit.
        labelled: the page called it an author; then single words and pen names are taken as well.
    """
    text = _EMAIL.sub(" ", text[:_MAX])
    if _HAS_HANGUL.search(text) and not _HAS_HAN.search(text):
        names = _hangul_names(text, labelled=labelled)
    elif _HAS_HAN.search(text) or _HAS_KANA.search(text):
        names = _han_names(text, labelled=labelled)
    else:
        names = _latin_names(text, labelled=labelled)
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold().replace(" ", ""), name)
    return list(seen.values())


def _is_coded_han_name(text: str) -> bool:
    head, _, code = text.replace("_", " ").partition(" ")
    return bool(code) and is_han_name(head) and bool(_STAFF_CODE.fullmatch(code))


def _han_names(text: str, *, labelled: bool) -> list[str]:
    text = _SPREAD_HAN_NAME.sub(r"\1\2", text)
    names: list[str] = []
    for part in _HAN_SPLIT.split(text):
        names.extend(_han_part(part, labelled=labelled))
    if any(is_person(name) for name in names):
        names = [name for name in names if is_person(name) or len(name) <= 4 or not _HAS_HAN.search(name)]
        names = [
            name for name in names if is_person(name) or not (words.HAN_JOBS.search(name) or OUTLET_END.search(name))
        ]
    return names


def _han_part(part: str, *, labelled: bool) -> list[str]:
    part = _without_roles(part)
    if not part:
        return []
    tokens = part.split()
    if len(tokens) > 1:
        return _han_tokens(tokens, labelled=labelled)
    if is_han_name(part):
        return [part]
    if tail := _after_jobs(part):
        return [tail]
    bare = _without_roles(_BRACKETED.sub("", part)) or part.strip(_TRIM)
    if not labelled or len(bare) > 30 or len(bare) < 2:
        return [bare] if is_person(bare) else []
    return [bare]


def _han_tokens(tokens: list[str], *, labelled: bool) -> list[str]:
    """Names set apart by white space; a staff code stays with the name before it, a Latin name stays whole."""
    if _is_parted_name(tokens):
        return [" ".join(tokens)]
    out: list[str] = []
    latin: list[str] = []
    for token in tokens:
        if _STAFF_CODE.fullmatch(token) and out and not latin:
            out[-1] += f" {token}"
        elif _HAS_HAN.search(token) or _HAS_KANA.search(token):
            if latin:
                out.append(" ".join(latin))
                latin = []
            names = _han_part(token, labelled=labelled and not out)
            if not _HAN_ROLE_AFTER.search(token) or any(is_person(name) for name in names):
                out.extend(names)
        else:
            latin.append(token)
    if latin:
        out.append(" ".join(latin))
    return out


def _is_parted_name(tokens: list[str]) -> bool:
    """`大渡 美咲`: a Japanese family name and given name; two whole Chinese names are two people."""
    return (
        len(tokens) == 2
        and all(_FAMILY_OR_GIVEN.fullmatch(token) and not words.HAN_JOBS.search(token) for token in tokens)
        and not all(is_han_name(token) for token in tokens)
    )


def _without_roles(part: str) -> str:
    part = part.strip(_TRIM)
    for _ in range(3):
        shorter = _HAN_ROLE_AFTER.sub("", _HAN_ROLE_BEFORE.sub("", part)).strip(_TRIM)
        if shorter == part:
            break
        part = shorter
    return part


def _after_jobs(part: str) -> str | None:
    """`中国社会科学院研究员张三` -> `张三`: the name behind the last job title of a long credit."""
    if len(part) < 6:
        return None
    end = 0
    for found in words.HAN_JOBS.finditer(part):
        end = found.end()
    tail = part[end:].strip(_TRIM)
    return tail if end and is_han_name(tail) else None


def _hangul_names(text: str, *, labelled: bool) -> list[str]:
    names: list[str] = []
    for part in re.split(r"[,、·ㆍ/;|&]", text):
        bare = _HANGUL_ROLE.sub("", _BRACKETED.sub("", part).strip(_TRIM)).strip(_TRIM)
        tokens = bare.split()
        if len(tokens) > 1 and all(is_hangul_name(token) for token in tokens):
            names.extend(tokens)
        elif len(tokens) > 1 and is_hangul_name(tokens[-1]):
            names.append(tokens[-1])
        elif bare and (is_hangul_name(bare) or (labelled and len(bare) <= 20)):
            names.append(bare)
    return names


def _latin_names(text: str, *, labelled: bool) -> list[str]:
    text = " ".join(_BRACKETED.sub(" ", text).split()).strip(_TRIM.replace("*", ""))
    parts = [part.strip(' \t:;|/–—-_·•="“”«»*,') for part in _LATIN_SPLIT.split(text)]
    parts = [part for part in parts if part]
    if len(parts) == 2 and "," in text and all(_LATIN_WORD.fullmatch(part) for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    people = [_bare_latin(part) for part in parts]
    named = [name for name in people if name and is_latin_name(name)]
    if named or not labelled:
        return named
    first = next((name for name in people if name), "")
    return [first] if 1 < len(first) <= 60 and any(char.isalpha() for char in first) else []


def _bare_latin(part: str) -> str:
    part = _GLUED_JOB.sub(" ", part)
    part = words.LATIN_TITLES.sub("", part)
    ends = [found.start() for pattern in (words.LATIN_JOBS, words.LATIN_DESK) if (found := pattern.search(part))]
    if ends:
        head = part[: min(ends)].strip(" -–,")
        if is_latin_name(head):
            return head
        if not head and not words.LATIN_DESK.search(part):
            return ""
    return part
