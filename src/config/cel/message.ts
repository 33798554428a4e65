import type { DocumentKind } from '../../model/document.ts';
import { compileExpression, type Expression } from './expression.ts';
import type { Budget, ExpressionProblem } from './guard.ts';
import type { ForEach } from './types.ts';

/** A message with its `{{ expression }}` parts compiled. */
export interface MessageTemplate {
  needs: Expression['needs'];
  fill(variables: Record<string, unknown>, budget: Budget): string;
}

type Part = string | Expression;

const maxValueLength = 200;

/** Takes a text apart at `{{ … }}`; positions of problems count in the text. */
export function compileMessage(
  text: string,
  kind: DocumentKind,
  forEach: ForEach | null,
): { template: MessageTemplate; words: string } | { problems: ExpressionProblem[] } {
  const parts: Part[] = [];
  const problems: ExpressionProblem[] = [];
  let words = '';
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open + 2);
    if (close < 0) {
      const words = { message: 'This `{{` is never closed.', advice: 'Close it with `}}`.' };
      problems.push({ code: 'cel-syntax', ...words, start: open, end: open + 2 });
      break;
    }
    parts.push(text.slice(at, open));
    words += `${text.slice(at, open)}${' '.repeat(close + 2 - open)}`;
    const source = text.slice(open + 2, close);
    const compiled = compileExpression(source, kind, forEach);
    if ('problems' in compiled) problems.push(...compiled.problems.map((each) => shift(each, open + 2)));
    else if (/^(string|int|double|bool|list<string>|list<int>)$/.test(compiled.expression.type))
      parts.push(compiled.expression);
    else {
      const message = `The value is of type ${compiled.expression.type}, which cannot be put into a sentence.`;
      const advice = 'Name one of its fields.';
      problems.push({ code: 'cel-type', message, advice, start: open + 2, end: close });
    }
    at = close + 2;
  }
  if (problems.length > 0) return { problems };
  parts.push(text.slice(at));
  words += text.slice(at);
  const needs = parts.flatMap((part) => (typeof part === 'string' ? [] : part.needs));
  const fill: MessageTemplate['fill'] = (variables, budget) =>
    parts
      .map((part) => (typeof part === 'string' ? part : inSentence(part.run(variables, budget))))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
  return { template: { needs, fill }, words };
}

function shift(problem: ExpressionProblem, by: number): ExpressionProblem {
  return { ...problem, start: problem.start + by, end: problem.end + by };
}

/** @param value of one of the types that were let through: text, number, truth value, or a list of them */
function inSentence(value: unknown): string {
  if (value === undefined || value === null) return '(nothing)';
  const text = [value].flat().map(String).join(', ');
  // Back-ticks mark what is to be typed; a value must not open or close them.
  const plain = text.replaceAll('`', "'");
  return plain.length > maxValueLength ? `${plain.slice(0, maxValueLength - 1)}…` : plain;
}
