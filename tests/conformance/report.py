"""What the conformance run found, as a table for the terminal and for a page."""

from dataclasses import dataclass, field


@dataclass
class Findings:
    """One row an expectation: what was expected, how the target did, and why not."""

    target: str = "the simulator"
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, expectation, outcome, detail):
        """Add a row."""
        self.rows.append((expectation, outcome, detail))

    @property
    def differences(self):
        """The rows that are not as expected."""
        return [row for row in self.rows if row[1] != "as Slack"]

    def lines(self):
        """Tell the findings for a terminal."""
        counted = ", ".join(line.removeprefix("- ") for line in self.summary())
        yield f"{self.target}: {len(self.rows)} expectations; {counted}"
        for expectation, outcome, detail in self.differences:
            yield f"  {outcome}: {expectation} ({detail})"

    def markdown(self):
        """Tell the findings as a page."""
        head = [f"# Conformance of {self.target}", "", *self.summary(), ""]
        table = ["| expectation | outcome | what it does |", "|---|---|---|"]
        table += [
            "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
            for row in self.rows
        ]
        return "\n".join([*head, *table]) + "\n"

    def summary(self):
        """Count outcomes."""
        outcomes = sorted({row[1] for row in self.rows})
        for outcome in outcomes:
            yield f"- {outcome}: {sum(row[1] == outcome for row in self.rows)}"
