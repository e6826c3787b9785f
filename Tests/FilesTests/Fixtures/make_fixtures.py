"""Writes the gzip and zip files beside it: run `python3 make_fixtures.py` in this directory."""
import gzip
import zipfile

text = bytes(i % 251 for i in range(5000))
with open("one.gz", "wb") as file:
    file.write(gzip.compress(text, mtime=0))
with open("two-members.gz", "wb") as file:
    file.write(gzip.compress(text[:2000], mtime=0) + gzip.compress(text[2000:], mtime=0))
with open("empty.gz", "wb") as file:
    file.write(gzip.compress(b"", mtime=0))


def entry(name, method):
    info = zipfile.ZipInfo(name)
    info.compress_type = method
    return info


with zipfile.ZipFile("entries.zip", "w") as archive:
    archive.writestr(entry("stored.bin", zipfile.ZIP_STORED), text)
    archive.writestr(entry("deflated.bin", zipfile.ZIP_DEFLATED), text)
    archive.writestr(entry("empty.bin", zipfile.ZIP_DEFLATED), b"")
    with archive.open(entry("large.bin", zipfile.ZIP_DEFLATED), "w", force_zip64=True) as file:
        file.write(text)
    archive.comment = b"a comment at the end"
with zipfile.ZipFile("bzip2.zip", "w") as archive:
    archive.writestr(entry("text.bin", zipfile.ZIP_BZIP2), text)
with zipfile.ZipFile("zeros.zip", "w", compresslevel=9) as archive:
    archive.writestr(entry("zeros.bin", zipfile.ZIP_DEFLATED), bytes(68 << 20), compresslevel=9)
