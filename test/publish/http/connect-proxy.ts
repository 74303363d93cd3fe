import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A proxy that does CONNECT; asks for this authorization if there is one. */
export async function connectProxy(authorization?: string) {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {});
    client.once('data', (chunk) => {
      const head = chunk.toString('latin1');
      heads.push(head);
      if (authorization !== undefined && !head.includes(`Proxy-Authorization: ${authorization}`))
        return client.end(
          'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
        );
      const [, host = '', port = ''] = /^CONNECT (.+):(\d+) /.exec(head) ?? [];
      const upstream = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        client.pipe(upstream).pipe(client);
      });
      upstream.on('error', () => client.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { heads, port: (server.address() as AddressInfo).port };
}
