"""A camera that shows one card: a video file that Chromium plays as its camera."""

from pathlib import Path

import qrcode
from PIL import Image

_WIDTH, _HEIGHT = 640, 480
_FRAMES = 5


def film(text: str, file: Path) -> Path:
    """Write a Y4M video of a QR code held before the camera."""
    code = qrcode.QRCode(border=4, box_size=10)
    code.add_data(text)
    picture = code.make_image().get_image().convert("L")
    picture = picture.resize((_HEIGHT - 60, _HEIGHT - 60), Image.Resampling.NEAREST)
    scene = Image.new("L", (_WIDTH, _HEIGHT), 200)
    scene.paste(picture, ((_WIDTH - picture.width) // 2, 30))
    grey = bytes([128]) * (_WIDTH * _HEIGHT // 2)  # both colour planes of 4:2:0
    with file.open("wb") as video:
        video.write(f"YUV4MPEG2 W{_WIDTH} H{_HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(_FRAMES):
            video.write(b"FRAME\n" + scene.tobytes() + grey)
    return file
