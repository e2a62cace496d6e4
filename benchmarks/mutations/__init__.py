"""Mutation test of the real data: the committed seeds, damaged in one place, and checked."""
