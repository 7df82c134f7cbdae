"""The counting committee's service: keys, encrypted tally, result, verdicts."""
