#!/usr/bin/python3
"""Small files as an EIGER detector writes them, bitshuffle + LZ4, by h5py and the bitshuffle plugin of Debian (hdf5-filter-plugin).
The third data file is linked and not there. Run with HDF5_PLUGIN_PATH=/usr/lib/x86_64-linux-gnu/hdf5/serial/plugins; writes eiger.json."""
import base64, json, os, tempfile
import h5py, numpy as np

rng = np.random.default_rng(1)
out = {"peer": f"h5py {h5py.__version__}, HDF5 {h5py.version.hdf5_version}, bitshuffle by hdf5-filter-plugin", "files": {}, "frames": []}
folder = tempfile.mkdtemp()
for n, count in ((1, 3), (2, 2)):
    with h5py.File(os.path.join(folder, f"run_data_{n:06d}.h5"), "w") as f:
        d = rng.poisson(3, (count, 8, 12)).astype("u4")
        d[:, 0, 0] = 2**32 - 1
        d[0, 1, 1] = 2**32 - 2
        d[1, 2, 3] = 5000000
        out["frames"] += d.reshape(count, -1).tolist()
        f.create_dataset("entry/data/data", data=d, chunks=(1, 8, 12), compression=32008, compression_opts=(0, 2))
with h5py.File(os.path.join(folder, "run_master.h5"), "w") as f:
    data = f.create_group("entry/data")
    f["entry"].attrs["NX_class"] = "NXentry"
    data.attrs["NX_class"] = "NXdata"
    for n in (1, 2, 3):
        data[f"data_{n:06d}"] = h5py.ExternalLink(f"run_data_{n:06d}.h5", "/entry/data/data")
    beam = f.create_group("entry/instrument/beam")
    beam["incident_wavelength"] = 0.4132
    detector = f.create_group("entry/instrument/detector")
    for name, value in dict(x_pixel_size=7.5e-5, y_pixel_size=7.5e-5, detector_distance=0.2, beam_center_x=6.0, beam_center_y=4.0,
                            frame_time=0.1, count_time=0.0999, description="Dectris EIGER2 test").items():
        detector[name] = value
    mask = np.zeros((8, 12), "u4")
    mask[0, 0] = 1
    mask[7, 11] = 2
    detector["detectorSpecific/pixel_mask"] = mask
    detector["detectorSpecific/saturation_value"] = 4000000
for name in sorted(os.listdir(folder)):
    out["files"][name] = base64.b64encode(open(os.path.join(folder, name), "rb").read()).decode()
json.dump(out, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "eiger.json"), "w"))
