import { afterEach, expect, test } from '@jest/globals';
import { type FaultFunction, seededRandom } from '../../src/sandbox/faults/script.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { seed } from '../helpers/random.ts';
import { brokenKr, passTimeUntil, perfectKr, projectId, type RunResult, runOn } from '../helpers/world.ts';
import { type AnswerBook, createAnswerBook } from './months/answers.ts';
import { type Bots, createBots, startMonths } from './months/bots.ts';
import { dying } from './months/dying.ts';
import { badNight, endsAnyhow } from './months/faults.ts';
import { createMailBook, type MailBook } from './months/mails.ts';
import { liveOneDay } from './months/people.ts';

/** Simulated months: `MONTHS=6` for long runs; some days otherwise. `SEED=…` plays one again. */
const nights = Math.round(30 * Number(process.env['MONTHS'] ?? 0.2));
const dayMs = 86_400_000;
const holiday = { from: '2026-12-25', to: '2027-01-01' };

let sandbox: Sandbox;
let bots: Bots;
let book: MailBook;
let answers: AnswerBook;
afterEach(async () => sandbox.close());

const random = seededRandom(seed);

/** Some teams meet the bot in the last days of a quarter, so that it changes within a few nights. */
const start = Date.parse(random() < 0.5 ? '2026-11-23T00:00:00Z' : '2027-01-27T00:00:00Z');

const reminders = {
  newComments: { perRun: 3, perPersonPerWeek: 2 },
  perPersonPerWeek: 1,
  pingsPerRun: 2,
  quietFirstDays: 2,
  holidays: [holiday],
  escalateTo: ['carol'],
};

const krs = (): number[] => sandbox.state.issues(projectId).map(({ iid }) => iid);

/** One run; whatever becomes of it, every mail that it caused is accounted for. */
async function run(at: string, more: Parameters<typeof runOn>[1] = {}): Promise<RunResult> {
  book.open();
  let result: RunResult | null = null;
  try {
    result = await runOn(sandbox, {
      at,
      reminders,
      concurrency: 1,
      gateway: bots.gateway(),
      settings: { formerBots: bots.former() },
      ...more,
    });
  } finally {
    book.close(at.slice(0, 10), more.wrap === undefined && more.settle === undefined ? result : null);
  }
  return result;
}

const planned = ({ subjects, summary }: RunResult): unknown =>
  JSON.parse(
    JSON.stringify([
      subjects.map(({ ref, comment, actions }) => [
        ref,
        comment,
        actions.map(({ type, outcome, detail }) => [type, outcome, detail]),
      ]),
      (summary.pings ?? []).map(({ ref, whom, on, outcome }) => [ref, whom, on, outcome]),
    ]).replaceAll('"applied"', '"planned"'),
  );

const isQuiet = (day: string): boolean =>
  [0, 6].includes(new Date(day).getUTCDay()) || (day >= holiday.from && day <= holiday.to);

/**
 * One nudge and one reminder. Those of users before one that may edit them go when their issue is written to the next
 * time.
 */
function checkOne(when: string, iid: number, wet: RunResult | null): void {
  const subject = wet?.subjects.find((one) => one.iid === iid);
  const isWritten =
    subject?.restraint === null && subject.status !== 'closed' && subject.status !== 'skipped';
  const all = [bots.nudges(iid), bots.pings(iid)].map((notes) => notes.map(({ authorId }) => authorId));
  // A reminder that replaces another one is posted first.
  const most = (authors: number[]): number[] => (isWritten ? authors.slice(0, 1) : [...new Set(authors)]);
  if (wet === null) expect([when, iid, all[0]]).toEqual([when, iid, most(all[0] ?? [])]);
  else expect([when, iid, all]).toEqual([when, iid, all.map(most)]);
}

/** What is written once somebody has left does not ask for them; a reminder of before stays as it was sent. */
function checkGone(day: string, iid: number, { subjects }: RunResult): void {
  if (sandbox.state.user('bo.lee').state === 'active') return;
  const types = subjects.find((one) => one.iid === iid)?.actions.map(({ type }) => type) ?? [];
  const written = [
    ...(types.some((type) => /^(?:create|update)-note$/.test(type)) ? bots.nudges(iid) : []),
    ...(types.includes('create-ping') ? bots.pings(iid) : []),
  ];
  const asking = written.map(({ body }) => body.split('\n')[0] ?? '');
  expect([day, iid, asking.filter((line) => line.includes('@bo.lee'))]).toEqual([day, iid, []]);
}

/** Every answer in force is listed, and no comment of a person is answered twice. */
function checkAnswers(day: string, iid: number, { subjects }: RunResult): void {
  const nudge = bots.nudges(iid)[0]?.body;
  const subject = subjects.find((one) => one.iid === iid);
  if (
    nudge === undefined ||
    subject?.restraint !== null ||
    subject.status === 'closed' ||
    subject.status === 'skipped'
  )
    return;
  const links = [...nudge.matchAll(/\(#note_(\d+)\)/g)].map(([, id]) => id);
  expect([day, iid, links]).toEqual([day, iid, [...new Set(links)]]);
  const answers = subject.record != null && 'answers' in subject.record ? subject.record.answers : [];
  const inForce = new Set(answers.filter((answer) => answer.inForce).map(({ command }) => command));
  expect([day, iid, nudge.includes('💤 No reminders until')]).toEqual([day, iid, inForce.has('snooze')]);
  expect([day, iid, nudge.includes('🤝 ')]).toEqual([day, iid, inForce.has('waive')]);
}

const waitsForRun = ({ subjects, summary }: RunResult): boolean =>
  subjects.some(({ actions }) =>
    actions.some(
      ({ outcome, detail }) => outcome === 'waiting' && detail.includes('this run writes no more than'),
    ),
  ) ||
  (summary.pings ?? []).some(
    ({ outcome, because }) => outcome === 'waiting' && because.includes('this run reminds no more people'),
  );

/** A night in which all goes well: it does what its dry run says, and one more has nothing to do. */
async function checkNight(at: string): Promise<void> {
  const day = at.slice(0, 10);
  const lost = bots.lost();
  const writes = sandbox.countWrites();
  const dry = await run(at, { apply: false });
  expect(sandbox.countWrites()).toBe(writes);
  const wet = await run(at);
  expect([day, planned(wet)]).toEqual([day, planned(dry)]);
  expect(wet.summary.totals.errors).toBe(0);
  for (const iid of krs()) {
    checkOne(day, iid, wet);
    checkAnswers(day, iid, wet);
    answers.check(day, iid, wet);
    checkGone(day, iid, wet);
  }
  expect([day, bots.lost()]).toEqual([day, lost]);
  const posted = (wet.summary.pings ?? []).filter(({ outcome }) => outcome === 'applied');
  if (isQuiet(day)) expect([day, posted]).toEqual([day, []]);
  // What is over the limit of one run is left to the next ones.
  let last = wet;
  for (let more = krs().length; more > 0 && waitsForRun(last); more -= 1) last = await run(at);
  sandbox.resetLog();
  const again = await run(at);
  const rewritten = again.subjects.flatMap(({ iid, actions }) =>
    actions.filter(({ outcome }) => outcome !== 'waiting').map(({ type, detail }) => [iid, type, detail]),
  );
  expect([day, sandbox.countWrites(), rewritten]).toEqual([day, 0, []]);
}

/** Every comment is seen before somebody can delete it. */
const watching =
  (faults: FaultFunction = () => null): FaultFunction =>
  (request, state) => {
    book.look();
    return faults(request, state);
  };

/** A night in which requests fail. What is not done is done later; nothing is done twice, and nothing else. */
async function playBadNight(at: string): Promise<void> {
  const { faults, gateway } = badNight(bots, random);
  const lost = bots.lost();
  const own = new Map(krs().map((iid) => [iid, whatPeopleWrote(iid)]));
  sandbox.setFaults(watching(faults));
  await endsAnyhow(run(at, { gateway, settle: () => Promise.resolve() }));
  sandbox.setFaults(watching());
  for (const iid of krs()) {
    checkOne(at, iid, null);
    expect([at, iid, whatPeopleWrote(iid)]).toEqual([at, iid, own.get(iid)]);
  }
  expect([at, bots.lost()]).toEqual([at, lost]);
}

function whatPeopleWrote(iid: number): unknown {
  const { title, description, state, assigneeIds, dueDate, notes } = sandbox.state.issue(projectId, iid);
  const ours = new Set(bots.written(iid).map(({ id }) => id));
  const theirs = notes.filter(({ system, id }) => !system && !ours.has(id));
  return JSON.stringify([title, description, state, assigneeIds, dueDate, theirs]);
}

test(
  `months of a team and its bot keep every promise (${nights} nights, seed ${seed})`,
  async () => {
    const issues = Array.from({ length: 6 }, (_, index) => ({
      ...(index % 3 === 2 ? perfectKr : brokenKr),
      title: `FY27 Q4 KR${index + 1} (Key Care) Rotate ${index + 10} signing keys`,
      assignees: [index % 2 === 0 ? 'ann' : 'bo.lee'],
      createdAt: `2026-11-0${index + 1}T08:00:00.000Z`,
    }));
    sandbox = await startMonths(issues, new Date(start + 4 * 3_600_000).toISOString());
    bots = createBots(sandbox);
    book = createMailBook(sandbox, bots, reminders);
    answers = createAnswerBook(sandbox, bots);
    sandbox.setFaults(watching());
    for (let index = 0; index < nights; index += 1) {
      const at = new Date(start + index * dayMs + 5 * 3_600_000).toISOString();
      passTimeUntil(sandbox, at);
      // He leaves the company, and is still named in texts.
      if (index === Math.floor(nights * 0.6)) sandbox.state.user('bo.lee').state = 'blocked';
      if (index === Math.floor(nights / 2) || random() < 0.05) bots.recreate();
      if (random() < 0.2) await endsAnyhow(run(at, { wrap: dying(Math.floor(random() * 6)) }));
      sandbox.clock.advance(60_000);
      const isBad = random() < 0.25;
      if (isBad) await playBadNight(at);
      // After some bad nights people are up before the next run.
      if (!isBad || random() < 0.5) await checkNight(at);
      liveOneDay(sandbox, { bots, book, random });
    }
    expect(book.count('first comment')).toBeGreaterThan(0);
    if (nights >= 30) expect(book.count('reminder')).toBeGreaterThan(0);
    if (nights >= 30) expect(answers.acknowledged()).toBeGreaterThan(0);
  },
  60_000 + nights * 20_000,
);
