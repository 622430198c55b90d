"""Reference correlation matrix by numpy.corrcoef. Run: /usr/bin/python3 tests/reference/linear/make_linear.py (writes linear.json beside itself).

Row i, point j of the input: ((31 j^3 + 17 j (i + 1) + 101 i) mod 1009) / 1009.
"""
import json, os
import numpy as np

rows, columns = 11, 37
i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
x = ((31 * j ** 3 + 17 * j * (i + 1) + 101 * i) % 1009) / 1009
out = dict(peer=f"numpy {np.__version__}", rows=rows, columns=columns, corrcoef=list(np.corrcoef(x).ravel()))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "linear.json"), "w") as f:
    json.dump(out, f)
    f.write("\n")
