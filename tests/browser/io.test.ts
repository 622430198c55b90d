import.meta.glob('../io/**/*.pure.test.ts', { eager: true })
