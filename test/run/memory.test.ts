import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed, SandboxSeed } from '../../src/sandbox/seed.ts';
import type { MemoryUsed } from '../helpers/memory-run.ts';
import type { NightTaken } from '../helpers/program-nights.ts';
import { runs } from '../helpers/random.ts';
import { botToken, brokenKr, perfectKr } from '../helpers/world.ts';

/** A hundredth of 100,000 KRs in 1,000 projects; MEMORY_KRS=… for another size. */
const size = Number(process.env['MEMORY_KRS'] ?? 1_000);
const some = 200;

/** Descriptions of twenty thousand characters, each with a link of its own: what is kept of a KR must not keep its text. */
function backlog(count: number, inProjects: number): SandboxSeed {
  const share = Math.ceil(count / inProjects);
  const filler = `\`\`\`\n${'0123456789abcdef'.repeat(1250)}\n\`\`\``;
  const issue = (n: number): IssueSeed => {
    const kr = n % 3 === 0 ? perfectKr : brokenKr;
    const link = `## Ally OKR: https://app.ally.io/objectives/${3_000_000 + n}`;
    const description = kr.description.replace(/^## Ally OKR:.*$/m, link);
    return { ...kr, description: `${description}\n\n## Notes ${n}\n\n${filler}` };
  };
  return {
    users: [
      { username: 'ann' },
      { username: 'bo.lee' },
      { username: 'carol' },
      { username: 'kr-bot', bot: true },
    ],
    tokens: [{ value: botToken, user: 'kr-bot', scopes: ['api'] }],
    groups: [{ path: 'bench', members: { ann: 'developer', 'bo.lee': 'developer', 'kr-bot': 'developer' } }],
    projects: Array.from({ length: inProjects }, (_, at) => ({
      id: at + 1,
      path: `bench/okrs-${at + 1}`,
      labels: ['KR'],
      issues: Array.from({ length: Math.min(share, count - at * share) }, (_each, within) => ({
        ...issue(at * share + within),
        createdAt: new Date(Date.UTC(2026, 10, 2) + (at * share + within) * 1000).toISOString(),
      })),
    })),
  };
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const done = new AbortController();
  const told = once(child, 'message', { signal: done.signal });
  const ended = once(child, 'exit', { signal: done.signal }).then(([code]) => {
    throw new Error(`the measured process ended with code ${code}`);
  });
  // Whichever comes second is not waited for.
  for (const one of [told, ended]) one.catch(() => undefined);
  try {
    const [message] = (await Promise.race([told, ended])) as [T];
    return message;
  } finally {
    done.abort();
  }
}

// A minute on a busy machine: in the long form of the tests only.
(runs(10) < 10 ? test.skip : test)(
  'memory does not grow with the number of issues: a hundred times the KRs take a fifth more at most, and none keeps its text',
  async () => {
    const file = path.resolve(import.meta.dirname, '../helpers/memory-run.ts');
    const child = fork(file, [], { execArgv: ['--import', 'tsx', '--expose-gc'] });
    try {
      await answerOf(child);
      const night = async (count: number, inProjects: number): Promise<number> => {
        const sandbox = await startSandbox({ seed: backlog(count, inProjects) });
        try {
          const order = { url: sandbox.url, token: botToken, every: Math.max(1, Math.floor(count / 10)) };
          const used = answerOf<MemoryUsed>(child);
          child.send(order);
          const { subjects, peak } = await used;
          expect(subjects).toBe(count);
          return peak;
        } finally {
          await sandbox.close();
        }
      };
      // What grows once: compiled code, words that the parser remembers, pages of the list under way.
      await night(some, 2);
      const least = await night(10, 1);
      const small = await night(some, 2);
      // How many pages are under way when it is looked differs from night to night; what is kept does not.
      const large = Math.min(await night(size, 10), await night(size, 10));
      expect(large / least).toBeLessThanOrEqual(1.2);
      expect(large / small).toBeLessThanOrEqual(1.2);
      expect((large - small) / (size - some)).toBeLessThanOrEqual(10_000);
    } finally {
      child.kill();
    }
  },
  900_000,
);

/** Only Linux counts a peak anew, and not in every container. */
function countsPeaks(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}

// The same hundredth, of the program itself: what the system says that its process had, garbage and all.
(runs(10) < 10 || !countsPeaks() ? test.skip : test)(
  'the process of the program is at most a fifth larger for a hundred times the KRs, once it is warm',
  async () => {
    const file = path.resolve(import.meta.dirname, '../helpers/program-nights.ts');
    const child = fork(file, [], { execArgv: ['--import', 'tsx', '--expose-gc'] });
    try {
      await answerOf(child);
      const nights = async (times: number, count: number, inProjects: number): Promise<number> => {
        const sandbox = await startSandbox({ seed: backlog(count, inProjects) });
        const peaks: number[] = [];
        try {
          for (let n = 0; n < times; n += 1) {
            const taken = answerOf<NightTaken>(child);
            child.send({ url: sandbox.url, token: botToken, now: '2026-11-23T09:00:00Z' });
            const { code, peak } = await taken;
            expect(code).toBe(0);
            peaks.push(peak);
          }
        } finally {
          await sandbox.close();
        }
        // How much garbage there is at the peak differs by some ten MiB; what is kept is there in each night.
        return Math.min(...peaks.slice(-3));
      };
      await nights(2, some, 2);
      const small = await nights(3, Math.ceil(size / 100), 1);
      // More of these: what outlives its night adds up.
      const large = await nights(5, size, 10);
      expect(large / small).toBeLessThanOrEqual(1.2);
    } finally {
      child.kill();
    }
  },
  900_000,
);
