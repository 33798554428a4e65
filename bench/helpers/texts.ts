import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { documentKinds } from '../../src/kinds/index.ts';

const textFacts = z.object({
  kind: z.enum(documentKinds),
  now: z.iso.datetime(),
  title: z.string().optional(),
  why: z.string().optional(),
  level: z.enum(['template', 'drift', 'hard']),
  variations: z.array(z.string()).default([]),
  seen: z.boolean().optional(),
  expected: z.record(z.string(), z.unknown()),
});

/** A text with its reading: `NAME.md` exactly as GitLab stores it, and what `NAME.json` says of it. */
export interface JudgedText extends z.infer<typeof textFacts> {
  file: string;
  text: string;
}

/** All texts of a folder and the folders in it, by name. Throws when the folder is not there or a JSON is not of the expected form. */
export function readTexts(folder: string): JudgedText[] {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = path.join(folder, name);
      const facts = textFacts.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      if (!facts.success) throw new Error(`${file}: ${z.prettifyError(facts.error)}`);
      return { ...facts.data, file, text: readFileSync(file.replace(/\.json$/, '.md'), 'utf8') };
    });
}

const fixtures = path.resolve(import.meta.dirname, '../../test/fixtures');

/** The first practice set. */
export const examplesFolder = path.join(fixtures, 'examples');

/** Texts of other hands. */
export const practiceFolder = path.join(fixtures, 'practice');

/** The project's own texts. */
export const ownFolder = path.join(fixtures, 'texts');
