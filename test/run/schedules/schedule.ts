import { createGateway, type Gateway } from '../../../src/gitlab/gateway.ts';
import type { IssueSource } from '../../../src/model/ports.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { botToken, runOn, startWorld } from '../../helpers/world.ts';
import { applyEdit, issueSeed, nudges } from './backlog.ts';
import type { RunPlan, Schedule, Step } from './model.ts';
import { type Played, playRuns, type Wrap } from './play.ts';
import { BrokenPromise, checkRun } from './promises.ts';
import { settledState, untouchedSeeds, viewAll } from './snapshot.ts';

interface Options {
  sources: IssueSource[];
  wrap?: Wrap;
}

function sourcesOf({ source }: Schedule): IssueSource[] {
  return [
    ...(source === 'group' ? [] : [{ project: 'sec/okrs' }]),
    ...(source === 'project' ? [] : [{ group: 'sec' }]),
  ];
}

/** One port for each role, kept for all schedules: fetch never forgets an address it has talked to. */
const ports = { main: 0, fresh: 0 };

async function startOn(role: keyof typeof ports, ...world: Parameters<typeof startWorld>): Promise<Sandbox> {
  // Somebody else may have taken the port meanwhile.
  const sandbox = await startWorld(world[0], world[1], ports[role]).catch(() =>
    startWorld(world[0], world[1]),
  );
  ports[role] = Number(new URL(sandbox.url).port);
  return sandbox;
}

/**
 * Plays a whole schedule against a fresh sandbox and checks the promises as it goes.
 * @throws BrokenPromise
 */
export async function playSchedule(schedule: Schedule, wrap?: Wrap): Promise<void> {
  const settings = { tier: schedule.tier, version: schedule.version, maxPerPage: schedule.pageSize };
  const sandbox = await startOn('main', schedule.backlog.map(issueSeed), settings);
  const options = { sources: sourcesOf(schedule), ...(wrap ? { wrap } : {}) };
  try {
    for (const step of schedule.steps) {
      await playStep(sandbox, step, options);
      sandbox.clock.advance(3_600_000);
    }
    await checkSettled(sandbox, settings, options, deletedIn(schedule));
  } finally {
    await sandbox.close();
  }
}

/** Issues from which somebody takes our comment away at some time. */
function deletedIn({ backlog, steps }: Schedule): Set<number> {
  const edits = steps.flatMap((step) => {
    if (step.step === 'people') return step.edits;
    const runs = step.step === 'run' ? [step.run] : step.runs;
    return runs.flatMap(({ meanwhile }) => meanwhile.map(({ edit }) => edit));
  });
  const deleting = edits.filter((edit) => edit.do === 'delete-nudge');
  return new Set(deleting.map(({ issue }) => (issue % backlog.length) + 1));
}

async function playStep(sandbox: Sandbox, step: Step, options: Options): Promise<void> {
  if (step.step === 'people') {
    for (const edit of step.edits) applyEdit(sandbox, edit);
    return;
  }
  if (step.step === 'run') return playAlone(sandbox, step.run, options);
  const before = viewAll(sandbox);
  const played = await playRuns(sandbox, step.runs, { delays: step.delays, ...options });
  checkOverlap(sandbox, before, played);
}

async function playAlone(sandbox: Sandbox, plan: RunPlan, options: Options): Promise<void> {
  const before = viewAll(sandbox);
  sandbox.resetLog();
  const seen = new Map<number, Set<number>>();
  const look = (): void => {
    for (const { iid } of before) {
      const ids = seen.get(iid) ?? new Set<number>();
      for (const { id } of nudges(sandbox, iid)) ids.add(id);
      seen.set(iid, ids);
    }
  };
  look();
  const [played] = await playRuns(sandbox, [plan], { onRequest: look, ...options });
  look();
  checkRun({
    before,
    after: viewAll(sandbox),
    played: played as Played,
    requests: [...sandbox.requests],
    seenNudges: new Map([...seen].map(([iid, ids]) => [iid, ids.size])),
  });
}

/** GitLab has no compare-and-set: two runs may both write, but when both came to their end no duplicate is left. */
function checkOverlap(sandbox: Sandbox, before: ReturnType<typeof viewAll>, played: readonly Played[]): void {
  const whole = played.every(
    ({ plan, result, touched }) => result !== null && plan.faults.length === 0 && touched.size === 0,
  );
  for (const { iid, selected, locked, nudges } of viewAll(sandbox)) {
    const earlier = before.find((view) => view.iid === iid)?.nudges.length ?? 0;
    if (nudges.length > 1 && selected && !locked && whole) {
      throw new BrokenPromise(`issue ${iid} has ${nudges.length} nudges after two whole runs`);
    }
    if (nudges.length > Math.max(1, earlier) + 1) {
      throw new BrokenPromise(`issue ${iid} had ${earlier} nudges and has ${nudges.length} after two runs`);
    }
  }
}

/** No more faults: one clean run reaches what an undisturbed one reaches, and the one after it writes nothing. */
async function checkSettled(
  sandbox: Sandbox,
  settings: Parameters<typeof startWorld>[1],
  { sources, wrap }: Options,
  mayBeDeleted: ReadonlySet<number>,
): Promise<void> {
  const at = sandbox.clock.now().toISOString();
  const { summary, subjects } = await runOn(sandbox, { at, sources, ...wrapped(sandbox, wrap) });
  const silent = subjects.filter(
    ({ restraint }) => restraint?.startsWith('our comment was deleted') === true,
  );
  const deleted = new Set(silent.map(({ iid }) => iid ?? 0));
  const undeserved = [...deleted].filter((iid) => !mayBeDeleted.has(iid));
  if (undeserved.length > 0)
    throw new BrokenPromise(`no one deleted our comment on ${undeserved.join(', ')}, and it stays away`);
  if (summary.failures.length > 0 || summary.totals.errors > 0) {
    throw new BrokenPromise(`the clean run failed: ${JSON.stringify(summary)}`);
  }
  const fresh = await startOn('fresh', untouchedSeeds(sandbox), settings);
  try {
    await runOn(fresh, { at, sources });
    const [reached, wanted] = [settledState(sandbox, deleted), settledState(fresh, deleted)].map((state) =>
      JSON.stringify(state, null, 1),
    );
    if (reached !== wanted)
      throw new BrokenPromise(`the clean run reached\n${reached}\ninstead of\n${wanted}`);
  } finally {
    await fresh.close();
  }
  for (const { iid, selected, locked, nudges } of viewAll(sandbox)) {
    if (selected && !locked && nudges.length > 1)
      throw new BrokenPromise(`issue ${iid} has ${nudges.length} nudges in the end`);
  }
  sandbox.resetLog();
  await runOn(sandbox, { at, sources, ...wrapped(sandbox, wrap) });
  if (sandbox.countWrites() > 0) {
    const writes = sandbox.requests.filter(({ method }) => method !== 'GET');
    throw new BrokenPromise(`the second clean run wrote: ${JSON.stringify(writes, null, 1)}`);
  }
}

function wrapped(sandbox: Sandbox, wrap: Wrap | undefined): { gateway?: Gateway } {
  if (wrap === undefined) return {};
  return {
    gateway: wrap(
      createGateway({ url: sandbox.url, token: botToken, requestsPerMinute: 1e6, notesPerMinute: 1e6 }),
    ),
  };
}
