"""The article's own images, with captions and credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from items.article import Image
from items.url import split_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

    from spiders.parsing.blocks import Block
    from spiders.parsing.body.body import Body
    from spiders.parsing.page import Page

_LAZY: Final = (
    "data-original", "data-src", "data-lazy-src", "data-original-src", "data-actualsrc", "data-lazyload", "data-lazy",
    "data-echo", "data-url",
    "data-img", "data-image", "data-hi-res-src", "data-full-src", "data-large-file", "data-orig-file", "original",
    "zoomfile", "file", "_src",
)  # fmt: skip
_SRCSETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_CANDIDATE: Final = re.compile(r"([^\s,]\S*[^\s,]|\S)\s+(\d{1,5}(?:\.\d+)?)([wx])")
_NOT_A_PICTURE: Final = re.compile(
    r"(?:^|[/_.-])(?:icons?|ico|logos?|avatars?|headimg|sprites?|pixel|tracker|track|blank|spacer|placeholder"
    r"|loading|grey|transparent|qr|qrcode"
    r"|qr_?code|ewm|erweima|weixin|wechat|wx|share[_-]?(?:btn|icons?|buttons?|logo)|emoji|emoticons?|smil(?:ey|ies)|btn|buttons?|arrow|gravatar"
    r"|bullet|1x1|beacon|stat|counter|captcha"
    r"|preload|fallback|werbung|anzeige|reklama?|banners?|iconos|qrco+de|rss|facebook|twitter|whatsapp|ads?"
    r"|advert\w*|guanggao|feedburner|author|badge|default[-_]?(?:img|image|pic)?)(?:[/_.\d-]|$)"
    r"",
    re.IGNORECASE,
)
_FURNITURE: Final = re.compile(r"/(?:css|skins?|themes|icons?|iconos|templates?|emoji|smilies|ad[sv]?)/", re.IGNORECASE)
_ADVERTS: Final = re.compile(r"doubleclick|googlesyndication|adservice|/adserver", re.IGNORECASE)
_NOT_A_PICTURE_WORDS: Final = re.compile(
    r"avatar|qr-?code|二维码|二維碼|logo\b|icon|emoji|广告|廣告|advert|author-?(?:img|image|photo)|tracking"
    r"|gravatar|扫码|扫一扫",
    re.IGNORECASE,
)
_PLACEHOLDER: Final = re.compile(
    r"^data:|blank|spacer|placeholder|loading|lazy|grey|gray\.|transparent|1x1|pixel\.|default\.", re.IGNORECASE
)
_PICTURE_FILE: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp|heic|svg)(?:$|[!@_?/])", re.IGNORECASE)
_PIXELS: Final = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", re.IGNORECASE)
_CAPTION_CLASS: Final = re.compile(
    r"caption|legend|img-?(?:desc|text|info)|photo-?(?:desc|text)|pic-?(?:desc|text|info)|bildunterschrift"
    r"|didascalia|图说",
    re.IGNORECASE,
)
_CAPTION_WORDS: Final = re.compile(
    r"(?:摄|攝|供图|供圖|图源.*|图片来源.*|圖片來源.*|制图|资料图.*|視覺中國|视觉中国)[）)。]?$|^(?:图为|图[:：]|▲"
    r"|△|圖為|图\d)"
    r"|^(?:Photo|Image|Picture|Foto|Bild|Fotos|Immagine|Imagen|Crédit)\b.{0,4}[:©/]|©|\((?:Photo|Image|Foto|Bild"
    r"|Picture)\b|[写真撮影]{2}[:：＝=]",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"(?:(?:photo|image|picture|foto|bild|fotos|immagine|imagen|img)?\s?(?:credits?|crédits?|crédito|quelle|by"
    r"|von)\s?[:：/]|(?:photo|image|picture|foto|bild|fotos|pic|crédit photo)\s?[:：/©|]"
    r"|图片来源[:：]?|圖片來源[:：]?|图源[:：]?|摄影[:：]|攝影[:：]|写真[:：=＝]|撮影[:：=＝]|사진\s?[=:]|©"
    r"|\(c\))\s{0,2}(?P<after>[^()（）|]{2,80}?)[)）\]。.]?\s?$"
    r"|(?:[。，,;；)）]|\s|^)(?P<before>[^。，,;；()（）]{2,30}?)\s?(?P<how>摄|攝|供图|供圖|制图)[）)。]?$",
    re.IGNORECASE,
)
_IMAGE_LIMIT: Final = 60


def read_images(page: Page, blocks: list[Block], *, body: Body) -> list[Image]:
    """The images among and right before the article's text; the page's share image where the article has none.

    Icons, trackers, QR codes, portraits of authors and adverts are left out; lazy and responsive forms give the
    real and largest address.

    Args:
        page: the opened page.
        blocks: its blocks.
        body: which of them are the article's.
    """
    found: dict[str, Image] = {}
    for block in _around(blocks, body):
        for element in block.images:
            image = _image(page, element, block)
            if image is not None:
                found.setdefault(image.url, image)
        if len(found) >= _IMAGE_LIMIT:
            break
    return list(found.values()) or _share_image(page)


def _around(blocks: list[Block], body: Body) -> list[Block]:
    """The article's blocks, captions among them, a figure right above, the block behind: it holds the last images."""
    kept = [index for index in body.kept if 0 <= index < len(blocks)]
    if not kept:
        return []
    inside = set(kept)
    first, last = kept[0], kept[-1]
    chosen: list[Block] = []
    for block in blocks[max(0, first - 4) : last + 2]:
        if not block.images:
            continue
        own = block.index in inside or _ancestor(block.element, ("figure", "picture", "figcaption")) is not None
        between = first < block.index < last and len(block.text) <= 200 and block.link_chars < len(block.text) / 2
        if own or between or (block.index == last + 1 and _shares_box(block.images[0], blocks[last])):
            chosen.append(block)
    return chosen


def _shares_box(element: HtmlElement, last: Block) -> bool:
    """Whether an image behind the last paragraph still stands in the article's own box."""
    parent = last.box.parent
    while element is not None:
        if parent is not None and element is parent.element:
            return parent.tag not in ("body", "html")
        element = element.getparent()
    return False


def _ancestor(element: HtmlElement, tags: tuple[str, ...]) -> HtmlElement | None:
    at: HtmlElement | None = element
    for _ in range(5):
        if at is None:
            return None
        if at.tag in tags:
            return at
        at = at.getparent()
    return None


def _image(page: Page, element: HtmlElement, block: Block) -> Image | None:
    width, height = _pixels(element.get("width")), _pixels(element.get("height"))
    if (width is not None and width < 80) or (height is not None and height < 50):
        return None
    url = image_address(page, element)
    if url is None or _is_no_picture(url) or url.lower().split("?")[0].endswith(".svg"):
        return None
    if _NOT_A_PICTURE_WORDS.search(
        f"{element.get('class') or ''} {element.get('alt') or ''} {element.get('id') or ''}"
    ):
        return None
    caption = _caption(element, block)
    credit = _credit(caption)
    return Image(url=url, caption=caption, credit=credit, width=width or None, height=height or None)


def _is_no_picture(url: str) -> bool:
    """Whether an address is that of an icon, a tracker, an advert; folders far up tell only of page furniture."""
    path = split_url(url).path
    return bool(
        _NOT_A_PICTURE.search("/".join(path.split("/")[-2:])) or _FURNITURE.search(path) or _ADVERTS.search(url[:120])
    )


def image_address(page: Page, element: HtmlElement) -> str | None:
    """Where an `<img>` really leads, absolute, lazy and responsive forms resolved; None for anything not of the web."""
    return page.absolute(_address(element))


def _address(element: HtmlElement) -> str | None:
    """Where the picture really is, for elements that a script would fill in."""
    stated: dict[str, str] = dict(element.items())
    src = stated.get("src", "").strip()
    best = _largest(stated)
    if best is not None:
        return best
    for name in _LAZY:
        value = stated.get(name, "").strip()
        if value and not value.startswith("data:") and (_PICTURE_FILE.search(value) or "/" in value):
            return value
    if src and not _PLACEHOLDER.search(src[-60:] if not src.startswith("data:") else "data:"):
        return src
    picture = _ancestor(element, ("picture",))
    if picture is not None:
        for source in picture.iter("source"):
            if (best := _largest(dict(source.items()))) is not None:
                return best
    return src if src and not src.startswith("data:") and not _PLACEHOLDER.search(src[-40:]) else None


def _largest(stated: Mapping[str, str]) -> str | None:
    """The widest candidate of a `srcset`."""
    for name in _SRCSETS:
        value = stated.get(name)
        if not value or value.startswith("data:"):
            continue
        candidates = _CANDIDATE.findall(value[:6000])
        if candidates:
            return str(max(candidates, key=lambda one: float(one[1]))[0])
        first = value.split(",")[0].split()
        if first:
            return str(first[0])
    return None


def _pixels(value: str | None) -> int | None:
    match = _PIXELS.fullmatch(value or "")
    return int(match[1]) if match else None


def _caption(element: HtmlElement, block: Block) -> str | None:
    figure = _ancestor(element, ("figure",))
    if figure is not None:
        caption = next(figure.iter("figcaption"), None)
        if caption is not None:
            text = " ".join("".join(caption.itertext()).split())
            return text[:1000] or None
    inside = _ancestor(block.element, ("figure", "figcaption"))
    marked = _CAPTION_CLASS.search(block.element.get("class") or "") is not None
    said = len(block.text) <= 120 and _CAPTION_WORDS.search(block.text) is not None
    if (inside is not None and inside is figure) or marked or said:
        return block.text[:1000]
    return None


def _credit(caption: str | None) -> str | None:
    match = _CREDIT.search(caption[-200:]) if caption else None
    if match is None:
        return None
    credit = (match["after"] or match["before"] or "").strip(" :：/|.。,，")
    return credit or None


def _share_image(page: Page) -> list[Image]:
    for name in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"):
        for value in page.meta.get(name, [])[:1]:
            url = page.absolute(value)
            if url and not _is_no_picture(url):
                width, height = (
                    _pixels(next(iter(page.meta.get(f"og:image:{side}", [])), None)) for side in ("width", "height")
                )
                return [Image(url=url, width=width or None, height=height or None)]
    return []
