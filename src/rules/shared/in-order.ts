import type { z } from 'zod';

/**
 * The same options, of which the one called `low` may not be above the one called `high`: nothing could meet both.
 * `alongside` tells who explains the error which keys it takes (a default of a layer may be overruled in another), and
 * `depth` how many parts of the path are below their map.
 */
export function inOrder<S extends z.ZodObject>(options: S, low: string, high: string): S {
  return options.superRefine(
    (value: Record<string, unknown>, context) => {
      const [least, most] = [value[low], value[high]];
      if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return;
      context.addIssue({
        code: 'custom',
        path: [high],
        params: { alongside: [low, high], depth: 1, value: most },
        message: `${least} or more, since \`${low}\` is ${least}; or make \`${low}\` smaller`,
      });
    },
    // Next to other errors, too: all are to be told at once.
    { when: ({ value }) => value !== null && typeof value === 'object' },
  );
}
