"""The rules, one family of causes to a module; a module added here is found by itself."""
