# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws icon.svg as the PNG that iOS wants for the home screen: opaque, with the icon in its middle.

Knows only what icon.svg is made of, filled circles and paths of lines, circular arcs and curves, and
refuses the rest: no program that draws SVG has to be there to build, and every build draws the same.
"""

import math
import re
import struct
import xml.etree.ElementTree as ET
import zlib

SIDE = 180
SHARE = 0.78
# Samples a pixel, in each direction.
FINE = 4
STEPS = 24
NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}
SVG = "{http://www.w3.org/2000/svg}"


class IconError(Exception):
    """Something that this cannot draw."""


def colour(text):
    short = re.fullmatch(r"#(.)(.)(.)", text)
    text = "#" + "".join(digit * 2 for digit in short.groups()) if short else text
    return bytes.fromhex(text[1:])


def arc(start, radius, is_large, is_swept, end):
    """Points of a circular arc (SVG 1.1, appendix F.6.5, with both radii the same)."""
    (x0, y0), (x1, y1) = start, end
    half = math.dist(start, end) / 2
    radius = max(radius, half)
    away = math.sqrt(radius * radius - half * half) / (2 * half)
    if is_large == is_swept:
        away = -away
    cx, cy = (x0 + x1) / 2 - away * (y1 - y0), (y0 + y1) / 2 + away * (x1 - x0)
    first, last = math.atan2(y0 - cy, x0 - cx), math.atan2(y1 - cy, x1 - cx)
    if is_swept and last < first:
        last += 2 * math.pi
    if not is_swept and last > first:
        last -= 2 * math.pi
    angles = [first + (last - first) * i / STEPS for i in range(1, STEPS)]
    return [*((cx + radius * math.cos(a), cy + radius * math.sin(a)) for a in angles), end]


def curve(points):
    def at(t):
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3)
        return tuple(sum(w * p[axis] for w, p in zip(weights, points)) for axis in (0, 1))
    return [at(i / STEPS) for i in range(1, STEPS + 1)]


def step(command, values, here):
    """The points that one command of a path adds after the point @here."""
    x, y = here if command.islower() else (0, 0)
    kind = command.upper()
    if kind == "H":
        return [(x + values[0], here[1])]
    if kind == "V":
        return [(here[0], y + values[0])]
    if kind == "A":
        if values[0] != values[1]:
            raise IconError("an arc of an ellipse")
        return arc(here, values[0], values[3], values[4], (x + values[5], y + values[6]))
    points = [(x + values[i], y + values[i + 1]) for i in range(0, len(values), 2)]
    return curve([here, *points]) if kind == "C" else points


def outlines(path):
    """The closed polygons of a path's data."""
    shapes = []
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        values = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        count = NUMBERS.get(command.upper())
        if count is None or (len(values) % count if count else values):
            raise IconError(f"{command}{rest} in a path")
        if command.upper() == "M":
            shapes.append([])
        here = shapes[-1][-1] if shapes[-1] else (0, 0)
        for i in range(0, len(values), count or 1):
            shapes[-1] += step(command, values[i:i + count], here)
            here = shapes[-1][-1]
    return shapes


def circle(element):
    x, y, r = (float(element.get(name)) for name in ("cx", "cy", "r"))
    angles = [2 * math.pi * i / (4 * STEPS) for i in range(4 * STEPS)]
    return [[(x + r * math.cos(a), y + r * math.sin(a)) for a in angles]]


def spans(shapes, y):
    """Where a line across them is inside: by the even-odd rule, which is the other one too where no
    outline lies in another."""
    crossings = sorted(x0 + (y - y0) * (x1 - x0) / (y1 - y0)
                       for shape in shapes for (x0, y0), (x1, y1) in zip(shape, [*shape[1:], shape[0]])
                       if (y0 <= y) != (y1 <= y))
    return zip(crossings[::2], crossings[1::2])


def paint(pixels, shapes, fill, scale, offset):
    for row in range(SIDE):
        covered = [0] * SIDE
        for sub in range(FINE):
            y = ((row + (sub + 0.5) / FINE) - offset) / scale
            for left, right in spans(shapes, y):
                first, last = (math.ceil((x * scale + offset) * FINE - 0.5) for x in (left, right))
                for sample in range(first, last):
                    covered[sample // FINE] += 1
        for column, count in enumerate(covered):
            for channel in range(3):
                at = (row * SIDE + column) * 3 + channel
                pixels[at] += round((fill[channel] - pixels[at]) * count / FINE ** 2)


def png(pixels):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = b"".join(b"\0" + bytes(pixels[i:i + 3 * SIDE]) for i in range(0, len(pixels), 3 * SIDE))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def draw(svg):
    """The bytes of the PNG made of the text @svg."""
    root = ET.fromstring(svg)
    x, y, width, height = map(float, root.get("viewBox").split())
    if (x, y) != (0, 0) or width != height:
        raise IconError("a view box that is not a square at 0, 0")
    scale, offset = SIDE * SHARE / width, SIDE * (1 - SHARE) / 2
    pixels = bytearray(b"\xff" * (3 * SIDE * SIDE))
    for element in root:
        if element.tag == SVG + "path":
            shapes = outlines(element.get("d"))
        elif element.tag == SVG + "circle":
            shapes = circle(element)
        else:
            raise IconError(element.tag)
        paint(pixels, shapes, colour(element.get("fill")), scale, offset)
    return png(pixels)
