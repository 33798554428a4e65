import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Files by path from the folder. */
export type Pages = Map<string, string>;

const site = '/handbook/security/planning';

export const handbookPage = new URL('../fixtures/handbook/security-planning.md', import.meta.url);

/** Where the thirty plans are: flat, in folders of their own, and in folders of a topic. */
const pathOf = (number: number): string => {
  const slug = `plan-${String(number).padStart(2, '0')}`;
  if (number % 5 === 0) return `identity/${slug}.md`;
  if (number % 3 === 0) return `${slug}/index.md`;
  return `${slug}.md`;
};

export const slugOf = (file: string): string => file.replace(/(?:\/index)?\.md$/, '');

/** A folder of `count` plans in the form of the handbook, its index below the handbook's own text. All is well. */
export async function cleanFolder(count = 30): Promise<Pages> {
  const head = await readFile(handbookPage, 'utf8');
  const files = Array.from({ length: count }, (_, index) => pathOf(index + 1));
  const rows = files.map((file, index) =>
    index % 4 === 0
      ? `| [Plan ${index + 1}](${file}) | [Notes](https://example.com/${index}) |`
      : `| [Plan ${index + 1}](${site}/${slugOf(file)}/) | |`,
  );
  const pages: Pages = new Map();
  pages.set('_index.md', head.replace(/^\| \[Security Requirements.*$/m, rows.join('\n')));
  pages.set('identity/_index.md', '---\ntitle: "Identity"\n---\n\n[All plans](../)\n');
  for (const [index, file] of files.entries()) {
    const next = files[(index + 1) % count] as string;
    pages.set(file, plan(index + 1, next));
  }
  return pages;
}

function plan(number: number, next: string): string {
  return `---
title: "Plan ${number}"
description: "What plan ${number} is for"
aliases: ["/security/old-plan-${number}/"]
---

## Summary

Devices of kind ${number} are known before they reach the build servers.

* Epic: <https://gitlab.com/groups/acme-sec/-/epics/${100 + number}>
* Next: [the next plan](${site}/${slugOf(next)}/#details)
* Before: [how it was](/security/old-plan-${number}/#details), [elsewhere](/handbook/people/) and
  [another site](https://example.com/gone)

[](){: name="why-${number}"}

## Why & how

See [the reason](#why-${number}), [this](#why--how), [here](#details-1) and [the index](${site}/#tips).

## Details

Text of plan ${number}, with \`[code](gone.md#nothing)\`.

## Details

{: #by-hand}
More. [By hand](#by-hand)

| Step | When |
|------|------|
| First | \`Later\` |
`;
}

/** Replaces text of a page, which must be there. */
export function change(pages: Pages, file: string, from: string, to: string): void {
  const text = pages.get(file);
  if (text?.includes(from) !== true) throw new Error(`${file} has no ${JSON.stringify(from)}`);
  pages.set(
    file,
    text.replace(from, () => to),
  );
}

const made: string[] = [];

/** A new folder that `removeFolders` removes. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-plans-'));
  made.push(folder);
  return folder;
}

/** Removes every folder that was made here: each test file that makes one calls it in `afterAll`. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes the pages to a new folder of that name, below `content/handbook/security`. @returns the folder */
export async function writeFolder(pages: Pages, name = 'planning'): Promise<string> {
  const root = await temporaryFolder();
  const folder = path.join(root, 'content', 'handbook', 'security', name);
  for (const [file, text] of pages) {
    const at = path.join(folder, file);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, text);
  }
  return folder;
}

/** The number of the first line that holds `text`, from 1. */
export function lineOf(pages: Pages, file: string, text: string): number {
  const line = (pages.get(file) ?? '').split('\n').findIndex((one) => one.includes(text));
  if (line === -1) throw new Error(`${file} has no ${JSON.stringify(text)}`);
  return line + 1;
}
