/**
 * Compares a parsed document with what a text's author says a careful reader makes of it.
 *
 * The notation of an expectation: a key that is not there is not compared; `{ anyOf: [a, b] }` stands for a value of
 * which each is right; `{ contains, excludes }` stands for a text; `dris` may hold alternatives of the pair
 * `dris`/`driProblem`; `leftovers` and an update's `items` are true or false; of a plan, `epics` are all its epics,
 * `sections` and `links` some that must be among them.
 */
type JsonRecord = Record<string, unknown>;

/** The verdict on one value: one leaf of the expectation. */
export interface Leaf {
  /** Path of the value, `milestones[1].dueDate.date`. */
  path: string;
  ok: boolean;
  expected: unknown;
  got: unknown;
  /** Whether the expectation, and the document, hold a value here at all (not null, not empty). */
  wanted: boolean;
  found: boolean;
}

/** The same path for every item of a list: `milestones.dueDate.date`. */
export function fieldOf(leaf: Leaf): string {
  return leaf.path.replaceAll(/\[\d+\]/g, '');
}

/** All verdicts on one document. `actual` is the document as `kr-hygiene parse` prints it. */
export function compareDocument(expected: unknown, actual: unknown): Leaf[] {
  return compareAt('', expected, actual);
}

function compareAt(path: string, expected: unknown, actual: unknown): Leaf[] {
  if (isRecord(expected) && Array.isArray(expected['anyOf'])) {
    return bestOf(expected['anyOf'].map((choice) => compareAt(path, choice, actual)));
  }
  const key = path.slice(path.lastIndexOf('.') + 1);
  if (key === 'leftovers' && typeof expected === 'boolean') {
    return [truth(path, expected, Array.isArray(actual) && actual.length > 0)];
  }
  if (key === 'items' && typeof expected === 'boolean') {
    return [truth(path, expected, typeof actual === 'number' && actual > 0)];
  }
  if (Array.isArray(expected)) return compareList(path, key, expected, actual);
  if (isTextPattern(expected)) return [textLeaf(path, expected, actual)];
  if (isRecord(expected)) return compareRecord(path, expected, actual);
  return [leaf(path, isSame(expected, actual), expected, actual)];
}

function compareRecord(path: string, expected: JsonRecord, actual: unknown): Leaf[] {
  const got = isRecord(actual) ? actual : {};
  return Object.entries(expected).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (key === 'dris' && isRecord(value) && Array.isArray(value['anyOf'])) {
      const pairs = value['anyOf'].map((pair) =>
        isRecord(pair) ? compareRecord(path, pair, got) : compareAt(at, pair, got['dris']),
      );
      return bestOf(pairs);
    }
    return compareAt(at, value, got[key]);
  });
}

function compareList(path: string, key: string, expected: unknown[], actual: unknown): Leaf[] {
  const got = Array.isArray(actual) ? actual : [];
  if (key === 'epics') {
    const names = got.map((epic) => (isRecord(epic) ? (epic['url'] ?? epic['ref']) : epic));
    return [leaf(path, isSame(sorted(expected), sorted(names)), expected, names)];
  }
  if (key === 'sections') {
    const titles = got.map((section) => plain(isRecord(section) ? section['title'] : section));
    return among(path, expected.map(plain), titles);
  }
  if (key === 'links')
    return among(
      path,
      expected,
      got.map((link) => (isRecord(link) ? link['url'] : link)),
    );
  if (expected.every((item) => !isRecord(item)) && got.every((item) => !isRecord(item))) {
    return [leaf(path, isSame(expected, got), expected, got)];
  }
  return compareItems(path, expected, got);
}

/** Items pair up in order, in the way that agrees most; what is left over on either side is a miss. */
function compareItems(path: string, expected: unknown[], got: unknown[]): Leaf[] {
  const count = leaf(`${path}.count`, expected.length === got.length, expected.length, got.length);
  const at = (index: number) => `${path}[${index}]`;
  const leaves = pairInOrder(expected, got).flatMap(([i, j]) => {
    if (i === null) return [leaf(`${at(j ?? 0)}.exists`, false, null, got[j ?? 0])];
    const exists = leaf(`${at(i)}.exists`, j !== null, expected[i], j === null ? null : got[j]);
    return [exists, ...compareAt(at(i), expected[i], j === null ? null : got[j])];
  });
  return [count, ...leaves];
}

type Pair = [number | null, number | null];

function pairInOrder(expected: unknown[], got: unknown[]): Pair[] {
  if (expected.length === got.length) return expected.map((_, index): Pair => [index, index]);
  let row: { score: number; pairs: Pair[] }[] = [{ score: 0, pairs: [] }];
  for (let j = 0; j < got.length; j += 1) row.push(extend(row[j], 0, [null, j]));
  for (let i = 0; i < expected.length; i += 1) {
    const next = [extend(row[0], 0, [i, null])];
    for (let j = 0; j < got.length; j += 1) {
      const options = [
        extend(row[j + 1], 0, [i, null]),
        extend(next[j], 0, [null, j]),
        extend(row[j], agreement(expected[i], got[j]), [i, j]),
      ];
      next.push(options.reduce((best, option) => (option.score > best.score ? option : best)));
    }
    row = next;
  }
  return row.at(-1)?.pairs ?? [];
}

function extend(from: { score: number; pairs: Pair[] } | undefined, gain: number, pair: Pair) {
  return { score: (from?.score ?? 0) + gain, pairs: [...(from?.pairs ?? []), pair] };
}

/** How well an item fits: a description that fits weighs more than all the rest. */
function agreement(expected: unknown, got: unknown): number {
  return compareAt('', expected, got)
    .filter((verdict) => verdict.ok)
    .reduce((sum, verdict) => sum + (verdict.path.endsWith('description') ? 10 : 1), 0);
}

function sorted(values: unknown[]): string[] {
  return values.map(String).sort((a, b) => (a < b ? -1 : 1));
}

function among(path: string, expected: unknown[], got: unknown[]): Leaf[] {
  return expected.map((wanted) => leaf(path, got.includes(wanted), wanted, got));
}

function bestOf(choices: Leaf[][]): Leaf[] {
  const misses = (leaves: Leaf[]) => leaves.filter((verdict) => !verdict.ok).length;
  return choices.reduce((best, choice) => (misses(choice) < misses(best) ? choice : best), choices[0] ?? []);
}

interface TextPattern {
  contains?: string[];
  excludes?: string[];
}

function isTextPattern(value: unknown): value is TextPattern {
  return isRecord(value) && ('contains' in value || 'excludes' in value);
}

function textLeaf(path: string, pattern: TextPattern, actual: unknown): Leaf {
  if (typeof actual !== 'string') return leaf(path, false, pattern, actual);
  const forms = [plain(actual), plain(actual.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'))];
  const holds = (word: string) => forms.some((form) => form.includes(plain(word)));
  const ok = (pattern.contains ?? []).every(holds) && !(pattern.excludes ?? []).some(holds);
  return { ...leaf(path, ok, pattern, actual), wanted: (pattern.contains ?? []).length > 0 };
}

/** A text without mark-up, case and width of its spaces. */
export function plain(value: unknown): string {
  return String(value)
    .replaceAll(/[*_`~\\[\]]/g, '')
    .replaceAll(/\s+/gu, ' ')
    .toLowerCase()
    .normalize('NFC')
    .trim();
}

function truth(path: string, expected: boolean, actual: boolean): Leaf {
  return { path, ok: expected === actual, expected, got: actual, wanted: expected, found: actual };
}

function leaf(path: string, ok: boolean, expected: unknown, got: unknown): Leaf {
  return { path, ok, expected, got, wanted: isPresent(expected), found: isPresent(got) };
}

function isPresent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== undefined && value !== '' && value !== false && value !== 0;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
