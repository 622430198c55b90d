"""Correlation matrices by numpy.corrcoef, and by pandas with pairwise complete observations. Run with any Python that has numpy and pandas:
python3 make_pearson.py > pearson.json"""
import json
import numpy as np
import pandas as pd

rng = np.random.default_rng(20)
x = np.round(rng.normal(size=(7, 23)).cumsum(axis=1) * 3 + 100, 3)
mask = (rng.random(x.shape) < 0.15).astype(int)
mask[2] = mask[5] = 0
mask[:, 4] = 1  # bad in all frames alike
masked = np.where(mask == 1, np.nan, x)
print(json.dumps({
    "peers": {"numpy": np.__version__, "pandas": pd.__version__},
    "x": x.tolist(), "mask": mask.tolist(),
    "corrcoef": np.corrcoef(x).tolist(),
    "pairwise": pd.DataFrame(masked.T).corr().to_numpy().tolist(),
}))
