"""Which articles are copies of one another: candidates, the comparison, the story."""
