import type { Server } from 'node:http';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { packageRoot } from './package-root.ts';

/** How the studio's pages come to the browser. */
export type Studio =
  /** From `dist/studio`, as the build left them. */
  | { readonly kind: 'built' }
  /** From their sources, through Vite on the same port. */
  | {
      readonly kind: 'development';
      readonly middleware: RequestHandler;
      readonly close: () => Promise<void>;
    };

export async function builtStudio(): Promise<Studio> {
  return { kind: 'built' };
}

/** Vite as middleware, its hot updates over the same server. */
export async function developmentStudio(server: Server): Promise<Studio> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: join(packageRoot, 'studio', '.vite.config.ts'),
    server: { middlewareMode: { server }, hmr: { server } },
  });
  return { kind: 'development', middleware: vite.middlewares, close: () => vite.close() };
}
