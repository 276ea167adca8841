/** What goes out, as JSON that Meta takes; what its refusals mean. Pure, and against the strict simulator. */
import { expect } from 'chai';
import { mostAttempts, nextTry } from '../../src/outbox/retries.js';
import { type MeantMessage, shapeReply } from '../../src/outbox/shape-reply.js';
import { verdictOf } from '../../src/transport/cloud-api/errors.js';
import { cloudApiCapabilities, fileKind, messageBody } from '../../src/transport/cloud-api/message-body.js';
import { mendingMs, notSent } from '../../src/transport/cloud-api/not-sent.js';
import { understandBody } from './graph-simulator/bodies.js';

const choices = (count: number, length: number) =>
  Array.from({ length: count }, (_, place) => ({ id: `${place}`, title: `${place}`.padEnd(length, 'я') }));

describe('transport/cloud-api', () => {
  describe('message-body', () => {
    const meant = (change: Partial<MeantMessage>): MeantMessage => ({
      ...{ id: 'row', text: 'Сәлем', choices: [], asksLocation: false, language: 'kk', ...change },
    });
    const file = { id: 'f', mimeType: 'application/pdf', name: 'анықтама.pdf', bytes: new Uint8Array(1) };
    const cases: readonly [string, Partial<MeantMessage>][] = [
      ['the longest text', { text: 'я'.repeat(4096) }],
      ['buttons at their limits', { text: 'я'.repeat(1024), choices: choices(3, 20) }],
      ['a list at its limits', { text: 'я'.repeat(4096), choices: choices(10, 24) }],
      ['rows with descriptions', { choices: choices(4, 24).map((one) => ({ ...one, description: 'я'.repeat(72) })) }],
      ['a question for a place', { text: 'я'.repeat(1024), asksLocation: true }],
      ['a place under too long a body', { text: 'я'.repeat(1025), asksLocation: true }],
      ['more choices than a list takes', { choices: choices(12, 24) }],
      ['a template', { template: 'answer_ready' }],
      ['a document', { file }],
      ['a picture', { file: { ...file, mimeType: 'image/jpeg' } }],
      ['a sound, which has no caption', { file: { ...file, mimeType: 'audio/ogg' } }],
    ];
    for (const [what, change] of cases) {
      it(`${what} is taken as it is written`, () => {
        for (const id of ['77051234567', 'KZ.13491208655302741918']) {
          const shaped = shapeReply(cloudApiCapabilities, meant(change));
          const body = messageBody({ channel: 'cloud-api', id }, shaped, () => 'Таңдау', change.file && '77');
          expect(understandBody(JSON.parse(JSON.stringify(body)))).to.deep.equal(body);
        }
      });
    }
    it('sends what is no picture, sound or film of Meta’s kinds as a document', () => {
      expect(['image/png', 'image/webp', 'audio/wav', 'video/mp4', 'text/html'].map(fileKind)).to.deep.equal(
        ['image', 'document', 'document', 'video', 'document'], // biome-ignore format: beside what was asked
      );
    });
  });

  it('errors: what each code of Meta’s page comes to', () => {
    const verdicts = [131047, 130429, 131056, 131026, 131009, 190, 131042, 131016, 133010, 131037].map((code) =>
      verdictOf({ code }),
    );
    expect(verdicts).to.deep.equal(
      ['window-closed', 'slow-number', 'slow-pair', 'unreachable', 'content', 'account', 'account', 'try-again', 'account', 'account'], // biome-ignore format: one line
    );
    const byStatus = (
      [
        [999_999, 500],
        [999_999, 400],
        [-1, 429],
        [-1, 403],
        [210, 400],
      ] as const
    ).map(([code, status]) => verdictOf({ code }, status));
    expect(byStatus).to.deep.equal(
      ['try-again', 'content', 'slow-number', 'account', 'account'], // biome-ignore format: one line
    );
  });

  it('errors: a template that is not approved is not the account, and a lost number is not the words', () => {
    for (const code of [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069]) {
      expect(notSent({ code }, 400), `${code}`).to.include({ kind: 'refused', reason: 'template' });
    }
    const lost = { kind: 'retry', busy: true, reason: 'account' };
    expect(notSent({ code: 100, error_subcode: 33 }, 400)).to.include(lost);
    expect(notSent({ code: 100, type: 'GraphMethodException' }, 400)).to.include(lost);
    const wrongWords = { code: 100, error_subcode: 2494010, type: 'OAuthException' };
    expect(notSent(wrongWords, 400)).to.include({ kind: 'refused', reason: 'content' });
  });

  it('not-sent: what Meta took and then failed as too quick is tried eight times, each later; a closed account costs no try', () => {
    const now = new Date(0);
    const waitAfter = (code: number, attempts: number) => {
      const next = nextTry({ attempts }, notSent({ code }, 400), now);
      return next && [next.attempts, next.nextAttemptAt.getTime()];
    };
    for (const code of [130429, 131056]) {
      const tries = Array.from({ length: mostAttempts }, (_, place) => waitAfter(code, place + 1));
      expect(tries.slice(0, 3)).to.deep.equal([
        [1, 2_000],
        [2, 4_000],
        [3, 8_000],
      ]);
      expect(tries.at(-1), 'the eighth was the last').to.equal(null);
    }
    expect(waitAfter(131042, mostAttempts)).to.deep.equal([mostAttempts - 1, mendingMs]);
  });
});
