import { afterEach, expect, test } from '@jest/globals';
import type { Report } from '../../src/records/read-report.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { buildSite } from '../../src/site/build.tsx';
import { siteData } from '../../src/site/data/site-data.ts';
import { brokenKr, perfectKr, projectId, runOn, startWorld } from '../helpers/world.ts';
import { aSubject, aSummary } from '../reporters/helpers.ts';

let sandbox: Sandbox | null = null;
afterEach(async () => sandbox?.close());

async function night(at: string): Promise<Report> {
  (sandbox as Sandbox).clock.set(at);
  const { summary, subjects } = await runOn(sandbox as Sandbox, { at });
  return { ...summary, subjects };
}

test('ages of findings and the time fixes took come from our comments; a waiver is no fix', async () => {
  sandbox = await startWorld([brokenKr]);
  await night('2026-11-23T09:00:00Z');
  const before = siteData(await night('2026-11-25T09:00:00Z')).hygiene;
  expect(before.fixes).toEqual({ count: 0, median: null, longest: null, latest: [] });
  expect(before.rules.map(({ oldest }) => oldest?.since)).toEqual(before.rules.map(() => '2026-11-23'));

  const { description } = perfectKr;
  const link = /## Ally OKR: \S+/.exec(description)?.[0] ?? '';
  const fixed = brokenKr.description.replace(/## Ally OKR:.*/, link);
  sandbox.state.editIssue('ann', projectId, 1, { description: fixed });
  sandbox.state.addNote('ann', projectId, 1, 'kr: waive require-milestone-dri because we hire');
  const report = await night('2026-11-28T09:00:00Z');
  const after = siteData(report).hygiene;
  expect(after.fixes).toMatchObject({ count: 1, median: 5, longest: 5 });
  expect(after.fixes.latest).toEqual([
    expect.objectContaining({ rule: 'require-okr-link', since: '2026-11-23', on: '2026-11-28', days: 5 }),
  ]);
  expect(after.accepted).toEqual([
    expect.objectContaining({ rule: 'require-milestone-dri', by: 'ann', because: 'we hire' }),
  ]);
  const page = buildSite(report, '# EOF\n').get('index.html') ?? '';
  expect(page).toContain('<b>1 finding fixed</b>, half of them within 5 days');
  expect(page).toContain('ann: we hire');
  // The same the next night: what is remembered is not counted again.
  expect(siteData(await night('2026-11-29T09:00:00Z')).hygiene.fixes).toEqual(after.fixes);
});

test('findings over several KRs and reminders name KRs, but not confidential ones', () => {
  const open = aSubject({ ref: 'sec/okrs#1', state: 'opened', record: { ...recordOf(), nextPing: null } });
  const secret = aSubject({ ref: 'sec/okrs#2', confidential: true, record: { quarter: 'FY27-Q4' } });
  const subjects = [open, secret];
  const ping = { whom: ['ann'], on: '2026-11-23', because: 'reminder 1 of 3' };
  const files = buildSite(
    {
      ...aSummary(subjects, {
        setFindings: [
          {
            rule: 'no-duplicate-kr-number',
            severity: 'warning',
            message: 'KR1 is there twice.',
            refs: ['sec/okrs#1', 'sec/okrs#2'],
          },
        ],
        pings: [
          { ...ping, ref: 'sec/okrs#1', outcome: 'waiting' },
          { ...ping, ref: 'sec/okrs#2', outcome: 'waiting' },
        ],
      }),
      subjects,
    },
    '# EOF\n',
  );
  const page = files.get('index.html') ?? '';
  expect(page).toContain('KR1 is there twice.');
  expect(page).toContain('waits for a later run');
  expect(page).toContain('1 reminder about confidential KRs not listed here.');
  for (const content of files.values()) expect(content).not.toMatch(/okrs#2(?!\d)/);
});

function recordOf() {
  return {
    quarter: 'FY27-Q4',
    number: 1,
    reference: null,
    statement: 'Rotate all keys',
    objective: null,
    okrUrl: null,
    dueDate: null,
    assignees: [],
    milestones: [],
    progress: { claimed: null, milestones: null, expected: 10 },
    status: { claimed: null, week: null, noteId: null },
    updates: [],
    timeline: [],
    answers: [],
  };
}
