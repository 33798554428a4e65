import LightRunner from 'jest-light-runner/child-process';

/**
 * The runner of jest-light-runner, but each worker gets its settings by a channel of its own. Theirs is one for all:
 * of two workers that start at the same time the second may be told before it listens, and then waits for ever.
 */
export default class Runner extends LightRunner {
  _runTest(test) {
    const { config } = test.context;
    const isFirst = !this._testRunners.has(config);
    const result = super._runTest(test);
    const runner = this._testRunners.get(config);
    if (isFirst && this._runtime === 'child_process') {
      const workerData = { globalConfig: this._globalConfig, projectConfig: config, runtime: this._runtime };
      runner.run = ({ path }) => runner.pool.run(path, { channel: channelWith(workerData) });
    }
    return result;
  }
}

function channelWith(workerData) {
  let tell = () => undefined;
  return {
    onMessage(listener) {
      tell = listener;
    },
    postMessage(message) {
      if (message === 'jest-light-runner-get-worker-data')
        tell({ type: 'jest-light-runner-worker-data', workerData });
    },
  };
}
