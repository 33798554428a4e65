import { execFile } from 'node:child_process';
import { UsageError } from '../model/errors.ts';
import type { PlanState } from '../model/plan-folder.ts';
import { readPageFront } from '../plans/front.ts';
import { quoted } from '../text/visible.ts';

/** What all pages of a folder may hold together. */
const maxBytes = 256 * 1024 * 1024;

/**
 * What the pages of a folder said of their step at a commit; a page that was not there is missing, null names no step.
 * @param base the commit a merge request began at
 * @throws UsageError when there is no repository or no such commit
 */
export async function statesAt(
  base: string,
  folder: string,
  pages: readonly string[],
): Promise<Map<string, PlanState | null>> {
  // A line break in a name would be a second question.
  const asked = pages.filter((page) => !/[\r\n]/.test(page));
  if (!/^[\w./~^@{}-]{1,300}$/.test(base) || base.startsWith('-')) throw unknown(base);
  // The answer to the first question tells whether there is such a commit.
  const questions = [`${base}^{commit}`, ...asked.map((page) => `${base}:./${page}`)];
  const output = await catFiles(folder, `${questions.join('\n')}\n`).catch(() => {
    throw unknown(base);
  });
  const states = new Map<string, PlanState | null>();
  let at = 0;
  for (const [index] of questions.entries()) {
    const end = output.indexOf(10, at);
    const [, type = '', size = ''] =
      output
        .subarray(at, end)
        .toString('utf8')
        .match(/ (\w+)(?: (\d+))?$/) ?? [];
    const length = type === 'missing' ? null : Number(size);
    if (index === 0 && type !== 'commit') throw unknown(base);
    const page = asked[index - 1];
    if (length !== null && type === 'blob' && page !== undefined) {
      const text = output.subarray(end + 1, end + 1 + Math.min(length, 40_000)).toString('utf8');
      states.set(page, readPageFront(text).state?.value ?? null);
    }
    at = length === null ? end + 1 : end + 1 + length + 1;
  }
  return states;
}

function catFiles(cwd: string, input: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { cwd, encoding: 'buffer' as const, maxBuffer: maxBytes };
    const child = execFile('git', ['cat-file', '--batch'], options, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function unknown(base: string): UsageError {
  return new UsageError(
    `${quoted(base)} is not a commit of this repository, so the steps of plans were not compared. In a pipeline set GIT_DEPTH to 0.`,
  );
}
