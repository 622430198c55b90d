import.meta.glob('../model/**/*.pure.test.ts', { eager: true })
