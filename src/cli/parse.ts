import { Command, Option } from 'commander';
import { type DocumentKind, documentKinds } from '../model/document.ts';
import { type CliContext, parseNow, requirePolicy } from './context.ts';
import { createDocuments } from './documents.ts';
import { readInput } from './input.ts';

interface ParseOptions {
  kind: DocumentKind;
  title: string;
  now?: string;
  rules?: string;
}

/** `kr-hygiene parse`: what the reader makes of a text, as JSON. */
export function parseCommand(context: CliContext): Command {
  return new Command('parse')
    .description('Print what the bot reads in a text, as JSON.')
    .argument('[file]', 'a Markdown file; - or nothing: standard input', '-')
    .addOption(
      new Option('--kind <kind>', 'what kind of text it is').choices([...documentKinds]).default('kr'),
    )
    .option('--title <title>', "the issue's title (for a KR)", '')
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--rules <dir>', 'folder with your rule files (their words and templates count)')
    .addHelpText(
      'after',
      `
Examples:
  $ kr-hygiene parse --title "FY27 Q4 KR1 (Key Care) Rotate all keys" kr.md
  $ kr-hygiene parse --kind weekly-update - < update.md`,
    )
    .action(async (file: string, options: ParseOptions) => {
      const policy = await requirePolicy(context, options.rules);
      const text = await readInput(file, context.io);
      const documents = createDocuments(policy);
      const document = await documents.read(options.kind, text, {
        title: options.title,
        now: parseNow(options.now),
        groups: policy.settings.groups,
      });
      context.io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    });
}
