"""`python -m thidua`."""

from __future__ import annotations

import sys

from thidua.cli import main

if __name__ == "__main__":
    sys.exit(main())
