import { defineConfig } from 'rolldown';
import { templatesPlugin } from './scripts/templates-plugin.js';

export default defineConfig({
  input: { main: 'src/cli/main.ts' },
  platform: 'node',
  plugins: [templatesPlugin()],
  output: { dir: 'dist', format: 'esm', minify: true, cleanDir: true, chunkFileNames: '[name]-[hash].js' },
});
