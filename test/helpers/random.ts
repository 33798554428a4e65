import * as fc from 'fast-check';

/**
 * The seed of everything random in this process: `SEED` where it is given, as in the gate, so that a change is never
 * refused for what another hour's dice would have shown; a new one otherwise, as in the nightly job.
 */
export const seed: number = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

// A property that fails prints its seed by itself.
fc.configureGlobal({ seed });

export { fc };
