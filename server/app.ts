import { existsSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { policyJsonSchema } from '#engine/policy/index.ts';
import { describeApi, makeApi, makeOpenApi } from './api/index.ts';
import type { Installation } from './api/installation.ts';
import { exportSpendFile } from './api/money/spend-export.ts';
import { makeSignOnPages } from './api/people/sign-on-pages.ts';
import { identify, requireLetIn, takeToken } from './api/protect.ts';
import { makeTrafficStreams, type TrafficStreams } from './api/traffic/traffic-streams.ts';
import { columnOctets } from './api/what-if/column-octets.ts';
import { changesCsv } from './api/what-if/simulations.ts';
import {
  changesCsvPath,
  columnOctetsPath,
  signOnCallbackPath,
  signOnStartPath,
  spendExportPath,
  trafficStreamPath,
} from './contract/index.ts';
import { ApiFailure } from './errors.ts';
import { handleGateway, isGatewayPath } from './gateway/index.ts';
import { packageRoot } from './package-root.ts';
import { isReady, type Readiness } from './readiness.ts';
import type { Studio } from './studio.ts';
import { metricsPage } from './telemetry/metrics-page.ts';

/** A server, not listening yet. */
export interface RunningServer {
  readonly server: Server;
  /** No new connections from here on; answers when the last request has ended, or was cut off at the cap. */
  readonly stop: (patienceMs: number) => Promise<void>;
  /** From here on it says that it is not ready, and goes on serving whoever comes. */
  readonly drain: () => void;
}

/**
 * The server: gateway paths go straight to the gateway, everything else through Express. A route inside Express costs
 * more CPU than the gateway's whole way of a request, so the two part before it.
 */
export async function makeServer(
  installation: Installation,
  openStudio: (server: Server) => Promise<Studio>,
): Promise<RunningServer> {
  let app: RequestListener | undefined;
  // Headers that come twice are joined, so that a doubled key is nobody's: another server in front may have read the other one.
  const server = createServer({ joinDuplicateHeaders: true }, (request, response) => {
    if (isGatewayPath(request.url)) handleGateway(request, response, installation);
    else app?.(request, response);
  });
  // Long uploads and long answers are the gateway's to limit; a client that sends no headers is not one.
  server.requestTimeout = 0;
  server.headersTimeout = 30_000;
  const studio = await openStudio(server);
  const streams = makeTrafficStreams(installation);
  const state = { draining: false };
  app = makeApp(installation, studio, streams, state);
  return {
    server,
    stop: (patienceMs) => stopServer(server, studio, streams, patienceMs),
    drain: () => {
      state.draining = true;
    },
  };
}

/** Running requests finish, up to a cap; streams that would never end are ended. */
async function stopServer(
  server: Server,
  studio: Studio,
  streams: TrafficStreams,
  patienceMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  streams.endAll();
  if (studio.kind === 'development') await studio.close();
  // A connection kept alive becomes idle when its request ends, and would hold the server open.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cap = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cap);
}

const draining: Readiness = {
  ready: false,
  problems: ['It was told to end: new requests belong elsewhere.'],
};

function makeApp(
  installation: Installation,
  studio: Studio,
  streams: TrafficStreams,
  state: { readonly draining: boolean },
): Express {
  const { config } = installation;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(helmet(securityHeaders(studio)));
  app.get('/healthz', (_, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_, response) => {
    const readiness = state.draining ? draining : await isReady(installation);
    response.status(readiness.ready ? 200 : 503).json(readiness);
  });
  app.get(
    '/metrics',
    metricsPage(installation.telemetry, {
      metricsToken: config.metricsToken ?? null,
      adminToken: config.adminToken,
    }),
  );
  app.use('/api', noStore, identify(installation));
  app.use(makeOpenApi(installation));
  const signOn = makeSignOnPages(installation);
  app.get(signOnStartPath, signOn.start);
  app.get(signOnCallbackPath, signOn.callback);
  app.use('/api', requireLetIn, express.json({ limit: '8mb' }));
  app.get('/api/openapi.json', (_, response) => {
    response.json(describeApi());
  });
  app.get('/api/policy.schema.json', (_, response) => {
    response.json(policyJsonSchema());
  });
  app.get(trafficStreamPath, streams.handler);
  app.get(spendExportPath, exportSpendFile(installation));
  app.get(columnOctetsPath, columnOctets(installation));
  app.get(changesCsvPath, changesCsv(installation));
  app.use(makeApi(installation));
  app.use('/api', (request) => {
    throw new ApiFailure(
      404,
      'not_found',
      `There is no ${request.method} ${request.originalUrl}. See /api/openapi.json.`,
    );
  });
  app.use(takeToken(config.adminToken));
  mountStudio(app, studio);
  app.use(answerError(installation));
  return app;
}

/** What the API answers is for who asked and for now. */
const noStore: RequestHandler = (_, response, next) => {
  response.setHeader('cache-control', 'no-store');
  next();
};

/** Monaco runs its workers from blobs; Mantine and Monaco write inline styles; Vite's development page runs inline scripts. */
function securityHeaders(studio: Studio): Parameters<typeof helmet>[0] {
  const development = studio.kind === 'development';
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: development ? ["'self'", "'unsafe-inline'", "'unsafe-eval'"] : ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: development ? ["'self'", 'ws:'] : ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain HTTP on this machine is the default; whoever terminates TLS in front sets these for the outside.
    strictTransportSecurity: false,
  };
}

function mountStudio(app: Express, studio: Studio): void {
  if (studio.kind === 'development') {
    app.use(studio.middleware);
    return;
  }
  const folder = join(packageRoot, 'dist', 'studio');
  const page = join(folder, 'index.html');
  // File names under assets carry a hash of their contents.
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  app.use('/assets', (_, response) => {
    response.status(404).type('text').send('There is no such file.');
  });
  app.use(express.static(folder, { index: false, maxAge: 0 }));
  app.get('/{*any}', (_, response) => {
    if (existsSync(page)) response.set('cache-control', 'no-cache').sendFile(page);
    else
      response.type('text').send('Waybill is running. The studio has not been built: run "npm run build".\n');
  });
  app.use((request) => {
    throw new ApiFailure(404, 'not_found', `There is no ${request.method} ${request.originalUrl}.`);
  });
}

/** The one place where what was thrown becomes an answer. */
function answerError({ logger }: Installation): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const failure = error instanceof ApiFailure ? error : fromExpress(error);
    if (failure === undefined) {
      logger.error(
        { err: error, method: request.method, url: request.path },
        'a call failed through a fault of ours',
      );
    }
    if (response.headersSent) {
      request.destroy();
      return;
    }
    const shown =
      failure ??
      new ApiFailure(500, 'internal', 'Something went wrong here. The cause is in the log of the server.');
    response.status(shown.status).json(shown);
  };
}

/** Mistakes of the caller that Express finds itself: bodies that are no JSON or too large, paths that cannot be decoded. */
function fromExpress(error: unknown): ApiFailure | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status < 400 || error.status >= 500) return undefined;
  if (error.status === 413) return new ApiFailure(413, 'too_large', 'The body is larger than 8 MB.');
  return new ApiFailure(error.status, 'invalid_request', `The request cannot be read: ${error.message}`);
}
