"""From a report to text, one module per format; reporters return strings and judge nothing."""
