import { Command, Option } from 'commander';
import { assess } from '../assess/assess.ts';
import { type DocumentKind, documentKinds } from '../model/document.ts';
import { UsageError } from '../model/errors.ts';
import type { Finding, Severity, SkippedRule } from '../model/finding.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { SubjectReport } from '../model/report.ts';
import type { Policy } from '../model/rule.ts';
import { type CliContext, clockOf, requirePolicy } from './context.ts';
import { createDocuments } from './documents.ts';
import { splitFrontMatter } from './front-matter.ts';
import { readInput } from './input.ts';
import type { Io } from './io.ts';
import { type CheckedFile, mendFiles } from './lint-fix.ts';
import { type LintFormat, lintFormats, renderLint } from './lint-formats.ts';

interface LintOptions {
  kind?: DocumentKind;
  title?: string;
  now?: string;
  rules?: string;
  format: LintFormat;
  failOn: Severity | 'never';
  fix?: boolean;
}

/** `kr-hygiene lint`: check Markdown files without a GitLab. */
export function lintCommand(context: CliContext): Command {
  return new Command('lint')
    .argument('[files...]', 'Markdown files; - is standard input')
    .addOption(
      new Option('--kind <kind>', 'what kind of text it is (default: kr)').choices([...documentKinds]),
    )
    .option('--title <title>', "the issue's title (wins over front matter)")
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--rules <dir>', 'folder with your rule files')
    .addOption(
      new Option('--format <format>', 'how to print findings').choices([...lintFormats]).default('stylish'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--fix', 'take leftover instructions of the template out of the files')
    .addHelpText(
      'after',
      `
Front matter may stand in for the issue; rules that need what is not there are
skipped, and said so:
  ---
  title: FY27 Q4 KR1 (Key Care) Rotate all keys
  due_date: 2027-01-22
  assignees: [ann]
  ---

--fix deletes the instructions of the template that were left in the text,
where nothing else stands on their lines, and names each place on stderr; all
else needs a person. A file that cannot be read does not keep the others from
being checked (exit code 2), but then nothing is mended.

Examples:
  $ kr-hygiene lint kr.md
  $ kr-hygiene lint --fix krs/*.md
  $ kr-hygiene lint --format json --title "FY27 Q4 KR1 (Key Care) …" - < kr.md`,
    )
    .action((files: string[], options: LintOptions) => lintAction(context, files, options));
}

interface Tools {
  policy: Policy;
  documents: AsyncDocumentReader;
  now: string;
}

async function lintAction(
  context: CliContext,
  files: readonly string[],
  options: LintOptions,
): Promise<void> {
  const { io } = context;
  if (files.length === 0)
    throw new UsageError('Nothing to check. Name Markdown files, or - for standard input.');
  if (options.fix === true && files.includes('-'))
    throw new UsageError('--fix changes files; standard input is none. Name the file instead.');
  const { now, policy } = clockOf(options.now, await requirePolicy(context, options.rules));
  const tools: Tools = { policy, documents: createDocuments(policy), now };
  // All are read before the first is changed: a name that is wrong must not leave half the work done.
  const checked: CheckedFile[] = [];
  for (const file of new Set(files)) checked.push(await checkFile(file, options, tools, io));
  const bad = checked.flatMap(({ subject }) => subject.error ?? []);
  for (const error of bad) io.stderr(`${error}\n`);
  const unwritable = options.fix === true ? await fix(checked, bad.length, options, tools, io) : false;
  const subjects = checked.map(({ subject }) => subject);
  io.stdout(renderLint(options.format, subjects, { now: tools.now, color: io.color }));
  if (bad.length > 0 || unwritable) context.exitCode = 2;
  else if (options.failOn !== 'never' && subjects.some((one) => reaches(one, options.failOn as Severity)))
    context.exitCode = 1;
}

/** Mends what can be mended, and says so on stderr. @returns whether a file could not be written */
async function fix(
  checked: CheckedFile[],
  bad: number,
  options: LintOptions,
  tools: Tools,
  io: Io,
): Promise<boolean> {
  const say = (line: string) => io.stderr(`${line}\n`);
  if (bad > 0) {
    say(`Nothing was mended: first put right what is named above.`);
    return false;
  }
  try {
    await mendFiles(checked, (text, file) => check(text, file, options, tools), say);
    return false;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return true;
  }
}

/** A file that cannot be read, or whose front matter is broken, is reported; the others are checked all the same. */
async function checkFile(file: string, options: LintOptions, tools: Tools, io: Io): Promise<CheckedFile> {
  const empty = { kind: options.kind ?? 'kr', ref: nameOf(file), title: '', confidential: false } as const;
  try {
    const text = await readInput(file, io);
    return { file, text, subject: await check(text, file, options, tools) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const subject = { ...subjectOf(empty, [], []), status: 'error' as const, error: error.message };
    return { file, text: '', subject };
  }
}

async function check(text: string, file: string, options: LintOptions, tools: Tools): Promise<SubjectReport> {
  const split = splitFrontMatter(text, nameOf(file));
  const kind = options.kind ?? split.kind ?? 'kr';
  const facts = options.title === undefined ? split.facts : { ...split.facts, title: options.title };
  // A plan's title stands in its front matter, so the plan reader gets the file as it is.
  const source = kind === 'plan' ? text : split.body;
  const { findings, skipped } = await assess({ kind, source, facts }, tools, tools.now);
  const { title = '', confidential = false } = facts;
  return subjectOf({ kind, ref: nameOf(file), title, confidential }, findings, skipped);
}

function subjectOf(
  head: Pick<SubjectReport, 'kind' | 'ref' | 'title' | 'confidential'>,
  findings: Finding[],
  skippedRules: SkippedRule[],
): SubjectReport {
  return {
    ...head,
    projectId: null,
    iid: null,
    url: null,
    status: findings.length > 0 ? 'findings' : 'clean',
    findings,
    skippedRules,
    actions: [],
    comment: null,
    restraint: null,
    error: null,
  };
}

function nameOf(file: string): string {
  return file === '-' ? '<stdin>' : file;
}

const ranks: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

function reaches(subject: SubjectReport, severity: Severity): boolean {
  return subject.findings.some((finding) => ranks[finding.severity] >= ranks[severity]);
}
