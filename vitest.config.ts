import { defineConfig } from 'vitest/config';
import { templatesPlugin } from './scripts/templates-plugin.js';

/** Lanes: `fast` is the README's test command; the others need software that not every machine has. */
const lane = (name: string, include: string[], testTimeout: number) => ({
  extends: true as const,
  test: { name, include, testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  plugins: [templatesPlugin()],
  test: {
    env: { NO_COLOR: '1' },
    projects: [
      lane('fast', ['test/**/*.test.ts', '!test/conformance/**', '!test/cluster/**'], 30_000),
      lane('conformance', ['test/conformance/**/*.test.ts'], 300_000),
      lane('cluster', ['test/cluster/**/*.test.ts'], 900_000),
    ],
  },
});
