import { clean, inReadingOrder, type Mistake, type Sources } from './mistake.ts';

const contextLines = 2;
const maxWidth = 160;
/** Nobody reads more at a time. */
const maxShown = 200;

/** All mistakes as text for a person, each with the lines around it. */
export function renderMistakes(
  mistakes: readonly Mistake[],
  sources: Sources,
  options: { color?: boolean } = {},
): string {
  const paint = painter(options.color ?? false);
  const sorted = inReadingOrder(mistakes, sources);
  const blocks = sorted
    .slice(0, maxShown)
    .map((mistake) => renderOne(mistake, sources.get(mistake.file), paint));
  if (sorted.length > maxShown) blocks.push(`… and ${sorted.length - maxShown} more.`);
  return `${blocks.join('\n\n')}\n\n${summary(mistakes)}\n`;
}

type Paint = (style: 'red' | 'yellow' | 'dim' | 'bold', text: string) => string;

function painter(color: boolean): Paint {
  const codes = { red: 31, yellow: 33, dim: 2, bold: 1 };
  return (style, text) => (color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}

function renderOne(mistake: Mistake, source: string | undefined, paint: Paint): string {
  const style = mistake.level === 'error' ? 'red' : 'yellow';
  const where = paint('bold', `${clean(mistake.file)}:${mistake.line}:${mistake.column}`);
  const lines = [
    `${where} ${paint(style, mistake.level)} ${paint('dim', mistake.code)}`,
    `  ${mistake.message}`,
  ];
  if (source !== undefined) lines.push(...codeFrame(mistake, source, paint));
  if (mistake.advice !== null) lines.push(`  ${mistake.advice}`);
  return lines.join('\n');
}

function codeFrame(mistake: Mistake, source: string, paint: Paint): string[] {
  const all = source.split('\n', mistake.line + contextLines);
  const first = Math.max(1, mistake.line - contextLines);
  const last = Math.min(all.length, mistake.line + contextLines);
  const gutter = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const text = clean((all[number - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' ').slice(0, maxWidth));
    const label = String(number).padStart(gutter);
    const marked = number === mistake.line;
    frame.push(paint('dim', `  ${marked ? '>' : ' '} ${label} | `) + text);
    if (marked && mistake.column <= maxWidth) {
      const carets = '^'.repeat(Math.max(1, Math.min(mistake.length, text.length - mistake.column + 1)));
      frame.push(
        paint('dim', `    ${' '.repeat(gutter)} | `) + ' '.repeat(mistake.column - 1) + paint('red', carets),
      );
    }
  }
  return frame;
}

function summary(mistakes: readonly Mistake[]): string {
  const errors = mistakes.filter((mistake) => mistake.level === 'error').length;
  const warnings = mistakes.length - errors;
  const parts = [count(errors, 'error'), count(warnings, 'warning')].filter((part) => part !== '');
  const files = new Set(mistakes.map((mistake) => mistake.file)).size;
  return `${parts.join(' and ') || 'No mistakes'} in ${files === 1 ? 'one file' : `${files} files`}.`;
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`;
}
