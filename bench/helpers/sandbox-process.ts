/** A sandbox in a process of its own, so that its CPU time and memory are not the bot's. */
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { benchSeed } from './seed.ts';

const [count = '1000', projects = '1', latencyMs = '0'] = process.argv.slice(2);
const sandbox = await startSandbox({
  seed: benchSeed(Number(count), Number(projects)),
  latencyMs: Number(latencyMs),
});
process.on('message', (message) => {
  if (message === 'count') {
    process.send?.({ requests: sandbox.requests.length });
    sandbox.resetLog();
  }
  if (message !== 'stop') return;
  void sandbox.close().then(() => process.disconnect());
});
process.send?.({ url: sandbox.url });
