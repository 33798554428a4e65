import { expect, test } from '@jest/globals';
import { demoSeed, demoToken } from '../../src/sandbox/demo-seed.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const quarters = [
  ['2026-11-21T20:00:00Z', 'FY27 Q4', '2026-11-01', '2027-01-31'],
  ['2027-01-31T23:59:00Z', 'FY27 Q4', '2026-11-01', '2027-01-31'],
  ['2027-02-01T00:00:00Z', 'FY28 Q1', '2027-02-01', '2027-04-30'],
  ['2028-02-29T12:00:00Z', 'FY29 Q1', '2028-02-01', '2028-04-30'],
  ['2026-07-01T12:00:00Z', 'FY27 Q2', '2026-05-01', '2026-07-31'],
] as const;

test.each(quarters)('at %s the demo is about %s', async (now, quarter, first, last) => {
  const sandbox = await startSandbox({ seed: demoSeed(new Date(now)), clock: () => new Date(now) });
  const issues = [501, 502, 503].flatMap((id) => sandbox.state.issues(id));
  const krs = issues.filter((issue) => sandbox.state.labels(issue.projectId, issue.iid).includes('KR'));
  expect(krs.length).toBeGreaterThanOrEqual(18);
  expect(krs[0]?.title).toMatch(new RegExp(`^${quarter} KR1 `));
  for (const { dueDate } of issues) {
    if (dueDate !== null) expect(dueDate >= first && dueDate <= last).toBe(true);
  }
  const response = await fetch(
    `${sandbox.url}/api/v4/groups/example-sec/issues?labels=KR&state=opened&issue_type=issue`,
    {
      headers: { 'private-token': demoToken },
    },
  );
  expect(await response.json()).toHaveLength(
    krs.filter((kr) => kr.state === 'opened' && kr.type === 'issue').length,
  );
  await sandbox.close();
});
