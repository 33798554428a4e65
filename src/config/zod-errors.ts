import type { z } from 'zod';
import { type ConfigError, listed, quote } from './config-error.ts';
import { errorAt } from './places.ts';
import { descriptionAt, keysAt } from './schema-walk.ts';
import { nearest } from './suggest.ts';
import type { ValuePath, YamlFile } from './yaml-file.ts';
import { bound, expectedWord, name, sized, typeWord, valueAt } from './zod-words.ts';

type Issue = z.core.$ZodIssue;

/** What explaining one file's issues works with. */
interface ErrorContext {
  file: YamlFile;
  schema: z.ZodType;
  root: unknown;
  /** Paths of keys that unknown ones were probably meant to be. */
  meant: Set<string>;
  /** Missing keys, by the error that says so. */
  missing: Map<ConfigError, string>;
}

/** A file of a preset is read once a process, and so it is checked once. */
const checked = new WeakMap<YamlFile, Map<z.ZodType, ConfigError[]>>();

/** Checks a file against its schema. Every error at once. */
export function schemaConfigErrors(file: YamlFile, schema: z.ZodType): ConfigError[] {
  if (file.sound === true) return [];
  const known = checked.get(file) ?? new Map<z.ZodType, ConfigError[]>();
  checked.set(file, known);
  const errors = known.get(schema) ?? checkAgainst(file, schema);
  known.set(schema, errors);
  return errors;
}

function checkAgainst(file: YamlFile, schema: z.ZodType): ConfigError[] {
  const root = file.value ?? {};
  const context: ErrorContext = { file, schema, root, meant: new Set(), missing: new Map() };
  const parsed = schema.safeParse(root);
  const issues = parsed.success ? [] : parsed.error.issues;
  const explained = issues.flatMap((issue) => explain(issue, [], context));
  // A key that is missing because it is misspelt is one error; so are two objections to one value.
  const taken = new Set<string>();
  const errors = explained.filter((configError) => {
    if (context.meant.has(context.missing.get(configError) ?? '')) return false;
    const place = `${configError.line}:${configError.column}`;
    const isRepeated = taken.has(place) && configError.code !== 'missing-key';
    taken.add(place);
    return !isRepeated;
  });
  return errors;
}

/** What is wrong with layers put together, though each by itself is right; shown in the topmost of them. */
export function mergedConfigErrors(file: YamlFile, schema: z.ZodType, merged: unknown): ConfigError[] {
  const parsed = schema.safeParse(merged);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const path = writtenPath(merged, issue.path);
    const told: unknown = issue.code === 'custom' ? issue.params?.['value'] : undefined;
    const message = `With everything it extends, ${name(path)} is ${quote(told ?? valueAt(merged, path))}.`;
    return errorAt(file, path, { code: 'bad-value', message, advice: `It must be ${issue.message}.` });
  });
}

function explain(issue: Issue, above: ValuePath, context: ErrorContext): ConfigError[] {
  const { file, schema, root } = context;
  const path = writtenPath(root, [...above, ...issue.path]);
  const value = valueAt(root, path);
  const refuse = (
    code: string,
    message: string,
    advice: string | null = null,
    what?: 'key',
  ): ConfigError[] => [errorAt(file, path, { code, message, advice }, what)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, context));
    case 'invalid_union':
      return explainUnion(issue, path, context);
    case 'invalid_type':
      if (value === undefined) return [missing(issue, path, context)];
      return refuse(
        'wrong-type',
        `${name(path)} is ${quote(value)}, ${typeWord(value)}.`,
        `It must be ${expectedWord(issue.expected)}${like(descriptionAt(schema, path))}.`,
      );
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = typeof value === 'string' ? nearest(value, values) : null;
      const advice = `${near === null ? '' : `Did you mean \`${near}\`? `}It can be ${listed(values)}.`;
      return refuse('not-one-of', `${name(path)} is ${quote(value)}, which it cannot be.`, advice);
    }
    case 'too_small':
    case 'too_big':
      return refuse(
        issue.code.replace('_', '-'),
        `${name(path)} is ${sized(value)}.`,
        `It must be ${bound(issue)}.`,
      );
    case 'invalid_key':
      return refuse(
        'bad-key',
        `The key ${quote(String(path.at(-1)))} is not a name that can stand here.`,
        `It must be ${issue.issues[0]?.message ?? 'another'}.`,
        'key',
      );
    case 'custom': {
      if (isOfSeveralLayers(issue, [...above, ...issue.path], root)) return [];
      const code: unknown = issue.params?.['error'];
      if (typeof code === 'string')
        return refuse(code, `${name(path)} is ${quote(value)}: it ${issue.message}.`);
      return refuse('bad-value', `${name(path)} is ${quote(value)}.`, `It must be ${issue.message}.`);
    }
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
      break;
  }
  return refuse('bad-value', `${name(path)} is ${quote(value)}.`, formatAdvice(issue, path, schema));
}

/** Where one value may stand for a list of one, it has no items to point at. */
function writtenPath(root: unknown, path: ValuePath): ValuePath {
  const above = path.slice(0, -1);
  return typeof path.at(-1) === 'number' && typeof valueAt(root, above) === 'string' ? above : path;
}

/** Values that do not fit each other: with one of them written elsewhere, only the sum of the layers can tell. */
function isOfSeveralLayers(
  { params = {} }: Extract<Issue, { code: 'custom' }>,
  path: ValuePath,
  root: unknown,
): boolean {
  const { alongside, depth } = params;
  if (!Array.isArray(alongside)) return false;
  const map = path.slice(0, -Number(depth));
  return alongside.some((key: PropertyKey) => valueAt(root, [...map, key]) === undefined);
}

/** What an expression looks like, where one is wanted. */
function like(description: string | null): string {
  return description?.startsWith('CEL:') === true
    ? ' that holds a condition, such as `kr.milestones.size() >= 2`'
    : '';
}

function formatAdvice(issue: Issue, path: ValuePath, schema: z.ZodType): string | null {
  // Messages of our own are written to follow "It must be"; zod's begin with Invalid.
  if (!/^(Invalid|Too )/.test(issue.message)) return `It must be ${issue.message}.`;
  return descriptionAt(schema, path);
}

/** Which alternative was meant is told from the kind of value; only its errors are shown. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: ValuePath,
  context: ErrorContext,
): ConfigError[] {
  const branches = issue.errors as Issue[][];
  const value = valueAt(context.root, path);
  if (value === undefined) return [missing(issue, path, context)];
  const isPlain = value === null || typeof value !== 'object';
  const unfit = (each: Issue) => each.code === 'invalid_type' || (each.code === 'invalid_value' && !isPlain);
  const fitting = branches.filter((branch) => !branch.some((each) => each.path.length === 0 && unfit(each)));
  const meant = [...fitting].sort((a, b) => weight(a) - weight(b))[0];
  if (meant && fitting.length > 0) {
    const options = fitting.flatMap((branch) => branch.filter((each) => each.code === 'invalid_value'));
    const useful = fitting.length > 1 && options.length === fitting.length ? options.slice(0, 1) : meant;
    return useful.flatMap((each) => explain(each, path, context));
  }
  const expected = [...new Set(branches.flatMap(expectations))];
  const advice = `It must be ${expected.join(' or ')}.`;
  const message = `${name(path)} is ${quote(value)}, ${typeWord(value)}.`;
  return [errorAt(context.file, path, { code: 'wrong-type', message, advice })];
}

/** The alternative with fewest unknown keys was meant. */
function weight(branch: readonly Issue[]): number {
  return branch.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : 1),
    0,
  );
}

function expectations(branch: readonly Issue[]): string[] {
  return branch.flatMap((issue) => {
    if (issue.path.length > 0) return [];
    if (issue.code === 'invalid_type') return [expectedWord(issue.expected)];
    if (issue.code === 'invalid_value') return [listed(issue.values.map(String))];
    return [];
  });
}

function unknownKey(key: string, path: ValuePath, { schema, file, meant }: ErrorContext): ConfigError {
  const known = keysAt(schema, path);
  const near = nearest(key, known);
  if (near !== null) meant.add([...path, near].map(String).join('/'));
  const isRule = path.length === 1 && path[0] === 'rules';
  const code = isRule ? 'unknown-rule' : 'unknown-key';
  const message = isRule
    ? `There is no rule ${quote(key)} for this kind of document.`
    : `Unknown key ${quote(key)}${path.length === 0 ? '' : ` in ${name(path)}`}.`;
  const list = known.length === 0 ? 'Nothing can be here.' : `Known: ${listed(known, 'and', 20)}.`;
  const advice =
    near === null
      ? list
      : `Did you mean \`${near}\`? ${isRule ? '`kr-hygiene rules list` shows them all.' : list}`;
  return errorAt(file, [...path, key], { code, message, advice }, 'key');
}

function missing(issue: Issue, path: ValuePath, context: ErrorContext): ConfigError {
  const { schema, file } = context;
  const key = String(path.at(-1));
  const description = descriptionAt(schema, path);
  const message = `The key ${quote(key)} is missing${path.length > 1 ? ` in ${name(path.slice(0, -1))}` : ''}.`;
  const expected = issue.code === 'invalid_type' ? ` It must be ${expectedWord(issue.expected)}.` : '';
  const advice = `${description ?? ''}${expected}`.trim() || null;
  const configError = errorAt(file, path.slice(0, -1), { code: 'missing-key', message, advice }, 'key');
  context.missing.set(configError, path.map(String).join('/'));
  return configError;
}
