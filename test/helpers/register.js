import { register } from 'node:module';
import { register as registerTypeScript } from 'tsx/esm/api';

// Test files share their modules (jest.config.js), so they are run by Node itself: TypeScript by tsx, and
// `@jest/globals` by what the runner has put in place.
registerTypeScript();
register('./globals-hook.js', import.meta.url);

// A worker whose tests left something open would outlive the run, and hold its standard output open.
process.on('disconnect', () => process.exit());
