"""Lists that jPage sends as data: a `<datastore>` whose records hold their HTML in CDATA, which is no HTML to a parser.

Many sites of Chinese authorities and associations fill their listings from such an address,
`/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&…`. As a listing's `url` it is walked as any other.
"""

import re

_RECORD = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


class Lists:
    """Takes the records out; a page that is none of these lists stays as it is."""

    def page(self, body: bytes, url: str) -> bytes:  # noqa: ARG002
        """The list as a page of HTML."""
        if b"<datastore>" not in body[:500]:
            return body
        return b"<html><body><ul>" + b"\n".join(_RECORD.findall(body)) + b"</ul></body></html>"
