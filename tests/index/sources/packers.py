"""The ways in which a dump can be packed."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

from backports import zstd


def zipped(data, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("LICENSE", "CC0")
        archive.writestr("arxiv-metadata.json", data)
    return packed.getvalue()


def tarred(data, **others):
    """Archive a dump between a licence and a folder, and other files after them."""
    packed = io.BytesIO()
    files = {"LICENSE": b"CC0", "._arxiv.json": b"\0\5\x16\7", "arxiv.json": data}
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, text in (files | others).items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
        folder = tarfile.TarInfo("more")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    return packed.getvalue()


PACKERS = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "tar": tarred,
    "tar.gz": lambda data: gzip.compress(tarred(data)),
    "tar.xz": lambda data: lzma.compress(tarred(data)),
    "xz": lzma.compress,
    "zst": zstd.compress,
    "zip": zipped,
}
