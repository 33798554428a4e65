import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { UsageError } from '../model/errors.ts';
import type { CliContext } from './context.ts';
import { starterPipeline } from './starter-pipeline.ts';
import { version } from './version.ts';

const packageRoot = new URL('../../', import.meta.url);

/** `kr-hygiene init`: starter files for a team's own repository. */
export function initCommand(context: CliContext): Command {
  return new Command('init')
    .description('Write starter rule files and a pipeline into a folder of yours.')
    .argument('[dir]', 'where to', '.')
    .option('--force', 'replace files that are there already')
    .action(async (dir: string, options: { force?: boolean }) => {
      const files = await starterFiles();
      const target = path.resolve(dir);
      const pipeline = '.gitlab-ci.yml';
      if (options.force !== true) assertAbsent(target, [pipeline, ...files.map((file) => file.to)]);
      for (const file of files) {
        const to = path.join(target, file.to);
        await mkdir(path.dirname(to), { recursive: true });
        await cp(file.from, to);
        context.io.stdout(`wrote ${path.join(dir, file.to)}\n`);
      }
      await writeFile(path.join(target, pipeline), starterPipeline(version));
      context.io.stdout(`wrote ${path.join(dir, pipeline)}\n`);
      context.io.stdout(
        '\nNext: name your projects in rules/policy.yml, then `kr-hygiene rules check` and `kr-hygiene run`.\n',
      );
    });
}

async function starterFiles(): Promise<{ from: URL; to: string }[]> {
  const rules = new URL('rules/', packageRoot);
  const entries = await readdir(rules, { recursive: true, withFileTypes: true });
  const root = fileURLToPath(rules);
  const found = entries
    .filter(
      (entry) =>
        entry.isFile() && /\.(yml|md|json)$/.test(entry.name) && !entry.parentPath.includes('presets'),
    )
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
  return found.map((name) => ({ from: new URL(`rules/${name}`, packageRoot), to: path.join('rules', name) }));
}

function assertAbsent(target: string, names: readonly string[]): void {
  const taken = names.filter((name) => existsSync(path.join(target, name)));
  if (taken.length > 0) {
    throw new UsageError(
      `These files are there already: ${taken.join(', ')}. Nothing was written. Use --force to replace them.`,
    );
  }
}
