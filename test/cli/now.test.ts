import { expect, test } from '@jest/globals';
import { cli } from '../helpers/capture-io.ts';

/** The instant that `--now` is read as, else the error. */
async function readAs(now: string): Promise<string> {
  const { stdout, stderr } = await cli(
    ['lint', '--format', 'json', '--fail-on', 'never', '--now', now, '-'],
    {
      stdin: '',
    },
  );
  return stdout === '' ? stderr : (JSON.parse(stdout) as { generatedAt: string }).generatedAt;
}

test.each([
  ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00Z'],
  ['2026-11-23T09:00:00+05:00', '2026-11-23T04:00:00Z'],
  // As Python, PostgreSQL and `date --rfc-3339` write it.
  ['2026-11-23 09:00:00+05:00', '2026-11-23T04:00:00Z'],
  ['2026-11-23 09:00:00-0330', '2026-11-23T12:30:00Z'],
  ['2026-11-23 09:00:00Z', '2026-11-23T09:00:00Z'],
  // As java.time and Temporal write it.
  ['2026-11-23T09:00:00+01:00[Europe/Berlin]', '2026-11-23T08:00:00Z'],
  ['2026-11-23T09:00:00[Asia/Tokyo]', '2026-11-23T00:00:00Z'],
  ['2026-11-23', '2026-11-23T00:00:00Z'],
  ['20261123T090000+0100', '2026-11-23T08:00:00Z'],
])('--now %s is %s', async (written, instant) => {
  expect(await readAs(written)).toBe(instant);
});

test.each([
  '2026-11-23T09:00:00+05:00:30',
  '2026-11-23T09:00:00+99:00',
  '2026-11-23T09:00:00+05:00[Europe/Berlin]',
  '2026-02-30',
  '',
  'T '.repeat(100_000),
])('--now %.40s is refused, not read without its zone', async (written) => {
  expect(await readAs(written)).toMatch(/^--now is .* which is not an ISO time/);
});
