import { scaleLinear } from 'd3-scale';
import { xmlText } from '../../text/xml.ts';
import { countsOf } from '../data/objectives.ts';
import type { Board, SiteData } from '../data/types.ts';
import { round, shares } from './charts.tsx';
import { count, longTime, quarterTitle } from './format.ts';
import { standingShapes, standingWords } from './parts.tsx';

const width = 640;
const margin = 24;
const maxObjectives = 10;

/** Colours for light and dark; a picture takes those of the reader's system. */
const style = [
  'text{font:14px system-ui,sans-serif;fill:#1f2328}.h{font-size:20px;font-weight:650}.q{font-size:12px;fill:#59636e}',
  '.bg{fill:#fff}.track{fill:#e4e8ec}.on-track{fill:#1a7f4b}.at-risk{fill:#b35900}.off-track{fill:#c62828}',
  '.silent{fill:#6e7781}.closed{fill:#3b5bdb}',
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.q{fill:#9aa4af}.bg{fill:#12161b}.track{fill:#2b3138}',
  '.on-track{fill:#3fb878}.at-risk{fill:#e39b3c}.off-track{fill:#f06a6a}.silent{fill:#9aa4af}.closed{fill:#8aa4ff}}',
].join('');

/**
 * A quarter as a picture, for issues, READMEs and slides. Text is wrapped by an estimate of its width, so that none
 * is cut off.
 */
export function cardSvg(data: SiteData, board: Board): string {
  const lines: string[] = [];
  let y = margin + 16;
  lines.push(text(margin, y, `Key Results, ${quarterTitle(board.name)}`, 'h'));
  y += 22;
  lines.push(text(margin, y, `Data of ${longTime(data.generatedAt)}`, 'q'));
  for (const line of data.missing.length === 0 ? [] : ['Incomplete: not everything could be read.']) {
    y += 20;
    lines.push(text(margin, y, line, 'off-track'));
  }
  y += 18;
  lines.push(bar(margin, y, width - 2 * margin, 14, shares(board.counts)));
  y += 36;
  const words = shares(board.counts)
    .filter(([, number]) => number > 0)
    .map(([standing, number]) => `${standingShapes[standing]} ${number} ${standingWords[standing]}`);
  if (board.confidential > 0) words.push(`${board.confidential} confidential`);
  for (const line of wrap(
    words.length === 0 ? 'No Key Results yet' : words.join('   '),
    width - 2 * margin,
    14,
  )) {
    lines.push(text(margin, y, line));
    y += 20;
  }
  y += 8;
  for (const { title, standing, krs } of board.objectives.slice(0, maxObjectives)) {
    const wrapped = wrap(title, width - 2 * margin - 200, 14).slice(0, 3);
    lines.push(text(margin, y, standingShapes[standing], standing));
    wrapped.forEach((line, index) => lines.push(text(margin + 22, y + index * 18, line)));
    lines.push(bar(width - margin - 160, y - 9, 160, 8, shares(countsOf(krs))));
    y += wrapped.length * 18 + 8;
  }
  const more = board.objectives.length - maxObjectives;
  if (more > 0) {
    lines.push(text(margin, y, `and ${count(more, 'more objective')}`, 'q'));
    y += 20;
  }
  const height = y + margin - 12;
  const label = `Key Results, ${quarterTitle(board.name)}: ${words.join(', ') || 'none yet'}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${xmlText(label)}">`,
    `<title>${xmlText(label)}</title><style>${style}</style>`,
    `<rect class="bg" width="${width}" height="${height}" rx="8"/>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

function text(x: number, y: number, words: string, name = ''): string {
  return `<text x="${x}" y="${y}"${name === '' ? '' : ` class="${name}"`} xml:space="preserve">${xmlText(words)}</text>`;
}

function bar(
  x: number,
  y: number,
  size: number,
  height: number,
  parts: readonly (readonly [string, number])[],
): string {
  const total = parts.reduce((sum, [, value]) => sum + value, 0);
  const scale = scaleLinear([0, Math.max(1, total)], [0, size]);
  let from = 0;
  const rects = parts.map(([name, value]) => {
    const left = x + scale(from);
    from += value;
    return value === 0
      ? ''
      : `<rect class="${name}" x="${round(left)}" y="${y}" width="${round(scale(value))}" height="${height}"/>`;
  });
  return `<rect class="track" x="${x}" y="${y}" width="${size}" height="${height}"/>${rects.join('')}`;
}

/** Words on lines of `size` pixels; a word that is wider is broken. */
function wrap(words: string, size: number, font: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(/(?<=\s)/u).flatMap((one) => pieces(one, size, font))) {
    if (line !== '' && widthOf(line + word.trimEnd(), font) > size) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}

function pieces(word: string, size: number, font: number): string[] {
  if (widthOf(word, font) <= size) return [word];
  const perPiece = Math.max(1, Math.floor(size / font));
  const points = Array.from(word);
  return Array.from({ length: Math.ceil(points.length / perPiece) }, (_, index) =>
    points.slice(index * perPiece, (index + 1) * perPiece).join(''),
  );
}

/** An estimate that is rather too wide: capitals and wide scripts count more. */
function widthOf(words: string, font: number): number {
  let ems = 0;
  for (const character of words) {
    if (/[ -~]/.test(character))
      ems += /[A-Z@%MWmw]/.test(character) ? 0.8 : /[ .,:;'|ijl!()[\]]/.test(character) ? 0.35 : 0.6;
    else ems += 1.05;
  }
  return ems * font;
}
