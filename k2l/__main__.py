"""``python -m k2l``."""

from k2l.cli import run

if __name__ == "__main__":
    run()
