import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type prettyPrint from 'pino-pretty';
import { withoutToken } from '../model/secret.ts';
import { steerless } from '../text/visible.ts';
import type { Io } from './io.ts';

export type Logger = pino.Logger;

// Only a person at a terminal needs what makes lines of the log pretty.
const require = createRequire(import.meta.url);

/**
 * The job log: pino on stderr, one JSON object a line, or coloured lines on a terminal. Whatever is logged, the
 * secrets are cut out of the finished line, so that no careless field can leak the token.
 */
export function createLogger(io: Io, level: string, secrets: readonly string[]): Logger {
  const redact = (line: string): string => secrets.reduce(withoutToken, line);
  const stderr = { write: (line: string) => io.stderr(steerless(line, { color: false })) };
  const stream = io.stderrIsTerminal ? forPeople(io) : stderr;
  return pino({ level, base: null, hooks: { streamWrite: redact } }, stream);
}

function forPeople(io: Io): pino.DestinationStream {
  const destination = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      io.stderr(chunk.toString());
      done();
    },
  });
  const pretty = require('pino-pretty') as typeof prettyPrint;
  return pretty({
    colorize: io.stderrColor ?? io.color,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
    sync: true,
    // What is foreign in a message has no colours of its own.
    messageFormat: (log, key) => (typeof log[key] === 'string' ? steerless(log[key], { color: false }) : ''),
    destination,
  });
}
