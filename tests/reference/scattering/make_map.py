"""Numbers of the public map of an LFP pouch cell (19781 two-phase refinements), by numpy and scipy: for the screening of fits, the fast axis and the map of x.
Run: python3 make_map.py seqrr_19781x10_f32.npy.gz"""
import gzip
import io
import json
import pathlib
import sys

import numpy as np
import scipy
from scipy.stats import spearmanr

LFP, FP = 157.757, 150.816


def main():
    a = np.load(io.BytesIO(gzip.open(sys.argv[1]).read())).astype(float)
    rwp, w1, w2 = a[:, 0], a[:, 5], a[:, 9]
    limits = (rwp <= 10) & (w1 >= 0) & (w1 <= 100) & (w2 >= 0) & (w2 <= 100)
    good = limits.copy()
    for column in (2, 3, 4, 6, 7, 8):
        v = a[:, column]
        median = np.median(v[limits])
        good &= np.abs(v - median) <= 10 * 1.482602218505602 * np.median(np.abs(v[limits] - median))
    x = (w1 / LFP) / (w1 / LFP + w2 / FP)
    shaped = np.where(good, x, np.nan).reshape(131, 151)
    rows, columns = np.nonzero(good.reshape(131, 151))
    plane = np.linalg.lstsq(np.c_[np.ones(good.sum()), columns, rows], x[good], rcond=None)[0]
    centred = shaped - np.nanmean(shaped)
    products = np.concatenate([(centred[:, 1:] * centred[:, :-1]).ravel(), (centred[1:] * centred[:-1]).ravel()])
    out = {
        "peer": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "withinLimits": int(limits.sum()),
        "good": int(good.sum()),
        "correlation151": float(spearmanr(w1[:-151], w1[151:])[0]),
        "mean": float(x[good].mean()),
        "deviation": float(x[good].std(ddof=1)),
        "quantiles": np.quantile(x[good], [0.05, 0.5, 0.95]).tolist(),
        "gradient": plane[1:].tolist(),
        "neighbours": float(np.nanmean(products) / np.nanvar(shaped)),
    }
    pathlib.Path(__file__).with_name("map.json").write_text(json.dumps(out, indent=1) + "\n")


main()
