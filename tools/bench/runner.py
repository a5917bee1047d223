"""Fresh processes, one after another, the sides taking turns."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tools.bench import peer

Result = dict[str, float]

_TRIES = 3
DISTURBED = 0.1
"""Share of the machine that other processes may take during a run."""


@dataclass(frozen=True)
class Case:
    """Something to run in a process of its own.

    Parameters
    ----------
    module : str
        The peer's run in its venvs (see `peer.VENVS`), every other in this one.
    name : str
        The function of that module.
    options : dict
        Its arguments.
    warm : dict
        What differs from `options` in the first run, which is not counted.
    """

    module: str
    name: str
    options: dict[str, object] = field(default_factory=dict)
    warm: dict[str, object] = field(default_factory=dict)

    def run(self, **changes: object) -> Result:
        """Run once."""
        python = peer.python(self.module) if self.module in peer.VENVS else sys.executable
        arguments = [self.module, self.name, json.dumps(self.options | changes)]
        return run_command([str(python), "-m", "tools.bench.child", *arguments])


def run_command(command: list[str]) -> Result:
    """Run a command at the root of the checkout and read its last line as JSON.

    Two figures are added: ``cpu``, the processor seconds that it took with all its
    processes (of those that nobody waits for it says so itself), and ``others``, the share
    of the machine that was not ours meanwhile.
    """
    environment = dict(os.environ)
    # Without the byte code that a user has, imports would be measured, not work.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if any(Path(command[0]).is_relative_to(venv) for venv, _ in peer.VENVS.values()):
        environment.pop("PYTHONPATH", None)  # Ours, by the same name, would hide the peer.
    begin, busy, own = time.perf_counter(), _read_busy_seconds(), _read_own_seconds()
    done = subprocess.run(command, cwd=peer.ROOT, env=environment, capture_output=True, text=True)
    wall, busy, own = (
        time.perf_counter() - begin,
        _read_busy_seconds() - busy,
        _read_own_seconds() - own,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    result: Result = json.loads(done.stdout.splitlines()[-1])
    own += result.pop("unwaited", 0.0)
    others = max(0.0, busy - own) / (wall * (os.cpu_count() or 1))
    return {**result, "cpu": own, "others": others}


def _read_busy_seconds() -> float:
    """Processor seconds that the whole machine has spent, its host's share included."""
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    user, nice, system, _idle, _waiting, *interrupts = map(int, fields)
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def _read_own_seconds() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measure(cases: Mapping[str, Case], runs: int) -> dict[str, list[Result]]:
    """Run every case `runs` times, in turns, after one uncounted run of each."""
    for case in cases.values():
        case.run(**case.warm)
    results: dict[str, list[Result]] = {label: [] for label in cases}
    for number in range(runs):
        for label, case in cases.items():
            results[label].append(_run_undisturbed(case))
            print(f"  {label}, run {number + 1}: {results[label][-1]}", file=sys.stderr)
    return results


def _run_undisturbed(case: Case) -> Result:
    """Run a case again where others disturbed it; keep the quietest, whatever it measured."""
    tried: list[Result] = []
    while len(tried) < _TRIES and all(run["others"] > DISTURBED for run in tried):
        tried.append(case.run())
    return min(tried, key=lambda run: run["others"]) | {"tries": len(tried)}


def compute_median(results: list[Result], key: str = "seconds") -> float:
    """Compute the median of one figure over the runs."""
    return median(result[key] for result in results)


def find_worst(*results: list[Result]) -> float:
    """Find the largest share of the machine that others took in any of these runs."""
    return max(run["others"] for runs in results for run in runs)
