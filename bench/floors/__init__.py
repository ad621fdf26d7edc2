"""The programs that the product is held against. Each is a script of its own and as small as it can be."""
