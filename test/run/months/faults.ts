import { GatewayError } from '../../../src/model/errors.ts';
import { type FaultFunction, seededRandom } from '../../../src/sandbox/faults/script.ts';
import { type FaultKind, faultKinds } from '../schedules/model.ts';
import type { Bots } from './bots.ts';
import { pickOf, type Random } from './people.ts';

/** What fails in one night. */
export interface BadNight {
  faults: FaultFunction;
  /** Of a client that does not wait in real time. */
  gateway: ReturnType<Bots['gateway']>;
}

const kinds = Object.keys(faultKinds) as Exclude<FaultKind, `${string} late`>[];

/** Some requests of the night fail in some ways, some in a row, so that retries do not help either. */
export function badNight(bots: Bots, random: Random): BadNight {
  const own = seededRandom(Math.floor(random() * 1e9));
  const pick = pickOf(own);
  const some = Array.from({ length: 3 }, () => pick(kinds));
  const share = pick([0.02, 0.1, 0.3]);
  let time = 0;
  let left = 0;
  let kind = some[0] ?? '429';
  return {
    faults: () => {
      if (left === 0 && own() < share) {
        left = pick([1, 1, 2, 20]);
        kind = pick(some);
      }
      if (left === 0) return null;
      left -= 1;
      return faultKinds[kind];
    },
    gateway: bots.gateway({
      now: () => time,
      sleep: (ms) => {
        time += ms;
        return Promise.resolve();
      },
      random: () => 0.5,
    }),
  };
}

/** A run of such a night ends in its own way: what it could not do is left to the next one. */
export async function endsAnyhow(run: Promise<unknown>): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}
