# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table as a picture: one group of bars a figure, for light and dark pages."""

from html import escape

WIDTH = 760
LEFT = 20
BAR_X = 110
BAR_WIDTH = 520
BAR_HEIGHT = 16
BAR_GAP = 5
GROUP_GAP = 22
TITLE_HEIGHT = 22
LINE_HEIGHT = 18

STYLE = """
  svg { font: 13px system-ui, sans-serif; background: #ffffff; }
  text { fill: #1f2328; } .quiet { fill: #59636e; } .title { font-weight: 600; }
  .hubbub { fill: #1a7f64; } .peer { fill: #9aa4af; } .axis { stroke: #d1d9e0; }
  @media (prefers-color-scheme: dark) {
    svg { background: #14171a; }
    text { fill: #e6e9ec; } .quiet { fill: #a3adb8; }
    .hubbub { fill: #3fbf99; } .peer { fill: #5d6875; } .axis { stroke: #3a424b; }
  }
"""


def draw(rows, servers, about) -> str:
    """An SVG document."""
    caption = [f"{about['cores']} cores, medians of {about['rounds']} round(s); {about['cipher']}; "
               f"messages of 100 bytes", f"hubbub with {about['caps']}", *about["doubts"]]
    parts, y = [], 45
    for line in caption:
        parts.append(f'<text class="quiet" x="{LEFT}" y="{y}">{escape(line)}</text>')
        y += LINE_HEIGHT
    y -= LINE_HEIGHT - 13
    for row in rows:
        values = {server: row.median(server) for server in servers if server in row.servers}
        shown = {server: value for server, value in values.items() if value is not None}
        if len(shown) < 2:
            continue
        y = draw_group(parts, row.figure, values, row.faults, y)
    height = y + 4
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-label="Hubbub beside its peers">',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="26" font-size="16">Hubbub beside its peers</text>',
        *parts, "</svg>", ""])


def draw_group(parts, figure, values, faults, y) -> int:
    """One figure's bars from @y down. Returns: where the next group begins"""
    most = max(value for value in values.values() if value is not None) or 1
    better = "more is better" if figure.more_is_better else "less is better"
    y += GROUP_GAP
    parts.append(f'<text x="{LEFT}" y="{y}"><tspan class="title">{escape(figure.scenario)}: '
                 f'{escape(figure.label)}</tspan><tspan class="quiet" dx="8">{better}</tspan></text>')
    y += TITLE_HEIGHT - BAR_HEIGHT + 4
    top = y
    for server, value in values.items():
        middle = y + BAR_HEIGHT - 4
        parts.append(f'<text x="{BAR_X - 8}" y="{middle}" text-anchor="end">{escape(server)}</text>')
        if value is None:
            why = faults.get(server, "not measured")
            parts.append(f'<text class="quiet" x="{BAR_X + 6}" y="{middle}">{escape(why)}</text>')
        else:
            length = max(BAR_WIDTH * max(value, 0) / most, 1)
            kind = "hubbub" if server == "hubbub" else "peer"
            parts.append(f'<rect class="{kind}" x="{BAR_X}" y="{y}" width="{length:.1f}" '
                         f'height="{BAR_HEIGHT}" rx="2"/>')
            parts.append(f'<text x="{BAR_X + length + 6:.1f}" y="{middle}">'
                         f'{value:.{figure.digits}f}</text>')
        y += BAR_HEIGHT + BAR_GAP
    parts.append(f'<line class="axis" x1="{BAR_X}" x2="{BAR_X}" y1="{top - 2}" y2="{y - 2}"/>')
    return y + 4
