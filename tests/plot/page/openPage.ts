import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path))

/** Whether a real browser is here to open pages with. */
export const hasChromium: boolean = executablePath !== undefined

if (!hasChromium)
  process.stderr.write('SKIPPED: pages in a real browser, no Chromium on this machine (Debian: apt-get install chromium).\n')

/** Starts the browser. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
}

/** A page opened from a folder, and all that it said or asked for. */
export interface OpenPage {
  readonly page: Page
  /** Console messages, errors and requests other than for the page itself. */
  readonly noise: string[]
}

/** Writes a page to a folder and opens it there. */
export async function openPage(browser: Browser, html: string): Promise<OpenPage> {
  const path = join(mkdtempSync(join(tmpdir(), 'operando-page-')), 'figure.html')
  writeFileSync(path, html)
  const page = await browser.newPage({ viewport: { width: 900, height: 1200 } })
  const noise: string[] = []
  const url = pathToFileURL(path).href
  page.on('console', message => noise.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => noise.push(String(error)))
  page.on('request', request => {
    if (request.url() !== url && !request.url().startsWith('data:')) noise.push(`request: ${request.url()}`)
  })
  await page.goto(url)
  return { page, noise }
}
