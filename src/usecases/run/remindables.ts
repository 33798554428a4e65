import type { ByteLog } from '../../model/byte-log.ts';
import type { FixedPoint, GivenPing, OpenPoints, ReminderFacts } from '../../model/reminder.ts';
import { createNumbering, createPacked, type Numbering, type Packed } from '../../model/sequence.ts';
import type { Remindable } from './reminding.ts';

type Names = number[];
type PackedOpen = [people: Names, since: string, points: number, errors: number][];
type PackedPing = [on: string, whom: Names, others: string[], escalation?: 1];

/** Positions in place of keys, numbers in place of names; what is absent is 0, so that null stays null. */
type PackedFacts = [
  createdAt: string,
  firstNudge: [mentions: Names, errors: number, open: PackedOpen | 0, reached: Names | 0] | null,
  nudge: [on: string, mentions: Names, reached: Names | 0] | null,
  open: PackedOpen,
  pings: PackedPing[],
  dates: [
    snoozedUntil: string | null,
    seenOn: string | null,
    activeAt: string | null,
    knownBy: string | null,
  ],
  fixed: FixedPoint[] | 0,
];

type PackedSubject = [
  projectId: number,
  iid: number,
  kind: number,
  status: number,
  ref: number | string,
  url: number | string,
  confidential: 0 | 1,
  facts: PackedFacts,
];

/** Both ways between facts and their packed form. */
function packingOf(numbering: Numbering): {
  packFacts: (facts: ReminderFacts) => PackedFacts;
  unpackFacts: (packed: PackedFacts) => ReminderFacts;
} {
  const names = (all: readonly string[]): Names => all.map((name) => numbering.of(name));
  const named = (all: Names): string[] => all.map((number) => numbering.text(number));
  const points = (open: readonly OpenPoints[]): PackedOpen =>
    open.map(({ people, since, points: count, errors }) => [names(people), since, count, errors]);
  const pointed = (open: PackedOpen): OpenPoints[] =>
    open.map(([people, since, count, errors]) => ({ people: named(people), since, points: count, errors }));
  const ping = ({ on, whom, others, escalation }: GivenPing): PackedPing =>
    escalation === true ? [on, names(whom), others, 1] : [on, names(whom), others];
  const pinged = ([on, whom, others, escalation]: PackedPing): GivenPing => ({
    on,
    whom: named(whom),
    others,
    ...(escalation === 1 ? { escalation: true } : {}),
  });

  const packFacts = (facts: ReminderFacts): PackedFacts => {
    const { createdAt, firstNudge, nudge, open, pings, fixed } = facts;
    const { snoozedUntil, seenOn, activeAt, knownBy } = facts;
    const reached = (all: string[] | undefined): Names | 0 => (all === undefined ? 0 : names(all));
    return [
      createdAt,
      firstNudge === null
        ? null
        : [
            names(firstNudge.mentions),
            firstNudge.errors,
            firstNudge.open === undefined ? 0 : points(firstNudge.open),
            reached(firstNudge.reached),
          ],
      nudge === null ? null : [nudge.on, names(nudge.mentions), reached(nudge.reached)],
      points(open),
      pings.map(ping),
      [snoozedUntil, seenOn, activeAt, knownBy],
      fixed ?? 0,
    ];
  };
  const unpackFacts = ([createdAt, first, nudge, open, pings, dates, fixed]: PackedFacts): ReminderFacts => {
    const [snoozedUntil, seenOn, activeAt, knownBy] = dates;
    const reached = (all: Names | 0): { reached?: string[] } => (all === 0 ? {} : { reached: named(all) });
    const firstNudge = first === null ? null : unpackFirst(first);
    return {
      createdAt,
      firstNudge,
      nudge: nudge === null ? null : { on: nudge[0], mentions: named(nudge[1]), ...reached(nudge[2]) },
      open: pointed(open),
      pings: pings.map(pinged),
      snoozedUntil,
      seenOn,
      activeAt,
      knownBy,
      ...(fixed === 0 ? {} : { fixed }),
    };
  };
  const unpackFirst = ([mentions, errors, open, reached]: NonNullable<
    PackedFacts[1]
  >): ReminderFacts['firstNudge'] => ({
    mentions: named(mentions),
    errors,
    ...(open === 0 ? {} : { open: pointed(open) }),
    ...(reached === 0 ? {} : { reached: named(reached) }),
  });
  return { packFacts, unpackFacts };
}

/**
 * What a run knows of its subjects until all are known: some two hundred bytes each.
 * @param log where they are kept; left out: memory
 */
export function createRemindables(log?: ByteLog): Packed<Remindable> {
  const numbering = createNumbering();
  const { packFacts, unpackFacts } = packingOf(numbering);
  /** `group/project#12` but for the number, which is known. */
  const cut = (text: string, iid: number): number | string =>
    text.endsWith(String(iid)) ? numbering.of(text.slice(0, -String(iid).length)) : text;
  const whole = (text: number | string, iid: number): string =>
    typeof text === 'string' ? text : `${numbering.text(text)}${iid}`;
  return createPacked<Remindable, PackedSubject>(
    ({ projectId, iid, kind, status, ref, url, confidential, facts }) => [
      projectId,
      iid,
      numbering.of(kind),
      numbering.of(status),
      cut(ref, iid),
      cut(url, iid),
      confidential ? 1 : 0,
      packFacts(facts),
    ],
    ([projectId, iid, kind, status, ref, url, confidential, facts]) => ({
      projectId,
      iid,
      kind: numbering.text(kind) as Remindable['kind'],
      status: numbering.text(status) as Remindable['status'],
      ref: whole(ref, iid),
      url: whole(url, iid),
      confidential: confidential === 1,
      facts: unpackFacts(facts),
    }),
    log,
  );
}
