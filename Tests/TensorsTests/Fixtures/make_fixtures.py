"""Writes the .npy and .npz files beside it with NumPy: run `python3 make_fixtures.py` in this directory."""
import numpy as np
from numpy.lib import format as npy

TYPES = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1", "c8", "c16"]

for code in TYPES:
    values = np.arange(6).reshape(2, 3)
    np.save(f"{code}.npy", (values % 2 == 1) if code == "b1" else values.astype(code))
    if code not in ("i1", "u1", "b1"):
        np.save(f"big-{code}.npy", values.astype(">" + code))

np.save("fortran.npy", np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4)))
np.save("scalar.npy", np.array(7, dtype="<f4"))
np.save("vector.npy", np.arange(5, dtype="<f4"))
np.save("empty.npy", np.zeros((0, 3), dtype="<f4"))
for version in [(2, 0), (3, 0)]:
    with open(f"version{version[0]}.npy", "wb") as file:
        npy.write_array(file, np.arange(6, dtype="<f4").reshape(2, 3), version=version)
np.save("records.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
np.save("text.npy", np.array(["one", "two"]))
np.save("objects.npy", np.array([{}, []], dtype=object), allow_pickle=True)
arrays = {"x": np.arange(12, dtype="<f4").reshape(4, 3), "y": np.arange(4, dtype="<i8") % 2}
np.savez("stored.npz", **arrays)
np.savez_compressed("compressed.npz", **arrays)
