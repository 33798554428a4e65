// Who may import whom, by dependency-cruiser; and that it could read the sources at all: without a transpiler that it
// knows it finds no module, and so no violation.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const { stdout, status } = spawnSync(
  process.execPath,
  [bin, '--config', '.dependency-cruiser.js', '--output-type', 'err', 'src'],
  { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
);
process.stdout.write(stdout);
const cruised = Number(/\((\d+) modules/.exec(stdout)?.[1] ?? 0);
if (status === 0 && cruised < 100) {
  process.stdout.write(`Only ${cruised} modules were looked at: dependency-cruiser needs @swc/core to read TypeScript.\n`);
  process.exitCode = 1;
} else process.exitCode = status ?? 1;
