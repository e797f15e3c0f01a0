"""Start the terminal simulator alone: python -m devices.terminal.simulator --tcp 0."""

import argparse
import sys

from devices.terminal.simulator.command import add_arguments, run


def main(argv: list[str] | None = None) -> int:
    """Read the command line and run; argparse answers bad arguments with exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m devices.terminal.simulator", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
