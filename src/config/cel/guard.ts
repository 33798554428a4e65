import type { ASTNode } from '@marcbachmann/cel-js';
import { compilePattern, patternProblem } from '../patterns.ts';
import { allowedFunctions } from './types.ts';

/** Steps one rule may take on one document; a usual rule takes a few hundred. */
export const budgetPerRule = 100_000;

/** What is left of it; shared by all expressions of a rule on a document. */
export interface Budget {
  left: number;
}

/**
 * A node as the library runs it. The library limits the size of an expression, but not the work of running it, and
 * its `matches` uses JavaScript's engine, which can hang. So each node gets a runner that pays for its result first
 * of all. The fields are not in the library's typings; `test/config/cel.test.ts` notices when they change.
 */
export interface RunnableNode {
  op: string;
  args: unknown;
  start: number;
  end: number;
  meta: {
    alternate?: RunnableNode;
    macro?: RunnableMacro;
    evaluate: (evaluator: unknown, node: RunnableNode, context: unknown) => unknown;
  };
  checkedType?: { name: string };
  evaluate: (evaluator: unknown, node: RunnableNode, context: unknown) => unknown;
}

interface RunnableMacro {
  evaluate: (evaluator: unknown, macro: RunnableMacro, context: unknown) => unknown;
}

export interface ExpressionProblem {
  code: string;
  message: string;
  start: number;
  end: number;
  advice: string | null;
}

/** What the library would accept and we do not, in the order in which it is. */
export function* forbiddenIn(root: ASTNode): Iterable<ExpressionProblem> {
  for (const node of nodesOf(root as unknown as RunnableNode)) {
    if (node.op === 'call' || node.op === 'rcall') yield* forbiddenCall(node);
    else if (node.op === 'map') {
      const advice = 'Compare the fields one by one.';
      yield problem(node, 'cel-map', 'Maps cannot be made in an expression.', advice);
    } else if (['==', '!=', 'in'].includes(node.op)) {
      const [left, right] = node.args as RunnableNode[];
      // Shared lists of lists can be exponentially large when compared; no one needs it.
      const nested = [left, right].some((side) => /^list<list|map</.test(side?.checkedType?.name ?? ''));
      if (nested) yield problem(node, 'cel-nested-list', 'Lists of lists cannot be compared.');
    }
  }
}

function* forbiddenCall(node: RunnableNode): Iterable<ExpressionProblem> {
  const [name, ...rest] = node.args as [string, ...unknown[]];
  const args = (rest.at(-1) as RunnableNode[] | undefined) ?? [];
  if (!allowedFunctions.has(name)) {
    const known = [...allowedFunctions].map((each) => `\`${each}\``).join(', ');
    const message = `The function "${name}" cannot be used here.`;
    yield problem(node, 'cel-function', message, `These can: ${known}.`);
  } else if (name === 'matches') {
    const pattern = literalOf(args[0]);
    const wrong = pattern === null ? null : patternProblem(pattern);
    if (pattern === null)
      yield problem(node, 'cel-pattern', 'The pattern of `matches` must be written out as a text.');
    else if (wrong !== null)
      yield problem(args[0] ?? node, 'bad-pattern', `The pattern "${pattern.slice(0, 60)}" ${wrong}.`);
  } else if (name === 'join' && args.length > 0 && (literalOf(args[0])?.length ?? 100) > 20) {
    const message = 'The text between the items of `join` must be written out, and short.';
    yield problem(node, 'cel-join', message);
  }
}

function problem(
  node: RunnableNode,
  code: string,
  message: string,
  advice: string | null = null,
): ExpressionProblem {
  return { code, message, start: node.start, end: node.end, advice };
}

function literalOf(node: RunnableNode | undefined): string | null {
  return node?.op === 'value' && typeof node.args === 'string' ? node.args : null;
}

/**
 * Makes every node pay for its result out of `budget`, and lets `matches` run on the linear-time engine.
 * @param spend takes from the budget of the rule that is running; throws when nothing is left
 */
export function putOnBudget(root: ASTNode, spend: (steps: number) => void): void {
  for (const node of nodesOf(root as unknown as RunnableNode)) {
    const run =
      node.op === 'rcall' && (node.args as unknown[])[0] === 'matches'
        ? linearMatch(node, spend)
        : runnerOf(node);
    node.evaluate = (evaluator, self, context) => {
      spend(1);
      const result = run(evaluator, self, context);
      const weight = weightOf(result);
      if (weight > 0) spend(weight);
      return result;
    };
  }
}

/** What the library itself would do for the node, decided when it runs: checking types changes it. */
function runnerOf(node: RunnableNode): RunnableNode['evaluate'] {
  return (evaluator, self, context) => {
    const { alternate, macro, evaluate } = node.meta;
    if (alternate) return alternate.evaluate(evaluator, alternate, context);
    if (macro) return macro.evaluate(evaluator, macro, context);
    return evaluate(evaluator, self, context);
  };
}

function linearMatch(node: RunnableNode, spend: (steps: number) => void): RunnableNode['evaluate'] {
  const [, receiver, [pattern]] = node.args as [string, RunnableNode, RunnableNode[]];
  const matches = compilePattern(literalOf(pattern) ?? '');
  return (evaluator, _self, context) => {
    const text: unknown = receiver.evaluate(evaluator, receiver, context);
    if (typeof text !== 'string') return false;
    spend(text.length >> 2);
    return matches(text);
  };
}

/** Long texts and lists cost what copying them costs. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return value.length >> 6;
  if (!Array.isArray(value)) return 0;
  let weight = value.length >> 2;
  for (const item of value) if (typeof item === 'string') weight += item.length >> 6;
  return weight;
}

/** Every node that can run, macros opened. */
export function* nodesOf(root: RunnableNode): Iterable<RunnableNode> {
  const seen = new Set<object>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === null || typeof next !== 'object' || seen.has(next)) continue;
    seen.add(next);
    if (Array.isArray(next)) {
      waiting.push(...next.toReversed());
    } else if (isNode(next)) {
      yield next;
      waiting.push(next.meta.alternate, next.meta.macro, next.args);
    } else if (Object.getPrototypeOf(next) === Object.prototype) {
      // A macro's own record, or the parts of a comprehension.
      waiting.push(...Object.values(next));
    }
  }
}

function isNode(value: object): value is RunnableNode {
  return 'op' in value && 'meta' in value && typeof (value as RunnableNode).evaluate === 'function';
}

/** Names of fields of `variable` that an expression reads: `issue.labels` → `labels`. */
export function fieldsRead(root: ASTNode, variable: string): Set<string> {
  const fields = new Set<string>();
  for (const node of nodesOf(root as unknown as RunnableNode)) {
    if (node.op !== '.') continue;
    const [left, field] = node.args as [RunnableNode, string];
    if (left.op === 'id' && left.args === variable) fields.add(field);
  }
  return fields;
}
