"""A QR code as PNG, for Word, which draws no SVG everywhere."""

import struct
import zlib

from web import qr

_SCALE = 8  # pixels a module: sharp on paper at three centimetres
_QUIET = 2


def code(text: str) -> bytes:
    """Return a QR code as a black and white PNG."""
    rows = qr.matrix(text)
    blank = [False] * _QUIET
    wide = [[*blank, *row, *blank] for row in rows]
    empty = [[False] * len(wide[0])] * _QUIET
    return _png([line for row in [*empty, *wide, *empty] for line in [row] * _SCALE])


def _png(rows: list[list[bool]]) -> bytes:
    """Write rows of modules, each as wide as it is high; True is black."""
    size = len(rows)
    header = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
    pixels = b"".join(b"\x00" + _packed(row) for row in rows)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(pixels)),
            _chunk(b"IEND"),
        )
    )


def _packed(row: list[bool]) -> bytes:
    """Write one row: a bit a pixel, set where it is white."""
    bits = "".join(("0" if dark else "1") * _SCALE for dark in row)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(kind: bytes, content: bytes = b"") -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
