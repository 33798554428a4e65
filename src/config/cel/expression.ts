import { TypeError as CelTypeError, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import type { DocumentKind } from '../../model/document.ts';
import type { IssueFact } from '../../model/rule.ts';
import { nearest } from '../suggest.ts';
import { generalAdvice, type Operands, overloadWords, unknownField } from './advice.ts';
import { unknownFieldsIn } from './asked-fields.ts';
import { environmentFor, namesFor } from './environment.ts';
import { type Budget, type ExpressionProblem, fieldsRead, forbiddenIn, putOnBudget } from './guard.ts';
import { celTypes, type ForEach } from './types.ts';

/** An expression that was checked and can be run. */
export interface Expression {
  /** CEL's name of the type of its value. */
  type: string;
  /** Facts of the issue it reads. */
  needs: IssueFact[];
  /**
   * @returns its value, or `undefined` when something it reads is not there
   * @throws Error in words when it fails otherwise, or when the budget is spent
   */
  run(variables: Record<string, unknown>, budget: Budget): unknown;
}

export type Compiled = { expression: Expression } | { problems: ExpressionProblem[] };

const factOf: Record<string, IssueFact> = { milestone: 'gitlabMilestone' };

/** Reads and checks an expression; positions of problems count in `source`. */
export function compileExpression(source: string, kind: DocumentKind, forEach: ForEach | null): Compiled {
  try {
    return compileChecked(source, kind, forEach);
  } catch (error) {
    return { problems: [toProblem(error, source, kind, forEach)] };
  }
}

function compileChecked(source: string, kind: DocumentKind, forEach: ForEach | null): Compiled {
  const program = environmentFor(kind, forEach).parse(source);
  const checked = program.check();
  if (!checked.valid) throw checked.error ?? new Error('not valid');
  const problems = [...forbiddenIn(program.ast), ...unknownFieldsIn(program.ast)];
  if (problems.length > 0) return { problems };
  const spending: { budget: Budget } = { budget: { left: 0 } };
  putOnBudget(program.ast, (steps) => {
    spending.budget.left -= steps;
    if (spending.budget.left < 0) throw new Error('the rule takes too many steps on this text');
  });
  const needs = [...fieldsRead(program.ast, 'issue')].map((field) => factOf[field] ?? (field as IssueFact));
  return {
    expression: {
      type: checked.type ?? 'dyn',
      needs,
      run(variables, budget) {
        spending.budget = budget;
        try {
          const value: unknown = program(variables);
          if (budget.left >= 0) return value;
        } catch (error) {
          if (budget.left >= 0) {
            if (error instanceof EvaluationError && error.code === 'no_such_key') return undefined;
            throw new Error(error instanceof EvaluationError ? error.summary : String(error), {
              cause: error,
            });
          }
        }
        throw new Error('the rule takes too many steps on this text');
      },
    },
  };
}

function toProblem(
  error: unknown,
  source: string,
  kind: DocumentKind,
  forEach: ForEach | null,
): ExpressionProblem {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    const { start = 0, end = source.length } = error.range ?? {};
    const code = error instanceof ParseError ? 'cel-syntax' : 'cel-type';
    const at = Math.min(start, Math.max(0, source.length - 1));
    return {
      code,
      start: at,
      end: Math.max(end, at + 1),
      ...inWords(error, source, source.slice(start, end), kind, forEach),
    };
  }
  const message =
    error instanceof RangeError ? 'The expression is nested too deeply.' : 'The expression cannot be read.';
  return { code: 'cel-syntax', message, start: 0, end: source.length, advice: null };
}

const tokens: Record<string, string> = {
  EOF: 'the end',
  LPAREN: '(',
  RPAREN: ')',
  LBRACKET: '[',
  RBRACKET: ']',
  LBRACE: '{',
  RBRACE: '}',
  COMMA: ',',
  DOT: '.',
  COLON: ':',
  QUESTION: '?',
  GT: '>',
  LT: '<',
  GE: '>=',
  LE: '<=',
  EQ: '==',
  NE: '!=',
  AND: '&&',
  OR: '||',
  NOT: '!',
  IN: 'in',
  PLUS: '+',
  MINUS: '-',
  MULTIPLY: '*',
  DIVIDE: '/',
  MODULO: '%',
};

/** The library's words, with what it does not say: which names there are. */
function inWords(
  { code, summary, node }: CelTypeError | ParseError | EvaluationError,
  source: string,
  written: string,
  kind: DocumentKind,
  forEach: ForEach | null,
): { message: string; advice: string | null } {
  const message = `${summary.replace(/\b(?:token: |expected )([A-Z]+)\b/g, (whole, name: string) => whole.replace(name, tokens[name] ?? name))}.`;
  if (code === 'unknown_variable') {
    const names = namesFor(kind, forEach);
    const name = summary.replace('Unknown variable: ', '');
    return { message: `There is no "${name}" here.`, advice: advise(name, names) };
  }
  if (code === 'no_such_key') {
    const name = summary.replace('No such key: ', '');
    return unknownField(name, fieldsOf(node));
  }
  if (code === 'no_such_overload') {
    const words = overloadWords(summary, operandsOf(node, source));
    if (words !== null) return words;
  }
  if (code === 'no_matching_overload') {
    const called = /'(?:[^']*?\.)?(\w+)\(/.exec(summary)?.[1] ?? written;
    return {
      message: message.replace('found no', 'There is no'),
      advice:
        advise(called, functionNames) ??
        `Functions: ${functionNames.map((each) => `\`${each}\``).join(', ')}.`,
    };
  }
  return { message, advice: generalAdvice(summary) };
}

/** Both sides of an operator, as they are written. */
function operandsOf(node: unknown, source: string): Operands | null {
  const { args } = (node ?? {}) as { args?: { start?: unknown; end?: unknown }[] };
  const texts = Array.isArray(args)
    ? args.flatMap(({ start, end }) =>
        typeof start === 'number' && typeof end === 'number' ? [source.slice(start, end).trim()] : [],
      )
    : [];
  const [left, right] = texts;
  return texts.length === 2 && left && right ? { left, right } : null;
}

/** The fields of what is left of the dot. */
function fieldsOf(node: unknown): string[] {
  const [left] = (node as { args?: { checkedType?: { name: string } }[] } | undefined)?.args ?? [];
  const type = celTypes[left?.checkedType?.name as keyof typeof celTypes] as object | undefined;
  return Object.keys(type ?? {});
}

const functionNames = [
  'size',
  'all',
  'exists',
  'exists_one',
  'filter',
  'map',
  'startsWith',
  'endsWith',
  'contains',
  'matches',
  'lowerAscii',
  'trim',
  'daysBetween',
  'join',
  'split',
  'has',
];

function advise(name: string, known: readonly string[]): string | null {
  const near = known.includes(name) ? null : nearest(name, known);
  const list = known.length > 8 ? '' : `Known: ${known.map((each) => `\`${each}\``).join(', ')}.`;
  return [near === null ? '' : `Did you mean \`${near}\`?`, list].filter(Boolean).join(' ') || null;
}
