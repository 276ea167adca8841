/** The HTTP server: headers, limits, static files, the given routers, errors, and a stop that ends live streams first. */
import { createServer as createHttpServer } from 'node:http';
import { isAbsolute, join } from 'node:path';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { notFound, onError } from './errors.js';
import { createHealthRoutes, type ReadinessChecks } from './health.js';
import type { WebTexts } from './texts.js';

export interface MountedRouter {
  /** Where it stands, such as `/chat`. */
  readonly path: string;
  readonly router: RequestHandler;
  /** It reads the request's raw body itself (signed webhooks, the identity library). */
  readonly rawBody?: boolean;
  /** Longest form it takes, such as `1mb`, where that is more than elsewhere. */
  readonly longestForm?: string;
}
export interface ServerOptions {
  readonly routers: readonly MountedRouter[];
  /** Where the address of the service itself leads. */
  readonly home: '/chat' | '/staff';
  readonly config: {
    readonly host: string;
    /** 0: any free port. */
    readonly port: number;
    /** The project's root; assets are served from `src/web/assets` below it. */
    readonly root: string;
    /** Proxies in front whose word on address and https is taken. */
    readonly trustedProxies?: number;
  };
  readonly logger: Logger;
  readonly texts: WebTexts;
  readonly ready: ReadinessChecks;
  /** Ends the live streams of all routers; called first on stop, because an open stream keeps its connection busy. */
  readonly stopStreams: () => void;
}
export interface Server {
  /** @throws where the port is taken. */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  close(): Promise<void>;
}

const bodyLimit = '64kb';
/** Requests that are still answered when the server stops get so long. */
const graceMs = 5000;

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Set where TLS ends: a service that is also reached by plain http on its own machine must not lock browsers out.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
});
const permissions: RequestHandler = (_request, response, next) => {
  response.set('Permissions-Policy', 'geolocation=(self), camera=(), microphone=()');
  next();
};

export const createServer = ({ routers, home, config, logger, texts, ready, stopStreams }: ServerOptions): Server => {
  if (!isAbsolute(config.root)) throw new Error('The project root must be an absolute path.');
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies ?? false);
  app.set('query parser', 'simple');
  app.use(securityHeaders, permissions);
  app.use(createHealthRoutes(ready));
  app.use('/assets', express.static(join(config.root, 'src/web/assets'), { index: false, etag: true, maxAge: 0 }));
  for (const { path, router } of routers.filter((each) => each.rawBody)) app.use(path, router);
  for (const { path, longestForm } of routers) {
    if (longestForm) app.use(path, express.urlencoded({ extended: false, limit: longestForm }));
  }
  app.use(express.json({ limit: bodyLimit }), express.urlencoded({ extended: false, limit: bodyLimit }));
  app.get('/', (_request, response) => response.redirect(home));
  for (const { path, router } of routers.filter((each) => !each.rawBody)) app.use(path, router);
  app.use(notFound(texts));
  app.use(onError({ texts, logger }));

  const server = createHttpServer(app);
  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, () => {
          server.off('error', reject);
          const address = server.address();
          const port = typeof address === 'object' && address ? address.port : config.port;
          const open = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
          resolve({ url: `http://${open.includes(':') ? `[${open}]` : open}:${port}`, port });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        stopStreams();
        const force = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};
