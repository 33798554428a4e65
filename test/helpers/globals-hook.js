const globals = new URL('./globals.js', import.meta.url).href;

/** Resolves `@jest/globals`, which by itself works only inside of jest's own sandbox. */
export function resolve(specifier, context, next) {
  return specifier === '@jest/globals'
    ? { url: globals, format: 'module', shortCircuit: true }
    : next(specifier, context);
}
