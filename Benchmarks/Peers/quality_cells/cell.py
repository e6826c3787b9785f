"""One cell of the table: which network, cut to which size, where and by which method."""
import dataclasses

from .networks import Network


@dataclasses.dataclass(frozen=True)
class Cell:
    network: Network
    size: float
    """Fraction of the multiply-accumulates."""
    scope: str
    """`inner` or `all`, as `espalier prune --scope` has it."""
    tool: str
    method: str
    seed: int
    samples: int
    """Calibration samples, drawn by the seed."""

    @property
    def key(self):
        """What tells the cell from others in a file of results."""
        return (self.network.name, self.size, self.scope, self.tool, self.method, self.seed, self.samples)

    def calibration(self):
        """The samples as {input: array}."""
        return self.network.calibration(self.samples, self.seed)

    def limit(self):
        """The most multiply-accumulates that the result may have."""
        return self.size * self.network.macs

