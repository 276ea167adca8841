/** The log: what a resident wrote, their phone and their IIN stay inside, whichever way they are handed to it. */
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { createLogger } from '../src/log.js';

const iin = '870412300126';
const logged = (write: (logger: ReturnType<typeof createLogger>) => void, readable = false): string => {
  const stream = new PassThrough();
  write(createLogger({ level: 'info', stream, readable }));
  return String(stream.read() ?? '');
};

describe('Log', () => {
  it('withholds fields that hold a resident’s words, at any depth and in children', () => {
    const line = logged((logger) => {
      logger
        .child({ phone: 'P-secret' })
        .info({ messages: [{ content: { text: 'T-secret' } }], alias: { id: 'A-secret' } }, 'kept');
    });
    expect(line)
      .to.include('kept')
      .and.not.match(/[PTA]-secret/);
    expect(JSON.parse(line).messages[0].content.text).to.equal('⟨withheld⟩');
  });

  for (const written of [iin, '870412 300126', '870412-300-126', '+7 (701) 555-12-34']) {
    it(`blanks “${written.slice(0, 4)}…” in sentences, in errors and in their causes`, () => {
      const line = logged((logger) => {
        const cause = new Error(`E11000 duplicate key { id: "${written}" }`);
        logger.error(
          { err: new Error(`not written: ${written}`, { cause }), note: `of ${written}` },
          `about ${written}`,
        );
      });
      expect(line).not.to.include(written);
      expect(line).to.include('E11000').and.include('not written');
    });
  }

  it('keeps times, identifiers and amounts readable', () => {
    const id = '12345678-1234-4123-9123-12345678901a';
    const line = logged((logger) => logger.info({ id, amount: '42 500', at: '2026-04-20T09:00:00.000Z' }, 'told'));
    expect(line).to.include(id).and.include('42 500').and.include('2026-04-20T09:00:00.000Z');
  });

  it('hides the password of a database address', () => {
    const line = logged((logger) => logger.warn('no answer from mongodb://naqty:hunter2@db.local/naqty'));
    expect(line).to.include('db.local').and.not.include('hunter2');
  });

  it('is one line for a person, with the same withheld', () => {
    const line = logged((logger) => logger.info({ text: 'T-secret' }, 'answered'), true);
    expect(line).to.include('answered').and.not.include('T-secret');
    expect(line.trim().split('\n')).to.have.length(1);
  });
});
