import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { placeOf } from '../../src/config/places.ts';
import { prepareRules } from '../../src/config/prepare-rules.ts';
import { type Prepared, preparedYaml } from '../../src/config/prepared.ts';
import { readYaml } from '../../src/config/yaml-file.ts';

const prepared: Prepared = JSON.parse(JSON.stringify(await prepareRules()));

test.each(Object.keys(prepared))('%s is what the build has read, with the same positions', async (name) => {
  const file = path.join(builtInRulesDir, name);
  const bytes = await readFile(file);
  const there = preparedYaml(name, file, bytes, name, prepared);
  const read = readYaml(name, file, bytes).file;
  expect(there?.value).toStrictEqual(read?.value);
  const paths = [[], ...Object.keys(read?.value ?? {}).map((key) => [key])];
  for (const at of paths)
    expect(there && placeOf(there, at, 'key')).toStrictEqual(read && placeOf(read, at, 'key'));
});

test('a file that was changed since the build, or that the build did not know, is read anew', () => {
  const bytes = Buffer.from('extends: handbook\n');
  expect(preparedYaml('policy.yml', '/x', bytes, 'policy.yml', prepared)).toBeNull();
  expect(preparedYaml('constructor', '/x', bytes, 'constructor', prepared)).toBeNull();
  expect(preparedYaml('policy.yml', '/x', bytes, 'policy.yml', {})).toBeNull();
});
