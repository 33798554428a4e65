import { expect, test } from '@jest/globals';
import type { Io } from '../../src/cli/io.ts';
import { createLogger } from '../../src/cli/logger.ts';
import { withoutToken } from '../../src/model/secret.ts';
import { until } from '../helpers/until.ts';

function io(terminal: boolean): { io: Io; said: () => string } {
  let text = '';
  const fake: Io = {
    stdout: () => undefined,
    stderr: (more) => {
      text += more;
    },
    stdin: () => Promise.resolve(''),
    stdoutIsTerminal: terminal,
    stderrIsTerminal: terminal,
    color: false,
    columns: 80,
  };
  return { io: fake, said: () => text };
}

test.each([true, false])('the log speaks, and keeps the secret (terminal: %s)', async (terminal) => {
  const place = io(terminal);
  const log = createLogger(place.io, 'info', ['glpat-secret']);
  log.info({ url: 'https://x/?token=glpat-secret' }, 'asked with glpat-secret');
  log.debug('not at this level');
  await until(() => place.said() !== '');
  expect(place.said()).toContain('asked with (token)');
  expect(place.said()).not.toContain('glpat-secret');
  expect(place.said()).not.toContain('not at this level');
  if (!terminal) expect(JSON.parse(place.said())).toMatchObject({ level: 30 });
});

test('one word stands for a token, anyone who cuts it out; what is too short to be one is left', async () => {
  const place = io(false);
  const log = createLogger(place.io, 'info', ['glpat-secret', 'token']);
  log.info(withoutToken("the token's owner sent GLPAT-secret", 'glpat-secret'));
  await until(() => place.said() !== '');
  expect(JSON.parse(place.said())).toMatchObject({ msg: "the token's owner sent (token)" });
});
