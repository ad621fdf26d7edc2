"""The face of Dealdeck: the board in the terminal and the command line. It asks `store` and decides nothing."""

from typing import Final

__version__: Final = "0.1.0"
"""Said here as well as in the package's metadata, because reading the metadata takes longer than `deals --version`
may; a test holds the two against each other."""
