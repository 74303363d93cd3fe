import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './loopback-server.ts';

/** What takes TLS off before a server, as most forges have it. @param target where the server is: `http://127.0.0.1:3000` */
export async function tlsFront(target: string, certificate: Certificate): Promise<{ url: string; close(): void }> {
  const { hostname, port } = new URL(target);
  const server = createServer(certificate, (question, answer) => {
    const { method, url: path, headers } = question;
    const asking = request({ hostname, port, method, path, headers }, (reply) =>
      reply.pipe(answer.writeHead(reply.statusCode ?? 502, reply.headers)),
    );
    asking.on('error', () => answer.destroy());
    question.pipe(asking);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
