import path from 'node:path';
import { Command } from 'commander';
import { nameIsTaken } from '../files/paths.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import { visible } from '../text/visible.ts';
import type { CliContext } from './context.ts';
import { starterFiles } from './starter-files.ts';

/** `kr-hygiene init`: starter files for a team's own repository. */
export function initCommand(context: CliContext): Command {
  return new Command('init')
    .argument('[dir]', 'where to', '.')
    .option('--force', 'replace files that are there already')
    .addHelpText(
      'after',
      `
Examples:
  $ kr-hygiene init
  $ kr-hygiene init my-okr-rules`,
    )
    .action(async (dir: string, options: { force?: boolean }) => {
      const files = await starterFiles();
      const taken: string[] = [];
      for (const file of files) if (await nameIsTaken(path.join(dir, file.path))) taken.push(file.path);
      if (taken.length > 0 && options.force !== true) {
        throw new UsageError(
          `These files are there already: ${taken.join(', ')}. Nothing was written. Use --force to replace them.`,
        );
      }
      for (const file of files) {
        const target = path.join(dir, file.path);
        await writeWhole(target, file.text, { isNew: options.force !== true });
        context.io.stdout(`wrote ${visible(target)}\n`);
      }
      context.io.stdout(
        '\nNext: name your projects in rules/policy.yml, then `kr-hygiene rules check` and `kr-hygiene run`.\n',
      );
    });
}
