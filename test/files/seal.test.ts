import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { isPlainlyOther } from '../../src/facts/files/first-bytes.js';
import { cleanName, isShown, refusalOf } from '../../src/facts/files/kinds.js';
import { openFile, pieceLength, sealFile } from '../../src/facts/files/seal.js';

const secret = 'c'.repeat(64);
const pdf = 'application/pdf';
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

  it('a name keeps no long figures, no ways out of a folder, and nothing that nobody sees', () => {
    expect(cleanName('ЖСН 900101300017 анықтама.pdf', pdf)).to.equal('ЖСН … анықтама.pdf');
    expect(cleanName('../../8705 143 51 31.jpg', 'image/jpeg')).to.equal('....….jpg');
    expect(cleanName('20260101.3gp', 'video/3gpp')).to.equal('….3gp');
    expect(cleanName(`${'😷'.repeat(130)}\ud83d`, pdf)).to.equal(`${'😷'.repeat(116)}.pdf`);
    expect(cleanName('скан-2.pdf', pdf)).to.equal('скан-2.pdf');
    // Shown as "анықтама exe.pdf" where the rest is turned around.
    expect(cleanName('анықтама \u202efdp.exe', pdf)).to.equal('анықтама fdp.pdf');
  });

  it('a name ends as its type does, whatever the sender called it', () => {
    const names: readonly [string, string, string][] = [
      ['төлем.exe', pdf, 'төлем.pdf'],
      ['төлем.pdf.exe', pdf, 'төлем.pdf.pdf'],
      ['төлем.exe. . ', pdf, 'төлем.pdf'],
      ['төлем', pdf, 'төлем.pdf'],
      ['Қаулы № 5.2', pdf, 'Қаулы № 5.2.pdf'],
      ['СКАН.PDF', pdf, 'СКАН.PDF'],
      ['сурет.jpeg', 'image/jpeg', 'сурет.jpeg'],
      ['сурет.html', 'image/jpeg', 'сурет.jpg'],
      ['хат.docm', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'хат.docx'],
      ['', pdf, '.pdf'],
    ];
    for (const [given, mimeType, kept] of names) expect(cleanName(given, mimeType), given).to.equal(kept);
  });

  it('a file that plainly is something else than it says is told by its first bytes', () => {
    const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const jpeg = '\xff\xd8\xff\xe0';
    const judge = (mimeType: string, head: string) => isPlainlyOther(mimeType, Buffer.from(head, 'latin1'));
    const right: readonly [string, string][] = [
      [pdf, '%PDF-1.7'],
      [pdf, `${' '.repeat(1_000)}%PDF-1.4`],
      [docx, 'PK\x03\x04'],
      ['image/jpeg', jpeg],
      ['image/png', '\x89PNG\r\n\x1a\n'],
      ['image/webp', 'RIFF\x24\x00\x00\x00WEBPVP8 '],
      ['image/png', jpeg],
      ['audio/ogg', 'OggS'],
      ['text/plain', 'Маған <html> туралы айтыңызшы'],
      ['text/plain', ''],
      ['application/msword', '\xd0\xcf\x11\xe0'],
    ];
    for (const [mimeType, head] of right) expect(judge(mimeType, head), `${mimeType} ${head}`).to.equal(false);
    const wrong: readonly [string, string][] = [
      [pdf, 'MZ\x90\x00'],
      [pdf, `${' '.repeat(1_024)}%PDF-1.4`],
      [pdf, 'PK\x03\x04'],
      [docx, '%PDF-1.7'],
      [docx, ''],
      ['image/jpeg', '<svg xmlns="http://www.w3.org/2000/svg">'],
      ['image/jpeg', ''],
      ['image/webp', 'RIFF\x24\x00\x00\x00AVI '],
      ['audio/ogg', '\x7fELF\x02'],
      ['text/plain', '\xef\xbb\xbf \n<!DOCTYPE html>'],
      ['text/plain', '<SCRIPT>alert(1)</SCRIPT>'],
      ['text/plain', '#!/bin/sh'],
      ['application/vnd.ms-excel', '<html><table>'],
    ];
    for (const [mimeType, head] of wrong) expect(judge(mimeType, head), `${mimeType} ${head}`).to.equal(true);
  });
});
