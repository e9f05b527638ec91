"""The counterpart of subjects/runner.mjs for the peer: `python runner.py TASK`."""

import importlib
import json
import os
import resource
import sys
import time

with open(sys.argv[1], encoding="utf-8") as file:
    task = json.load(file)


def tell(message):
    os.write(3, (json.dumps(message) + "\n").encode())


def peak_memory():
    """The most memory of this process in MB; what the system tells of usage counts its parent as well."""
    if not os.path.exists("/proc/self/status"):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    with open("/proc/self/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


started = time.perf_counter()
handler = importlib.import_module(task["file"]).handler
import_ms = (time.perf_counter() - started) * 1000

invocations = []
answer = None
cold_cpu_ms = None
for number in range(task["times"]):
    cpu = time.process_time()
    begun = time.perf_counter()
    answer = handler(task["event"])
    if number == 0:
        tell({"type": "answered"})
        cold_cpu_ms = time.process_time() * 1000
    invocations.append(
        {"wallMs": (time.perf_counter() - begun) * 1000, "cpuMs": (time.process_time() - cpu) * 1000}
    )
tell(
    {
        "type": "report",
        "importMs": import_ms,
        "coldCpuMs": cold_cpu_ms,
        "invocations": invocations,
        "peakMemoryMb": peak_memory(),
        "answer": answer,
    }
)
