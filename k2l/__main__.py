"""``python -m k2l``."""

from k2l.cli import main

if __name__ == "__main__":
    main()
