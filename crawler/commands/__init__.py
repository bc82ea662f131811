"""The commands of `newsloom`, one module each: `add` describes its arguments, `run` does it and returns its status."""
