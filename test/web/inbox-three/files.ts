/** A file on its way from a specialist's page into the resident's chat. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ElementHandle } from 'puppeteer-core';
import { openChat, press } from '../../support/browser.js';
import { asksForPerson, openTicket, says, type Three } from './three.js';

export const files = (three: () => Three): void => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'naqty-files-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('a file of a specialist comes into the chat of that resident alone; what cannot be sent is told', async () => {
    const { site, first } = three();
    // One of their own, whose conversation no other test goes on with.
    const resident = await openChat(first.browser(), site.url, { language: 'kk' });
    const { _id: ticketId } = await asksForPerson({ ...three(), resident });
    await openTicket(three(), first, ticketId);
    const send = async (name: string, bytes: Buffer): Promise<void> => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      await first.$eval('form[action$="/file"]', (form) => form.closest('details')?.setAttribute('open', ''));
      const field = (await first.$('input[type=file]')) as ElementHandle<HTMLInputElement>;
      await field.uploadFile(path);
      await press(first, 'form[action$="/file"] button');
    };
    await send('вирус.exe', Buffer.from('MZ'));
    await says(first, '#outcome', 'Файл такого вида не отправляется');
    const bytes = Buffer.from('%PDF-1.7 анықтама');
    await send('анықтама 900101300017.pdf', bytes);
    await resident.page.waitForSelector('.theirs a.file', { timeout: 60_000 });
    const { href, text } = await resident.page.$eval('.theirs a.file', (link) => ({
      href: (link as HTMLAnchorElement).href,
      text: link.textContent,
    }));
    expect(text).to.equal('📎 анықтама ….pdf');
    const fetched = await resident.page.evaluate(
      async (address) => Array.from(new Uint8Array(await (await fetch(address)).arrayBuffer())),
      href,
    );
    expect(Buffer.from(fetched).equals(bytes)).to.equal(true);
    expect((await fetch(href)).status, 'another browser').to.equal(404);
    await says(first, '#entries', 'анықтама ….pdf');
    const cookie = await site.signIn('lead');
    const seen = await fetch(`${site.url}/staff/files/${href.split('/').at(-1)}`, { headers: { cookie } });
    expect(Buffer.from(await seen.arrayBuffer()).equals(bytes)).to.equal(true);
    expect(seen.headers.get('content-disposition')).to.match(/^attachment/);
    await resident.close();
  });
};
