import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { isFolder, pathInside } from '../../files/paths.ts';
import { writeWhole } from '../../files/write.ts';
import { UsageError } from '../../model/errors.ts';
import { quoted } from '../../text/visible.ts';

const run = promisify(execFile);

/** A larger file is not a rule file; loading refuses it anyway. */
const maxBytes = 1024 * 1024;
const maxFiles = 500;

/**
 * A rules folder as it was at a Git ref, copied to a folder that is gone when `use` has ended.
 * @param rulesDir the folder as it is now
 * @param use gets the copy; null when the ref has no such folder, or one without policy.yml
 * @throws UsageError when there is no repository, or no such ref
 */
export async function withRulesAt<T>(
  ref: string,
  rulesDir: string,
  use: (dir: string | null) => Promise<T>,
): Promise<T> {
  const { dir: there, rest } = nearestFolder(rulesDir);
  const commit = await resolveRef(ref, there);
  const above = (await git(there, ['rev-parse', '--show-prefix'])).replace(/\n$/, '');
  const prefix = rest === '' ? above : `${above}${rest}/`;
  const listed = await git(there, [
    'ls-tree',
    '-r',
    '-z',
    '--full-tree',
    commit,
    '--',
    prefix === '' ? '.' : prefix,
  ]);
  const files = listed.split('\0').flatMap((line) => {
    const [, mode, type, hash, name] = /^(\d+) (\w+) ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    // Links are left out: what they lead to is not part of the folder.
    return type === 'blob' && mode !== '120000' && hash && name?.startsWith(prefix)
      ? [{ hash, name: name.slice(prefix.length) }]
      : [];
  });
  if (!files.some(({ name }) => name === 'policy.yml')) return use(null);
  if (files.length > maxFiles)
    throw new UsageError(
      `The rules folder at ${quoted(ref)} holds ${files.length} files; ${maxFiles} are the most that is read.`,
    );
  const dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-'));
  try {
    for (const { hash, name } of files) {
      const target = pathInside(dir, name);
      if (target === null)
        throw new UsageError(
          `At ${quoted(ref)} the rules folder holds ${quoted(name)}, which is not a path below it.`,
        );
      await writeWhole(target, await blob(there, hash), { isNew: true });
    }
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The folder, or the one above it that there is, and the way down from there with `/` between its parts. */
function nearestFolder(rulesDir: string): { dir: string; rest: string } {
  const whole = path.resolve(rulesDir);
  let dir = whole;
  while (!isFolder(dir) && path.dirname(dir) !== dir) dir = path.dirname(dir);
  return { dir, rest: path.relative(dir, whole).split(path.sep).join('/') };
}

async function resolveRef(ref: string, there: string): Promise<string> {
  try {
    return (
      await git(there, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
    ).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UsageError(`Git is not installed to look for --against ${quoted(ref)}.`);
    throw new UsageError(
      `--against ${quoted(ref)} is not a commit, branch or tag of the repository of ${quoted(there)}. ` +
        'In a pipeline, fetch it first: GIT_DEPTH: 0. Write a folder as a path: ./folder, ../folder or /folder.',
    );
  }
}

async function git(dir: string, args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', dir, ...args], { maxBuffer: 16 * maxBytes, encoding: 'utf8' });
  return stdout;
}

async function blob(dir: string, hash: string): Promise<Buffer> {
  const { stdout } = await run('git', ['-C', dir, 'cat-file', 'blob', hash], {
    maxBuffer: 16 * maxBytes,
    encoding: 'buffer',
  });
  return stdout;
}
