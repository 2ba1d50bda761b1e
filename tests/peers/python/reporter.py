"""Prints a line per step, in the form that the ring's runner reads."""

import contextlib
import io
import sys
import traceback


class Reporter:
    def __init__(self):
        self.failed = 0

    def step(self, name, body):
        # The client prints remarks of its own, which are no verdicts.
        remarks = io.StringIO()
        try:
            with contextlib.redirect_stdout(remarks):
                body()
        except Exception:
            self.failed += 1
            print("not ok " + name)
            for line in traceback.format_exc().splitlines() + remarks.getvalue().splitlines():
                print("    " + line)
        else:
            print("ok " + name)

    def close(self):
        sys.exit(1 if self.failed else 0)


def equal(got, expected, what):
    if got != expected:
        raise AssertionError("%s: expected %r, got %r" % (what, expected, got))
