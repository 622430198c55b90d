import { existsSync } from 'node:fs'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const conditions = ['operando-source', 'import', 'module', 'default']
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path))
if (!chromium && !process.env.VITEST_WORKER_ID)
  process.stderr.write('SKIPPED: browser tests, no Chromium on this machine (Debian: apt-get install chromium).\n')

const node = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'node',
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/browser/**'],
    testTimeout: 60_000,
    typecheck: { enabled: false },
    // modules have no state of their own: files share them, and half of the time is saved
    isolate: false,
  },
}

// Pure tests (*.pure.test.ts) touch no file and no Node built-in: they run again in a real browser.
const browser = {
  // as bundlers for pages do: some packages have other code for browsers
  resolve: { conditions: [...conditions, 'browser'] },
  test: {
    name: 'browser',
    include: ['tests/browser/*.test.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: chromium,
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
}

export default defineConfig({
  test: {
    projects: chromium ? [node, browser] : [node],
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['**/*.generated.ts', 'src/numeric/wasm/assembly/**'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
})
