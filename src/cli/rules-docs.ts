import path from 'node:path';
import { Command } from 'commander';
import { builtInRulesDir } from '../config/built-in.ts';
import { exists, isFolder } from '../files/paths.ts';
import { readRegular } from '../files/read.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import { quoted, visible } from '../text/visible.ts';
import { renderRuleDocs, withRuleTable } from '../usecases/rule-docs/render.ts';
import type { CliContext } from './context.ts';

const root = path.dirname(builtInRulesDir);

/** `rules docs`: lists the pages that are out of date, or with `--write` writes them. */
export function rulesDocsCommand(context: CliContext): Command {
  return new Command('docs')
    .description(
      'Compare docs/rules and the table in the README with the rules; --write brings them up to date.',
    )
    .option('--write', 'write what is out of date')
    .option(
      '--directory <dir>',
      "the folder that holds README.md and docs/ (default: kr-hygiene's own folder)",
    )
    .action(async ({ write, directory: named }: { write?: boolean; directory?: string }) => {
      const directory = docsFolder(named, write === true);
      const stale = await staleDocs(directory);
      for (const [file, text] of stale) {
        if (write) await writeWhole(path.join(directory, file), text, { from: '--directory' });
        context.io.stdout(`${write ? 'written' : 'out of date'}: ${visible(file)}\n`);
      }
      const where = named === undefined ? `kr-hygiene's own folder, ${quoted(root)},` : quoted(directory);
      context.io.stdout(
        stale.size === 0 || write
          ? `The rule documentation in ${where} is up to date.\n`
          : `The rule documentation in ${where} is not up to date; --write fixes that.\n`,
      );
      if (stale.size > 0 && !write) context.exitCode = 1;
    });
}

/**
 * The folder whose documentation is meant.
 * @throws UsageError when it is not one; or when the installed package, which no one should change, would be written
 */
function docsFolder(named: string | undefined, write: boolean): string {
  if (named !== undefined) {
    if (exists(named) && !isFolder(named))
      throw new UsageError(
        `--directory ${quoted(named)} is not a folder. Name the one that holds README.md and docs/.`,
      );
    return named;
  }
  const below = path.relative(process.cwd(), root).split(path.sep);
  if (
    write &&
    (below[0] === '..' || path.isAbsolute(below.join(path.sep)) || below.includes('node_modules'))
  ) {
    throw new UsageError(
      `Without --directory this would write into kr-hygiene's own folder, ${quoted(root)}, which is not yours. ` +
        'To get the rule documentation into this folder, add `--directory .`.',
    );
  }
  return root;
}

/** The files in `directory` that are not what they should be, with the text they should have. */
export async function staleDocs(directory: string = root): Promise<Map<string, string>> {
  const wanted = await renderRuleDocs();
  const readme = await readText(path.join(directory, 'README.md'));
  if (readme !== null) wanted.set('README.md', withRuleTable(readme));
  for (const [file, text] of wanted) {
    if ((await readText(path.join(directory, file))) === text) wanted.delete(file);
  }
  return wanted;
}

async function readText(file: string): Promise<string | null> {
  const read = await readRegular(file);
  if ('bytes' in read) return read.bytes.toString('utf8');
  if (read.problem === 'absent') return null;
  throw new UsageError(`--directory: ${quoted(file)}: ${read.words}.`);
}
