"""Reference transforms for tests/numeric/fft, by scipy.fft (pocketfft) in long double (64-bit mantissa), rounded to double at the end.

Run: /usr/bin/python3 tests/reference/fft/make_fft.py   (writes fft.json beside itself)

Input of length n: point j is  ((31 j^3 + 17 j + n) mod 1009) / 1009 - 0.5  +  i (((13 j^2 + 7 j + 3 n) mod 997) / 997 - 0.5).
`projections`: for n = 1 ... 4096 the number  sum over k of X[k] conj(weight[k]),  weight = the input formula of length n + 1, its first
n points: one number that every bin enters. Base64 of little-endian doubles re, im. `spectra`: whole spectra of a few lengths.
`numpy2d`: numpy.fft.fft2 of a 6 x 10 image and rfft2 of its real part.
"""
import base64, json, os
import numpy as np
import scipy, scipy.fft as sf


def points(n, count=None):
    j = np.arange(n if count is None else count, dtype=np.int64)
    re = ((31 * j ** 3 + 17 * j + n) % 1009) / 1009 - 0.5
    im = ((13 * j ** 2 + 7 * j + 3 * n) % 997) / 997 - 0.5
    return re + 1j * im


def exact(x):
    return sf.fft(x.astype(np.clongdouble))


def flat(x):
    x = np.asarray(x, dtype=np.complex128).ravel()
    return np.stack([x.real, x.imag], 1).ravel()


projections, numpy_error = [], 0.0
for n in range(1, 4097):
    x = exact(points(n))
    numpy_error = max(numpy_error, float(np.abs(np.fft.fft(points(n)) - x).max() / np.abs(x).max()))
    projections.append(np.sum(x * np.conj(points(n + 1, n).astype(np.clongdouble))))
image = points(60).reshape(6, 10)
result = dict(
    peer=f"scipy.fft {scipy.__version__} in long double; numpy {np.__version__} for numpy2d",
    numpyWorstRelativeError=numpy_error,
    projections=base64.b64encode(flat(projections).astype("<f8").tobytes()).decode(),
    spectra={str(n): list(flat(exact(points(n)))) for n in (1, 2, 3, 4, 5, 7, 12, 30, 37, 64, 97)},
    numpy2d=dict(rows=6, columns=10, fft2=list(flat(np.fft.fft2(image))), rfft2=list(flat(np.fft.rfft2(image.real)))),
)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fft.json"), "w") as f:
    json.dump(result, f, indent=None)
    f.write("\n")
print(numpy_error)
