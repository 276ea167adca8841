/** WhatsApp as far as a linked device sees it, on this machine: what the real library in the real browser is tested against. */
import { makeCertificate } from './certificate.js';
import { createTelephone } from './resident.js';
import { startServer } from './server.js';

const number = { pn: '77051435131@c.us', lid: '200000000000001@lid', pushname: 'Naqty Aqparat' };

export const startSimulatedWhatsApp = async () => {
  const certificate = await makeCertificate();
  const server = await startServer(certificate, number);
  return {
    ...server,
    /** Leads web.whatsapp.com to the simulator and every other name to nowhere. */
    browserArguments: [
      `--host-resolver-rules=MAP web.whatsapp.com:443 127.0.0.1:${server.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${certificate.spki}`,
    ],
    telephone: (id: string) => createTelephone(server, id),
  };
};
export type SimulatedWhatsApp = Awaited<ReturnType<typeof startSimulatedWhatsApp>>;
