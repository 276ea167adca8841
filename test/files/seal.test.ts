import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { cleanName, isShown, refusalOf } from '../../src/facts/files/kinds.js';
import { openFile, pieceLength, sealFile } from '../../src/facts/files/seal.js';

const secret = 'c'.repeat(64);
const sealed = (bytes: Uint8Array, id = 'file') => sealFile(id, bytes, secret, randomBytes);

describe('facts/files', () => {
  describe('seal', () => {
    for (const length of [0, 1, pieceLength, pieceLength + 1, 3 * pieceLength]) {
      it(`gives back ${length} bytes as they were, and shows none of them`, () => {
        const bytes = Buffer.alloc(length, 'құпия хат');
        const pieces = sealed(bytes);
        expect(openFile('file', pieces, pieces.length, secret).equals(bytes)).to.equal(true);
        for (const { seal } of pieces) expect(Buffer.from(seal).includes('құпия')).to.equal(false);
      });
    }
    it('seals the same bytes differently each time', () => {
      const [one] = sealed(Buffer.from('а'));
      const [two] = sealed(Buffer.from('а'));
      expect(Buffer.from(one?.seal ?? []).equals(Buffer.from(two?.seal ?? []))).to.equal(false);
    });
    it('opens nothing that was changed, moved, cut, put under another file, or sealed under another key', () => {
      const pieces = sealed(Buffer.alloc(pieceLength * 2, 1));
      const [first, second] = pieces;
      if (!first || !second) throw new Error('Two pieces were expected.');
      const changed = Uint8Array.from(first.seal);
      changed[40] = (changed[40] ?? 0) ^ 1;
      expect(() => openFile('file', [{ place: 0, seal: changed }, second], 2, secret)).to.throw();
      expect(() => openFile('file', [second, first], 2, secret)).to.throw();
      expect(() => openFile('file', [first], 2, secret)).to.throw(/missing/);
      expect(() => openFile('file', [first], 1, secret)).to.throw();
      expect(() => openFile('other', pieces, 2, secret)).to.throw();
      expect(() => openFile('file', pieces, 2, 'd'.repeat(64))).to.throw();
    });
  });

  it('kinds: what is kept and what a browser may show', () => {
    const judge = (media: 'photo' | 'voice' | 'document', mimeType: string, size = 10) =>
      refusalOf(media, { mimeType, size }, 100);
    expect([
      judge('photo', 'image/jpeg'),
      judge('voice', 'audio/ogg'),
      judge('document', 'application/pdf'),
    ]).to.deep.equal([null, null, null]);
    expect([
      judge('photo', 'image/svg+xml'),
      judge('document', 'text/html'),
      judge('document', 'application/x-msdownload'),
      judge('voice', 'image/png'),
    ]).to.deep.equal(
      ['type', 'type', 'type', 'type'], // biome-ignore format: one line
    );
    expect(judge('photo', 'image/jpeg', 101)).to.equal('size');
    expect(['image/png', 'audio/ogg', 'application/pdf', 'text/plain', 'image/svg+xml'].map(isShown)).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('a name keeps no long figures and no ways out of a folder', () => {
    expect(cleanName('ЖСН 900101300017 анықтама.pdf')).to.equal('ЖСН … анықтама.pdf');
    expect(cleanName('../../8705 143 51 31.jpg')).to.equal('....….jpg');
    expect(cleanName(`${'😷'.repeat(130)}\ud83d`)).to.equal('😷'.repeat(120));
    expect(cleanName('скан-2.pdf')).to.equal('скан-2.pdf');
  });
});
