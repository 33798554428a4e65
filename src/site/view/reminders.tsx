import type { Hygiene } from '../data/types.ts';
import { count } from './format.ts';
import { Day, People, Source } from './parts.tsx';
import { Table } from './table.tsx';

/** Waived findings and snoozed KRs, with reason and end. */
export function Accepted({ accepted, today }: { accepted: Hygiene['accepted']; today: string }) {
  if (accepted.length === 0) return <p class="quiet">Nothing is waived or snoozed.</p>;
  return (
    <Table
      caption="Accepted for now: waived and snoozed"
      heads={['Key Result', 'What', 'Until', 'Who, and why']}
      of={accepted}
      row={({ name, krUrl, rule, by, until, because, url }) => [
        <Source url={krUrl}>{name}</Source>,
        rule === null ? (
          'reminders snoozed'
        ) : (
          <>
            <code>{rule}</code> waived
          </>
        ),
        <Source url={url}>{until === null ? 'without end' : <Day on={until} near={today} />}</Source>,
        <>
          {by}
          {because === null ? <span class="quiet">, no reason given</span> : `: ${because}`}
        </>,
      ]}
    />
  );
}

const states: Record<Hygiene['pings'][number]['outcome'], string> = {
  applied: 'sent',
  planned: 'due now',
  waiting: 'waits for a later run',
  failed: 'could not be sent',
};

/** Who was, is and will be reminded: what this run did first, then what comes, the earliest first. */
export function Reminders({ hygiene, today }: { hygiene: Hygiene; today: string }) {
  const rows = [
    ...hygiene.pings.map(({ outcome, ...ping }) => ({ ...ping, state: states[outcome] })),
    ...hygiene.next.map((next) => ({ ...next, state: 'to come' })),
  ];
  return (
    <>
      {rows.length === 0 ? (
        <p class="quiet">No one waits for a reminder.</p>
      ) : (
        <Table
          caption="Reminders"
          header={2}
          heads={['On', 'Whom', 'Key Result', 'Why', 'State']}
          of={rows}
          row={({ on, whom, name, url, because, state }) => [
            on === null ? <span class="quiet">not known</span> : <Day on={on} near={today} />,
            <People names={whom} />,
            <Source url={url}>{name}</Source>,
            because,
            state,
          ]}
        />
      )}
      {hygiene.confidentialPings === 0 ? null : (
        <p class="quiet">
          {count(hygiene.confidentialPings, 'reminder')} about confidential KRs not listed here.
        </p>
      )}
    </>
  );
}
