import { z } from 'zod';

const list = z.array(z.string().min(1).max(200)).max(500);
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id such as `due-date`');

/** A list of words; none where nothing is said. */
export const words = (description: string) => list.default([]).describe(description);

/** Lists of words, each by the id of what it names. */
export const names = z.record(id, list).default({});

/** The same under each of these keys. */
export const ofEach = <K extends string, T>(keys: readonly K[], value: T) =>
  Object.fromEntries(keys.map((key) => [key, value])) as Record<K, T>;

/** @param what they are: `Words` */
export const statuses = (what: string) =>
  z
    .strictObject({
      'on-track': words(`${what} that mean on track.`),
      'at-risk': words(`${what} that mean at risk.`),
      'off-track': words(`${what} that mean off track.`),
    })
    .prefault({})
    .describe('What people write for a status.');

export const states = z
  .strictObject({
    done: words('Words of a status column that mean done.'),
    open: words('Words of a status column that mean open.'),
    inapplicable: words('Words of a status column that mean dropped.'),
  })
  .prefault({})
  .describe('What people write in the status column of a table of milestones.');
