"""Many workers on one archive: jobs in PostgreSQL, one process of its own for each, no host in two of them at once."""
