import { expect, test } from '@jest/globals';
import { createGateway, type Gateway } from '../../src/gitlab/gateway.ts';
import type { ReminderPolicy } from '../../src/model/policy.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import { type Report, readReport } from '../../src/records/read-report.ts';
import { reportJson } from '../../src/records/write-report.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../src/sandbox/seed.ts';
import { mergeShards } from '../../src/usecases/merge/merge.ts';
import { createPile, type Spool } from '../../src/usecases/merge/pile.ts';
import { type GivenReport, sortShards } from '../../src/usecases/merge/shards.ts';
import { fc, runs } from '../helpers/random.ts';
import {
  botToken,
  brokenKr,
  builtInDocuments,
  perfectKr,
  policyWith,
  type RunResult,
  runOn,
} from '../helpers/world.ts';
import { nightAt, tickingWorld } from '../run/nights.ts';

/** MERGES=… plays so many backlogs. */
const backlogs = Number(process.env['MERGES'] ?? runs(30));

/** Tight bounds, so that a handful of issues meets them. */
const reminders: Partial<ReminderPolicy> = {
  newComments: { perRun: 3, perPersonPerWeek: 2 },
  afterBusinessDays: [1, 3],
  perPersonPerWeek: 1,
  pingsPerRun: 2,
  quietFirstDays: 0,
};

const titled = (number: number, reference: string): string =>
  `FY27 Q4 KR${number} (${reference}) Rotate all signing keys`;

/** People share OKRs, numbers and links, in the open and confidentially. */
const kinds: IssueSeed[] = [
  perfectKr,
  brokenKr,
  { ...perfectKr, confidential: true },
  { ...brokenKr, confidential: true },
  { ...brokenKr, confidential: true, title: titled(3, 'key  care'), assignees: ['bo.lee'] },
  { ...brokenKr, title: titled(3, 'Key Care'), assignees: ['bo.lee'] },
  { ...brokenKr, assignees: ['bo.lee'], notes: [{ author: 'bo.lee', body: 'kr: snooze 2w because audit' }] },
  { ...brokenKr, notes: [{ author: 'ann', body: 'kr: waive require-okr-link because we have none' }] },
  { ...perfectKr, title: titled(4, 'Calm Nights') },
  { ...perfectKr, state: 'closed' },
  { ...perfectKr, title: 'no title of a KR', assignees: [] },
];

const gatewayOf = (sandbox: Sandbox, dead: () => boolean = () => false): Gateway =>
  createGateway({
    url: sandbox.url,
    token: botToken,
    requestsPerMinute: 1e6,
    notesPerMinute: 1e6,
    // A process that was killed has no time left, so nothing leaves it any more.
    now: () => (dead() ? Infinity : 0),
    sleep: () => Promise.resolve(),
  });

async function reportOf(run: Promise<RunResult>): Promise<Report> {
  const { summary, subjects } = await run;
  return readReport(reportJson(summary, subjects));
}

function memorySpool(): Spool {
  const texts: string[] = [];
  return {
    add: (text) => Promise.resolve(void texts.push(text)),
    text: (index) => Promise.resolve(texts[index] ?? ''),
  };
}

/** What the shards report, and the merge of that. */
async function shardedNight(
  sandbox: Sandbox,
  n: number,
  { total, apply, deaths }: { total: number; apply: boolean; deaths: readonly number[] },
): Promise<Report> {
  const pile = createPile(memorySpool());
  const given: GivenReport[] = [];
  for (let index = 1; index <= total; index += 1) {
    const options = { at: nightAt(n), apply, reminders, shard: { index, total } };
    const killedAfter = deaths[index - 1] ?? 0;
    if (killedAfter > 0) {
      let answered = 0;
      sandbox.setFaults(() => {
        answered += 1;
        return null;
      });
      const gateway = gatewayOf(sandbox, () => answered >= killedAfter);
      await runOn(sandbox, { ...options, gateway }).catch(() => null);
      sandbox.setFaults(null);
    }
    const { subjects: found, ...rest } = await reportOf(runOn(sandbox, options));
    const report = await pile.take(async (put) => {
      for (const subject of found) await put(subject);
      return rest;
    });
    given.push({ name: `shard ${index}`, report: report ?? { problem: 'not read' } });
  }
  const shards = sortShards(given);
  if (shards === null) throw new Error('no shards');
  const gateway = gatewayOf(sandbox);
  const subjects: SubjectReport[] = [];
  const summary = await mergeShards({
    shards,
    pile,
    policy: await policyWith({ reminders }),
    documents: await builtInDocuments(),
    gitlab: apply
      ? { reader: gateway.reader, writer: gateway.writer, requests: () => gateway.counts(), sources: [] }
      : null,
    onSubject: (subject) => void subjects.push(subject),
  });
  return readReport(reportJson(summary, subjects));
}

/** A report but for what counts requests, and the empty list of what is missing. */
const said = ({ requests: _requests, incomplete: _incomplete, ...report }: Report): object => report;

/**
 * What people see in the end, but for what depends on the moment of a write: ids of comments, where GitLab notes that an
 * issue was mentioned; and each sandbox has its own port.
 */
const seen = (sandbox: Sandbox): object => {
  const issues = sandbox.state.picture().map((issue) => ({
    ...issue,
    notes: issue.notes.filter(({ body }) => !body.startsWith('mentioned in ')),
  }));
  const text = JSON.stringify(issues).replaceAll(sandbox.url, '');
  return JSON.parse(text.replace(/#note(?:_|%5F)\d+/g, '#note')) as object;
};

test('whatever the backlog, the number of shards, and whichever of them die and are run again: merged is unsharded', async () => {
  const night = fc.record({
    total: fc.integer({ min: 1, max: 4 }),
    deaths: fc.array(fc.nat(12), { minLength: 4, maxLength: 4 }),
  });
  let pings = 0;
  let setFindings = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(kinds.length - 1), { minLength: 2, maxLength: 9 }),
      fc.array(night, { minLength: 3, maxLength: 3 }),
      async (picked, nights) => {
        const seeds = picked.map((kind) => kinds[kind] as IssueSeed);
        const whole = await tickingWorld(seeds);
        const shared = await tickingWorld(seeds);
        try {
          for (const [index, { total, deaths }] of nights.entries()) {
            const n = index * 3;
            for (const sandbox of [whole, shared]) sandbox.clock.set(nightAt(n));
            const dry = await reportOf(runOn(shared, { at: nightAt(n), apply: false, reminders }));
            const merged = await shardedNight(shared, n, { total, apply: false, deaths: [] });
            expect(said(merged)).toEqual(said(dry));
            pings += dry.pings?.length ?? 0;
            setFindings += dry.setFindings.length;
            await runOn(whole, { at: nightAt(n), reminders });
            const applied = await shardedNight(shared, n, { total, apply: true, deaths });
            expect(applied.incomplete).toEqual([]);
            expect(seen(shared)).toEqual(seen(whole));
          }
        } finally {
          await whole.close();
          await shared.close();
        }
      },
    ),
    { numRuns: backlogs, endOnFailure: true },
  );
  if (backlogs >= 20) expect(Math.min(pings, setFindings)).toBeGreaterThan(0);
});
