"""Bars as an SVG that reads in light and dark alike."""

from __future__ import annotations

from html import escape

WIDTH, BAR, GAP, LEFT = 760, 20, 6, 150
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#24292f}.t{font-weight:600}.u{fill:#57606a}"
    ".o{fill:#0b6e99}.p{fill:#b5bcc4}rect.b{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.u{fill:#9da7b1}.p{fill:#57606a}.o{fill:#4db8e5}rect.b{fill:#0d1117}}"
)


def draw(panels: list[tuple[str, str, list[tuple[str, float]]]]) -> str:
    """A panel for each (name, unit, bars), one below the other; the first bar of each is newsloom's. More is better."""
    parts, at = [], 16
    for name, unit, bars in panels:
        parts.append(f'<text class="t" x="16" y="{at + 14}">{escape(name)}</text>')
        parts.append(
            f'<text class="u" x="{WIDTH - 16}" y="{at + 14}" text-anchor="end">{escape(unit)}; longer is better</text>'
        )
        at += 26
        most = max(figure for _, figure in bars)
        for number, (who, figure) in enumerate(bars):
            length = max(2, round((WIDTH - LEFT - 100) * figure / most))
            shown = f"{figure:,.0f}" if figure >= 10 else f"{figure:.3f}"
            parts.append(f'<text x="{LEFT - 10}" y="{at + 15}" text-anchor="end">{escape(who)}</text>')
            parts.append(
                f'<rect class="{"o" if number == 0 else "p"}" x="{LEFT}" y="{at}" width="{length}" height="{BAR}" rx="2"/>'
            )
            parts.append(f'<text x="{LEFT + length + 8}" y="{at + 15}">{shown}</text>')
            at += BAR + GAP
        at += 18
    body = "".join(parts)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {at}" width="{WIDTH}" height="{at}" role="img">'
    )
    label = "; ".join(
        f"{name}: " + ", ".join(f"{who} {figure:.3g}" for who, figure in bars) for name, _, bars in panels
    )
    return f'{head}<title>{escape(label)}</title><style>{STYLE}</style><rect class="b" width="100%" height="100%"/>{body}</svg>\n'
