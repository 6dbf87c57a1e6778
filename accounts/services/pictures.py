"""The profile picture: whatever was sent is drawn anew, so that nothing else of it is kept.

A new file holds pixels only: no place, no camera, no comment, no second image, no code. The size
is looked at before anything is decoded, so that a small file cannot become gigabytes.
"""

import io
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.models import User
from contract.stored_files import delete_on_commit

SIDE = 512
# A JPEG is decoded small from the start; anything else costs four bytes a pixel.
MAX_PIXELS = {"JPEG": 64_000_000}
MAX_PIXELS_ELSE = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
QUALITY = 85
CONTENT_TYPE = "image/webp"

_BROKEN = (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureRefused(Exception):
    """A file that is not taken in. `code` is too_large or not_a_picture; `str()` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        sentences = {
            "too_large": _("This picture is too large: %(megabytes)d MB and 25 megapixels at most.")
            % {"megabytes": settings.MAX_PICTURE_BYTES // (1024 * 1024)},
            "not_a_picture": _("This is no picture that can be read. Send a JPEG, PNG or WebP."),
        }
        super().__init__(sentences[code])


def set_picture(user: User, file: "UploadedFile[Any]") -> None:
    """Make `file` the picture of `user`; the one before is deleted. Raises PictureRefused."""
    if (file.size or 0) > settings.MAX_PICTURE_BYTES:
        raise PictureRefused("too_large")
    square = redrawn(file)
    before = user.picture.name
    storage = user.picture.field.storage
    name = storage.save(
        user.picture.field.generate_filename(user, "picture.webp"), ContentFile(square)
    )
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(picture=name)
            delete_on_commit(storage, [before])
    except BaseException:
        storage.delete(name)
        raise
    user.picture = name


def remove_picture(user: User) -> None:
    """Take the picture of `user` away, file and all."""
    before = user.picture.name
    if not before:
        return
    storage = user.picture.field.storage
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(picture="")
        delete_on_commit(storage, [before])
    user.picture = ""


def version_of(user: User) -> str:
    """What tells one picture of a person from the next: the end of its random name."""
    return str(user.picture.name).rpartition("/")[2].partition(".")[0][-8:]


def redrawn(file: IO[bytes]) -> bytes:
    """The middle of the picture in `file`, upright, as a WebP of SIDE by SIDE pixels.

    Raises PictureRefused.
    """
    try:
        with Image.open(file, formats=FORMATS) as image:
            width, height = image.size
            if width * height > MAX_PIXELS.get(image.format or "", MAX_PIXELS_ELSE):
                raise PictureRefused("too_large")
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            image.load()
            upright = ImageOps.exif_transpose(image)
    except _BOMBS as error:
        raise PictureRefused("too_large") from error
    except _BROKEN as error:
        raise PictureRefused("not_a_picture") from error
    square = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
    paper = Image.new("RGB", square.size, "white")
    paper.paste(square, mask=square.getchannel("A"))
    drawn = io.BytesIO()
    paper.save(drawn, "WEBP", quality=QUALITY, method=4)
    return drawn.getvalue()
