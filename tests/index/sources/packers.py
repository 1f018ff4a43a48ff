"""The ways in which a dump can be packed."""

import gzip
import io
import lzma
import zipfile

from backports import zstd


def zipped(data, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("LICENSE", "CC0")
        archive.writestr("arxiv-metadata.json", data)
    return packed.getvalue()


PACKERS = {
    "plain": bytes,
    "gz": gzip.compress,
    "xz": lzma.compress,
    "zst": zstd.compress,
    "zip": zipped,
}
