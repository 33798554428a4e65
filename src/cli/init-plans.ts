import path from 'node:path';
import { nameIsTaken } from '../files/paths.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import { quoted, visible } from '../text/visible.ts';
import type { CliContext } from './context.ts';
import type { Io } from './io.ts';
import type { StarterFile } from './starter-files.ts';
import { plansPipelineFile, starterPlans } from './starter-plans.ts';

/** `init --plans`: what a folder of plans starts with. Nothing that exists is changed. */
export async function initPlans(context: CliContext, dir: string, named: string | true): Promise<void> {
  const { io } = context;
  const folder = plansFolder(named);
  await writeStarters(await starterPlans(folder), dir, io);
  io.stdout(`
Next:
  1. add to the \`include:\` of .gitlab-ci.yml:
       - local: ${plansPipelineFile}
  2. copy _template.md for each plan, then: kr-hygiene plans index --write ${folder}
  3. look: kr-hygiene lint --kind plan ${folder}
`);
}

/** Writes what is not there yet, and says which files were. */
export async function writeStarters(files: readonly StarterFile[], dir: string, io: Io): Promise<void> {
  for (const file of files) {
    const target = path.join(dir, file.path);
    const isThere = await nameIsTaken(target);
    if (!isThere) await writeWhole(target, file.text, { isNew: true });
    io.stdout(`${isThere ? 'kept ' : 'wrote'} ${visible(target)}\n`);
  }
}

/**
 * The folder for plans, from the root of the repository.
 * @throws UsageError for one that leads out of it, or cannot be written in a job
 */
function plansFolder(named: string | true): string {
  if (named === true) return 'planning';
  const folder = named.replace(/^\.\//, '').replace(/\/+$/, '');
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/.test(folder)) return folder;
  throw new UsageError(
    `--plans is ${quoted(named)}; name a folder of the repository, as content/handbook/planning.`,
  );
}
