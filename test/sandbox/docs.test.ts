import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { faultScriptSchema } from '../../src/sandbox/faults/script.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxSeed } from '../../src/sandbox/seed.ts';

const text = readFileSync('docs/sandbox.md', 'utf8');

function example(name: string): unknown {
  const found = new RegExp(`\`\`\`yaml\\n# ${name}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
  if (found === undefined) throw new Error(`docs/sandbox.md has no example "${name}"`);
  return parse(found);
}

test('the examples of the documentation work', async () => {
  const faults = faultScriptSchema.parse(example('faults'));
  const sandbox = await startSandbox({ seed: example('seed') as SandboxSeed, faults });
  const answer = await fetch(`${sandbox.url}/api/v4/projects/my-group%2Fokrs/issues`, {
    headers: { 'private-token': 'my-token' },
  });
  expect(await answer.json()).toHaveLength(2);
  expect(answer.headers.get('ratelimit-limit')).toBe('2000');
  expect(sandbox.settings.tier).toBe('premium');
  await sandbox.close();
});

test('every kind of fault is described', () => {
  for (const option of faultScriptSchema.shape.rules.element.shape.fault.options) {
    expect(text).toContain(`\`${option.shape.kind.value}\``);
  }
});
