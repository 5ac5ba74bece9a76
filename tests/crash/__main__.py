"""`python -m tests.crash` is the run that kills real processes."""

import sys

from tests.crash.kill import main

if __name__ == "__main__":  # a forked product imports this again
    sys.exit(main())
