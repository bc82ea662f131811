"""What tests need inside the command: Python loads this at its start where PYTHONPATH leads here.

`NEWSLOOM_TEST_NAMES` holds JSON: name → the addresses that its look-ups get, one after the other; the last one stays.
`NEWSLOOM_TEST_PEAK` names the file that is told at the end, in kilobytes, the most memory that the process used.
"""

import atexit
import json
import os
import pathlib
import socket

_names = {name: list(answers) for name, answers in json.loads(os.environ.get("NEWSLOOM_TEST_NAMES", "{}")).items()}
_system = socket.getaddrinfo


def _getaddrinfo(host, *rest, **more):
    answers = _names.get(host.decode() if isinstance(host, bytes) else host)
    if answers:
        host = answers.pop(0) if len(answers) > 1 else answers[0]
    return _system(host, *rest, **more)


socket.getaddrinfo = _getaddrinfo


def _tell_peak():
    # not getrusage: what it says of a child begins with the memory of the process that started it
    peak = pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    pathlib.Path(os.environ["NEWSLOOM_TEST_PEAK"]).write_text(peak)


if "NEWSLOOM_TEST_PEAK" in os.environ:
    atexit.register(_tell_peak)
