import { daysBetween } from '../../model/days.ts';
import type { Hygiene, KrLink, SiteData } from '../data/types.ts';
import { Items, moreWords, mostItems } from './bounded.tsx';
import { count } from './format.ts';
import { Day, Source } from './parts.tsx';
import { Accepted, Reminders } from './reminders.tsx';
import { Table } from './table.tsx';

/** Links to KRs of any board. */
export type WhereOnSite = (board: string | null, krId: string) => string;

/** For the one who looks after the process: what the rules found, how long fixes took, what was accepted, who waits. */
export function HygieneSection({ data, where }: { data: SiteData; where: WhereOnSite }) {
  const { hygiene, today } = data;
  const { rules, confidential } = hygiene;
  return (
    <section aria-labelledby="hygiene" class="hygiene">
      <h2 id="hygiene">Hygiene</h2>
      {rules.length === 0 ? (
        <p class="quiet">The rules found nothing.</p>
      ) : (
        <RuleTable rules={rules} where={where} today={today} />
      )}
      {confidential === 0 ? null : (
        <p class="quiet">{count(confidential, 'confidential KR')} with findings not listed here.</p>
      )}
      <Sets sets={hygiene.sets} />
      <Fixes fixes={hygiene.fixes} where={where} today={today} />
      <Accepted accepted={hygiene.accepted} today={today} />
      <Reminders hygiene={hygiene} today={today} />
    </section>
  );
}

function RuleTable({ rules, where, today }: { rules: Hygiene['rules']; where: WhereOnSite; today: string }) {
  return (
    <Table
      caption="Open findings by rule, the most serious first"
      heads={['Rule', 'Severity', 'Findings and their KRs', 'Oldest open']}
      of={rules}
      row={({ rule, severity, count: number, krs, oldest }) => [
        <code>{rule}</code>,
        <span class={`severity ${severity}`}>{severity}</span>,
        <details>
          <summary>
            {number} in {count(krs.length, 'KR')}
          </summary>
          <KrLinks krs={krs} where={where} />
        </details>,
        oldest === null ? (
          <span class="quiet">no one was told yet</span>
        ) : (
          <>
            <Source url={oldest.url}>
              {age(oldest.since, today)}, since <Day on={oldest.since} near={today} />
            </Source>
            : <a href={where(oldest.board, oldest.id)}>{oldest.name}</a>
          </>
        ),
      ]}
    />
  );
}

function age(since: string, today: string): string {
  const days = Math.max(0, daysBetween(since, today));
  return days === 0 ? 'new today' : count(days, 'day');
}

function KrLinks({ krs, where }: { krs: readonly KrLink[]; where: WhereOnSite }) {
  return (
    <ul>
      <Items
        of={krs}
        item={({ id, name, board }) => (
          <li>
            <a href={where(board, id)}>{name}</a>
          </li>
        )}
      />
    </ul>
  );
}

/** What no KR shows by itself. */
function Sets({ sets }: { sets: Hygiene['sets'] }) {
  if (sets.length === 0) return null;
  return (
    <Table
      caption="Findings over several KRs"
      heads={['Rule', 'Severity', 'What', 'Where']}
      of={sets}
      row={({ rule, severity, message, krs }) => [
        <code>{rule}</code>,
        <span class={`severity ${severity}`}>{severity}</span>,
        message,
        <>
          {krs.slice(0, mostItems).map(({ ref, url }, index) => (
            <>
              {index === 0 ? '' : ', '}
              <Source url={url}>{ref}</Source>
            </>
          ))}
          {krs.length > mostItems ? ` ${moreWords(krs.length, mostItems)}` : ''}
        </>,
      ]}
    />
  );
}

/** Counted from the day people were told; what our comments do not remember is not known. */
function Fixes({ fixes, where, today }: { fixes: Hygiene['fixes']; where: WhereOnSite; today: string }) {
  const { count: number, median, longest, latest } = fixes;
  if (median === null || longest === null)
    return <p class="quiet">How long fixes take is not known yet: none was made since people were told.</p>;
  return (
    <>
      <p>
        <b>{count(number, 'finding')} fixed</b>, half of them within {count(median, 'day')}; the longest took{' '}
        {count(longest, 'day')}. <span class="quiet">Counted from the day people were told.</span>
      </p>
      <details>
        <summary>The latest fixes</summary>
        <Table
          caption="Findings fixed, the latest first"
          heads={['Key Result', 'Rule', 'Told', 'Fixed', 'Took']}
          of={latest}
          row={({ id, name, board, rule, since, on, days, url }) => [
            <a href={where(board, id)}>{name}</a>,
            <code>{rule}</code>,
            <Day on={since} near={today} />,
            <Source url={url}>
              <Day on={on} near={today} />
            </Source>,
            count(days, 'day'),
          ]}
        />
      </details>
    </>
  );
}
