import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { ruleContext } from '../evaluate/context.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { type DocumentKind, documentKinds } from '../model/document.ts';
import { UsageError } from '../model/errors.ts';
import type { Severity } from '../model/finding.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { SubjectReport } from '../model/report.ts';
import type { Policy } from '../model/rule.ts';
import { type CliContext, parseNow, requirePolicy } from './context.ts';
import { createDocuments } from './documents.ts';
import { applyEdits } from './edits.ts';
import { splitFrontMatter } from './front-matter.ts';
import { readInput } from './input.ts';
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
    .description('Check Markdown files offline, with the same rules.')
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
    .option('--fix', 'mend in place what can be mended safely')
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

Examples:
  $ kr-hygiene lint kr.md
  $ kr-hygiene lint --format json --title "FY27 Q4 KR1 (Key Care) …" - < kr.md`,
    )
    .action(async (files: string[], options: LintOptions) => {
      if (files.length === 0)
        throw new UsageError('Nothing to check. Name Markdown files, or - for standard input.');
      const policy = await requirePolicy(context, options.rules);
      const documents = createDocuments(policy);
      const now = parseNow(options.now);
      // All are read before the first is changed: a name that is wrong must not leave half the work done.
      const texts = new Map<string, string>();
      for (const file of files) texts.set(file, await readInput(file, context.io));
      const tools: Tools = { policy, documents, now };
      const subjects: SubjectReport[] = [];
      for (const [file, text] of texts) subjects.push(await check(text, file, options, tools));
      if (options.fix === true) await mend(texts, subjects, options, tools);
      context.io.stdout(renderLint(options.format, subjects, { now, color: context.io.color }));
      if (options.failOn !== 'never' && subjects.some((one) => reaches(one, options.failOn as Severity))) {
        context.exitCode = 1;
      }
    });
}

interface Tools {
  policy: Policy;
  documents: AsyncDocumentReader;
  now: string;
}

/** Carries out the edits of the findings, file by file, and checks again what was changed. */
async function mend(
  texts: ReadonlyMap<string, string>,
  subjects: SubjectReport[],
  options: LintOptions,
  tools: Tools,
): Promise<void> {
  if (texts.has('-'))
    throw new UsageError('--fix changes files; standard input is none. Name the file instead.');
  for (const [index, [file, text]] of [...texts].entries()) {
    const edits = subjects[index]?.findings.flatMap((finding) => finding.edit ?? []) ?? [];
    const mended = applyEdits(text, edits);
    if (mended === text) continue;
    await writeFile(file, mended);
    subjects[index] = await check(mended, file, options, tools);
  }
}

async function check(text: string, file: string, options: LintOptions, tools: Tools): Promise<SubjectReport> {
  const split = splitFrontMatter(text, nameOf(file));
  const kind = options.kind ?? split.kind ?? 'kr';
  const facts = options.title === undefined ? split.facts : { ...split.facts, title: options.title };
  // A plan's title stands in its front matter, so the plan reader gets the file as it is.
  const source = kind === 'plan' ? text : split.body;
  const { policy, documents, now } = tools;
  const document = await documents.read(kind, source, {
    title: facts.title ?? '',
    now,
    groups: policy.settings.groups,
  });
  const template = documents.template(kind);
  const { findings, skipped } = evaluate(
    document,
    policy.rules,
    ruleContext({ document, source, facts, now, calendar: policy.settings.calendar, template }),
  );
  return {
    kind,
    ref: nameOf(file),
    projectId: null,
    iid: null,
    url: null,
    title: facts.title ?? '',
    confidential: facts.confidential ?? false,
    status: findings.length > 0 ? 'findings' : 'clean',
    findings,
    skippedRules: skipped,
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
