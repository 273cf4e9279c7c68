import { defineConfig } from 'vitest/config';

/** Tests of what has no state beyond its modules: they share a process, so that the modules are read once. */
const pure = ['test/{engine,laws,policies,studio}/**/*.test.ts'];

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a test waits for comes at once on a quiet machine, and late on a busy one.
    expect: { poll: { timeout: 15_000 } },
    // Left to itself, Vitest uses one core of two.
    maxWorkers: 2,
    setupFiles: ['test/.same-seed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          globalSetup: ['test/journeys/support/shared-start.ts'],
        },
      },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
});
