"""The one way in for pictures: what is sent is decoded, turned upright, reduced to what is printed and written anew, without what it carried along.

What a picture is, its bytes say, never its name. Bounds: bytes; pixels, told by the head before anything unfolds; scans; one picture at a time.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import Literal, NamedTuple

from PIL import Image, ImageCms, UnidentifiedImageError
from PIL.Image import Transpose

from .savefile import MAX_LOGO

WIDEST, TALLEST = 5.0, 1.9  # centimetres on paper
REDUCED = (788, 299)  # the same at 400 dots to the inch: any picture of that size, written as PNG, is less than MAX_LOGO
MOST_PIXELS = 16_000_000  # a telephone takes 12; a picture of a few kilobytes can unfold to gigabytes
MOST_SCANS = 100  # a progressive JPEG draws itself anew with each; a usual one has ten, one made to keep us busy 30,000
KINDS = ("PNG", "JPEG", "WEBP", "GIF")
JPEGS = ("JPEG", "MPO")  # a telephone's JPEG with a second picture in it
OTHERS = (
    (0, b"%PDF", "PDF"), (0, b"II*\0", "TIFF"), (0, b"MM\0*", "TIFF"), (0, b"BM", "BMP"), (0, b"\0\0\1\0", "ICO"), (0, b"8BPS", "Photoshop"),
    (0, b"%!PS", "EPS"), (0, b"\xc5\xd0\xd3\xc6", "EPS"), (0, b"\0\0\0\x0cjP  ", "JPEG 2000"), (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"), (4, b"ftypavif", "AVIF"), (4, b"ftypheic", "HEIC"), (4, b"ftypheix", "HEIC"), (4, b"ftypmif1", "HEIC"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"), (40, b" EMF", "EMF"),
)  # fmt: skip
BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
_HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
_lane = Lock()
_quiet = Lock()

Reason = Literal["missing", "large", "type", "kind", "pixels", "broken"]


class PictureError(ValueError):
    """The bytes are no picture that we take. `reason` is the end of the key of the sentence that says so, `values` what the sentence names."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


class Picture(NamedTuple):
    """A picture as we keep it: its bytes, and image/png or image/jpeg."""

    data: bytes
    type: str


def taken(content: bytes) -> Picture:
    """The picture in `content`, written anew. Raises PictureError with the reason. Takes up to a second: never inside a transaction."""
    if not content:
        raise PictureError("missing")
    if len(content) > MAX_LOGO:
        raise PictureError("large")
    with _lane:
        return _anew(content)


def measured(content: bytes) -> tuple[Image.Image, bool]:
    """The head of a picture, not unfolded, and whether it is one that this module wrote: small, upright, and silent. Raises PictureError."""
    image = _opened(content)
    fits = image.width <= REDUCED[0] and image.height <= REDUCED[1]
    return image, image.format in ("PNG", "JPEG") and image.mode in ("RGB", "RGBA") and fits and not set(image.info) - _HARMLESS


def _anew(content: bytes) -> Picture:
    image = _opened(content)
    try:
        if not _is_whole(content, image.format):
            raise PictureError("broken")
        return _written(_reduced(image), "JPEG" if image.format in JPEGS else "PNG")
    except Exception as fault:  # each decoder has errors of its own, and all mean the same: cut off or broken
        raise PictureError("broken") from fault


def _is_whole(content: bytes, kind: str | None) -> bool:
    """Whether the file has its end, which a decoder that has all its pixels does not ask for. Raises what the decoder raises."""
    if kind == "PNG":
        _opened(content).verify()
        return b"IEND\xaeB`\x82" in content
    last_scan = content.rfind(b"\xff\xda")
    return kind not in JPEGS or (content.count(b"\xff\xda") <= MOST_SCANS and content.rfind(b"\xff\xd9") > last_scan)


def _opened(content: bytes) -> Image.Image:
    try:
        with _without_warnings():
            image = Image.open(BytesIO(content), formats=KINDS)
    except Image.DecompressionBombError as fault:
        raise _too_many() from fault
    except UnidentifiedImageError as fault:
        raise _no_picture(content) from fault
    except Exception as fault:  # whatever the bytes lead to
        raise PictureError("broken") from fault
    if image.width * image.height > MOST_PIXELS:
        raise _too_many()
    return image


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Pillow warns of odd tags, which do no harm, and of many pixels, which we count ourselves. One at a time: the filters are the process's."""
    with _quiet, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _too_many() -> PictureError:
    return PictureError("pixels", most=MOST_PIXELS // 10**6)


def _no_picture(content: bytes) -> PictureError:
    """Which sentence fits what no decoder of ours knows: another kind of picture, one that is broken at its beginning, or no picture at all."""
    for at, mark, name in OTHERS:
        if content[at : at + len(mark)] == mark:
            return PictureError("kind", kind=name)
    if b"<svg" in content[:1000].lower():
        return PictureError("kind", kind="SVG")
    return PictureError("broken" if content.startswith(BEGINNINGS) else "type")


def _reduced(image: Image.Image) -> Image.Image:
    """The picture as it is printed: upright, no larger than the paper shows, in the colours of a screen."""
    if image.format == "PNG":
        image.load()  # its tags may stand after its pixels
    turn, profile = _turn(image), image.info.get("icc_profile")
    even = _even(image)
    even.thumbnail(REDUCED if (turn or 0) < 5 else REDUCED[::-1], Image.Resampling.LANCZOS, reducing_gap=3.0)
    shown = _on_screen(even, profile)
    return shown.transpose(TURNS[turn]) if turn in TURNS else shown


def _turn(image: Image.Image) -> int | None:
    """The orientation tag, 1 to 8, from Exif or XMP. One that cannot be read turns nothing."""
    try:
        with _without_warnings():
            turn = image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - the tags of a sound picture may be any bytes
        return None
    return turn if isinstance(turn, int) else None


def _even(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be reduced smoothly: no palette, no 16 bits."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _on_screen(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In RGB or RGBA; by the picture's own colour profile where it has one that fits."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            made = None
        if made is not None:
            return made
    return image.convert(mode)


def _written(image: Image.Image, kind: Literal["PNG", "JPEG"]) -> Picture:
    image.info.clear()
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    content = BytesIO()
    if kind == "JPEG":
        image.save(content, "JPEG", quality=92, subsampling=0)
    else:
        image.save(content, "PNG", optimize=True)
    return Picture(content.getvalue(), f"image/{kind.lower()}")
