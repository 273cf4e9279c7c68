import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The studio as static files. In development the server mounts the same configuration as middleware. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  plugins: [react()],
  build: {
    outDir: '../dist/studio',
    emptyOutDir: true,
    target: 'es2023',
    // Browsers that know light-dark() themselves: rewritten for older ones, it loses its value outside :root.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Schemas and the engine do nothing when they are loaded, so what a page does not use stays out of its chunks:
    // the catalogue with its prices, RE2, the simulator.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !/\/(engine|server\/contract)\/.+\.(ts|json)$/.test(id) },
    },
    // Monaco is one large chunk by nature and only loaded by the JSON tab.
    chunkSizeWarningLimit: 4_000,
  },
  worker: { format: 'es' },
});
