"""Tool and chain side by side: the same problems, one objective, one checker, one thread, the same CPU time.

    python3 compare.py TOOL FOLDER [--seconds 10] [--steps all] [--keep RESULTS] [--only PART] [--log]

TOOL is the tourplan binary; FOLDER holds problem files, and optima.csv where optima are known. The tool runs with its
default effort. The chain then gets the CPU seconds the tool took, but at least --seconds: where the tool is quick, the chain
has more time, never less. Prints two Markdown tables (CPU seconds; seconds on the wall in brackets). --keep adds each
result to a file and takes from there what it holds, so that a long comparison can be broken off and gone on with; --only
runs the problems whose name holds PART; --log shows how the chain goes on.
"""

import argparse
import csv
import glob
import json
import os
import resource
import subprocess
import sys
import time

from checker import check

ONE_THREAD = {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command, log=False):
    """(document printed, CPU seconds, seconds on the wall)"""
    started, spent = time.time(), cpu()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=None if log else subprocess.DEVNULL, env={**os.environ, **ONE_THREAD})
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}")
    return json.loads(done.stdout), cpu() - spent, time.time() - started


def optima(folder):
    path = os.path.join(folder, "optima.csv")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return {row["file"].removesuffix(".json"): float(row["objective"]) for row in csv.DictReader(file)}


def compared(options, path, problem):
    """One problem's result."""
    chain = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "chain.py"), path]
    ours, took, wall = run([options.tool, "solve", "territory", path])
    theirs, chain_took, chain_wall = run([*chain, str(max(options.seconds, took)), options.steps, *(["--log"] if options.log else [])], options.log)
    (value, faults), (other, other_faults) = check(problem, ours), check(problem, theirs)
    if faults or other_faults:
        sys.exit(f"{path}: tool {faults[:3]}, chain {other_faults[:3]}")
    size = " × ".join(str(len(problem[part])) for part in ("cells", "points", "days", "teams"))
    return {
        "name": os.path.basename(path).removesuffix(".json"),
        # Small problems of one folder differ a little in size: up to 100 cells they are averaged together.
        "size": size if len(problem["cells"]) > 100 else "up to 100 cells",
        "tool": value, "bound": ours["bound"], "took": took, "wall": wall,
        "chain": other, "chain_took": chain_took, "chain_wall": chain_wall,
    }  # fmt: skip


def kept(path):
    if not path or not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return {row["name"]: row for row in map(json.loads, file)}


def share(part, whole):
    return part / abs(whole) if whole else 0.0


def tables(rows, known):
    print("| problem | tool | bound | tool s | chain | chain s | chain behind tool | chain behind optimum |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    for row in rows:
        optimum = known.get(row["name"])
        of_optimum = "" if optimum is None else f"{share(optimum - row['chain'], optimum):.2%}"
        print(
            f"| {row['name']} | {row['tool']:.2f} | {row['bound']:.2f} | {row['took']:.1f} ({row['wall']:.0f}) | {row['chain']:.2f} "
            f"| {row['chain_took']:.1f} ({row['chain_wall']:.0f}) | {share(row['tool'] - row['chain'], row['tool']):.2%} | {of_optimum} |"
        )
    print("\n| cells × points × days × teams | problems | tool s | chain s | chain behind: average | least | most | tool below its bound |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    for size in dict.fromkeys(row["size"] for row in rows):
        here = [row for row in rows if row["size"] == size]
        n, behind = len(here), [share(row["tool"] - row["chain"], row["tool"]) for row in here]
        gap = sum(share(row["bound"] - row["tool"], row["tool"]) for row in here) / n
        print(
            f"| {size} | {n} | {sum(r['took'] for r in here) / n:.1f} | {sum(r['chain_took'] for r in here) / n:.1f} "
            f"| {sum(behind) / n:.2%} | {min(behind):.2%} | {max(behind):.2%} | {gap:.2%} |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("folder")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--steps", choices=("steps", "all"), default="all")
    parser.add_argument("--keep")
    parser.add_argument("--only", default="")
    parser.add_argument("--log", action="store_true")
    options = parser.parse_args()
    done, rows = kept(options.keep), []
    for path in sorted(glob.glob(os.path.join(options.folder, "*.json"))):
        name = os.path.basename(path).removesuffix(".json")
        if name not in done and options.only in name:
            with open(path, encoding="utf-8") as file:
                problem = json.load(file)
            if problem.get("schema") != "tourplan-problem/1":
                continue
            done[name] = compared(options, path, problem)
            if options.keep:
                with open(options.keep, "a", encoding="utf-8") as file:
                    print(json.dumps(done[name]), file=file)
        if name in done:
            rows.append(done[name])
    tables(rows, optima(options.folder))


if __name__ == "__main__":
    main()
