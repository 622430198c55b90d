"""Numbers of gemmi for unit cells: volume, reciprocal cell, d-spacings, orthogonalisation, distances.
Run: python3 tests/reference/model/make_unit_cells.py > tests/reference/model/unitCells.json"""
import json
import gemmi

CELLS = [
    (5.43102, 5.43102, 5.43102, 90, 90, 90),
    (2.464, 2.464, 6.711, 90, 90, 120),
    (10.332, 6.01, 4.692, 90, 90, 90),
    (4.921, 8.777, 9.883, 90, 100.06, 90),
    (5.42, 5.42, 5.42, 33.1, 33.1, 33.1),
    (5.43, 6.87, 7.12, 71.3, 83.9, 105.2),
    (3.1, 14.2, 5.05, 118.5, 95.7, 61.2),
]
HKLS = [(1, 0, 0), (0, 0, 3), (1, 1, 1), (-2, 1, 3), (4, -5, 2)]
X, Y = (0.12, 0.34, 0.56), (-0.4, 0.9, 0.15)
out = []
for numbers in CELLS:
    cell = gemmi.UnitCell(*numbers)
    r = cell.reciprocal()
    x, y = gemmi.Fractional(*X), gemmi.Fractional(*Y)
    cx, cy = cell.orthogonalize(x), cell.orthogonalize(y)
    out.append(dict(
        cell=numbers, volume=cell.volume,
        reciprocal=[r.a, r.b, r.c, r.alpha, r.beta, r.gamma],
        d=[cell.calculate_d(h) for h in HKLS],
        orth=[v for row in cell.orthogonalization_matrix.tolist() for v in row],
        cartesian=cx.tolist(), distance=cx.dist(cy)))
print(json.dumps(dict(peer=f'gemmi {gemmi.__version__}', hkls=HKLS, x=X, y=Y, cells=out)))
