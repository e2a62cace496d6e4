"""What leaves the project in other people's formats: one module per format or schema language."""
