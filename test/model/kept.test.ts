import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { createSpill } from '../../src/files/spill.ts';
import { createByteLog } from '../../src/model/byte-log.ts';
import { createNumberList } from '../../src/model/number-list.ts';
import { createNumberSet, numberOf } from '../../src/model/number-set.ts';
import { createPacked } from '../../src/model/sequence.ts';
import { createKeyList } from '../../src/usecases/run/key-list.ts';
import { createRemindables } from '../../src/usecases/run/remindables.ts';
import { fc } from '../helpers/random.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const logs = { memory: () => createByteLog(), file: createSpill };

test.each(Object.entries(logs))(
  'a byte log in %s gives back what was appended, in any order',
  (_, create) => {
    const log = create();
    const sizes = [0, 1, 7, 262_144, 3, 262_143, 600_000, 5];
    const bounds = sizes.map((size, index) => log.append(Buffer.alloc(size, index + 1)));
    for (const index of [0, 1, 2, 3, 4, 5, 6, 7, 3, 7, 2, 6, 1]) {
      const bytes = log.read(bounds[index - 1] ?? 0, bounds[index] ?? 0);
      expect(bytes.equals(Buffer.alloc(sizes[index] ?? 0, index + 1))).toBe(true);
    }
    log.close();
  },
);

test.each(Object.entries(logs))(
  'a byte log in %s is read while it grows, texts of any characters',
  (_, create) => {
    const log = create();
    const ends = [0];
    const textOf = (n: number): string => `${n} ä😀\ud800 `.repeat(1 + (n % 700));
    const count = 2_000;
    for (let n = 0; n < count; n += 1) {
      ends.push(log.appendText(textOf(n)));
      for (const one of [n, (n * 7919) % (n + 1), n >> 1])
        expect(log.read(ends[one] ?? 0, ends[one + 1] ?? 0).toString()).toBe(
          Buffer.from(textOf(one)).toString(),
        );
    }
    expect(ends.at(-1)).toBeGreaterThan(1_000_000);
    log.close();
  },
);

test('a number set is a set, and a number list a list', () => {
  const number = fc.oneof(fc.nat(50), fc.maxSafeNat(), fc.constantFrom(2 ** 32, 2 ** 33, 0));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), (numbers) => {
      const set = createNumberSet();
      const known = new Set<number>();
      for (const one of numbers) {
        expect(set.has(one)).toBe(known.has(one));
        expect(set.add(one)).toBe(!known.has(one));
        known.add(one);
      }
      expect(set.size).toBe(known.size);
      const list = createNumberList();
      for (const one of numbers) list.push(one);
      list.set(3, 42);
      expect([...list]).toEqual(numbers.map((one, index) => (index === 3 ? 42 : one)));
      expect(list.at(numbers.length)).toBeUndefined();
      expect(list.at(-1)).toBeUndefined();
    }),
  );
});

test('a packed sequence gives things back one by one and in order, whatever characters they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 })), (texts) => {
      const packed = createPacked<string, [string]>(
        (text) => [text],
        ([text]) => text,
      );
      for (const text of texts) packed.push(text);
      expect([...packed]).toEqual(texts);
      for (const index of [texts.length - 1, 0, texts.length]) expect(packed.at(index)).toBe(texts[index]);
    }),
  );
});

test('numbers of many references are all different', () => {
  const set = createNumberSet();
  for (let n = 0; n < 200_000; n += 1) set.add(numberOf(`group/project-${n % 100}#${n}`));
  expect(set.size).toBe(200_000);
});

const remindable = (n: number) => ({
  projectId: 1 + (n % 50),
  iid: n,
  kind: 'kr' as const,
  status: 'findings' as const,
  ref: `group/project-${n % 50}#${n}`,
  url: `https://gitlab.example.com/group/project-${n % 50}/-/issues/${n}`,
  confidential: false,
  facts: {
    createdAt: `2026-11-01T08:00:00.${String(n).padStart(5, '0')}Z`,
    firstNudge: { mentions: ['ann'], errors: 1 },
    nudge: null,
    open: [{ people: ['ann', 'bo'], since: '2026-11-23', points: 2, errors: 1 }],
    pings: [],
    snoozedUntil: null,
    seenOn: null,
    activeAt: null,
    knownBy: null,
  },
});

const keysOf = (n: number) => ({
  ref: `group/project-${n % 50}#${n}`,
  confidential: false,
  fiscalYear: 2027,
  quarter: 4,
  number: 1 + (n % 9),
  reference: `Alert Quality ${Math.floor(n / 9)}`,
  okrUrl: `https://app.ally.io/objectives/${3_000_000 + n}`,
  people: ['ann', 'bo'],
});

test('what is kept of every KR until the end of a run is not in the heap: twenty bytes there at most', () => {
  const count = 20_000;
  const remindables = createRemindables();
  const keys = createKeyList();
  const seen = createNumberSet();
  const before = heapUsed();
  for (let n = 0; n < count; n += 1) {
    remindables.push(remindable(n));
    keys.keep(keys.place(), keysOf(n));
    seen.add(n);
  }
  const growth = heapUsed() - before;
  expect(remindables.at(77)).toEqual(remindable(77));
  expect(keys.at(99)).toEqual(keysOf(99));
  expect([...keys.inOrder()]).toEqual(Array.from({ length: count }, (_, n) => keysOf(n)));
  expect(seen.has(count - 1)).toBe(true);
  expect(growth / count).toBeLessThan(20);
});
