import { existsSync, statSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';

/** Whether `file` is `root` or lies below it. Both absolute; links are not looked at. */
export function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative === '' || !(relative.split(path.sep)[0] === '..' || path.isAbsolute(relative));
}

/**
 * A path made of a foreign name, as a Git tree, an archive or a slug gives it.
 * @param root absolute
 * @param name parts with `/` between them
 * @returns the absolute path; null where the name is not plain: empty, absolute, with `..`, a control character,
 *   a backslash, or into `.git`
 */
export function pathInside(root: string, name: string): string | null {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || isGitFolder(part))) return null;
  if (/[\\\p{Cc}]/u.test(name)) return null;
  const file = path.join(root, ...parts);
  return isInside(root, file) && file !== root ? file : null;
}

/** Whether a part of a path is Git's own folder, which holds credentials in a pipeline; some systems ignore case. */
export function isGitFolder(part: string): boolean {
  return part.toLowerCase() === '.git';
}

/**
 * The first part of a path that is a link, where links are not followed: below the working directory, which may be
 * a checkout that others have written, no part may be one; elsewhere only the last is looked at.
 */
export async function linkOn(named: string): Promise<string | null> {
  const whole = path.resolve(named);
  const here = process.cwd();
  const parts = isInside(here, whole) ? path.relative(here, whole).split(path.sep) : [];
  const steps = parts.map((_, index) => path.join(here, ...parts.slice(0, index + 1)));
  for (const step of steps.length > 0 ? steps : [whole]) {
    const facts = await lstat(step).catch(() => null);
    if (facts === null) return null;
    if (facts.isSymbolicLink()) return step;
  }
  return null;
}

/** Whether anything has this name, be it a link that leads nowhere. */
export async function nameIsTaken(file: string): Promise<boolean> {
  return (await presence(file)) === 'there';
}

/** Whether anything has this name, be it a link that leads nowhere; `unknown` where that cannot be looked up. */
export async function presence(file: string): Promise<'there' | 'absent' | 'unknown'> {
  try {
    await lstat(file);
    return 'there';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unknown';
  }
}

/** Whether there is a file or folder; where a link leads counts. */
export function exists(named: string): boolean {
  return existsSync(named);
}

/** Whether there is a folder; where a link leads counts. A name that no file can have (too long, with NUL) is not one. */
export function isFolder(named: string): boolean {
  try {
    return statSync(named, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
