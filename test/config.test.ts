/** The settings: what a person may write, and the sentence they get for what they may not. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'dotenv';
import { readConfig, readEnvironment, variableNames, WrongConfig } from '../src/config.js';
import { projectRoot } from '../src/project-root.js';

const example = readFileSync(join(projectRoot, '.env.example'), 'utf8');

describe('Settings', () => {
  it('.env.example names the settings there are, in their order, and holds their defaults', () => {
    expect(Object.keys(parse(example)).sort()).to.deep.equal([...variableNames].sort());
    expect(readConfig(parse(example))).to.deep.equal(readConfig({}));
  });

  it('.env.example says one sentence about each setting', () => {
    const lines = example.split('\n');
    for (const name of variableNames) {
      const above = lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1];
      expect(above, name).to.match(/^# .{20,}[.]$/);
    }
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['MONGODB_URI', 'postgres://root:hunter2@db/x', /^MONGODB_URI must be an address such as mongodb:/],
    ['HOST', 'http://all', /^HOST must be a host name .*, not "http:\/\/all"\.$/],
    ['PORT', 'abc', /^PORT must be a whole number from 0 to 65535, not "abc"\.$/],
    ['PORT', '70000', /^PORT must be a whole number from 0 to 65535/],
    ['PORT', '-1', /^PORT must be/],
    ['PUBLIC_URL', 'help.example.kz', /^PUBLIC_URL must be an address/],
    ['PUBLIC_URL', 'ftp://help.example.kz', /^PUBLIC_URL must be an address/],
    ['TRUSTED_PROXIES', 'one', /^TRUSTED_PROXIES must be a whole number from 0 to 9, not "one"\.$/],
    ['ROLES', 'web,wroker', /^ROLES must be a comma list of web, worker, sender, not "web,wroker"\.$/],
    ['ROLES', 'web,', /^ROLES must be/],
    ['TRANSPORT', 'telegram', /^TRANSPORT must be a comma list of web-chat/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be one of fatal, error/],
    ['DEFAULT_LANGUAGE', 'en', /^DEFAULT_LANGUAGE must be one of kk, ru/],
    ['TIME_ZONE', 'Asia/Kyzylorda-City', /^TIME_ZONE must be a time zone name/],
    ['WAIT_AFTER_LAST_MS', '2.5', /^WAIT_AFTER_LAST_MS must be a whole number/],
    ['WAIT_AT_MOST_MS', '1000', /^WAIT_AT_MOST_MS must be at least WAIT_AFTER_LAST_MS \(2500\), not "1000"\.$/],
    ['LEASE_MS', '10', /^LEASE_MS must be a whole number from 1000/],
    ['OFFICE_HOURS', 'Mon-Fri 18:00-09:00', /^OFFICE_HOURS must be days and hours such as/],
    ['OFFICE_HOURS', 'Mon-Fri 09:00-25:00', /^OFFICE_HOURS must be/],
    ['OFFICE_HOURS', 'Mo-Fr 09:00-18:00', /^OFFICE_HOURS must be/],
    ['PHONE_HOLD_MINUTES', '0', /^PHONE_HOLD_MINUTES must be/],
    ['REPLY_HOURS', '0', /^REPLY_HOURS must be/],
    ['STOP_TIMEOUT_MS', '5', /^STOP_TIMEOUT_MS must be/],
  ];
  for (const [name, value, sentence] of wrong) {
    it(`${name}=${value} is refused with a sentence`, () => {
      const read = (): unknown => readConfig({ [name]: value });
      expect(read).to.throw(WrongConfig, sentence);
      expect(read).not.to.throw(/hunter2|\n/);
    });
  }

  it('cloud-api needs its number, token and secrets, and no sentence repeats one of them', () => {
    const set = {
      ...{
        TRANSPORT: 'web-chat,cloud-api',
        CLOUD_API_PHONE_NUMBER_ID: '106540352242922',
        CLOUD_API_TOKEN: 'hunter2hunter2',
      },
      ...{ CLOUD_API_APP_SECRET: 'hunter2hunter3', CLOUD_API_VERIFY_TOKEN: 'hunter2hunter4' },
    };
    expect(readConfig(set).cloudApi).to.deep.include({
      version: 'v25.0',
      url: 'https://graph.facebook.com',
      perSecond: 80,
    });
    expect(readConfig({}).cloudApi).to.equal(undefined);
    for (const name of Object.keys(set).filter((each) => each.startsWith('CLOUD_API'))) {
      const without = Object.fromEntries(Object.entries(set).filter(([each]) => each !== name));
      const sentence = `${name} must be set where TRANSPORT names cloud-api.`;
      expect(() => readConfig(without)).to.throw(WrongConfig, sentence);
      expect(() => readConfig({ ...set, [name]: 'hunter2 and more' }))
        .to.throw(WrongConfig)
        .with.property('message')
        .that.does.not.match(name === 'CLOUD_API_PHONE_NUMBER_ID' ? /^$/ : /hunter2/);
    }
  });

  it('trusts the one proxy that https needs, none without it, and as many as it is told', () => {
    const trusted = (settings: Record<string, string>) => readConfig(settings).trustedProxies;
    expect(trusted({})).to.equal(0);
    expect(trusted({ PUBLIC_URL: 'http://help.example.kz' })).to.equal(0);
    expect(trusted({ PUBLIC_URL: 'https://help.example.kz' })).to.equal(1);
    expect(trusted({ PUBLIC_URL: 'https://help.example.kz', TRUSTED_PROXIES: '2' })).to.equal(2);
    expect(trusted({ PUBLIC_URL: 'https://help.example.kz', TRUSTED_PROXIES: '0' })).to.equal(0);
  });

  it('reads office hours into days and minutes, over the end of a week too', () => {
    expect(readConfig({ OFFICE_HOURS: 'Mon-Fri 08:30-18:00, Sat 10:00-24:00' }).officeHours).to.deep.equal([
      { days: [1, 2, 3, 4, 5], fromMinute: 510, toMinute: 1080 },
      { days: [6], fromMinute: 600, toMinute: 1440 },
    ]);
    expect(readConfig({ OFFICE_HOURS: 'sat - mon 0:00-9:00' }).officeHours).to.deep.equal([
      { days: [6, 7, 1], fromMinute: 0, toMinute: 540 },
    ]);
  });

  it('fills in the address from host and port, and keeps a given one without its last slash', () => {
    expect(readConfig({ HOST: '0.0.0.0', PORT: '81' }).publicUrl).to.equal('http://localhost:81');
    expect(readConfig({ HOST: '::1', PORT: '81' }).publicUrl).to.equal('http://[::1]:81');
    expect(readConfig({ PUBLIC_URL: 'https://help.example.kz/' }).publicUrl).to.equal('https://help.example.kz');
  });

  it('an empty variable counts as not set, and the environment wins over .env', () => {
    const folder = mkdtempSync(join(tmpdir(), 'naqty-env-'));
    try {
      const file = join(folder, '.env');
      writeFileSync(file, 'PORT=9001\nHOST=0.0.0.0\nLOG_LEVEL=\n');
      const config = readConfig(readEnvironment({ PORT: '9002' }, file));
      expect([config.port, config.host, config.logLevel]).to.deep.equal([9002, '0.0.0.0', 'info']);
      expect(() => readEnvironment({}, folder)).to.throw(WrongConfig, 'cannot be read');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
