import type { Format } from '../format.js'
import { arbinRes } from './arbin/res.js'
import { athena } from './athena/athena.js'
import { clsAcquisition } from './beamlines/clsAcquisition.js'
import { epicsScan } from './beamlines/epicsScan.js'
import { photonFactory } from './beamlines/photonFactory.js'
import { biologicMpr } from './biologic/mpr.js'
import { biologicMpt } from './biologic/mpt.js'
import { brml } from './bruker/brml.js'
import { brukerRaw } from './bruker/raw.js'
import { cbf } from './cbf/cbf.js'
import { cif } from './cif/format.js'
import { columns } from './columns.js'
import { bdf } from './cycler/bdf.js'
import { cyclerText } from './cycler/format.js'
import { unreadableCyclers } from './cycler/unreadable.js'
import { edf } from './edf/edf.js'
import { feff } from './feff/format.js'
import { gsas } from './gsas.js'
import { marccd } from './marccd.js'
import { newareNda } from './neware/nda.js'
import { newareNdax } from './neware/ndax.js'
import { nexus } from './nexus/format.js'
import { npy } from './npy.js'
import { npz } from './npz.js'
import { poni } from './poni/poni.js'
import { spec } from './spec/spec.js'
import { tiff } from './tiff.js'
import { xdi } from './xdi/xdi.js'
import { xrdml } from './xrdml.js'

export * from './cif/index.js'
export * from './cycler/index.js'
export * from './feff/index.js'
export * from './nexus/index.js'
export * from './poni/index.js'

/** Every format that `open` knows. The order matters only between equally sure ones. */
export const FORMATS: readonly Format[] = [
  npy,
  npz,
  nexus,
  biologicMpr,
  biologicMpt,
  arbinRes,
  newareNda,
  newareNdax,
  bdf,
  cyclerText,
  ...unreadableCyclers,
  cbf,
  edf,
  marccd,
  tiff,
  xrdml,
  brml,
  brukerRaw,
  gsas,
  poni,
  feff,
  xdi,
  spec,
  athena,
  photonFactory,
  clsAcquisition,
  epicsScan,
  cif,
  columns,
]
