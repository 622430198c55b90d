import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperandoError } from '../../core/errors.js'

/** The files of a report. */
export const REPORT_FILES = { html: 'report.html', csv: 'results.csv', nexus: 'results.nxs', svg: 'overview.svg' } as const

/** Which file of a report. */
export type ReportFile = keyof typeof REPORT_FILES

/** A folder that a report goes into, all of it or nothing. */
export interface ReportFolder {
  /**
   * Writes a file under a draft's name.
   * @param file    Which.
   * @param content What stands in it.
   */
  write(file: ReportFile, content: string | Uint8Array): Promise<void>
  /** Puts all that was written in place, and takes away what an earlier report left and this one has not. Returns the paths. */
  finish(): Promise<Readonly<Partial<Record<ReportFile, string>>>>
  /** Takes the drafts away, and the folder if it was made for them and is empty; after `finish` nothing is left to do. */
  discard(): Promise<void>
}

/**
 * Opens a folder for a report. Asked before the work begins, so that nobody waits for fits that cannot be written: an earlier report is not replaced in
 * silence, and a folder that may not be written to is told at once. Files stand under drafts' names until all of them are whole.
 * @param output    The folder, made if it is not there; path or file URL.
 * @param overwrite Whether an earlier report in it may be replaced.
 * @throws OperandoError `E_IO` when a report stands there already, or the system refuses.
 */
export async function openReportFolder(output: string | URL, overwrite: boolean): Promise<ReportFolder> {
  const folder = resolve(output instanceof URL || output.startsWith('file:') ? fileURLToPath(output) : output)
  const place = (name: string): string => join(folder, name)
  const earlier = Object.values(REPORT_FILES).filter(name => existsSync(place(name)))
  if (earlier.length > 0 && !overwrite) {
    throw new OperandoError(
      'E_IO',
      `${folder} holds a report already (${earlier.join(', ')}). Give another output folder, or { overwrite: true } to replace it.`,
      { details: { path: folder } },
    )
  }
  const refused = (cause: unknown): OperandoError =>
    new OperandoError('E_IO', `The report cannot be written to ${folder}: ${(cause as Error).message}`, {
      cause,
      details: { path: folder },
    })
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      throw refused(cause)
    }
  }
  const isNew = !existsSync(folder)
  const drafts = await guarded(async () => {
    await mkdir(folder, { recursive: true })
    return mkdtemp(place('.draft-'))
  })
  const written: ReportFile[] = []
  return {
    write: (file, content) =>
      guarded(async () => {
        await writeFile(join(drafts, REPORT_FILES[file]), content, { flush: true })
        written.push(file)
      }),
    finish: () =>
      guarded(async () => {
        for (const file of written) await rename(join(drafts, REPORT_FILES[file]), place(REPORT_FILES[file]))
        for (const [file, name] of Object.entries(REPORT_FILES))
          if (!written.includes(file as ReportFile)) await rm(place(name), { force: true })
        return Object.fromEntries(written.map(file => [file, place(REPORT_FILES[file])]))
      }),
    discard: async () => {
      await rm(drafts, { recursive: true, force: true }).catch(() => undefined)
      // fails, as it should, where anything stands in it
      if (isNew) await rmdir(folder).catch(() => undefined)
    },
  }
}
