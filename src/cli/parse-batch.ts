import { z } from 'zod';
import { documentKinds } from '../kinds/index.ts';
import { type DocumentKind, type KrHygieneDocument, mainKind } from '../model/document.ts';
import { UsageError } from '../model/errors.ts';
import { type SplitText, splitFrontMatter } from './front-matter.ts';
import { readInput } from './input.ts';
import type { Io } from './io.ts';

/** One text to read, and what is known of it. */
export interface ParseOrder {
  /** Left out: the one in the text's front matter, else a KR. */
  kind: DocumentKind | undefined;
  text: string;
  /** Left out: the title in the text's front matter, if there is one. */
  title?: string | undefined;
  now?: string | undefined;
}

const order = z.object({
  id: z.union([z.string(), z.number()]).nullable().default(null),
  kind: z.enum(documentKinds as readonly [DocumentKind, ...DocumentKind[]]),
  text: z.string(),
  title: z.string().nullish(),
  now: z.string().nullish(),
});

/**
 * The text without its front matter, and what that says. A plan keeps it: its title is in there. What is not front
 * matter of ours stays as well: in an issue a leading `---` is a rule.
 */
export function withoutFront({ kind, text, title }: ParseOrder): {
  kind: DocumentKind;
  source: string;
  title: string;
} {
  const split = kind === 'plan' ? null : frontOf(text);
  return {
    kind: kind ?? split?.kind ?? mainKind,
    source: split?.body ?? text,
    title: title ?? split?.facts.title ?? '',
  };
}

function frontOf(text: string): SplitText | null {
  try {
    const split = splitFrontMatter(text, 'front matter');
    return split.kind !== null || Object.keys(split.facts).length > 0 ? split : null;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/**
 * Reads JSON lines and prints JSON lines, in the order of the input. A line that is not a request becomes
 * `{"line", "error"}`, and the rest is still read.
 * @returns how many lines could not be read
 */
export async function parseBatch(
  input: AsyncIterable<string>,
  read: (order: ParseOrder) => Promise<KrHygieneDocument>,
  print: (line: string) => void,
): Promise<number> {
  let number = 0;
  let bad = 0;
  for await (const line of input) {
    number += 1;
    if (line.trim() === '') continue;
    const answer = await answerTo(line, number, read);
    if ('error' in answer) bad += 1;
    print(`${JSON.stringify(answer)}\n`);
  }
  return bad;
}

type Answer =
  | { id: string | number | null; document: KrHygieneDocument }
  | { id?: string | number; line: number; error: string };

async function answerTo(
  line: string,
  number: number,
  read: (order: ParseOrder) => Promise<KrHygieneDocument>,
): Promise<Answer> {
  const name = `line ${number}`;
  let value: unknown;
  try {
    value = JSON.parse(number === 1 ? line.replace(/^\uFEFF/, '') : line);
  } catch (error) {
    return { line: number, error: `${name} is not JSON: ${(error as Error).message}` };
  }
  const parsed = order.safeParse(value);
  const known = (value as { id?: unknown } | null)?.id;
  const id = typeof known === 'string' || typeof known === 'number' ? { id: known } : {};
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the line'}: ${issue.message}`,
    );
    return { ...id, line: number, error: `${name}: ${problems.join('; ')}` };
  }
  const { kind, text, title, now } = parsed.data;
  try {
    const document = await read({ kind, text, title: title ?? undefined, now: now ?? undefined });
    return { id: parsed.data.id, document };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...id, line: number, error: `${name}: ${error.message}` };
  }
}

/** Of a file, or of one line of standard input; a string of the language holds little more. */
const BATCH_BYTES = 256 * 1024 * 1024;

/** The lines of a file, or of standard input for `-`: each is answered before the next has to be there. */
export async function* linesOf(file: string, io: Io): AsyncGenerator<string> {
  if (file === '-' && io.stdinLines !== undefined) yield* io.stdinLines(BATCH_BYTES);
  else yield* (await readInput(file, io, BATCH_BYTES)).split(/\r?\n/);
}
