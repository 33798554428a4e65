import { createGateway, type Gateway } from '../../../src/gitlab/gateway.ts';
import { GatewayError } from '../../../src/model/errors.ts';
import type { IssueSource, IssueWriter } from '../../../src/model/ports.ts';
import type { Fault, FaultRequest } from '../../../src/sandbox/faults/script.ts';
import { seededRandom } from '../../../src/sandbox/faults/script.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { botToken, projectId, type RunResult, runOn } from '../../helpers/world.ts';
import { applyEdit, nudges } from './backlog.ts';
import { type Edit, type FaultPlan, faultKinds, type LateKind, lateAnswers, type RunPlan } from './model.ts';

/** What came of one run. */
export interface Played {
  plan: RunPlan;
  /** Null: the process died, or the run ended with the error below. */
  result: RunResult | null;
  error: GatewayError | null;
  killed: boolean;
  /** Issues that people, or a late answer of the server, changed meanwhile. */
  touched: ReadonlySet<number>;
  /** Per issue: how many of our comments people deleted, or made unrecognisable, meanwhile. */
  lost: ReadonlyMap<number, number>;
}

/** What a test puts between the run and GitLab, to see whether the promises notice. */
export type Wrap = (gateway: Gateway) => Gateway;

/** Plays one run, or two at the same time, over HTTP; waiting takes no time. */
export async function playRuns(
  sandbox: Sandbox,
  plans: readonly RunPlan[],
  options: { sources: IssueSource[]; delays?: number; wrap?: Wrap; onRequest?: () => void },
): Promise<Played[]> {
  const touched = new Set<number>();
  const lost = new Map<number, number>();
  const bodies = new Map<number, string>();
  const interfere = (edit: Edit): void => {
    const earlier = new Map(
      sandbox.state.issues(projectId).map(({ iid }) => [iid, nudges(sandbox, iid).length]),
    );
    const iid = applyEdit(sandbox, edit);
    touched.add(iid);
    const fewer = (earlier.get(iid) ?? 0) - nudges(sandbox, iid).length;
    if (fewer > 0) lost.set(iid, (lost.get(iid) ?? 0) + fewer);
  };
  const late: { at: number; iid: number }[] = [];
  const deliver = (until: number): void => {
    for (const { iid } of late.filter(({ at }) => at <= until)) {
      touched.add(iid);
      const body = bodies.get(iid);
      if (body !== undefined) sandbox.state.addNote('kr-bot', projectId, iid, body);
    }
    late.splice(0, late.length, ...late.filter(({ at }) => at > until));
  };
  const faults = faultPlayer(plans.flatMap((plan) => plan.faults));
  const random = seededRandom(options.delays ?? 0);
  let seen = 0;
  sandbox.setFaults((request) => {
    seen += 1;
    options.onRequest?.();
    deliver(seen);
    for (const { meanwhile } of plans) {
      for (const { at, edit } of meanwhile) if (at === seen) interfere(edit);
    }
    const fault = faults(request);
    if (typeof fault === 'string') {
      const patience = fault === '504 late' ? 4 : 40;
      late.push({ at: seen + patience, iid: Number(/\/issues\/(\d+)\//.exec(request.path)?.[1]) });
      return lateAnswers[fault];
    }
    if (fault !== null) return fault;
    return options.delays === undefined ? null : { kind: 'delay', ms: Math.floor(random() * 3) };
  });
  const played = await Promise.all(
    plans.map((plan) => playOne(sandbox, plan, { bodies, settle: () => deliver(Infinity), ...options })),
  );
  deliver(Infinity);
  sandbox.setFaults(null);
  return played.map((one) => ({ ...one, touched, lost }));
}

async function playOne(
  sandbox: Sandbox,
  plan: RunPlan,
  {
    bodies,
    settle,
    sources,
    wrap = (gateway) => gateway,
  }: { bodies: Map<number, string>; settle: () => void; sources: IssueSource[]; wrap?: Wrap },
): Promise<Omit<Played, 'touched' | 'lost'>> {
  let time = 0;
  let answered = 0;
  const dead = (): boolean => plan.killedAfter !== null && answered >= plan.killedAfter;
  const gateway = wrap(
    createGateway({
      url: sandbox.url,
      token: botToken,
      requestsPerMinute: 1e6,
      notesPerMinute: 1e6,
      concurrency: plan.concurrency,
      // A dead process has no time left, so nothing leaves it any more.
      now: () => (dead() ? Infinity : time),
      sleep: (ms) => {
        time += ms;
        return Promise.resolve();
      },
      random: () => 0.5,
      log: (event) => {
        if (event.type === 'request') answered += 1;
      },
    }),
  );
  const noting = (writer: IssueWriter): IssueWriter => ({
    ...writer,
    createNote(project, iid, body) {
      bodies.set(iid, body);
      return writer.createNote(project, iid, body);
    },
  });
  const at = sandbox.clock.now().toISOString();
  try {
    const result = await runOn(sandbox, {
      gateway,
      sources,
      at,
      apply: plan.apply,
      concurrency: plan.concurrency,
      settle: async () => settle(),
      wrap: noting,
    });
    return { plan, result: dead() ? null : result, error: null, killed: dead() };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { plan, result: null, error, killed: dead() };
  }
}

const targets: Record<FaultPlan['on'], (request: FaultRequest) => boolean> = {
  any: () => true,
  list: ({ method, path }) => method === 'GET' && /^\/projects\/[^/]+\/issues$/.test(path),
  'get-notes': ({ method, path }) => method === 'GET' && path.endsWith('/notes'),
  'post-note': ({ method }) => method === 'POST',
  'write-note': ({ method, path }) => /^(PUT|DELETE)$/.test(method) && /\/notes\/\d+$/.test(path),
  'put-issue': ({ method, path }) => method === 'PUT' && /\/issues\/\d+$/.test(path),
};

function faultPlayer(plans: readonly FaultPlan[]): (request: FaultRequest) => Fault | LateKind | null {
  const counts = plans.map(() => 0);
  return (request) => {
    let chosen: Fault | LateKind | null = null;
    for (const [index, { on, nth, length, what }] of plans.entries()) {
      if (!targets[on](request)) continue;
      const count = (counts[index] ?? 0) + 1;
      counts[index] = count;
      if (chosen !== null || count < nth || count >= nth + length) continue;
      if (what in lateAnswers) chosen = request.method === 'POST' ? (what as LateKind) : null;
      else chosen = faultKinds[what as keyof typeof faultKinds];
    }
    return chosen;
  };
}
