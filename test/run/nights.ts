import { openForWriting } from '../../src/files/write.ts';
import { createGateway, type Gateway } from '../../src/gitlab/gateway.ts';
import type { ReminderPolicy } from '../../src/model/policy.ts';
import type { IssueWriter } from '../../src/model/ports.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../src/sandbox/seed.ts';
import { openState } from '../../src/state/state-file.ts';
import { botToken, now, type RunResult, runOn, startWorld } from '../helpers/world.ts';

const dayMs = 86_400_000;

/** The instant of the run in the `n`th night. */
export const nightAt = (n: number): string =>
  `${new Date(Date.parse(now) + n * dayMs).toISOString().slice(0, 19)}Z`;

/** A world whose clock moves with every look at it, so that no two changes bear the same time. */
export async function tickingWorld(issues: readonly IssueSeed[]): Promise<Sandbox> {
  const sandbox = await startWorld(issues);
  sandbox.clock.set(now);
  const look = sandbox.clock.now.bind(sandbox.clock);
  sandbox.clock.now = () => {
    sandbox.clock.advance(1);
    return look();
  };
  return sandbox;
}

export interface Night extends RunResult {
  /** Paths of GET requests below `/api/v4`, and methods of the others with them. */
  asked: string[];
}

/** A run in the `n`th night with a state file; null: without one. */
export async function night(
  sandbox: Sandbox,
  n: number,
  file: string | null,
  options: {
    apply?: boolean;
    secret?: string;
    context?: string;
    wrap?: (writer: IssueWriter) => IssueWriter;
    /** The run stops after so many requests: each takes a second of a clock that only requests move. */
    budget?: number;
    /** What the policy says of reminders. */
    reminders?: Partial<ReminderPolicy>;
  } = {},
): Promise<Night> {
  const { secret = botToken, context = 'policy 1', apply = true, wrap, budget, reminders } = options;
  if (Date.parse(nightAt(n)) > sandbox.clock.now().getTime()) sandbox.clock.set(nightAt(n));
  const state =
    file === null
      ? null
      : await openState({
          file,
          secret,
          context,
          clock: () => sandbox.clock.now().getTime(),
          openForWriting: (target) => openForWriting(target),
        });
  sandbox.resetLog();
  const result = await runOn(sandbox, {
    apply,
    at: nightAt(n),
    ...(state === null ? {} : { memory: state }),
    ...(wrap === undefined ? {} : { wrap }),
    ...(reminders === undefined ? {} : { reminders }),
    ...(budget === undefined ? {} : { gateway: gatewayWith(sandbox, budget), concurrency: 1 }),
  });
  await state?.save({ whole: result.summary.failures.length === 0 });
  const asked = sandbox.requests.map(({ method, path }) => {
    const short = path.replace(/^\/api\/v4/, '');
    return method === 'GET' ? short : `${method} ${short}`;
  });
  return { ...result, asked };
}

function gatewayWith(sandbox: Sandbox, budget: number): Gateway {
  let seconds = 0;
  return createGateway({
    url: sandbox.url,
    token: botToken,
    requestsPerMinute: 1e6,
    notesPerMinute: 1e6,
    concurrency: 1,
    runBudgetMs: budget * 1000,
    now: () => seconds * 1000,
    sleep: () => Promise.resolve(),
    fetch: (input, init) => {
      seconds += 1;
      return fetch(input, init);
    },
  });
}

/** Issues whose comments or events were asked for. */
export function pastsAsked(asked: readonly string[]): number[] {
  const iids = asked.flatMap((one) => {
    const found = /^\/projects\/\d+\/issues\/(\d+)\/(?:notes|resource_\w+_events)$/.exec(one);
    return found === null ? [] : [Number(found[1])];
  });
  return [...new Set(iids)].sort((a, b) => a - b);
}
