import { type ConfigError, clean, inReadingOrder, type Sources } from './config-error.ts';

const contextLines = 2;
const maxWidth = 160;
/** No one reads more at a time. */
const maxShown = 200;

/** All errors as text for a person, each with the lines around it. */
export function renderConfigErrors(
  errors: readonly ConfigError[],
  sources: Sources,
  options: { color?: boolean } = {},
): string {
  const paint = painter(options.color ?? false);
  const sorted = inReadingOrder(errors, sources);
  const blocks = sorted
    .slice(0, maxShown)
    .map((configError) => renderOne(configError, sources.get(configError.file), paint));
  if (sorted.length > maxShown) blocks.push(`… and ${sorted.length - maxShown} more.`);
  return `${blocks.join('\n\n')}\n\n${summary(errors)}\n`;
}

type Paint = (style: 'red' | 'yellow' | 'dim' | 'bold', text: string) => string;

function painter(color: boolean): Paint {
  const codes = { red: 31, yellow: 33, dim: 2, bold: 1 };
  return (style, text) => (color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}

function renderOne(configError: ConfigError, source: string | undefined, paint: Paint): string {
  const style = configError.level === 'error' ? 'red' : 'yellow';
  const where = paint('bold', `${clean(configError.file)}:${configError.line}:${configError.column}`);
  const lines = [
    `${where} ${paint(style, configError.level)} ${paint('dim', configError.code)}`,
    `  ${configError.message}`,
  ];
  if (source !== undefined) lines.push(...codeFrame(configError, source, paint));
  if (configError.advice !== null) lines.push(`  ${configError.advice}`);
  return lines.join('\n');
}

function codeFrame(configError: ConfigError, source: string, paint: Paint): string[] {
  const all = source.split('\n', configError.line + contextLines);
  const first = Math.max(1, configError.line - contextLines);
  const last = Math.min(all.length, configError.line + contextLines);
  const gutter = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const text = clean((all[number - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' ').slice(0, maxWidth));
    const label = String(number).padStart(gutter);
    const marked = number === configError.line;
    frame.push(paint('dim', `  ${marked ? '>' : ' '} ${label} | `) + text);
    if (marked && configError.column <= maxWidth) {
      const carets = '^'.repeat(
        Math.max(1, Math.min(configError.length, text.length - configError.column + 1)),
      );
      frame.push(
        paint('dim', `    ${' '.repeat(gutter)} | `) +
          ' '.repeat(configError.column - 1) +
          paint('red', carets),
      );
    }
  }
  return frame;
}

function summary(found: readonly ConfigError[]): string {
  const errors = found.filter((configError) => configError.level === 'error').length;
  const warnings = found.length - errors;
  const parts = [count(errors, 'error'), count(warnings, 'warning')].filter((part) => part !== '');
  const files = new Set(found.map((configError) => configError.file)).size;
  return `${parts.join(' and ') || 'No errors'} in ${files === 1 ? 'one file' : `${files} files`}.`;
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`;
}
