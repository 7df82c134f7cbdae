"""The ballot box: public credentials, encrypted ballots, tablets."""
