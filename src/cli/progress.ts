import ora from 'ora';
import type { GatewayEvent } from '../gitlab/gateway.ts';
import { visible } from '../text/visible.ts';
import type { Io } from './io.ts';

/** What a spinner says while a run goes on: how far it is, and what it waits for. */
export interface Progress {
  /** A KR is done. */
  subject: (ref: string) => void;
  event: (event: GatewayEvent) => void;
  text: () => string;
}

/** @param changed called with each new text */
export function createProgress(changed: (text: string) => void = () => undefined): Progress {
  let done = 0;
  let now = '';
  let waits = '';
  const text = (): string =>
    `${done === 0 ? 'asking GitLab for the KRs…' : `${done} ${done === 1 ? 'KR' : 'KRs'}, now ${now}`}${waits}`;
  const tell = (change: () => void): void => {
    const before = text();
    change();
    if (text() !== before) changed(text());
  };
  return {
    subject: (ref) =>
      tell(() => {
        done += 1;
        now = visible(ref);
      }),
    event: (event) => tell(() => (waits = waitsFor(event) ?? waits)),
    text,
  };
}

/** The end of the line; null: this event says nothing about it. */
function waitsFor(event: GatewayEvent): string | null {
  if (event.type === 'pause') return ` (waiting ${seconds(event.waitMs)} for GitLab's limit of requests)`;
  if (event.type === 'retry')
    return ` (waiting ${seconds(event.waitMs)} to try again: ${visible(event.reason)})`;
  return event.type === 'request' ? '' : null;
}

const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;

/** Shows the progress on a terminal; elsewhere it is silent. */
export interface Spinner extends Omit<Progress, 'text'> {
  start: () => void;
  stop: () => void;
  /** Clears the line while something else is printed. */
  aside: (print: () => Promise<void>) => Promise<void>;
}

export function createSpinner({ stderrIsTerminal }: Pick<Io, 'stderrIsTerminal'>): Spinner {
  // In a terminal without a width ora would clear lines for ever.
  const spinner = stderrIsTerminal && process.stderr.columns > 0 ? ora({ stream: process.stderr }) : null;
  const { subject, event, text } = createProgress((line) => {
    if (spinner !== null) spinner.text = line;
  });
  return {
    subject,
    event,
    start: () => void spinner?.start(text()),
    stop: () => void spinner?.stop(),
    async aside(print) {
      spinner?.clear();
      await print();
      spinner?.render();
    },
  };
}
