"""The kinds of damage, one family to a module; a module added here is found by itself."""
