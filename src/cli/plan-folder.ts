import path from 'node:path';
import { readNamed } from '../files/read.ts';
import { listPages, outsideOf } from '../files/tree.ts';
import type { PlanFolder } from '../model/plan-folder.ts';
import type { Policy } from '../model/rule.ts';
import type { PageInput } from '../plans/page.ts';
import { visible } from '../text/visible.ts';
import { readFolder } from '../usecases/plans/lint-folder.ts';
import type { CliContext } from './context.ts';
import { createDocuments } from './documents.ts';

/** Parts of the absolute path of a folder that was named. */
export const folderPathOf = (named: string): string[] => path.resolve(named).split(path.sep).filter(Boolean);

/**
 * The pages of a folder that was named, as one graph.
 * @throws UsageError when the folder, or one of its pages, cannot be read: what is made of a part would be wrong
 */
export async function readPlanFolder(
  context: CliContext,
  named: string,
  policy: Policy,
  now: string,
): Promise<PlanFolder> {
  const documents = createDocuments(policy);
  const { pages, files, notes } = await listPages(named);
  for (const note of notes) context.io.stderr(`${visible(note)}\n`);
  const inputs: PageInput[] = [];
  for (const page of pages) {
    const file = path.join(named, page);
    const source = await readNamed(file);
    const document = await documents.read('plan', source, { title: '', now });
    if (document.kind === 'plan') inputs.push({ file, path: page, source, document });
  }
  const reading = {
    name: named,
    pages: inputs,
    files,
    folderPath: folderPathOf(named),
    lookOutside: outsideOf(named, context.env['CI_PROJECT_DIR']),
  };
  return readFolder(reading, policy.settings.plans, now);
}
