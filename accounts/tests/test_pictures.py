"""Profile pictures: real images in many formats, hostile files among them."""

import io
import re
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.services import pictures


def image_file(form="PNG", size=(800, 600), mode="RGB", colour="teal", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, form, **options)
    return file.getvalue()


def picture(data: bytes, name="me.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def opened(user) -> Image.Image:
    user.refresh_from_db()
    with user.picture.open() as file:
        image = Image.open(io.BytesIO(file.read()))
    image.load()
    return image


@pytest.mark.parametrize("form", pictures.FORMATS)
def test_picture_becomes_a_square_webp_whatever_it_was(alice, form):
    pictures.set_picture(alice, picture(image_file(form)))
    image = opened(alice)
    assert (image.format, image.size) == ("WEBP", (pictures.SIDE, pictures.SIDE))
    assert re.fullmatch(r"pictures/[\w-]{32}\.webp", alice.picture.name)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA", "I;16"])
def test_picture_of_any_colour_mode_is_taken(alice, mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    pictures.set_picture(alice, picture(image_file(form, mode=mode, colour=0)))
    assert opened(alice).mode == "RGB"


def test_transparent_parts_become_white(alice):
    data = image_file(mode="RGBA", colour=(0, 0, 0, 0))
    pictures.set_picture(alice, picture(data))
    assert opened(alice).getpixel((10, 10)) == (255, 255, 255)


def test_nothing_but_pixels_is_kept_of_a_photograph(alice):
    exif = Image.Exif()
    exif[0x010E] = "the secret garden"  # ImageDescription
    exif[0x8825] = {1: "N", 2: (48.0, 12.0, 30.0)}  # where it was taken
    data = image_file("JPEG", exif=exif, comment=b"the secret garden")
    assert b"the secret garden" in data
    pictures.set_picture(alice, picture(data + b"<script>the secret garden</script>"))
    with alice.picture.open() as file:
        kept = file.read()
    assert b"secret" not in kept
    assert b"EXIF" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_photograph_stands_upright_as_its_camera_said(alice):
    sideways = Image.new("RGB", (600, 600), "white")
    sideways.paste("black", (0, 0, 600, 300))  # the upper half
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    file = io.BytesIO()
    sideways.save(file, "JPEG", exif=exif)
    pictures.set_picture(alice, picture(file.getvalue()))
    image = opened(alice)
    left, right = image.getpixel((50, 256)), image.getpixel((460, 256))
    assert max(left) > 240
    assert max(right) < 20


def png_header_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    body = zlib.compress(b"\0" * 1000)
    chunks = b""
    for kind, data in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b"")):
        crc = zlib.crc32(kind + data).to_bytes(4, "big")
        chunks += len(data).to_bytes(4, "big") + kind + data + crc
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize("size", [(6000, 6000), (12_000, 9000), (60_000, 60_000)])
def test_small_file_of_enormous_size_is_refused_before_it_is_decoded(alice, size):
    with pytest.raises(pictures.PictureRefused) as refused:
        pictures.set_picture(alice, picture(png_header_of(*size)))
    assert refused.value.code == "too_large"
    assert not alice.picture


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        image_file()[:200],
        b"GIF89a",
        png_header_of(500, 500),
    ],
)
def test_file_that_is_no_picture_is_refused(alice, data):
    with pytest.raises(pictures.PictureRefused) as refused:
        pictures.set_picture(alice, picture(data))
    assert refused.value.code == "not_a_picture"
    assert "picture" in str(refused.value)


def test_too_many_bytes_are_refused_unread(alice, settings):
    settings.MAX_PICTURE_BYTES = 100
    with pytest.raises(pictures.PictureRefused) as refused:
        pictures.set_picture(alice, picture(image_file()))
    assert refused.value.code == "too_large"


def test_new_picture_takes_the_place_of_the_old_one(
    alice, media_of_its_own, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        pictures.set_picture(alice, picture(image_file()))
        first = alice.picture.name
        pictures.set_picture(alice, picture(image_file(colour="red")))
    assert alice.picture.name != first
    assert [file.name for file in (media_of_its_own / "pictures").iterdir()] == [
        alice.picture.name.split("/")[1]
    ]
    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove_picture(alice)
    alice.refresh_from_db()
    assert not alice.picture
    assert list((media_of_its_own / "pictures").iterdir()) == []
