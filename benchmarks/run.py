"""Measure the speed and the memory of this project beside other ways to write the same.

Run with any Python 3.11 or later: it makes an environment of its own from the lock beside it,
and runs itself there. See README.md for what each suite measures.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import subprocess
import sys
import traceback
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
LOCK = HERE / "requirements.txt"
SUITES = ("forms", "views", "edit", "jobs", "growth", "book", "tex", "citations")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1000, 5000], metavar="N", help="numbers of events"
    )
    parser.add_argument("--suites", nargs="+", choices=SUITES, default=SUITES, help="which to run")
    parser.add_argument("--rounds", type=int, default=3, help="builds of each, in turn")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write seconds and megabytes")
    parser.add_argument(
        "--markdown",
        type=Path,
        default=HERE / "results.md",
        metavar="OUT",
        help="where to write the ratios (default: results.md beside this file)",
    )
    parser.add_argument("--keep", action="store_true", help="keep the projects and their builds")
    return parser.parse_args()


def enter_environment() -> None:
    """Go on in the locked environment; make it first, or renew it when the lock is newer."""
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    python = ENVIRONMENT / "bin" / "python"
    stamp = ENVIRONMENT / "lock.stamp"
    if not stamp.exists() or stamp.stat().st_mtime < LOCK.stat().st_mtime:
        print("Installing the benchmarks' requirements", file=sys.stderr, flush=True)
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
        stamp.touch()
    os.execv(python, [str(python), __file__, *sys.argv[1:]])


def main() -> int:
    options = arguments()
    enter_environment()
    import report
    import suites

    compileall.compile_dir(suites.EXTENSIONS, quiet=1)

    bench = suites.Bench(HERE / "_build", sorted(set(options.sizes)), options.rounds)
    results, failed = [], []
    for name in options.suites:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            results.append(suites.SUITES[name](bench))
        except Exception:  # the other suites still run
            traceback.print_exc()
            failed.append(name)
        else:
            print("\n".join(results[-1].lines()), flush=True)
        if not options.keep:
            shutil.rmtree(bench.folder, ignore_errors=True)
    command = " ".join(["python benchmarks/run.py", *sys.argv[1:]])
    options.markdown.write_text(report.to_markdown(command, results), encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps(report.to_json(command, results), indent=2) + "\n")
    if failed:
        print(f"Could not run: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
