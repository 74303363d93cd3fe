import { createServer } from 'node:http';

/** What notification-controller posts: https://fluxcd.io/flux/components/notification/events/#event-structure */
export interface PostedEvent {
  involvedObject: { kind: string; namespace: string; name: string };
  severity: string;
  message: string;
  metadata?: Record<string, string>;
}

/** The status of a commit: https://docs.gitea.com/api/ */
export interface PostedStatus {
  state: string;
  context: string;
}

/** A server on the loopback that keeps what is posted to it, by path; to Gitea's clients it is a Gitea without statuses. */
export interface EventSink {
  address: string;
  /** Statuses of commits, in order. */
  statuses(): PostedStatus[];
  /** Those that came to a path, in order. */
  at(path: string): PostedEvent[];
  close(): void;
}

export async function eventSink(): Promise<EventSink> {
  const posted = new Map<string, PostedEvent[]>();
  const statuses: PostedStatus[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json');
      response.end(request.url?.endsWith('/version') ? '{"version":"1.24.0"}' : '[]');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const text = Buffer.concat(chunks).toString();
      // nobody else knows the port, so the path tells what it is
      if (path.includes('/statuses/')) statuses.push(JSON.parse(text) as PostedStatus);
      else posted.set(path, [...(posted.get(path) ?? []), JSON.parse(text) as PostedEvent]);
      response.end(path.includes('/statuses/') ? text : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    statuses: () => statuses,
    at: (path) => posted.get(path) ?? [],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
