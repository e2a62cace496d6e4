"""`python -m lunarprogrammes` is the command `lunarprogrammes`."""

import sys

from lunarprogrammes.cli import main

sys.exit(main())
