import { defineConfig } from 'vitest/config';
import { templatesPlugin } from './scripts/templates-plugin.js';

/** Lanes: `fast` is the README's test command; the others need software that not every machine has. */
const lane = (name: string, include: string[], testTimeout: number) => ({
  extends: true as const,
  test: { name, include, testTimeout, hookTimeout: testTimeout },
});

const oneByOne = (project: ReturnType<typeof lane>) => ({
  ...project,
  test: { ...project.test, fileParallelism: false },
});

/** Where a second report goes, for programs that count. */
const report = process.env.TEST_REPORT;

export default defineConfig({
  plugins: [templatesPlugin()],
  test: {
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    // The main process has little to do: without this a machine of two cores tests on one.
    maxWorkers: '100%',
    env: { NO_COLOR: '1' },
    projects: [
      lane('fast', ['test/**/*.test.ts', '!test/{conformance,cluster,forge,packed}/**'], 30_000),
      lane('packed', ['test/packed/**/*.test.ts'], 120_000),
      lane('conformance', ['test/conformance/**/*.test.ts'], 300_000),
      lane('forge', ['test/forge/**/*.test.ts'], 120_000),
      // One cluster at a time: each is a dozen processes.
      oneByOne(lane('cluster', ['test/cluster/**/*.test.ts'], 900_000)),
    ],
  },
});
