"""The organisers' service: people, roll call, cards, counts, verdicts."""
