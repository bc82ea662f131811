"""datasketch: MinHash of 128 permutations, LSH at 0.5, runs of 12 letters. FILE holds the texts as a JSON list."""

import json
import sys
import time
from pathlib import Path

from datasketch import MinHash, MinHashLSH

texts = json.loads(Path(sys.argv[1]).read_text())
index, pairs = MinHashLSH(threshold=0.5, num_perm=128), []
cpu = time.process_time()
for number, text in enumerate(texts):
    letters = "".join(text.split()).lower()
    runs = {letters[at : at + 12].encode() for at in range(max(1, len(letters) - 11))}
    sketch = MinHash(num_perm=128)
    sketch.update_batch(runs)
    pairs += [(found, number) for found in index.query(sketch)]
    index.insert(number, sketch)
cpu = time.process_time() - cpu
print(json.dumps({"cpu": cpu, "pairs": pairs}))
