"""Makes the small data that the examples run on: python3 make_data.py (needs numpy)."""

import numpy

random = numpy.random.default_rng(0)
basis = random.normal(size=(6, 16))
samples = numpy.maximum(random.normal(size=(1200, 6)) @ basis, 0)
numpy.save("samples.npy", samples.astype("<f4"))

with open("visits.csv", "w") as file:
    file.write("age,smoker,visits\n")
    for age, smoker in zip(random.integers(18, 90, 400), random.integers(0, 2, 400)):
        visits = random.poisson(numpy.exp(-0.5 + 0.02 * age + 0.4 * smoker))
        file.write(f"{age},{'yes' if smoker else 'no'},{visits}\n")
