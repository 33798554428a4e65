/** Reads the texts of so many KRs as a run does, in a process of its own: what a run cannot save. Nothing is cached. */
import { createDocuments } from '../../src/cli/documents.ts';
import { makeEngineThrifty } from '../../src/cli/thrifty-engine.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { benchKr } from './kr-issues.ts';

makeEngineThrifty();
const [count = '1000'] = process.argv.slice(2);
const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the built-in rules do not load');
const documents = createDocuments(loaded.policy, 'none');
const before = process.cpuUsage();
for (let n = 0; n < Number(count); n += 1) {
  const { title, description } = benchKr(n);
  await documents.read('kr', description, { title, now: '2026-11-23T09:00:00Z', confidential: false });
}
const { user, system } = process.cpuUsage(before);
process.send?.({ cpuMs: (user + system) / 1000 });
process.disconnect();
