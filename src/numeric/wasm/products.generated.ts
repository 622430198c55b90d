// Built by scripts/build-kernels.mjs from assembly/products.ts: do not edit, run `npm run kernels`.
export const products: string =
  'AGFzbQEAAAABBQFgAAF8Ag8BA2VudgZtZW1vcnkCAAADAgEABxICBWR1bW15AAAGbWVtb3J5AgAKDQELAEQAAAAAAAAAAAs='
