/** PM2's description of the service: which processes there are, and how each may be stopped and started. */
import { expect } from 'chai';
import { readConfig } from '../src/config.js';

interface App {
  readonly name: string;
  readonly exec_mode: string;
  readonly instances: number;
  readonly wait_ready: boolean;
  readonly kill_timeout: number;
  readonly max_restarts: number;
  readonly env: { readonly ROLES: string };
}

describe('ecosystem.config.js', () => {
  let apps: readonly App[];
  before(async () => {
    const path = '../ecosystem.config.js';
    ({ apps } = (await import(path)) as { apps: readonly App[] });
  });
  const rolesOf = ({ env }: App) => readConfig({ ROLES: env.ROLES }).roles;

  it('runs every role in one kind of process, and the sender, who holds the WhatsApp session, as one fork', () => {
    expect(apps.flatMap(rolesOf).toSorted()).to.deep.equal([...readConfig({}).roles].toSorted());
    const sender = apps.find((app) => rolesOf(app).includes('sender'));
    expect(sender).to.include({ exec_mode: 'fork', instances: 1 });
  });

  it('waits until a process is ready, never kills one that still ends what it has in hand, and gives none up', () => {
    for (const app of apps) {
      expect(app, app.name).to.include({ wait_ready: true });
      expect(app.kill_timeout, app.name).to.be.above(readConfig({}).stopTimeoutMs);
      expect(app.max_restarts, app.name).to.be.at.least(1_000_000);
    }
  });
});
