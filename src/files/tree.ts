import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { exists, isGitFolder, isInside, presence } from './paths.ts';
import { filesBelow, readRegular } from './read.ts';

/** The files of a folder, by their path from it, sorted; links are not followed. */
export interface FolderListing {
  pages: string[];
  files: string[];
  /** What was left out, in words. */
  notes: string[];
}

/** Bounds of what is looked at; a folder of pages is far below them. */
const most = { files: 50_000, steps: 40, bytes: 4_000_000 };

const markdown = /\.(?:md|markdown)$/i;

/** Of other tools, and what a site generator writes. */
const notPages = new Set(['node_modules', 'public', 'resources']);

/**
 * The files of a folder and below it; nothing hidden, and nothing that a symbolic link leads to.
 * @throws UsageError when it cannot be read, or holds more than anyone keeps by hand
 */
export async function listPages(root: string): Promise<FolderListing> {
  const skip = (name: string) => name.startsWith('.') || notPages.has(name);
  const { files, left } = await filesBelow(root, { maxFiles: most.files, skip });
  const isPage = (file: string) => markdown.test(file);
  const links = left.length === 1 ? 'one link was' : `${left.length} links were`;
  return {
    pages: files.filter(isPage),
    // A link may be what a link on a page leads to, wherever it leads itself.
    files: [...files.filter((file) => !isPage(file)), ...left],
    notes: left.length === 0 ? [] : [`${root}: ${links} not followed.`],
  };
}

/** What is outside of a folder: nothing, something, or a page of Markdown; null: not for us to say. */
export type Outside = 'absent' | 'there' | { source: string } | null;

/** Looks at files outside of a folder, but inside its repository. */
export function outsideOf(root: string, projectDir: string | undefined): (path: string) => Promise<Outside> {
  const folder = path.resolve(root);
  const repository = repositoryOf(folder, projectDir);
  return async (relative) => {
    if (repository === null) return null;
    const file = path.resolve(folder, relative);
    if (!isInside(repository, file) || file.split(path.sep).some(isGitFolder)) return null;
    const name = await presence(file);
    if (name !== 'there') return name === 'absent' ? name : null;
    const real = await realpath(file).catch(() => null);
    if (real === null || !isInside(await realpath(repository), real)) return null;
    if (!markdown.test(file)) return 'there';
    const read = await readRegular(real, most.bytes, 'resolved');
    return 'bytes' in read ? { source: read.bytes.toString('utf8') } : 'there';
  };
}

/** The root of the repository: where `.git` is, else the project of the job, else the working directory. */
function repositoryOf(folder: string, projectDir: string | undefined): string | null {
  for (let at = folder, steps = 0; steps < most.steps; steps += 1) {
    if (exists(path.join(at, '.git'))) return at;
    const above = path.dirname(at);
    if (above === at) break;
    at = above;
  }
  const candidates = [...(projectDir ? [path.resolve(projectDir)] : []), process.cwd()];
  return candidates.find((one) => isInside(one, folder)) ?? null;
}
