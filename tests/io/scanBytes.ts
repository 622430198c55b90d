import { zipSync } from 'fflate'

/** Small files of laboratory diffractometers, written from the formats' descriptions. */
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export interface XrdmlScan {
  counts: readonly number[]
  tag?: 'counts' | 'intensities'
  factors?: readonly number[]
  start?: string
  positions?: string
}

export function xrdmlBytes(scans: readonly XrdmlScan[]): Uint8Array {
  const scan = ({ counts, tag = 'counts', factors, start = '2024-03-08T11:13:20-06:00', positions }: XrdmlScan): string => `
    <scan appendNumber="0" mode="Continuous" scanAxis="Gonio" status="Completed">
      <header><startTimeStamp>${start}</startTimeStamp></header>
      <dataPoints>
        <positions axis="2Theta" unit="deg">${positions ?? '<startPosition>10</startPosition><endPosition>11</endPosition>'}</positions>
        <positions axis="Omega" unit="deg"><commonPosition>5.5</commonPosition></positions>
        <commonCountingTime unit="seconds">2.5</commonCountingTime>
        ${factors ? `<beamAttenuationFactors>${factors.join(' ')}</beamAttenuationFactors>` : ''}
        <${tag} unit="counts">${counts.join(' ')}</${tag}>
      </dataPoints>
    </scan>`
  return utf8(`<?xml version="1.0" encoding="UTF-8"?>
<xrdMeasurements xmlns="http://www.xrdml.com/XRDMeasurement/2.0" status="Completed">
  <sample><name>NMC &amp; binder</name></sample>
  <xrdMeasurement measurementType="Scan">
    <usedWavelength intended="K-Alpha"><kAlpha1 unit="Angstrom">1.5405980</kAlpha1><kAlpha2 unit="Angstrom">1.5444260</kAlpha2></usedWavelength>
${scans.map(scan).join('')}
  </xrdMeasurement>
</xrdMeasurements>
`)
}

export function brmlBytes(counts: readonly number[], factor = 1): Uint8Array {
  const rows = counts.map((n, i) => `<Datum>2.5,${factor},${10 + i * 0.5},${5 + i * 0.25},${n}</Datum>`).join('\n')
  const xml = `<?xml version="1.0"?>
<RawData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <TimeStampStarted>2025-02-26T10:47:52+00:00</TimeStampStarted>
  <DataRoutes><DataRoute RouteFlag="Measured">
    <ScanInformation ScanName="LockedCoupled"><MeasurementPoints>${counts.length}</MeasurementPoints></ScanInformation>
    ${rows}
    <DataViews>
      <RawDataView xsi:type="FixedRawDataView" Start="0" Length="1" LogicName="MeasuredTime" Unit="s" />
      <RawDataView xsi:type="FixedRawDataView" Start="1" Length="1" LogicName="AbsorptionFactor" Unit="" />
      <RawDataView xsi:type="VaryingRawDataView" Start="2" Length="2"><Varying>
        <FieldDefinitions FieldName="TwoTheta" AxisId="TwoTheta" /><FieldDefinitions FieldName="Theta" AxisId="Theta" />
      </Varying></RawDataView>
      <RawDataView xsi:type="RecordedRawDataView" Start="4" Length="1"><Recording LogicName="ScanCounter" /></RawDataView>
    </DataViews>
  </DataRoute></DataRoutes>
  <FixedInformation><Instrument><PrimaryTracks><TrackInfoData><MountedOptics><InfoData>
    <Tube><WaveLengthAlpha1 Unit="A" Value="1.5406" /><TubeMaterial>Cu</TubeMaterial></Tube>
  </InfoData></MountedOptics></TrackInfoData></PrimaryTracks></Instrument></FixedInformation>
</RawData>`
  return zipSync({ 'experimentCollection.xml': utf8('<a/>'), 'Experiment0/RawData0.xml': utf8(xml) })
}

const put = (bytes: Uint8Array, at: number, text: string): void => {
  bytes.set(utf8(text), at)
}

export function raw101Bytes(ranges: readonly (readonly number[])[], date = '03/25/2021'): Uint8Array {
  const size = 304
  const out = new Uint8Array(712 + ranges.reduce((n, counts) => n + size + 4 * counts.length, 0))
  const view = new DataView(out.buffer)
  put(out, 0, 'RAW1.01')
  view.setUint32(12, ranges.length, true)
  put(out, 16, date)
  put(out, 26, '10:20:30')
  put(out, 326, 'LFP')
  put(out, 608, 'Cu')
  view.setFloat64(624, 1.5406, true)
  let at = 712
  for (const counts of ranges) {
    view.setUint32(at, size, true)
    view.setUint32(at + 4, counts.length, true)
    view.setFloat64(at + 8, 5, true)
    view.setFloat64(at + 16, 10, true)
    view.setFloat64(at + 176, 0.5, true)
    view.setFloat32(at + 192, 2.5, true)
    view.setUint32(at + 252, 4, true)
    counts.forEach((n, i) => {
      view.setFloat32(at + size + 4 * i, n, true)
    })
    at += size + 4 * counts.length
  }
  return out
}

export function raw400Bytes(ranges: readonly (readonly number[])[], record = 8): Uint8Array {
  const drive = 64
  const text = 40
  const out = new Uint8Array(61 + text + ranges.reduce((n, counts) => n + 160 + drive + record * counts.length, 0))
  const view = new DataView(out.buffer)
  put(out, 0, 'RAW4.00')
  put(out, 12, '25/03/2021')
  put(out, 24, '10:20:30')
  view.setUint32(61, 10, true)
  view.setUint32(65, text, true)
  put(out, 73, 'SAMPLEID')
  put(out, 97, 'TiO2')
  let at = 61 + text
  for (const counts of ranges) {
    view.setUint32(at, 160, true)
    put(out, at + 32, 'Locked Coupled')
    view.setFloat64(at + 72, 10, true)
    view.setFloat64(at + 80, 0.5, true)
    view.setUint32(at + 88, counts.length, true)
    view.setFloat32(at + 92, 2.5, true)
    view.setUint32(at + 136, record, true)
    view.setUint32(at + 140, drive, true)
    view.setUint32(at + 160, 50, true)
    view.setUint32(at + 164, drive, true)
    put(out, at + 172, 'Phi')
    view.setFloat64(at + 216, 7.5, true)
    counts.forEach((n, i) => {
      view.setFloat32(at + 160 + drive + record * i, n, true)
    })
    at += 160 + drive + record * counts.length
  }
  return out
}
