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

# The package safetensors, by its function for raw bytes: NumPy has no bfloat16.
import safetensors

numbers = np.arange(6).reshape(2, 3)


def bfloat16(array):
    return (np.asarray(array, "<f4").view("<u4") >> 16).astype("<u2")


raw = {name: (kind, numbers.astype(code)) for name, kind, code in [
    ("f64", "float64", "<f8"), ("f32", "float32", "<f4"), ("f16", "float16", "<f2"), ("i64", "int64", "<i8"),
    ("i32", "int32", "<i4"), ("u8", "uint8", "u1")]}
raw["bf16"] = ("bfloat16", bfloat16(numbers))
raw["bool"] = ("bool", np.array([True, False, True]))
raw["scalar"] = ("float32", np.array(7, "<f4"))
raw["empty"] = ("float32", np.zeros((0, 4), "<f4"))
raw["special f16"] = ("float16", np.array([2.0**-24, 65504, -np.inf], "<f2"))
raw["special bf16"] = ("bfloat16", np.array([0x0001, 0x7F7F, 0xFF80], "<u2"))
specifications = {
    name: safetensors.TensorSpec(dtype=kind, shape=list(array.shape), data_ptr=array.ctypes.data, data_len=array.nbytes)
    for name, (kind, array) in raw.items()}
with open("package.safetensors", "wb") as file:
    file.write(safetensors.serialize(specifications, metadata={"format": "np", "ünï": '"quoted"'}))
