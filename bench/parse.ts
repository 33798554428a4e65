import Table from 'cli-table3';
import { builtInRulesDir } from '../src/config/built-in.ts';
import { loadPolicy } from '../src/config/load-policy.ts';
import type { DocumentKind } from '../src/model/document.ts';
import { createGuardedReader } from '../src/parse/guarded-reader.ts';
import { createReader } from '../src/parse/reader.ts';
import { remark } from './helpers/bare-remark.ts';
import { benchKr } from './helpers/kr-issues.ts';
import { ownFolder, readTexts } from './helpers/texts.ts';

interface Sample {
  kind: DocumentKind;
  text: string;
  title: string;
}

const now = '2026-11-23T09:00:00Z';

/** The KRs of the other benchmarks, and the texts that the score is taken on. */
function samples(): { name: string; texts: Sample[] }[] {
  const krs = Array.from({ length: 300 }, (_, n) => ({
    kind: 'kr' as const,
    text: benchKr(n).description ?? '',
    title: benchKr(n).title,
  }));
  const fixtures = readTexts(ownFolder).map(({ kind, title = '', text }) => ({ kind, title, text }));
  const long = krs
    .slice(0, 40)
    .map((one) => one.text)
    .join('\n');
  return [
    { name: '300 KRs', texts: krs },
    { name: `${fixtures.length} texts of all kinds`, texts: fixtures },
    {
      name: `one of ${Math.round(long.length / 1000)} kB`,
      texts: [{ kind: 'kr', text: long, title: 'FY27 Q4 KR1 x' }],
    },
  ];
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** Pairs until the compiler has settled, and pairs that count: a run reads thousands of texts in one process. */
const warmUp = 25;
const counted = 15;

/** Prints what reading costs next to bare remark-parse and remark-gfm on the same texts, cold and from the cache. */
export async function benchParse(): Promise<void> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('the built-in rules do not load');
  const { grammar, calendar } = loaded.policy.settings;
  const guarded = createGuardedReader(grammar, calendar);
  const table = new Table({
    head: ['texts', 'remark ms', 'reading ms', 'first pass', 'ratio', 'cached ms', 'ratio cached'],
    style: { head: [], border: [] },
  });
  for (const { name, texts } of samples()) {
    const bare = (): void => {
      for (const { text } of texts) remark(text);
    };
    // Pairs side by side: a neighbour on the machine slows both.
    const pairs = Array.from({ length: warmUp + counted }, () => {
      // A new reader each time: none of these texts, nor any line of them, was seen before.
      const reader = createReader(grammar, calendar);
      const ours = (): void => {
        for (const { kind, text, title } of texts) reader.read(kind, text, { title, now });
      };
      return { bare: cpuMs(bare), ours: cpuMs(ours) };
    });
    const settled = pairs.slice(warmUp);
    for (const { kind, text, title } of texts) await guarded.read(kind, text, { title, now });
    const before = process.cpuUsage();
    for (const { kind, text, title } of texts) await guarded.read(kind, text, { title, now });
    const { user, system } = process.cpuUsage(before);
    const cached = (user + system) / 1000;
    const bareMs = median(settled.map((pair) => pair.bare));
    const ratio = (pair: { bare: number; ours: number } | undefined): number =>
      pair === undefined ? Number.NaN : pair.ours / pair.bare;
    table.push([
      name,
      bareMs.toFixed(0),
      median(settled.map((pair) => pair.ours)).toFixed(0),
      ratio(pairs[0]).toFixed(2),
      median(settled.map(ratio)).toFixed(2),
      cached.toFixed(1),
      (cached / bareMs).toFixed(3),
    ]);
  }
  console.log(table.toString());
  console.log(
    `first pass: nothing compiled yet in this process; ratio: the median of ${counted} passes after ${warmUp}.`,
  );
}
