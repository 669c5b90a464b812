"""Bars as SVG: no script, no style of their own; the page's style sheet colours them, light and dark."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, ROW, THICK = 480, 46, 14
"""Units of the drawing: its width, a row's height with its label, a bar's thickness."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`shown` is the value in words; `mark` a value to compare with (what was planned)."""

    label: str
    value: float
    shown: str
    mark: float | None = None


def bars(rows: Sequence[Bar], title: str) -> Markup:
    """Horizontal bars, each under its label; a table beside says the same to who does not see them."""
    most = max([*(row.value for row in rows), *(row.mark or 0 for row in rows)], default=0) or 1
    drawn = Markup("").join(_bar(row, place * ROW, most) for place, row in enumerate(rows))
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, max(ROW * len(rows), 1), title, drawn
    )


def _bar(row: Bar, top: int, most: float) -> Markup:
    length = max(row.value / most * WIDTH, 1)
    parts = [
        Markup('<text x="0" y="{}">{}</text>').format(top + 18, _cut(row.label, 44)),
        Markup('<text x="{}" y="{}" class="value">{}</text>').format(WIDTH, top + 18, row.shown),
        Markup('<rect class="track" x="0" y="{}" width="{}" height="{}" rx="3"/>').format(top + 25, WIDTH, THICK),
        Markup('<rect class="bar" x="0" y="{}" width="{:.1f}" height="{}" rx="3"/>').format(top + 25, length, THICK),
    ]
    if row.mark is not None:
        at = min(row.mark / most * WIDTH, WIDTH - 1)
        line = Markup('<line class="mark" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>')
        parts.append(line.format(at, at, top + 21, top + 29 + THICK))
    return Markup("").join(parts)


def _cut(label: str, limit: int) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"
