import { readdirSync, readFileSync } from 'node:fs';
import { ruleContext } from '../../src/evaluate/context.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { calendar, policy, reader } from './reader.ts';

const dir = 'test/fixtures/texts/';
const seen = new Map<string, number>();
for (const f of readdirSync(dir).filter((f) => f.endsWith('.json'))) {
  const j = JSON.parse(readFileSync(dir + f, 'utf8'));
  const source = readFileSync(dir + f.replace('.json', '.md'), 'utf8');
  const title = j.title ?? '';
  const document = reader.read(j.kind, source, { title, now: j.now });
  const facts = { ...(j.title ? { title } : {}) };
  const { findings, skipped } = evaluate(
    document,
    policy.rules,
    ruleContext({ document, source, facts, now: j.now, calendar, template: reader.template(j.kind) }),
  );
  for (const x of findings) {
    const k = `${x.rule}/${x.messageId}`;
    const n = (seen.get(k) ?? 0) + 1;
    seen.set(k, n);
    if (n <= Number(process.argv[2] ?? 4))
      console.log(
        `${f.replace('.json', '').slice(0, 30)}:${x.place?.start.line ?? '-'} ${x.rule}: ${x.message}`,
      );
  }
  for (const s of skipped) if (/failed/.test(s.reason)) console.log('SKIP', f, s);
}
console.log([...seen].sort());
