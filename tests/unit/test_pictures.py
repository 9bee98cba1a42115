"""Every kind of picture that somebody may send as a logo: one look, upright, small, silent; and a sentence for what cannot be taken."""

from __future__ import annotations

import base64
import io
import re
import struct
import time
import zipfile
import zlib
from random import Random

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, PngImagePlugin
from PIL.Image import Transpose

from app.documents.images import MAX_LOGO, MOST_SCANS, REDUCED, PictureError, taken
from app.documents.logo import logo_of
from app.documents.look import Look
from app.documents.render import docx, html, pdf
from app.pack.text import LANGUAGES
from app.ui_texts import say
from tests.unit.sample_document import sample

CORNERS = ("#c00000", "#00a000", "#0000c0", "#e0e000")  # top left, top right, bottom left, bottom right
HOW_A_CAMERA_HELD_IT = {
    1: None, 2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_270,
}  # fmt: skip


def motif(width: int = 600, height: int = 240, mode: str = "RGB") -> Image.Image:
    """A lying picture with another colour in each corner: whoever turns or mirrors it is seen."""
    made = Image.new("RGB", (width, height), "white")
    half = (width // 2, height // 2)
    for at, colour in enumerate(CORNERS):
        made.paste(colour, (at % 2 * half[0], at // 2 * half[1], at % 2 * half[0] + half[0], at // 2 * half[1] + half[1]))
    return made.convert(mode)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **how)
    return content.getvalue()


def held(turn: int, kind: str, **how: object) -> bytes:
    """The motif as a camera writes it that was held so: turned pixels, and a tag that says how to turn them back."""
    motion = HOW_A_CAMERA_HELD_IT[turn]
    image = motif() if motion is None else motif().transpose(motion)
    tags = Image.Exif()
    tags[0x0112] = turn
    tags[0x010E] = "SECRET-WORDS"
    return saved(image, kind, exif=tags, **how)


def looked_at(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image


def looks_like(content: bytes, wanted: Image.Image, most: int = 40) -> bool:
    """Whether the picture shows `wanted`, whatever its size; borders of colours apart, where JPEG is not exact."""
    image = looked_at(content).convert("RGB").resize((60, 24))
    apart = ImageChops.difference(image, wanted.convert("RGB").resize((60, 24))).convert("L")
    return sorted(apart.tobytes())[int(60 * 24 * 0.9)] <= most


def segment(marker: int, words: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(words) + 2) + words


def without_head(jpeg: bytes) -> bytes:
    """The JPEG without its first segment (JFIF), so that another one comes first."""
    return jpeg[:2] + jpeg[4 + struct.unpack(">H", jpeg[4:6])[0] :]


PLAIN = saved(motif(), "JPEG")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
NOTE = PngImagePlugin.PngInfo()
NOTE.add_text("Comment", "SECRET-WORDS")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="1" note="SECRET-WORDS"/></x:xmpmeta>'
SOUND = {
    "JPEG": PLAIN,
    "JPEG, progressive": saved(motif(), "JPEG", progressive=True),
    "JPEG, Exif first": without_head(held(1, "JPEG")),
    "JPEG, APP14 first": PLAIN[:2] + segment(0xEE, b"Adobe\0\x64\0\0\0\0\1") + without_head(PLAIN)[2:],
    "JPEG, ICC first": without_head(saved(motif(), "JPEG", icc_profile=PROFILE)),
    "JPEG, XMP first": PLAIN[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP) + without_head(PLAIN)[2:],
    "JPEG, comment first": PLAIN[:2] + segment(0xFE, b"SECRET-WORDS") + without_head(PLAIN)[2:],
    "JPEG, tables first": without_head(PLAIN),
    "JPEG, words after the end": PLAIN + b"SECRET-WORDS",
    "JPEG, broken Exif": PLAIN[:2] + segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xfe" * 40) + PLAIN[2:],
    "JPEG, a profile that is none": saved(motif(), "JPEG", icc_profile=b"SECRET-WORDS" * 20),
    "JPEG, CMYK": saved(motif(mode="CMYK"), "JPEG"),
    "JPEG, two pictures in one": saved(motif(), "MPO", save_all=True, append_images=[Image.new("RGB", (600, 240), "black")]),
    "PNG": saved(motif(), "PNG"),
    "PNG, palette": saved(motif(mode="P"), "PNG"),
    "PNG, palette that lets through": saved(motif().quantize(8), "PNG", transparency=7),
    "PNG, alpha": saved(motif(mode="RGBA"), "PNG"),
    "PNG, words": saved(motif(), "PNG", pnginfo=NOTE),
    "PNG, profile": saved(motif(), "PNG", icc_profile=PROFILE),
    "WebP": saved(motif(), "WEBP"),
    "WebP, lossless, alpha": saved(motif(mode="RGBA"), "WEBP", lossless=True),
    "GIF": saved(motif(), "GIF"),
    "GIF, moving": saved(motif(), "GIF", save_all=True, append_images=[Image.new("RGB", (600, 240), "black")], duration=100),
}


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_picture_is_taken_and_shows_the_same(kind: str) -> None:
    picture = taken(SOUND[kind])
    assert looks_like(picture.data, motif())
    assert picture.type == ("image/jpeg" if kind.startswith("JPEG") else "image/png")
    assert len(picture.data) <= MAX_LOGO


@pytest.mark.parametrize("kind", SOUND)
def test_nothing_comes_along_but_the_picture(kind: str) -> None:
    data = taken(SOUND[kind]).data
    assert b"SECRET" not in data
    assert b"Exif" not in data
    assert b"iCCP" not in data
    assert set(looked_at(data).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", HOW_A_CAMERA_HELD_IT)
def test_a_turned_picture_stands_upright(kind: str, turn: int) -> None:
    assert looks_like(taken(held(turn, kind)).data, motif())


def test_the_tag_may_stand_in_xmp_and_a_senseless_one_turns_nothing() -> None:
    turned = saved(motif().transpose(Transpose.ROTATE_90), "JPEG")
    by_xmp = turned[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP.replace(b'"1"', b'"6"')) + turned[2:]
    assert looks_like(taken(by_xmp).data, motif())
    tags = Image.Exif()
    tags[0x0112] = 9
    assert looks_like(taken(saved(motif(), "JPEG", exif=tags)).data, motif())


def sixteen_bit(lets_through: int | None = None) -> bytes:
    """A grey picture of 16 bits: dark to the left, light to the right."""
    made = Image.new("I;16", (600, 240))
    made.frombytes(b"".join(struct.pack("<600H", *(x * 100 for x in range(600))) for _ in range(240)))
    return saved(made, "PNG", **({} if lets_through is None else {"transparency": lets_through}))


@pytest.mark.parametrize("content", [sixteen_bit(), sixteen_bit(0)], ids=["grey", "with a tone that lets through"])
def test_sixteen_bits_become_eight_and_are_not_cut(content: bytes) -> None:
    image = looked_at(taken(content).data).convert("L")
    across = [image.getpixel((image.width * part // 10, image.height // 2)) for part in range(1, 10)]
    assert across == sorted(across)
    assert all(abs(seen - part * 6000 / 257) < 12 for part, seen in enumerate(across, start=1))


def test_colours_follow_their_profile() -> None:
    """A profile that swaps red and blue: thrown away unread, the logo would have other colours in the documents than on the screen it came from."""
    told = PROFILE.replace(b"rXYZ", b"tttt").replace(b"bXYZ", b"rXYZ").replace(b"tttt", b"bXYZ")
    swapped = Image.merge("RGB", motif().split()[::-1])
    assert looks_like(taken(saved(swapped, "PNG", icc_profile=told)).data, motif())
    assert looks_like(taken(saved(swapped, "JPEG", icc_profile=told)).data, motif())


def test_letting_through_stays_where_it_is() -> None:
    made = Image.new("RGBA", (600, 240), (255, 0, 0, 0))
    made.paste((0, 90, 100, 255), (0, 0, 300, 240))
    image = looked_at(taken(saved(made, "PNG")).data)
    assert image.mode == "RGBA"
    assert [image.getpixel((at, image.height // 2))[3] for at in (10, image.width - 10)] == [255, 0]


@pytest.mark.parametrize("size", [(3000, 2000), (200, 4000), (4000, 4000), (10_000, 3), (1, 1), (788, 299), (40, 20)])
def test_it_is_no_larger_than_what_is_printed(size: tuple[int, int]) -> None:
    image = looked_at(taken(saved(Image.new("RGB", size, "#0b5864"), "PNG")).data)
    assert image.width <= REDUCED[0]
    assert image.height <= REDUCED[1]
    if min(image.size) > 20:
        assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.03)


def test_the_noisiest_picture_fits_into_a_file_of_answers() -> None:
    noise = Image.frombytes("RGBA", REDUCED, Random(1).randbytes(REDUCED[0] * REDUCED[1] * 4))
    assert len(saved(noise, "PNG")) <= MAX_LOGO


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_a_picture_that_is_cut_off_is_not_taken(kind: str, part: float) -> None:
    noise = Image.effect_noise((400, 200), 90).convert("RGB")
    whole = saved(noise, kind)
    with pytest.raises(PictureError) as fault:
        taken(whole[: int(len(whole) * part)])
    assert fault.value.reason == "broken"


@pytest.mark.parametrize("end", [1, 2, 4, 12, 20])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nor_one_that_lacks_its_last_bytes(kind: str, end: int) -> None:
    with pytest.raises(PictureError, match="broken"):
        taken(saved(motif(), kind)[:-end])


def png_head(across: int, down: int) -> bytes:
    """The beginning of a PNG of that size, with pixels that nobody must reach."""
    head = b"IHDR" + struct.pack(">IIBBBBB", across, down, 16, 6, 0, 0, 0)
    pixels = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + pixels


FAULTS = [
    (b"", "missing", {}),
    (b"x" * (MAX_LOGO + 1), "large", {}),
    (b"x", "type", {}),
    (b"<html><script>alert(1)</script>", "type", {}),
    (b"\x89PNG\r\n\x1a\n", "broken", {}),
    (b"GIF89a", "broken", {}),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "broken", {}),
    (png_head(4001, 4000), "pixels", {"most": 16}),
    (png_head(12_000, 12_000), "pixels", {"most": 16}),
    (png_head(60_000, 60_000), "pixels", {"most": 16}),
    (saved(Image.new("1", (16_383, 16_383)).convert("L"), "WEBP", lossless=True, method=0), "pixels", {"most": 16}),
    (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "kind", {"kind": "SVG"}),
    (b"%PDF-1.7\n", "kind", {"kind": "PDF"}),
    (saved(motif(), "TIFF"), "kind", {"kind": "TIFF"}),
    (saved(motif(40, 20), "BMP"), "kind", {"kind": "BMP"}),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "kind", {"kind": "HEIC"}),
]


@pytest.mark.parametrize(("content", "reason", "values"), FAULTS, ids=[f"{reason}-{at}" for at, (_, reason, _) in enumerate(FAULTS)])
def test_each_fault_has_its_sentence(content: bytes, reason: str, values: dict[str, object]) -> None:
    began = time.process_time()
    with pytest.raises(PictureError) as fault:
        taken(content)
    assert time.process_time() - began < 0.5
    assert (fault.value.reason, fault.value.values) == (reason, values)
    sentences = {say(f"error_logo_{reason}", language, **values) for language in LANGUAGES}
    assert len(sentences) == 3
    assert all(str(value) in sentence for sentence in sentences for value in values.values())


def test_a_jpeg_of_a_thousand_scans_is_not_drawn_a_thousand_times() -> None:
    slow = saved(Image.new("L", (4000, 4000), 128), "JPEG", progressive=True)
    scan = slow.rindex(b"\xff\xda")
    content = slow[:-2] + (slow[scan:-2] * 20_000)[: MAX_LOGO - len(slow)]
    content = content[: content.rindex(b"\xff\xda")] + b"\xff\xd9"
    assert content.count(b"\xff\xda") > MOST_SCANS
    began = time.process_time()
    with pytest.raises(PictureError, match="broken"):
        taken(content)
    assert time.process_time() - began < 0.5


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_whatever_the_bytes_there_is_a_picture_or_a_reason(kind: str, at: int, put: bytes) -> None:
    whole = SOUND[kind]
    at %= len(whole)
    try:
        picture = taken(whole[:at] + put + whole[at + len(put) :])
    except PictureError:
        return
    logo_of(picture.data)


def drawn_in_word(content: bytes) -> tuple[float, float, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx.draw(sample(), Look(content)))) as file:
        extent = re.search(r'<wp:extent cx="(\d+)" cy="(\d+)"', file.read("word/document.xml").decode())
        [name] = [name for name in file.namelist() if "media/logo" in name]
        assert extent
        return int(extent[1]) / 360000, int(extent[2]) / 360000, file.read(name)


def drawn_in_html(content: bytes) -> tuple[float, float, bytes]:
    page = html.draw(sample(), Look(content))
    size = re.search(r"\.doc-logo \{ display: block; width: ([\d.]+)cm; height: ([\d.]+)cm;", page)
    data = re.search(r'src="data:image/(?:png|jpeg);base64,([^"]+)"', page)
    assert size
    assert data
    return float(size[1]), float(size[2]), base64.b64decode(data[1])


def drawn_in_pdf(content: bytes) -> tuple[float, float, bytes]:
    page = pypdf.PdfReader(io.BytesIO(pdf.draw(sample(), Look(content)))).pages[0]
    placed: list[tuple[float, float]] = []

    def visit(operator: bytes, operands: object, matrix: list[float], _: object) -> None:
        if operator == b"Do":
            placed.append((abs(matrix[0]) / 72 * 2.54, abs(matrix[3]) / 72 * 2.54))

    page.extract_text(visitor_operand_before=visit)
    image = page.images[0].image
    assert image
    return *placed[0], saved(image, "PNG")


OLD = {"a phone's": held(6, "JPEG"), "large": saved(motif(3000, 1200), "PNG"), "16 bits": sixteen_bit()}


@pytest.mark.parametrize("content", [*(taken(held(turn, "JPEG")).data for turn in (1, 6)), *OLD.values()], ids=["1", "6", *OLD])
def test_one_look_and_one_size_in_word_pdf_and_html(content: bytes) -> None:
    """Also a picture that was kept before pictures were written anew."""
    looks = [draw(content) for draw in (drawn_in_word, drawn_in_html, drawn_in_pdf)]
    for width, height, data in looks:
        assert width <= 5.001
        assert height <= 1.901
        assert (width, height) == pytest.approx(looks[0][:2], abs=0.02)
        assert looks_like(data, looked_at(taken(looks[0][2]).data), 12)


def test_an_old_logo_that_is_cut_off_is_still_drawn() -> None:
    """It was taken when nobody looked to its end, and stands in frozen versions."""
    cut = held(1, "JPEG")[:-400]
    with pytest.raises(PictureError):
        taken(cut)
    for draw in (drawn_in_word, drawn_in_html):
        assert draw(cut)[:2] == pytest.approx((4.75, 1.9), abs=0.01)
    assert pdf.draw(sample(), Look(cut))


@pytest.mark.parametrize("turn", HOW_A_CAMERA_HELD_IT)
def test_an_old_turned_logo_is_drawn_upright(turn: int) -> None:
    assert looks_like(drawn_in_word(held(turn, "JPEG"))[2], motif())


def test_an_old_logo_keeps_its_own_bytes_when_it_is_fine() -> None:
    fine = taken(PLAIN).data
    assert logo_of(fine).data == fine
