import.meta.glob('../*.pure.test.ts', { eager: true })
