"""The peers' side of `npm run bench:peers`: the same inputs and the same work as bench/kernels, by numpy, scipy, lmfit, pandas and pyFAI.

A line protocol on stdin and stdout: `prepare NAME` answers {"peer": ...} or {"missing": ...}, `run NAME CALLS` runs so many calls and
answers {"seconds": process time of one}. run.ts starts it with one thread and without variables that change what OpenBLAS runs.
"""

import json
import sys
import time

import numpy as np

# glibc hands freed blocks of some MB back to the system until it has seen larger ones: a peer's time would depend on what ran before
_ = np.ones(31 << 20, np.uint8)
del _

CASES = {}


def case(name):
    """Registers a set-up that returns (peer and version, call to be timed)."""

    def register(setup):
        CASES[name] = setup
        return setup

    return register


def uniform(seed, n):
    """bench/harness/inputs.ts has the same hash."""
    h = (np.arange(n, dtype=np.uint64) + np.uint64((seed * 0x9E3779B9) & 0xFFFFFFFF)).astype(np.uint32)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x7FEB352D)
    h ^= h >> np.uint32(15)
    h *= np.uint32(0x846CA68B)
    h ^= h >> np.uint32(16)
    return (h.astype(np.float64) + 0.5) / 2**32


def normal(seed, n):
    return np.sqrt(-2 * np.log(uniform(seed, n))) * np.cos(2 * np.pi * uniform(seed + 7919, n))


# ---- Fourier transforms


def complex_points(n, dtype):
    u = uniform(3, 2 * n)
    return (u[0::2] + 1j * u[1::2]).astype(dtype)


def fft_case(name, shape, dtype):
    @case(name)
    def _():
        import scipy
        import scipy.fft

        data = complex_points(int(np.prod(shape)), dtype).reshape(shape)
        transform = scipy.fft.fft2 if len(shape) == 2 else scipy.fft.fft
        return f"scipy.fft {scipy.__version__}", lambda: transform(data)


for n in (256, 1024, 4096):
    fft_case(f"fft1.{n}", (n,), np.complex128)
for n in (64, 128, 256, 512):
    fft_case(f"fft2.{n}", (n, n), np.complex128)
    fft_case(f"fft2.{n}.single", (n, n), np.complex64)

# ---- peak fit: area, centre, fwhm, eta of five pseudo-Voigts, then constant and slope

X = np.linspace(0, 100, 2000)
LINES = [(15, 1.6, 900, 0.5), (32, 2.2, 1500, 0.3), (36.5, 2.6, 800, 0.6), (63, 1.8, 2000, 0.4), (85, 3.2, 1200, 0.7)]
LN2 = np.log(2)


def truth(charge):
    p = []
    for k, (centre, fwhm, area, eta) in enumerate(LINES):
        p += [area * (1 + 0.3 * np.sin(3 * charge + k)), centre + 1.2 * charge * (-1) ** k, fwhm * (1 + 0.2 * charge), eta]
    return np.array(p + [20.0, 0.05])


def start():
    p = truth(0)
    p[0:20:4] *= 0.7
    p[1:20:4] += 0.4
    p[2:20:4] *= 1.3
    p[3:20:4] = 0.5
    p[20:] = 15, 0
    return p


def model(x, *p):
    y = p[20] + p[21] * x
    for k in range(0, 20, 4):
        area, centre, h, eta = p[k : k + 4]
        u2 = ((x - centre) / h) ** 2
        gauss = 2 * np.sqrt(LN2 / np.pi) / h * np.exp(-4 * LN2 * u2)
        lorentz = 2 / (np.pi * h) / (1 + 4 * u2)
        y = y + area * (gauss + eta * (lorentz - gauss))
    return y


def jacobian(x, *p):
    j = np.empty((x.size, 22))
    for k in range(0, 20, 4):
        area, centre, h, eta = p[k : k + 4]
        u = (x - centre) / h
        u2 = u * u
        gauss = 2 * np.sqrt(LN2 / np.pi) / h * np.exp(-4 * LN2 * u2)
        q = 1 / (1 + 4 * u2)
        lorentz = 2 / (np.pi * h) * q
        g, l = (1 - eta) * gauss, eta * lorentz
        j[:, k] = g + l
        j[:, k + 1] = area / h * 2 * u * (4 * LN2 * g + 4 * q * l)
        j[:, k + 2] = area / h * (2 * (4 * LN2 * u2 * g + 4 * u2 * q * l) - g - l)
        j[:, k + 3] = area * (lorentz - gauss)
    j[:, 20] = 1
    j[:, 21] = x
    return j


def pattern(charge, seed):
    y = model(X, *truth(charge))
    return y + np.sqrt(y) * normal(seed, X.size)


@case("fit.curve_fit")
def _():
    import scipy
    from scipy.optimize import curve_fit

    y = pattern(0, 21)
    sigma = np.sqrt(y)
    return f"scipy {scipy.__version__} curve_fit with jac", lambda: curve_fit(model, X, y, start(), sigma=sigma, jac=jacobian)


@case("fit.lmfit")
def _():
    import lmfit
    from lmfit.models import LinearModel, PseudoVoigtModel

    y = pattern(0, 21)
    whole = LinearModel(prefix="line_")
    for k in range(5):
        whole = whole + PseudoVoigtModel(prefix=f"p{k}_")
    p = start()
    parameters = whole.make_params()
    for k in range(5):
        area, centre, h, eta = p[4 * k : 4 * k + 4]
        for name, value in (("amplitude", area), ("center", centre), ("sigma", h / 2), ("fraction", eta)):
            parameters[f"p{k}_{name}"].set(value=value)
    parameters["line_intercept"].set(value=15)
    parameters["line_slope"].set(value=0)
    weights = 1 / np.sqrt(y)
    return f"lmfit {lmfit.__version__}", lambda: whole.fit(y, parameters, x=X, weights=weights)


@case("fit.sequence")
def _():
    import scipy
    from scipy.optimize import least_squares

    patterns = [pattern(i / 999, 100 + i) for i in range(20)]

    def run():
        p = start()
        for y in patterns:
            w = 1 / np.sqrt(y)
            p = least_squares(
                lambda q: (model(X, *q) - y) * w, p, jac=lambda q: jacobian(X, *q) * w[:, None], method="lm", x_scale="jac"
            ).x

    return f"scipy {scipy.__version__} least_squares lm", run


# ---- powder pattern: 300 pseudo-Voigts, each over 30 widths to either side, on 5000 points


@case("profiles")
def _():
    x = np.linspace(10, 110, 5000)
    step = x[1] - x[0]
    centres = 12 + 96 * np.sort(uniform(81, 300))
    areas = 10 + 1000 * uniform(82, 300) ** 2
    h = 0.1 + 0.001 * centres
    eta = 0.3 + 0.4 * np.arange(300) / 300
    low = np.maximum(0, np.ceil((centres - 30 * h - x[0]) / step).astype(int))
    high = np.minimum(5000, np.floor((centres + 30 * h - x[0]) / step).astype(int) + 1)

    def run():
        out = np.zeros(5000)
        for r in range(300):
            d = (x[low[r] : high[r]] - centres[r]) / h[r]
            d *= d
            lorentz = 2 / np.pi / (1 + 4 * d)
            gauss = 2 * np.sqrt(LN2 / np.pi) * np.exp(-4 * LN2 * d)
            out[low[r] : high[r]] += areas[r] / h[r] * (eta[r] * lorentz + (1 - eta[r]) * gauss)
        return out

    return f"numpy {np.__version__}", run


# ---- azimuthal integration: a square detector 0.2 m behind the sample, 2000 bins, boxes split

SIDE = 0.1536


def frame(n):
    px = SIDE / n
    y = (np.arange(n) + 0.5) * px - 0.40 * SIDE
    x = (np.arange(n) + 0.5) * px - 0.45 * SIDE
    r = np.sqrt(y[:, None] ** 2 + x[None, :] ** 2)
    base = 100 + 400 * np.maximum(0, np.cos(r * 600)) ** 8
    return np.floor(base + 20 * uniform(1, n * n).reshape(n, n)).astype(np.uint32)


def integrator(n):
    import logging

    logging.disable(logging.WARNING)
    from pyFAI.azimuthalIntegrator import AzimuthalIntegrator
    from pyFAI.detectors import Detector

    pixels = Detector(pixel1=SIDE / n, pixel2=SIDE / n, max_shape=(n, n))
    return AzimuthalIntegrator(dist=0.2, poni1=0.40 * SIDE, poni2=0.45 * SIDE, detector=pixels, wavelength=0.2e-10)


def azint_case(n):
    method = ("bbox", "csr", "cython")

    @case(f"azint.{n}")
    def _():
        import pyFAI

        ai = integrator(n)
        image = frame(n)
        return f"pyFAI {pyFAI.version} csr-bbox", lambda: ai.integrate1d_ng(image, 2000, unit="2th_deg", method=method)

    @case(f"azint.{n}.errors")
    def _():
        import pyFAI

        ai = integrator(n)
        image = frame(n)
        mask = (uniform(9, n * n).reshape(n, n) < 0.01).astype(np.int8)
        options = {"unit": "2th_deg", "method": method, "error_model": "poisson", "polarization_factor": 0.99, "mask": mask}
        return f"pyFAI {pyFAI.version} csr-bbox", lambda: ai.integrate1d_ng(image, 2000, **options)

    @case(f"azint.{n}.core")
    def _():
        import pyFAI

        ai = integrator(n)
        image = frame(n)
        ai.integrate1d_ng(image, 2000, unit="2th_deg", method=method)
        engine = [e.engine for e in ai.engines.values() if hasattr(e.engine, "integrate_ng")][0]
        solid = ai.solidAngleArray((n, n))
        return f"pyFAI {pyFAI.version} csr-bbox, engine alone", lambda: engine.integrate_ng(image, solidangle=solid)

    @case(f"azint.{n}.setup")
    def _():
        import pyFAI

        image = frame(n)
        return f"pyFAI {pyFAI.version} csr-bbox", lambda: integrator(n).integrate1d_ng(image, 2000, unit="2th_deg", method=method)


for n in (1024, 2048, 4096):
    azint_case(n)

# ---- text and correlation


@case("table")
def _():
    import io

    import pandas

    rows = 100000
    counts = 1e3 * uniform(94, rows) + 30 * normal(93, rows)
    lines = ["%.5f %.4f %.6e\n" % (5 + i * 100 / rows, c, np.sqrt(abs(c))) for i, c in enumerate(counts)]
    text = "".join(lines).encode()
    return f"pandas {pandas.__version__}", lambda: pandas.read_csv(io.BytesIO(text), sep=" ", header=None).to_numpy()


def mpr_bytes(rows):
    ids = [1, 2, 3, 21, 31, 65, 131, 4, 7, 13, 5, 6, 39, 467, 468, 70]
    table = np.zeros(rows, "<u1,<u2,<f8,<f8,<f8,<f4,<f4,<u2,<f8,<u4,<f4")
    i = np.arange(rows)
    x = uniform(51, rows)
    for name, values in zip(table.dtype.names, (i & 63, i >> 10, 10.0 * i, x, x * i, x, 3 + x, 9, x, i >> 12, x)):
        table[name] = values
    data = bytearray(406)
    data[0:4] = np.uint32(rows).tobytes()
    data[4] = len(ids)
    data[5 : 5 + 2 * len(ids)] = np.array(ids, "<u2").tobytes()

    def module(name, version, payload):
        head = b"MODULE" + name.ljust(10) + name.ljust(25) + np.array([len(payload), version], "<u4").tobytes() + b"12/08/20"
        return head + payload

    magic = b"BIO-LOGIC MODULAR FILE\x1a".ljust(48) + bytes(4)
    return magic + module(b"VMP Set", 0, bytes(400)) + module(b"VMP data", 3, bytes(data) + table.tobytes())


def mpr_case(rows):
    def setup(columns_of):
        import io

        from galvani import BioLogic

        content = mpr_bytes(rows)
        return "galvani", lambda: columns_of(BioLogic.MPRfile(io.BytesIO(content)))

    @case(f"mpr.{rows}.frame")
    def _():
        """As galvani's README reads a file: its table, put into columns by pandas; and the flags, which it keeps in one byte, each as a column."""
        import pandas

        def columns(mpr):
            frame = pandas.DataFrame(mpr.data)
            for name in mpr.flags_dict:
                frame[name] = mpr.get_flag(name)
            return frame

        return setup(columns)

    @case(f"mpr.{rows}.arrays")
    def _():
        """The least that numpy must do: each column of the table copied into an array of its own, in its own type."""
        return setup(
            lambda mpr: [mpr.data[name].copy() for name in mpr.data.dtype.names] + [mpr.get_flag(name) for name in mpr.flags_dict]
        )


for n in (200, 33000):
    mpr_case(n)


@case("pearson")
def _():
    series = normal(71, 2000000).reshape(1000, 2000)
    return f"numpy {np.__version__} corrcoef", lambda: np.corrcoef(series)


# ---- EXAFS: one spectrum, one path


def exafs_reference():
    """Scattering tables and spectrum that bench/kernels/exafs.ts reads as well."""
    import os

    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../tests/reference/spectroscopy/exafs.json")) as file:
        return json.load(file)


@case("xftf")
def _():
    import larch
    from larch import Group
    from larch.xafs import xftf

    chi = np.array(exafs_reference()["chi"][0])
    group = Group(k=0.05 * np.arange(len(chi)), chi=chi)
    return f"larch {larch.__version__}", lambda: xftf(group, kmin=3, kmax=13, dk=2, window="hanning", kweight=2)


@case("feffit")
def _():
    import os
    import tempfile

    import larch
    from larch import Group
    from larch.fitting import param, param_group
    from larch.xafs import feffit, feffit_dataset, feffit_transform, feffpath

    reference = exafs_reference()
    chi = np.array(reference["chi"][0])
    file = os.path.join(tempfile.mkdtemp(), "feff0001.dat")
    with open(file, "w") as out:
        out.write(reference["texts"]["feff0001.dat"])
    path = feffpath(file, s02="amp", e0="de", sigma2="ss2", deltar="dr")
    transform = feffit_transform(kmin=3, kmax=14, dk=4, window="kaiser", kweight=2, rmin=1.1, rmax=2.1, fitspace="r")
    data = feffit_dataset(data=Group(k=0.05 * np.arange(len(chi)), chi=chi), transform=transform, paths=[path])
    start = dict(amp=1, de=0.5, ss2=0.004, dr=0.001)
    return f"larch {larch.__version__}", lambda: feffit(param_group(**{name: param(value, vary=True) for name, value in start.items()}), data)


# ---- linear combination fits of many spectra


def mixtures(pixels, energies=80):
    x = np.linspace(-30, 60, energies)
    references = np.array(
        [0.5 + np.arctan((x - s) / w) / np.pi + h * np.exp(-(((x - s - 5) / 4) ** 2)) for s, w, h in ((0, 1, 0.8), (2.5, 1.2, 0.5), (5, 1.5, 0.3))]
    )
    f = uniform(41, pixels * 3).reshape(pixels, 3)
    f[f < 0.25] = 0
    f /= np.maximum(f.sum(1, keepdims=True), 1e-9)
    noise = np.resize(normal(43, 1 << 16), pixels * energies).reshape(pixels, energies)
    return references, (f @ references + 0.01 * noise).astype(np.float32)


@case("lcf.vectorised")
def _():
    """All pixels at once: every active set through the Gram matrix, the best kept."""
    references, y = mixtures(65536)
    gram = references @ references.T
    sets = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]

    def run():
        b = y @ references.T.astype(np.float32)
        best = np.zeros(len(y))
        out = np.zeros((len(y), 3))
        for s in sets:
            c = b[:, s] @ np.linalg.inv(gram[np.ix_(s, s)])
            gain = (c * b[:, s]).sum(1)
            ok = (c >= 0).all(1) & (gain > best)
            best[ok] = gain[ok]
            out[ok] = 0
            out[np.ix_(ok, s)] = c[ok]
        return out

    return f"numpy {np.__version__}", run


@case("lcf.loop")
def _():
    import scipy
    from scipy.optimize import nnls

    references, y = mixtures(4096)
    a, z = references.T.copy(), y.astype(np.float64)

    def run():
        for row in z:
            nnls(a, row)

    return f"scipy {scipy.__version__} nnls in a loop", run


# ---- X-ray absorption


def xas_spectrum():
    """bench/kernels/xas.ts has the same scan"""
    e0, c = 7112.0, 0.5123167
    e = np.concatenate([e0 - 150 + 5 * np.arange(26), e0 - 20 + 0.3 * np.arange(167), e0 + ((2.85 + 0.05 * np.arange(243)) / c) ** 2])
    k = np.sqrt(np.maximum(0, e - e0)) * c
    kk = np.maximum(k, 0.3)
    shells = ((6, 0.35, 0.006, 1.6, 0.3), (6, 0.5, 0.008, 2.55, 0.9), (8, 0.3, 0.011, 3.3, 0.2))
    chi = sum(n * a / kk * np.exp(-2 * k * k * s) * np.sin(2 * k * r + p) * np.exp(-kk * kk / 400) for n, a, s, r, p in shells)
    wiggle = 1 + chi * (k > 0) * (1 - np.exp(-k * k)) + 0.02 * np.exp(-(((e - e0 - 200) / 300) ** 2))
    step = 1.2 * (0.5 + np.arctan((e - e0) / 1.2) / np.pi) * wiggle * np.exp(-(e - e0) / 9000)
    return e, 0.5 - 2e-4 * (e - e0) + step + 2e-4 * normal(31, len(e))


def xas_case(name, prepare):
    @case(name)
    def _():
        import larch
        from larch import Group
        from larch.xafs import autobk, pre_edge, xftf

        e, mu = xas_spectrum()
        return f"larch {larch.__version__}", prepare(e, mu, Group, autobk, pre_edge, xftf)


def xas_autobk(e, mu, Group, autobk, pre_edge, xftf, **options):
    group = Group(energy=e, mu=mu)
    pre_edge(group)
    return lambda: autobk(group, rbkg=1.0, kweight=2, **options)


def xas_chain(e, mu, Group, autobk, pre_edge, xftf):
    def run():
        group = Group(energy=e, mu=mu)
        pre_edge(group)
        autobk(group, rbkg=1.0, kweight=2, calc_uncertainties=False)
        xftf(group, kmin=3, kmax=13, dk=2, window="hanning", kweight=2)

    return run


xas_case("xas.pre_edge", lambda e, mu, Group, autobk, pre_edge, xftf: lambda: pre_edge(e, mu, group=Group()))
xas_case("xas.autobk", xas_autobk)
xas_case("xas.autobk.plain", lambda *given: xas_autobk(*given, calc_uncertainties=False))
xas_case("xas.chain", xas_chain)


@case("xas.quick")
def _():
    n = 50000
    e = 8333 + 350 + 440 * np.sin(2 * np.pi * np.arange(n) / 20000)
    i0 = 1e5 + 100 * uniform(4, n)
    i1 = i0 * np.exp(-1 / (1 + np.exp((8333 - e) / 2)))
    grid = np.concatenate([np.linspace(8235, 8313, 40), np.linspace(8313.25, 8348, 140), 8333 + np.linspace(2.0342, 14.49, 249) ** 2 / 0.26246842])
    edges = np.concatenate([[1.5 * grid[0] - 0.5 * grid[1]], 0.5 * (grid[1:] + grid[:-1]), [1.5 * grid[-1] - 0.5 * grid[-2]]])

    def run():
        mu = np.log(i0 / i1)
        at = np.digitize(e, edges) - 1
        inside = (at >= 0) & (at < len(grid))
        at, mu = at[inside], mu[inside]
        return np.bincount(at, minlength=len(grid)), np.bincount(at, mu, len(grid)), np.bincount(at, mu * mu, len(grid))

    return f"numpy {np.__version__} digitize, bincount", run


def main():
    ready = {}
    for line in sys.stdin:
        verb, name, *rest = line.split()
        if verb == "prepare":
            try:
                peer, ready[name] = CASES[name]()
                ready[name]()
                answer = {"peer": peer}
            except ImportError as error:
                answer = {"missing": str(error)}
        else:
            calls = int(rest[0])
            run = ready[name]
            begin = time.process_time()
            for _ in range(calls):
                run()
            answer = {"seconds": (time.process_time() - begin) / calls}
        print(json.dumps(answer), flush=True)


main()
