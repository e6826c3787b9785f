"""The models of the real data sets: the same for `espalier fit`, statsmodels and scikit-learn."""
from dataclasses import dataclass, field

import pandas as pd


@dataclass
class Case:
    family: str
    target: str
    columns: list = field(default_factory=list)  # all others if empty
    exclude: list = field(default_factory=list)

    def arguments(self):
        """The case as arguments of `espalier fit`."""
        result = ["--family", self.family, "--target", self.target, "--missing", "drop"]
        if self.columns:
            result += ["--columns", ",".join(self.columns)]
        if self.exclude:
            result += ["--exclude", ",".join(self.exclude)]
        return result

    def read(self, path):
        """Design matrix (without the intercept) with named columns, and target. Rows with missing values are dropped."""
        table = pd.read_csv(path, low_memory=False)
        columns = self.columns or [name for name in table.columns if name != self.target and name not in self.exclude
                                   and not name.startswith("Unnamed")]
        table = table[[self.target] + columns].dropna()
        y = table.pop(self.target)
        if not pd.api.types.is_numeric_dtype(y):
            y = (y == sorted(y.unique())[1]).astype(float)
        parts = []
        for name in columns:
            if pd.api.types.is_numeric_dtype(table[name]):
                parts.append(table[[name]].astype(float))
            else:
                levels = sorted(table[name].unique())
                parts += [(table[name] == level).astype(float).to_frame(f"{name}={level}") for level in levels[1:]]
        x = pd.concat(parts, axis=1)
        return x.loc[:, x.nunique() > 1], y.astype(float)


CASES = {
    "rand": Case("poisson", "mdvis"),
    "doctor": Case("poisson", "docvis", ["age", "outwork", "female", "married", "kids", "hhninc", "educ", "self"]),
    # workingday follows from weekday and holiday.
    "bikes": Case("poisson", "cnt", exclude=["dteday", "casual", "registered", "workingday"]),
    "diamonds": Case("gaussian", "price", exclude=["column1"]),  # column1 numbers the rows
    "flights": Case("gaussian", "arr_delay", ["dep_delay", "air_time", "distance", "hour", "month", "carrier", "origin"]),
    "default": Case("binomial", "default"),
    # Given the others, nobody with one of these policies bought, or everybody: their coefficients have no finite solution. MHKOOP and
    # MZPART are 9 less MHHUUR and MZFONDS in all rows but a few, with the same consequence.
    "caravan": Case("binomial", "Purchase", exclude=["PVRAAUT", "AVRAAUT", "PWERKT", "AWERKT", "PBESAUT", "ABESAUT", "PZEILPL",
                                                     "AZEILPL", "MHKOOP", "MZPART"]),
    "mortgages": Case("binomial", "home_ownership"),
}
