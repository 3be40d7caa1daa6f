"""Cases measured in turn, so that what disturbs the machine disturbs all of them."""

import sys
from statistics import median


class Rounds:
    """Samples by case, paired by round."""

    def __init__(self):
        self.samples = {}

    def measure(self, count, cases):
        """Measures every case once per round.

        `cases` maps the name of a case to a function that returns its Sample.
        """
        for number in range(count):
            for name, case in cases.items():
                sample = case()
                self.samples.setdefault(name, []).append(sample)
                print(
                    f"... round {number + 1} of {count}: {name}: {sample.wall:.3f} s"
                    f" (cpu {sample.cpu:.3f} s)",
                    file=sys.stderr,
                    flush=True,
                )

    def has(self, name):
        return name in self.samples

    def values(self, name, quantity):
        """The values of a case, round by round; `quantity` says what of a sample."""
        return [quantity(sample) for sample in self.samples[name]]

    def middle(self, name, quantity):
        return median(self.values(name, quantity))

    def ratio(self, over, under, quantity, under_quantity=None):
        """The median over the rounds of one case's value divided by another's."""
        pairs = zip(
            self.values(over, quantity), self.values(under, under_quantity or quantity)
        )
        return median(a / b for a, b in pairs)


def wall(sample):
    return sample.wall


def cpu(sample):
    return sample.cpu


def user(sample):
    return sample.user


def peak(sample):
    return sample.peak


def floor_wall(sample):
    """The wall time that FloorWriter measured of its writing alone."""
    return sample.said["wall_ms"] / 1000


def floor_cpu(sample):
    return sample.said["cpu_ms"] / 1000
