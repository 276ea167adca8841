/**
 * PM2's description of the service as separate processes over one MongoDB (pm2 start ecosystem.config.js). MONGODB_URI is needed:
 * the embedded database belongs to one process. The sender is one fork and is never reloaded side by side, because a number has one sender.
 */

/** Above STOP_TIMEOUT_MS, so that PM2 never kills what is still giving its leases back. */
const stopTimeoutMs = Number(process.env.STOP_TIMEOUT_MS || 10_000);

const role = (name, roles, more = {}) => ({
  name: `naqty-${name}`,
  script: 'dist/main.js',
  // Four helper threads of V8, at work for the thread that trains, and a collection of 16 MB at once keep a small machine from answering (ADR 6).
  node_args: '--enable-source-maps --v8-pool-size=1 --max-semi-space-size=4',
  exec_mode: 'fork',
  instances: 1,
  wait_ready: true,
  listen_timeout: 60_000,
  kill_timeout: stopTimeoutMs + 5_000,
  // A database that is away for an hour must not leave the service stopped for good: it is started again, each time a little later.
  max_restarts: 1_000_000,
  exp_backoff_restart_delay: 500,
  env: { NODE_ENV: 'production', ROLES: roles },
  ...more,
});

export const apps = [
  role('web', 'web'),
  // Two workers keep each resident's order: a conversation is leased to one of them at a time.
  role('worker', 'worker', { instances: 2 }),
  // Holds the WhatsApp session (TRANSPORT=whatsapp-web): one fork, stopped before the next one starts. Its browser needs time to close.
  role('sender', 'sender', { kill_timeout: stopTimeoutMs + 15_000 }),
];
