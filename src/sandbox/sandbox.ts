import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createClock, type SandboxClock } from './clock.ts';
import { playFault, type Wire } from './faults/play.ts';
import { compileFaults, type FaultScript } from './faults/script.ts';
import { createApi, newRecord, type RequestRecord } from './http/app.ts';
import { refuseForeign } from './http/guard.ts';
import { type SandboxSeed, sandboxSeedSchema } from './seed.ts';
import { type SandboxSettings, sandboxSettingsSchema } from './settings.ts';
import { createState, type SandboxState } from './state.ts';
import { createWeb } from './web/web.ts';
import { buildWorld } from './world/build.ts';

export interface SandboxOptions {
  seed?: SandboxSeed;
  /** Default: any free port. */
  port?: number;
  /** Default: real time. `clock.advance` and `clock.set` work on top of it. */
  clock?: () => Date;
  /** On top of those of the seed. */
  settings?: Partial<SandboxSettings>;
  /** Milliseconds every answer takes. */
  latencyMs?: number;
  faults?: FaultScript;
}

export interface Sandbox {
  /** `http://127.0.0.1:port`, without `/api/v4`. */
  url: string;
  state: SandboxState;
  clock: SandboxClock;
  settings: SandboxSettings;
  readonly requests: readonly RequestRecord[];
  /** Requests other than GET since the start or the last `resetLog`. */
  countWrites(): number;
  resetLog(): void;
  /** Replaces the fault script; null: no more faults. Its counters start anew. */
  setFaults(script: FaultScript | null): void;
  close(): Promise<void>;
}

/**
 * Starts a small GitLab in this process, on loopback, over real HTTP. It does what GitLab does as far as an issue bot can
 * tell; what it does not have answers 404 like any unknown route. An open sandbox does not keep the process alive.
 * @throws ZodError for a seed or settings of the wrong shape, SeedError for a seed that names what it does not define
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const seed = sandboxSeedSchema.parse(options.seed ?? {});
  const settings = sandboxSettingsSchema.parse({ ...seed.settings, ...options.settings });
  const clock = createClock(options.clock);
  const world = buildWorld(seed, settings, clock);
  const state = createState(world);
  const requests: RequestRecord[] = [];
  const app = createApi(world);
  const web = createWeb(world);
  const latency = options.latencyMs ?? 0;
  let faults = compileFaults(options.faults ?? null);
  let counted = 0;
  const serve = async (request: Request, wire: Wire): Promise<Response> => {
    const refused = refuseForeign(request.headers);
    if (refused !== null) return refused;
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    const record = newRecord(request.method, request.url);
    const proceed = async () => app.fetch(request, { record });
    if (!record.path.startsWith('/api/')) return web.fetch(request);
    requests.push(record);
    counted += 1;
    const { method, query } = record;
    const fault = faults(
      { method, path: record.path.slice('/api/v4'.length), query, number: counted },
      state,
    );
    return fault ? playFault(fault, wire, record, state, proceed) : proceed();
  };
  const server = createAdaptorServer({ fetch: (request, wire) => serve(request, wire as Wire) }) as Server;
  await listen(server, options.port ?? 0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox has no port.');
  // A test that fails before it closes the sandbox must not keep its process from ending.
  server.unref();
  world.origin = `http://127.0.0.1:${address.port}`;
  return {
    url: world.origin,
    state,
    clock,
    settings,
    requests,
    countWrites: () =>
      requests.filter((record) => record.method !== 'GET' && record.method !== 'HEAD').length,
    resetLog: () => {
      requests.length = 0;
    },
    setFaults: (script) => {
      faults = compileFaults(script);
    },
    close: () => close(server),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Closing twice is not an error. */
function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
