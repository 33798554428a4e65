import { Command } from 'commander';
import type { DocumentKind, KrHygieneDocument } from '../model/document.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { Policy } from '../model/rule.ts';
import { type CliContext, clockOf, requirePolicy } from './context.ts';
import { createDocuments } from './documents.ts';
import { readInput } from './input.ts';
import { kindOption } from './options.ts';
import { linesOf, type ParseOrder, parseBatch, withoutFront } from './parse-batch.ts';

interface ParseOptions {
  kind?: DocumentKind;
  title?: string;
  now?: string;
  rules?: string;
  batch?: boolean;
}

/** `kr-hygiene parse`: what the reader makes of a text, as JSON. */
export function parseCommand(context: CliContext): Command {
  return new Command('parse')
    .argument('[file]', 'a Markdown file; - or nothing: standard input', '-')
    .addOption(kindOption('what kind of text it is (default: kr)'))
    .option('--title <title>', "the issue's title (for a KR); else the one in the front matter")
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--rules <dir>', 'folder with your rule files (their words and templates count)')
    .option('--batch', 'read many texts: JSON lines in, JSON lines out')
    .addHelpText(
      'after',
      `
With --batch each line is {"id", "kind", "text", "title", "now"} (title and now
may be left out) and is answered by {"id", "document"}; a line that cannot be
read is answered by {"line", "error"}, and the exit code is 3.

Examples:
  $ kr-hygiene parse --title "FY27 Q4 KR1 (Key Care) Rotate all keys" kr.md
  $ kr-hygiene parse --kind weekly-update - < update.md
  $ kr-hygiene parse --batch < texts.jsonl > documents.jsonl`,
    )
    .action((file: string, options: ParseOptions) => parseAction(context, file, options));
}

async function parseAction(context: CliContext, file: string, options: ParseOptions): Promise<void> {
  const { io } = context;
  const loaded = await requirePolicy(context, options.rules);
  const read = orderReader(loaded, options.now);
  if (options.batch !== true) {
    const { kind, title } = options;
    const document = await read({ kind, title, text: await readInput(file, io) });
    io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  const bad = await parseBatch(linesOf(file, io), read, (line) => io.stdout(line));
  if (bad === 0) return;
  io.stderr(`${bad} ${bad === 1 ? 'line' : 'lines'} could not be read; each is named in the output.\n`);
  context.exitCode = 3;
}

/** Reads texts one by one; those whose days are in the same time zone share a reader. */
function orderReader(loaded: Policy, defaultNow?: string): (order: ParseOrder) => Promise<KrHygieneDocument> {
  const readers = new Map<string | undefined, AsyncDocumentReader>();
  return (order) => {
    const { now, policy } = clockOf(order.now ?? defaultNow, loaded);
    const { calendar, groups } = policy.settings;
    const documents = readers.get(calendar.timeZone) ?? createDocuments(policy);
    readers.set(calendar.timeZone, documents);
    const { kind, source, title } = withoutFront(order);
    return documents.read(kind, source, { title, now, groups });
  };
}
