import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mutations } from '../../bench/helpers/fuzzing.ts';
import { type Assessment, type AssessTools, assess } from '../../src/assess/assess.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import type { DocumentKind, KrHygieneDocument } from '../../src/model/document.ts';
import { type Finding, findingKey } from '../../src/model/finding.ts';
import type { IssueFacts } from '../../src/model/rule.ts';
import { fc } from '../helpers/random.ts';
import { hostile } from '../plan/hostile.ts';
import { policy, reader } from '../rules/reader.ts';

/** Texts per kind that are mutated: `ROUNDTRIP=20000` for long runs. */
export const rounds = Number(process.env['ROUNDTRIP'] ?? 100);

export interface Sample {
  /** The file, or which mutation. */
  name: string;
  kind: DocumentKind;
  text: string;
  title: string;
}

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const someTitle = 'FY27 Q4 KR1 (Key Care) Rotate all 120 signing keys';

/** Texts of the fixtures, evenly, by the kind that their names say; with 1,000 rounds all of them. */
export function fixtureTexts(kinds: readonly DocumentKind[] = documentKinds): Sample[] {
  const all = allFixtureTexts().filter(({ kind }) => kinds.includes(kind));
  const step = Math.max(1, Math.ceil(all.length / rounds));
  return rounds >= 1000 ? all : all.filter((_, index) => index % step === 0);
}

function allFixtureTexts(): Sample[] {
  return readdirSync(fixtures, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.md') && !/README|CATALOGUE/.test(name))
    .toSorted()
    .flatMap((name) => {
      const text = readFileSync(path.join(fixtures, name), 'utf8');
      const kind = kindOf(name);
      return kind === null ? [] : [{ name, kind, text, title: someTitle }];
    });
}

function kindOf(name: string): DocumentKind | null {
  const folder = name.split(path.sep).find((part) => documentKinds.some((kind) => kind === part));
  const prefix = /(?:^|\/)(kr|wu|okr|check-in|plan)-[^/]*$/.exec(name)?.[1];
  const named = folder ?? (prefix === 'wu' ? 'weekly-update' : prefix);
  return documentKinds.find((kind) => kind === named) ?? null;
}

/** So many mutated texts, each as one of the kinds in turn. */
export function* mutatedTexts(
  count: number,
  seed: number,
  kinds: readonly DocumentKind[] = documentKinds,
): Generator<Sample> {
  const texts = mutations(seed);
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length] as DocumentKind;
    yield { name: `mutation ${index}`, kind, text: texts.next().value, title: someTitle };
  }
}

const dates = ['12/04/2026', '04/05', 'Nov 1 2026', 'TBD', '2026-12-11', 'soon', '', '~~Nov 3~~ Nov 4'];
const people = [
  'Maya',
  '`@maya.o`',
  '@maya.o',
  '@left and @ann',
  'the team',
  '',
  '[Ann](https://gitlab.com/ann)',
];
const forms: readonly ((values: readonly string[]) => string)[] = [
  ([what, day, who]) => `- [ ] Milestone 1: Description: ${what} Due Date: ${day} DRI: ${who}`,
  ([what, day, who]) => `* [x] **M1** ${what} (${day}, ${who})`,
  ([what, day, who]) => `| What | Due date | DRI |\n|---|---|---|\n| ${what} | ${day} | ${who} |`,
  ([what, day, who]) => `### Milestone 1\n\n- Description: ${what}\n- Due Date: ${day}\n- DRI: ${who}`,
];

/** So many KRs in the usual forms, with hostile strings in their fields. */
export function hostileTexts(count: number, seed: number): Sample[] {
  const field = (ordinary: readonly string[]): fc.Arbitrary<string> =>
    fc
      .tuple(fc.constantFrom(...ordinary), fc.oneof(fc.constant(''), hostile), fc.boolean())
      .map(([value, words, first]) => (first ? `${words} ${value}` : `${value} ${words}`).trim());
  const texts = fc
    .tuple(fc.constantFrom(...forms), field(['Guide', 'Count 3 cases', '']), field(dates), field(people))
    .map(
      ([form, ...values]) =>
        `## Ally OKR: https://app.ally.io/objectives/1\n## Objective\nCalm nights\n\n## Milestones\n${form(values)}\n- etc.\n`,
    );
  return fc
    .sample(texts, { numRuns: count, seed })
    .map((text, index) => ({ name: `hostile ${index}`, kind: 'kr', text, title: someTitle }));
}

export const now = '2026-11-23T09:00:00Z';

const members = new Set(['ann', 'maya.o', 'tom-b', 'bo.lee', 'alice', 'noor.k', 's.lindqvist']);

export const facts = (title: string, more: Partial<IssueFacts> = {}): IssueFacts => ({
  title,
  dueDate: null,
  assignees: [],
  labels: ['KR'],
  author: 'carol',
  createdAt: '2026-11-02T08:00:00Z',
  confidential: false,
  gitlabMilestone: null,
  state: 'opened',
  project: 'sec/okrs',
  inactive: new Set<string>(),
  members,
  called: new Map([
    ['maya', 'maya.o'],
    ['maya oyelaran', 'maya.o'],
    ['ann', 'ann'],
  ]),
  openToOthers: true,
  ...more,
});

const documents = {
  read: (...args: Parameters<typeof reader.read>) => Promise.resolve(reader.read(...args)),
  template: (kind: DocumentKind) => reader.template(kind),
};

export const tools: AssessTools = { policy, documents };

export const check = (kind: DocumentKind, source: string, of: IssueFacts): Promise<Assessment> =>
  assess({ kind, source, facts: of }, tools, now);

/** The keys of what is found in `after` and was not in `before`; one that merely says it in other words is not new. */
export function added(before: readonly Finding[], after: readonly Finding[]): string[] {
  const about = (key: string): string => key.replace(/\/.*\//, '/');
  const left = before.map((finding) => about(findingKey(finding)));
  return after.map(findingKey).filter((key) => {
    const at = left.indexOf(about(key));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** What a document says, without where it says it, how certain that is, and what of the template is left in it. */
export function gist(document: KrHygieneDocument): unknown {
  const { leftovers: _leftovers, ...rest } = document as unknown as Record<string, unknown>;
  return JSON.parse(
    JSON.stringify(rest, (key, value: unknown) =>
      /^place$|Place$|^written$|^where$|^certain$/.test(key) ? undefined : value,
    ),
  );
}

/** The first few of those that fail, with what is wrong. */
export async function failures(
  samples: Iterable<Sample>,
  problemsOf: (sample: Sample) => Promise<string[]>,
): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const sample of samples) {
    const problems = await problemsOf(sample);
    if (problems.length === 0) continue;
    found.push({ name: sample.name, kind: sample.kind, problems, text: sample.text });
    if (found.length === 5) break;
  }
  return found;
}
