export * from './xas/index.js'
