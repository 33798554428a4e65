import path from 'node:path';
import { Command, Option } from 'commander';
import { presetNames } from '../config/built-in.ts';
import { jsonSchemas, schemaNames } from '../config/json-schema.ts';
import { type LoadResult, loadPolicy } from '../config/load-policy.ts';
import { ourRules as allRules } from '../config/our-rules.ts';
import { printPolicy } from '../config/print-policy.ts';
import { renderConfigErrors } from '../config/render-errors.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import { quoted, visible } from '../text/visible.ts';
import { checkTemplates, type TemplateCheck } from '../usecases/check-templates.ts';
import { codeQuality } from './code-quality.ts';
import { type CliContext, parseNow, requireRules, resolveRulesDir } from './context.ts';
import { rulesOption } from './options.ts';
import { readReportFile } from './report-input.ts';
import { checkCustomRules } from './rules-custom.ts';
import { rulesDocsCommand } from './rules-docs.ts';
import { type ListedRule, listRules, usedIn } from './rules-list.ts';
import { metIn } from './rules-met.ts';
import { renderTestResults, runRuleTests } from './rules-test.ts';

/** `kr-hygiene rules …`: everything for those who write rule files. */
export function rulesCommand(context: CliContext): Command {
  return new Command('rules')
    .addCommand(checkCommand(context))
    .addCommand(listCommand(context))
    .addCommand(printCommand(context))
    .addCommand(testCommand(context))
    .addCommand(schemaCommand(context))
    .addCommand(rulesDocsCommand(context))
    .addHelpText(
      'after',
      `
Examples:
  $ kr-hygiene rules check
  $ kr-hygiene rules list --on
  $ kr-hygiene rules print --rules my-rules
  $ kr-hygiene rules test
  $ kr-hygiene rules schema --write rules/schema`,
    );
}

type CheckFormat = 'text' | 'json' | 'codequality';

function checkCommand(context: CliContext): Command {
  return new Command('check')
    .description('Find every error in every rule file; exit 2 when there are any.')
    .argument('[dir]', 'the folder; the same as --rules')
    .option(...rulesOption)
    .addOption(
      new Option('--format <format>', 'text, json, or a GitLab Code Quality report')
        .choices(['text', 'json', 'codequality'])
        .default('text'),
    )
    .option('--output <file>', 'write it there instead of printing it')
    .action(
      async (dir: string | undefined, options: { rules?: string; format: CheckFormat; output?: string }) => {
        const loaded = await loadPolicy(resolveRulesDir(dir ?? options.rules));
        const checked = loaded.ok ? checkTemplates(loaded) : null;
        const templates =
          loaded.ok && checked !== null
            ? { ...checked, errors: [...checked.errors, ...checkCustomRules(loaded)] }
            : null;
        const wrong = templates?.errors.some(({ level }) => level === 'error') ?? true;
        const color = context.io.color && options.output === undefined;
        const text = renderCheck(loaded, templates, options.format, color);
        if (options.output === undefined) context.io.stdout(text);
        else {
          await writeWhole(options.output, context.io.safe(text), { from: '--output' });
          context.io.stderr(`What was found is in ${quoted(options.output)}.\n`);
        }
        if (wrong) context.exitCode = 2;
      },
    );
}

function renderCheck(
  loaded: LoadResult,
  templates: TemplateCheck | null,
  format: CheckFormat,
  color: boolean,
): string {
  const errors = [...(loaded.ok ? loaded.warnings : loaded.errors), ...(templates?.errors ?? [])];
  const ok = !errors.some(({ level }) => level === 'error');
  if (format === 'codequality') return codeQuality(errors);
  if (format === 'json') return `${JSON.stringify({ ok, errors }, null, 2)}\n`;
  const sources = new Map([...loaded.sources, ...(templates?.sources ?? [])]);
  const found = errors.length === 0 ? '' : renderConfigErrors(errors, sources, { color });
  if (!loaded.ok || !ok) return found;
  const { policy, files } = loaded;
  const own = files.filter((file) => !presetNames.some((preset) => file.startsWith(`${preset}:`))).length;
  const silent = templates?.notAsked.size ?? 0;
  const but =
    silent === 0 ? '' : ` (${silent} of them ${silent === 1 ? 'is' : 'are'} not asked: not in your template)`;
  return `${found}The rules are in order: ${policy.rules.length + policy.setRules.length + policy.folderRules.length} rules are on${but}, said in ${own} of your files (${files.length} with presets).\n`;
}

interface ListOptions {
  rules?: string;
  on?: boolean;
  report?: string;
  format: 'table' | 'json';
}

function listCommand(context: CliContext): Command {
  return new Command('list')
    .description('Show which rules are on, and which line of which file decided it.')
    .option(...rulesOption)
    .option('--on', 'only those that are on')
    .option('--report <report.json>', 'say how many texts of each kind a run met, and what each rule found')
    .addOption(new Option('--format <format>', 'a table or JSON').choices(['table', 'json']).default('table'))
    .action(async (options: ListOptions) => {
      const loaded = await requireRules(context, options.rules);
      const met =
        options.report === undefined ? null : metIn(await readReportFile(options.report, context.io));
      const { notAsked } = checkTemplates(loaded);
      const hasOkrs = loaded.policy.okrs !== null;
      const entries: ListedRule[] = loaded.entries
        .filter((entry) => options.on !== true || entry.severity !== 'off')
        .map((entry) => ({
          ...entry,
          ...(notAsked.has(entry.id) ? { notAsked: true } : {}),
          usedIn: usedIn(entry, { needsPast: needsPast(entry.id), hasOkrs }),
          ...(met === null
            ? {}
            : { met: { texts: met.texts.get(entry.kind) ?? 0, findings: met.findings.get(entry.id) ?? 0 } }),
        }));
      context.io.stdout(
        options.format === 'json'
          ? `${JSON.stringify(entries, null, 2)}\n`
          : listRules(entries, context.io, met),
      );
    });
}

/** Whether a rule looks at what only GitLab knows: comments, events, whether the issue is closed. */
function needsPast(id: string): boolean {
  const rule = allRules.find((each) => each.id === id);
  return rule !== undefined && (rule.needs.includes('timeline') || rule.needs.includes('state'));
}

function printCommand(context: CliContext): Command {
  return new Command('print')
    .description('Print the whole policy as it results from all files, as YAML.')
    .option(...rulesOption)
    .action(async (options: { rules?: string }) => {
      context.io.stdout(printPolicy(await requireRules(context, options.rules)));
    });
}

function testCommand(context: CliContext): Command {
  return new Command('test')
    .description('Run the examples in rule files and *.test.yml; exit 1 when one fails.')
    .option(...rulesOption)
    .option('--now <time>', 'the present moment for examples that name none', '2026-11-23T09:00:00Z')
    .addOption(new Option('--format <format>', 'text or JSON').choices(['text', 'json']).default('text'))
    .action(async (options: { rules?: string; now: string; format: 'text' | 'json' }) => {
      const loaded = await requireRules(context, options.rules);
      const results = runRuleTests(loaded, parseNow(options.now));
      context.io.stdout(
        options.format === 'json'
          ? `${JSON.stringify(results, null, 2)}\n`
          : renderTestResults(results, context.io.color),
      );
      if (results.some((result) => !result.passed)) context.exitCode = 1;
    });
}

function schemaCommand(context: CliContext): Command {
  return new Command('schema')
    .description('Print the JSON Schema of a rule file, for editors; --write <dir> writes all of them.')
    .argument('[file]', `which: ${schemaNames.join(', ')}`, 'policy')
    .option('--write <dir>', 'write all of them there')
    .action(async (name: string, options: { write?: string }) => {
      const schemas = jsonSchemas();
      if (options.write !== undefined) {
        for (const [file, text] of schemas)
          await writeWhole(path.join(options.write, file), text, { from: '--write' });
        context.io.stdout(`wrote ${schemas.size} files to ${visible(options.write)}\n`);
        return;
      }
      const schema = schemas.get(`${name.replace(/\.(ya?ml|json)$/, '')}.json`);
      if (schema === undefined)
        throw new UsageError(`There is no schema ${quoted(name)}. There are: ${schemaNames.join(', ')}.`);
      context.io.stdout(schema);
    });
}
