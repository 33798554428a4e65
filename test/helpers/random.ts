import * as fc from 'fast-check';

/**
 * The seed of everything random in this process: the same unless asked, so that a change is never refused for what
 * another hour's dice would have shown. `SEED=…` plays others, as the nightly job does.
 */
export const seed: number = Number(process.env['SEED'] ?? 20261121);

const share = Number(process.env['RUNS'] ?? 0.1);

/**
 * How often a property is tried.
 * @param long the number of the long form, which `.ci/run` plays with `RUNS=1`; by default it is a tenth
 */
export const runs = (long: number): number => Math.max(1, Math.ceil(long * share));

// A property that fails prints its seed by itself.
fc.configureGlobal({ seed });

export { fc };
