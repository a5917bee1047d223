"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """Ours beside another, and what the ratio should be.

    Parameters
    ----------
    what : str
    unit : str
        Of `ours` and `other`.
    ours : float
    other : float or None
        The peer's figure, or the floor's; None where only `ours` is bounded.
    against : str
        Who `other` is.
    ratio : float
        How much better ours is than the peer, or how much slower than the floor;
        where there is no other, `ours` itself.
    at_least, at_most : float or None
        The budget of the ratio.
    others : float
        Share of the machine that other processes took, in the worst run behind the row.
    note : str
    """

    what: str
    unit: str
    ours: float
    other: float | None
    against: str
    ratio: float
    at_least: float | None = None
    at_most: float | None = None
    others: float
    note: str = ""

    @classmethod
    def alone(
        cls,
        what: str,
        unit: str,
        value: float,
        others: float,
        *,
        at_most: float | None = None,
        note: str = "",
    ) -> "Row":
        """Make a row of our own figure, which nothing stands beside."""
        return cls(
            what=what,
            unit=unit,
            ours=value,
            other=None,
            against="",
            ratio=value,
            at_most=at_most,
            others=others,
            note=note,
        )

    @property
    def met(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.at_least is None and self.at_most is None:
            return None
        low = self.at_least is None or self.ratio >= self.at_least
        return low and (self.at_most is None or self.ratio <= self.at_most)

    @property
    def budget(self) -> str:
        """The budget in words."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g}×"
        if self.at_most is not None:
            return f"≤ {self.at_most:g}{' ' + self.unit if self.other is None else '×'}"
        return ""
