"""Makes the images of this directory and, by Pillow and NumPy, what must come of them.

    python make_fixtures.py

Needs numpy and Pillow. The pictures are drawn: a gradient with waves, edges and noise, as hard to resize as a photograph and
free of anybody's rights. For each NAME.jpg or NAME.png there is NAME.npy, the bytes of Image.convert("RGB").
"""

import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
MEAN, DEVIATION = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])


def drawing(width, height, seed):
    """Red, green and blue levels of a picture."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width] / max(width, height)
    planes = [127 + 90 * np.sin(9 * x * (c + 1) + 7 * y * (3 - c)) + 60 * (x + y > 0.3 * (c + 1)) for c in range(3)]
    noisy = np.stack(planes, -1) + random.normal(0, 12, (height, width, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def save(name, image, **options):
    path = HERE / name
    image.save(path, **options)
    expect(path)


def expect(path):
    np.save(path.with_suffix(".npy"), np.asarray(Image.open(path).convert("RGB")))


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# Adam7: the first column and row of each pass, and the steps between its pixels.
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def raw_png(name, levels, depth, color_type, interlaced=False):
    """Writes what Pillow reads but does not write: 16 bits a channel, and interlaced rows."""
    height, width = levels.shape[:2]
    passes = PASSES if interlaced else [(0, 0, 1, 1)]
    parts = [levels[y::down, x::right] for x, y, right, down in passes]
    kind = ">u2" if depth == 16 else "u1"
    rows = b"".join(b"\0" + row.astype(kind).tobytes() for part in parts if part.size for row in part)
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    (HERE / name).write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    expect(HERE / name)


def centre(image, resize, size):
    """torchvision's Resize(resize) and CenterCrop(size), on Pillow's images."""
    width, height = image.size
    short, long = sorted((width, height))
    new = int(resize * long / short)
    image = image.resize((resize, new) if width <= height else (new, resize), Image.BILINEAR)
    left, top = (int(round((side - size) / 2.0)) for side in image.size)
    return image.crop((left, top, left + size, top + size))


small = drawing(37, 23, 1)
save("colour.jpg", small, quality=85)
save("progressive.jpg", small, quality=80, progressive=True, subsampling="4:2:2")
save("grey.jpg", small.convert("L"), quality=85)
save("inks.jpg", small.convert("CMYK"), quality=90)
exif = Image.Exif()
exif[0x0112] = 6  # turn by a quarter: ignored
save("turned.jpg", small, quality=85, subsampling="4:4:4", exif=exif)

save("palette.png", small.quantize(16), transparency=3)
save("transparent.png", Image.merge("RGBA", (*small.split(), drawing(37, 23, 2).getchannel(0))))
save("grey-transparent.png", Image.merge("LA", (small.getchannel(0), small.getchannel(1))))
save("bits.png", small.convert("1"))
random = np.random.default_rng(3)
raw_png("deep-colour.png", random.integers(0, 65536, (5, 7, 3)), 16, 2)
raw_png("deep-transparent.png", random.integers(0, 65536, (5, 7, 4)), 16, 6)
raw_png("deep-grey.png", random.integers(0, 400, (5, 7)), 16, 0)
raw_png("deep-grey-transparent.png", random.integers(0, 65536, (5, 7, 2)), 16, 4)
raw_png("interlaced.png", np.asarray(small), 8, 2, interlaced=True)
raw_png("interlaced-deep-grey.png", random.integers(0, 400, (11, 13)), 16, 0, interlaced=True)

large = drawing(90, 61, 4)
save("large.png", large)
for width, height in [(40, 40), (90, 17), (33, 61), (131, 70), (1, 1), (64, 150), (89, 60)]:
    np.save(HERE / f"resized-{width}x{height}.npy", np.asarray(large.resize((width, height), Image.BILINEAR)))
for resize, size in [(32, 28), (29, 22), (61, 61), (75, 40)]:
    np.save(HERE / f"centre-{resize}-{size}.npy", np.asarray(centre(large, resize, size)))
levels = np.asarray(centre(large, 24, 20)).astype(np.float32) / np.float32(255)
np.save(HERE / "normalised-24-20.npy", ((levels - MEAN) / DEVIATION).transpose(2, 0, 1).copy())


def covering(image, width, height):
    """The image at its aspect ratio, just covering the sample, and the middle of it."""
    wide, high = image.size
    if wide * height <= high * width:
        image = image.resize((width, max(1, width * high // wide)), Image.BILINEAR)
    else:
        image = image.resize((max(1, height * wide // high), height), Image.BILINEAR)
    left, top = (int(round((own - wanted) / 2.0)) for own, wanted in zip(image.size, (width, height)))
    return image.crop((left, top, left + width, top + height))


def letterbox(image, width, height, level=114):
    """The whole image at its aspect ratio, in the middle of grey."""
    scale = min(width / image.width, height / image.height)
    own = tuple(min(most, max(1, int(side * scale + 0.5))) for side, most in zip(image.size, (width, height)))
    whole = Image.new("RGB", (width, height), (level,) * 3)
    whole.paste(image.resize(own, Image.BILINEAR), ((width - own[0]) // 2, (height - own[1]) // 2))
    return whole


for width, height in [(48, 16), (20, 44)]:
    np.save(HERE / f"covering-{width}x{height}.npy", np.asarray(covering(large, width, height)))
    np.save(HERE / f"letterbox-{width}x{height}.npy", np.asarray(letterbox(large, width, height)))
np.save(HERE / "large-grey.npy", np.asarray(large.convert("L")))
