"""What flows through newsloom: articles, sites, runs, and the JSON Schema of what is published."""
