import type { DocumentKind, KrHygieneDocument } from '../model/document.ts';
import type { ActiveRule, RuleContext, RuleReport } from '../model/rule.ts';
import { compileExpression, type Expression } from './cel/expression.ts';
import { type Budget, budgetPerRule, type ExpressionProblem } from './cel/guard.ts';
import { compileMessage, type MessageTemplate } from './cel/message.ts';
import { type ForEach, forEachTypes } from './cel/types.ts';
import { type CelItem, celValues } from './cel/values.ts';
import { compileExemptions } from './conditions.ts';
import { type ConfigError, listed, quote } from './config-error.ts';
import { customRuleShape } from './custom-rule-schema.ts';
import type { Layer } from './layers.ts';
import { isMap, type PlainMap } from './merge.ts';
import { textConfigErrors } from './message-checks.ts';
import { errorAt, errorOn } from './places.ts';
import type { RuleEntry, Said } from './rule-entries.ts';
import { type CustomRule, customRuleSchema } from './rule-schema.ts';
import { placeInText } from './scalar-place.ts';
import type { YamlFile } from './yaml-file.ts';

/** A custom rule with all its expressions ready. */
interface Program {
  when: Expression | null;
  assert: Expression;
  message: MessageTemplate;
  hint: MessageTemplate | null;
}

type Part = 'when' | 'assert' | 'message' | 'hint';

interface PartProblem extends ExpressionProblem {
  part: Part;
}

type Parts = Partial<Pick<CustomRule, Part | 'for-each'>>;

/** Whatever of a rule is there; the rest is null. */
function compileParts(
  rule: Parts,
  kind: DocumentKind,
): { [P in keyof Program]: Program[P] | null } & { problems: PartProblem[] } {
  const forEach = rule['for-each'] ?? null;
  const problems: PartProblem[] = [];
  const condition = (part: 'when' | 'assert', source: string): Expression | null => {
    const compiled = compileExpression(source, kind, forEach);
    if ('problems' in compiled) {
      problems.push(...compiled.problems.map((problem) => ({ ...problem, part })));
      return null;
    }
    if (compiled.expression.type === 'bool') return compiled.expression;
    const message = `The expression is of type ${compiled.expression.type}; it must be true or false.`;
    const advice = 'Compare it with something.';
    problems.push({ part, code: 'cel-type', message, advice, start: 0, end: source.length });
    return null;
  };
  const sentence = (part: 'message' | 'hint', text: string): MessageTemplate | null => {
    const compiled = compileMessage(text, kind, forEach);
    if (!('problems' in compiled)) return compiled.template;
    problems.push(...compiled.problems.map((problem) => ({ ...problem, part })));
    return null;
  };
  const when = rule.when === undefined ? null : condition('when', rule.when);
  const assert = rule.assert === undefined ? null : condition('assert', rule.assert);
  const message = rule.message === undefined ? null : sentence('message', rule.message);
  const hint = rule.hint === undefined ? null : sentence('hint', rule.hint);
  return { when, assert, message, hint, problems };
}

/** What is wrong with the custom rules of one kind, beyond what the schema says. */
export function customConfigErrors(
  layers: readonly Layer[],
  kind: DocumentKind,
  taken: readonly string[],
): ConfigError[] {
  const defined = new Set<string>();
  return layers.flatMap(({ file }) => {
    const custom = isMap(file.value) && isMap(file.value['custom']) ? file.value['custom'] : {};
    return Object.entries(custom).flatMap(([id, value]) => {
      const path = ['custom', id];
      if (taken.includes(id)) {
        const message = `${quote(id)} is the name of a built-in rule.`;
        return [
          errorAt(file, path, { code: 'name-taken', message, advice: 'Give yours another name.' }, 'key'),
        ];
      }
      const parsed = customRuleSchema.safeParse(value);
      if (parsed.success) {
        defined.add(id);
        return [
          ...forEachConfigErrors(file, id, parsed.data, kind),
          ...expressionConfigErrors(file, id, parsed.data, kind),
        ];
      }
      // The schema has its say elsewhere; the expressions are looked at in the same round.
      if (isMap(value)) return expressionConfigErrors(file, id, readableParts(value, kind), kind);
      if (typeof value !== 'string' || defined.has(id)) return [];
      const message = `No rule ${quote(id)} was defined before, so there is nothing whose severity could change.`;
      return [errorAt(file, path, { code: 'unknown-rule', message, advice: 'Write the whole rule.' }, 'key')];
    });
  });
}

function forEachConfigErrors(
  file: YamlFile,
  id: string,
  rule: CustomRule,
  kind: DocumentKind,
): ConfigError[] {
  const forEach = rule['for-each'];
  if (forEach === undefined || forEachTypes[forEach].kind === kind) return [];
  const fitting = Object.entries(forEachTypes).filter(([, each]) => each.kind === kind);
  const message = `A document of the kind "${kind}" has no ${forEach}.`;
  const advice =
    fitting.length === 0 ? 'Leave out `for-each`.' : `It can be ${listed(fitting.map(([name]) => name))}.`;
  return [errorAt(file, ['custom', id, 'for-each'], { code: 'not-one-of', message, advice })];
}

/** The parts of a faulty rule that can still be checked. */
function readableParts(value: PlainMap, kind: DocumentKind): Parts {
  const parts: Parts = {};
  for (const part of ['when', 'assert', 'message', 'hint'] as const) {
    const text = value[part];
    if (typeof text === 'string' && customRuleShape[part].safeParse(text).success) parts[part] = text;
  }
  const forEach = value['for-each'];
  if (forEach === undefined) return parts;
  // A misspelt one: what the expressions speak of tells which was meant.
  const names = (Object.keys(forEachTypes) as ForEach[]).filter((name) => forEachTypes[name].kind === kind);
  const written = Object.values(parts).join(' ');
  const meant =
    names.find((name) => name === forEach) ?? names.find((name) => new RegExp(`\\b${name}\\b`).test(written));
  return meant === undefined ? parts : { ...parts, 'for-each': meant };
}

function expressionConfigErrors(file: YamlFile, id: string, rule: Parts, kind: DocumentKind): ConfigError[] {
  const { problems } = compileParts(rule, kind);
  const errors = problems.map((problem) =>
    errorOn(file, placeInText(file, ['custom', id, problem.part], problem.start, problem.end), problem),
  );
  for (const part of ['message', 'hint'] as const) {
    const text = rule[part];
    if (text !== undefined)
      errors.push(...textConfigErrors(file, ['custom', id, part], withoutExpressions(text)));
  }
  return errors;
}

/** The words of a message; blanks stand where expressions were, so that offsets stay. */
function withoutExpressions(text: string): string {
  return text.replace(/\{\{[^}]*\}\}/g, (whole) => 'x'.repeat(whole.length));
}

/** The custom rules of one kind as entries and, where they are on, as rules. */
export function compileCustomRules(
  said: ReadonlyMap<string, Said>,
  kind: DocumentKind,
): { entry: RuleEntry; active: ActiveRule | null }[] {
  return [...said].flatMap(([id, { value, decidedAt }]) => {
    const rule = customRuleSchema.parse(value);
    const { when, assert, message, hint, problems } = compileParts(rule, kind);
    if (assert === null || message === null || problems.length > 0) return [];
    const program: Program = { when, assert, message, hint };
    const entry: RuleEntry = {
      id,
      kind,
      origin: 'custom',
      description: rule.description,
      severity: rule.severity,
      decidedAt,
      options: {},
      messages: {},
      url: rule.url ?? null,
      only: rule.only,
      except: rule.except,
      grace: rule.grace,
      definition: value,
    };
    return [{ entry, active: toActiveRule(entry, rule, program) }];
  });
}

function toActiveRule(entry: RuleEntry, rule: CustomRule, program: Program): ActiveRule | null {
  if (entry.severity === 'off') return null;
  const { when, assert, message, hint } = program;
  return {
    id: entry.id,
    kind: entry.kind,
    severity: entry.severity,
    needs: [...new Set([when, assert, message, hint].flatMap((part) => part?.needs ?? []))],
    url: entry.url,
    options: {},
    decidedAt: entry.decidedAt,
    exempt: compileExemptions(entry),
    check: (document, context) => check(program, rule, document, context),
  };
}

function* check(
  program: Program,
  rule: CustomRule,
  document: KrHygieneDocument,
  context: RuleContext,
): Iterable<RuleReport> {
  // Of a text that was not read nothing can be said.
  if (document.unread !== null) return;
  const { variables, items } = celValues(document, context);
  const budget: Budget = { left: budgetPerRule };
  const forEach = rule['for-each'];
  if (forEach === undefined) {
    yield* checkOne(program, variables, budget, null);
    return;
  }
  for (const item of items[forEach]) {
    yield* checkOne(program, { ...variables, [forEach]: item.value }, budget, item);
  }
}

/** What is not there cannot be evaluated: only a plain `false` is reported. */
function* checkOne(
  program: Program,
  variables: Record<string, unknown>,
  budget: Budget,
  item: CelItem | null,
): Iterable<RuleReport> {
  if (program.when !== null && program.when.run(variables, budget) !== true) return;
  if (program.assert.run(variables, budget) !== false) return;
  yield {
    messageId: 'custom',
    message: program.message.fill(variables, budget),
    hint: program.hint?.fill(variables, budget) ?? null,
    place: item?.place ?? null,
    subject: item?.subject ?? { part: 'text' },
    people: item?.people ?? [],
    edit: null,
  };
}
