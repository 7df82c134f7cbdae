"""The doors of the kiosk: tablets, ballots, the public board."""
