import { readFileSync } from 'node:fs';
import type { DocumentKind, KrHygieneDocument } from '../../src/model/document.ts';
import type { DocumentReader } from '../../src/model/reader.ts';

/** A text that asks one thing of the reader, and every answer a careful colleague would accept. */
export interface Probe {
  id: string;
  field: 'dueDate' | 'dri' | 'state' | 'status' | 'percent' | 'week' | 'title' | 'okrLink';
  kind: DocumentKind;
  title: string | null;
  now: string;
  text: string;
  accept: unknown[];
}

/** What a probe came to. A value that no one would accept and that is not marked as doubtful is a misreading. */
export type Verdict = 'right' | 'hesitated' | 'refused' | 'misread';

export interface ProbeResult {
  probe: Probe;
  verdict: Verdict;
  got: unknown;
}

/** The probes of a file of JSON lines. */
export const readProbes = (file: string): Probe[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Probe);

export const judgeProbes = (reader: DocumentReader, probes: readonly Probe[]): ProbeResult[] =>
  probes.map((probe) => {
    const document = reader.read(probe.kind, probe.text, { title: probe.title ?? '', now: probe.now });
    const { value, certain } = answerOf(probe.field, document);
    return { probe, verdict: verdictOn(probe, value, certain), got: value };
  });

interface Answer {
  value: unknown;
  certain: boolean;
}

function answerOf(field: Probe['field'], document: KrHygieneDocument): Answer {
  if (document.kind === 'weekly-update') {
    const { weekOf, status, percentComplete } = document;
    if (field === 'week') return { value: weekOf.date, certain: weekOf.certain ?? true };
    if (field === 'status') return { value: status.value, certain: status.certain ?? true };
    return { value: percentComplete.value, certain: percentComplete.certain ?? true };
  }
  if (document.kind !== 'kr') throw new TypeError(`no probe asks about a ${document.kind}`);
  const { title, okrLink } = document;
  const [first] = document.milestones;
  if (field === 'title') {
    const { fiscalYear, quarter, number, reference } = title;
    return { value: { fiscalYear, quarter, number, reference }, certain: true };
  }
  if (field === 'okrLink') return { value: okrLink?.url ?? null, certain: true };
  if (field === 'dueDate')
    return { value: first?.dueDate.date ?? null, certain: first?.dueDate.certain ?? true };
  if (field === 'dri') return { value: first?.dris ?? [], certain: first?.driCertain ?? true };
  return { value: first?.state ?? null, certain: first?.stateCertain ?? true };
}

function verdictOn({ accept }: Probe, value: unknown, certain: boolean): Verdict {
  const said = JSON.stringify(canonical(value));
  if (accept.some((one) => JSON.stringify(canonical(one)) === said)) return 'right';
  if (!asserts(value, accept)) return 'refused';
  return certain ? 'misread' : 'hesitated';
}

/** Whether an answer claims something that no accepted answer does. */
function asserts(value: unknown, accept: readonly unknown[]): boolean {
  if (value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object') return true;
  return Object.entries(value).some(
    ([key, part]) => part !== null && !accept.some((one) => (one as Record<string, unknown>)[key] === part),
  );
}

const canonical = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
