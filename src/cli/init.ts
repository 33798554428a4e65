import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../model/errors.ts';
import type { CliContext } from './context.ts';
import { writeNamed } from './files.ts';
import { starterFiles } from './starter-files.ts';
import { version } from './version.ts';

/** `kr-hygiene init`: starter files for a team's own repository. */
export function initCommand(context: CliContext): Command {
  return new Command('init')
    .description('Write starter rule files and a pipeline into a folder of yours.')
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
      const files = await starterFiles(version);
      const taken = files.filter((file) => existsSync(path.join(dir, file.path))).map((file) => file.path);
      if (taken.length > 0 && options.force !== true) {
        throw new UsageError(
          `These files are there already: ${taken.join(', ')}. Nothing was written. Use --force to replace them.`,
        );
      }
      for (const file of files) {
        const target = path.join(dir, file.path);
        await writeNamed(target, file.text);
        context.io.stdout(`wrote ${target}\n`);
      }
      context.io.stdout(
        '\nNext: name your projects in rules/policy.yml, then `kr-hygiene rules check` and `kr-hygiene run`.\n',
      );
    });
}
