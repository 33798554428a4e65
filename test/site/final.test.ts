import { afterEach, describe, expect, test } from '@jest/globals';
import { createDocuments } from '../../src/cli/documents.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createGateway } from '../../src/gitlab/gateway.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { buildSite } from '../../src/site/build.tsx';
import { siteData } from '../../src/site/data/site-data.ts';
import type { Board } from '../../src/site/data/types.ts';
import { run } from '../../src/usecases/run/run.ts';
import { botToken, perfectKr, projectId, worldSeed } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const update = (week: string, status: string, percent: number): string =>
  [
    `## Weekly KR Update for the week of ${week}`,
    `Status: ${status}`,
    `Percentage complete: ${percent}%`,
    '',
    '## Completed',
    `* Work of the week of ${week}`,
    '',
    '## Next steps',
    '* The next one',
  ].join('\n');

const onTrack = ':white_check_mark: - On Track';
const atRisk = ':warning: - Requires Escalation';

/** Four KRs of a quarter: done, closed half way, never touched, still open. */
const krs = [1, 2, 3, 4].map((number) => ({
  ...perfectKr,
  title: `FY27 Q4 KR${number} (Key Care) Goal number ${number}`,
  description: perfectKr.description.replace('- [x]', '- [ ]'),
  createdAt: '2026-11-02T09:00:00Z',
}));

const iidOf = (number: number): number => number;

/** What people do, day by day; the clock of the sandbox moves along. */
function live(days: readonly (readonly [at: string, act: () => void])[]): void {
  for (const [at, act] of days) {
    sandbox.clock.set(at);
    act();
  }
}

const tick = (iid: number, nth: number): void => {
  let seen = 0;
  const text = sandbox.state.issue(projectId, iid).description ?? '';
  const description = text.replace(/- \[[ x]\]/g, (box) => (seen++ === nth ? '- [x]' : box));
  sandbox.state.editIssue('ann', projectId, iid, { description });
};
const say = (iid: number, body: string): void => {
  sandbox.state.addNote('ann', projectId, iid, body);
};

/** A run over GitLab, with nothing kept from earlier ones, and the boards made of it. */
async function night(at: string): Promise<{ board: (name: string) => Board | undefined; page: string }> {
  sandbox.clock.set(at);
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('no policy');
  const gateway = createGateway({
    url: sandbox.url,
    token: botToken,
    requestsPerMinute: 1e6,
    notesPerMinute: 1e6,
  });
  const subjects: SubjectReport[] = [];
  const summary = await run({
    sources: [{ project: projectId }],
    policy: loaded.policy,
    documents: createDocuments(loaded.policy),
    reader: gateway.reader,
    writer: gateway.writer,
    clock: () => at,
    requests: () => gateway.counts(),
    onSubject: (subject) => void subjects.push(subject),
  });
  expect(summary.failures).toEqual([]);
  const report = { ...summary, subjects };
  const data = siteData(report);
  const page = buildSite(report, '# EOF\n').get('fy27-q4/index.html') ?? '';
  return { board: (name) => data.quarters.find((board) => board.name === name), page };
}

/** The part of a page that is about its quarter: not the way around it, nor the time of the data. */
const main = (page: string): string => /<main[\s\S]*<\/main>/.exec(page)?.[0] ?? '';

describe('the board of a quarter that has ended', () => {
  test('rebuilt weeks later from GitLab alone it is the one that was built on the night it ended', async () => {
    sandbox = await startSandbox({ seed: worldSeed(krs), clock: () => new Date('2026-11-02T09:00:00Z') });
    live([
      ['2026-11-20T15:00:00Z', () => say(1, update('2026-11-16', onTrack, 30))],
      ['2026-11-20T15:10:00Z', () => tick(1, 0)],
      ['2026-12-04T15:00:00Z', () => say(2, update('2026-11-30', atRisk, 20))],
      ['2026-12-05T15:00:00Z', () => tick(2, 0)],
      ['2026-12-18T15:00:00Z', () => sandbox.state.closeIssue('ann', projectId, iidOf(2))],
      ['2027-01-20T15:00:00Z', () => sandbox.state.editIssue('ann', projectId, 4, { dueDate: '2027-01-29' })],
      ['2027-01-27T15:00:00Z', () => say(1, update('2027-01-25', onTrack, 100))],
      ['2027-01-28T15:00:00Z', () => tick(1, 1)],
      ['2027-01-29T15:00:00Z', () => say(4, update('2027-01-25', atRisk, 60))],
      ['2027-01-30T15:00:00Z', () => sandbox.state.closeIssue('ann', projectId, iidOf(3))],
    ]);
    const then = await night('2027-02-01T02:00:00Z');
    const board = then.board('FY27-Q4');
    expect(board?.phase).toBe('ended');
    expect(board?.objectives.flatMap(({ krs: all }) => all.map(({ outcome }) => outcome))).toEqual([
      'done',
      'partly',
      'missed',
      'carried-over',
    ]);

    // People go on: they report late, tick, move dates, close and reopen.
    live([
      ['2027-02-02T10:00:00Z', () => say(4, update('2027-02-01', onTrack, 90))],
      ['2027-02-03T10:00:00Z', () => tick(4, 0)],
      ['2027-02-03T11:00:00Z', () => sandbox.state.editIssue('ann', projectId, 4, { dueDate: '2027-03-19' })],
      ['2027-02-04T10:00:00Z', () => sandbox.state.closeIssue('ann', projectId, 1)],
      ['2027-02-05T10:00:00Z', () => sandbox.state.reopenIssue('ann', projectId, 3)],
      ['2027-02-05T11:00:00Z', () => say(3, update('2027-02-01', atRisk, 10))],
      ['2027-02-08T10:00:00Z', () => sandbox.state.closeIssue('ann', projectId, 4)],
    ]);
    const later = await night('2027-03-15T02:00:00Z');
    expect(later.board('FY27-Q4')).toEqual(board);
    expect(main(later.page)).toBe(main(then.page));
  });
});
