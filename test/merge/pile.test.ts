import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { quarterReport } from '../../bench/helpers/quarter-report.ts';
import { linesOf } from '../../src/files/lines.ts';
import { createSpool } from '../../src/files/spool.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import { readReportLines } from '../../src/records/read-lines.ts';
import { readReport } from '../../src/records/read-report.ts';
import { writeReport } from '../../src/records/write-report.ts';
import { createPile } from '../../src/usecases/merge/pile.ts';
import { withFolder } from '../config/helpers.ts';
import { fc } from '../helpers/random.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}

const report = { ...quarterReport(6), shard: { index: 1, total: 2 } };
const text = writeReport(report);

test('a report read line by line is the report read whole', async () => {
  for (const subjects of [report.subjects, report.subjects.slice(0, 1), []]) {
    const written = writeReport({ ...report, subjects });
    const found: SubjectReport[] = [];
    const rest = await readReportLines(each(written.split('\n')), async (one) => void found.push(one));
    expect({ ...rest, subjects: found }).toEqual(readReport(written));
  }
});

test('each subject is handed out before the next line is asked for', async () => {
  let asked = 0;
  const seen: number[] = [];
  const lines = async function* () {
    for (const line of text.split('\n')) {
      asked += 1;
      yield await Promise.resolve(line);
    }
  };
  await readReportLines(lines(), async () => void seen.push(asked));
  expect(seen).toEqual(report.subjects.map((_, index) => seen[0]! + index));
});

test('what is cut short, or laid out in another way, is not read line by line', async () => {
  const lines = text.trimEnd().split('\n');
  const shapes = [
    ...lines.map((_, index) => lines.slice(0, index)),
    ...lines
      .map((_, index) =>
        lines.filter(
          (_line, at) =>
            at !== index ||
            /^"(?:policy|warnings|pings|calendar|failures|requests|totals|setFindings|digest)/.test(_line),
        ),
      )
      .filter(({ length }) => length < lines.length),
    [JSON.stringify(JSON.parse(text))],
    JSON.stringify(JSON.parse(text), null, 2).split('\n'),
    lines.map((line) => line.replace('"kind":"kr"', '"kind":7')),
  ];
  for (const shape of shapes) {
    const whole = (): unknown => readReport(shape.join('\n'));
    const rest = await readReportLines(each(shape), () => Promise.resolve());
    // Where it is read, it is read as it would be as a whole.
    if (rest === null) continue;
    expect(whole).not.toThrow();
  }
  expect(await readReportLines(each(lines.slice(0, -1)), () => Promise.resolve())).toBeNull();
});

test('a spool gives texts back in any order, from memory and from its file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { minLength: 1, maxLength: 20 }),
      async (texts) => {
        const spool = createSpool();
        for (const one of texts) await spool.add(one);
        for (const index of texts.keys()) {
          const back = texts.length - 1 - index;
          expect(await spool.text(back)).toBe(Buffer.from(texts[back] ?? '').toString());
        }
        await spool.add('more');
        expect(await spool.text(texts.length)).toBe('more');
        await spool.close();
      },
    ),
    { numRuns: 30 },
  );
});

test('the lines of a file are its lines, whatever characters they hold, and a large file is none of ours', async () => {
  await withFolder({}, async (folder) => {
    const file = path.join(folder, 'lines');
    const lines = ['', 'a\u2028b\r', 'ü'.repeat(300_000), '', '👩‍🚀'.repeat(50_000), 'end'];
    await writeFile(file, lines.join('\n'));
    const found: string[] = [];
    for await (const line of (await linesOf(file, 10_000_000)) ?? []) found.push(line);
    expect(found).toEqual(lines);
    expect(await linesOf(file, 10)).toBeNull();
    expect(await linesOf(path.join(folder, 'absent'), 10)).toBeNull();
  });
});

test('subjects of one position in the scan come by their reference, all others by their position', async () => {
  const spool = createSpool();
  const pile = createPile(spool);
  const [subject] = report.subjects as [SubjectReport];
  const take = (all: [order: number, ref: string][]) =>
    pile.take(async (put) => {
      for (const [order, ref] of all) await put({ ...subject, order, ref });
      return report;
    });
  const one = await take([
    [1, 'g/p#1'],
    [4, 'g/p#9'],
    [6, 'g/p#6'],
  ]);
  await take([[2, 'g/p#left-out']]);
  const two = await take([
    [3, 'g/p#3'],
    [4, 'g/p#10'],
  ]);
  const refs: string[] = [];
  for await (const { ref } of pile.inOrder([one!, two!])) refs.push(ref);
  expect(refs).toEqual(['g/p#1', 'g/p#3', 'g/p#10', 'g/p#9', 'g/p#6']);
  await spool.close();
});

test('of a subject on the pile less than a tenth is in memory', async () => {
  const spool = createSpool();
  const pile = createPile(spool);
  const [subject] = report.subjects as [SubjectReport];
  const inUse = (): number => {
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const put = async (count: number): Promise<number> => {
    const before = inUse();
    await pile.take(async (give) => {
      for (let order = 0; order < count; order += 1)
        await give({ ...subject, title: 'x'.repeat(8_000), order });
      return report;
    });
    return (inUse() - before) / count;
  };
  await put(2_000);
  expect(await put(10_000)).toBeLessThan(800);
  await spool.close();
});
