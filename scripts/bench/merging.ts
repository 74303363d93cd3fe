import { mergeYaml } from '../../src/plan/merge/merge-yaml.ts';
import { openYaml } from '../../src/yaml/yaml-file.ts';

/**
 * Merges a file of so many bytes in which hand and model changed different things everywhere, and only reads its three
 * versions, in turns.
 * Arguments: bytes, how many rounds.
 * Prints a list of `{ "merge": ms, "read": ms }`.
 */
const [bytes = '', rounds = ''] = process.argv.slice(2);

function deployment(index: number, { replicas, port }: { replicas: number; port: number }): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index} # one of many
  namespace: apps
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - name: app
          image: registry.example.com/app-${index}:1.2.3
          ports:
            - name: http
              containerPort: ${port}
`;
}

function fileOf(values: { replicas: number; port: number }): string {
  const count = Math.ceil(Number(bytes) / deployment(1000, values).length);
  return Array.from({ length: count }, (_, index) => deployment(index, values)).join('---\n');
}

const base = fileOf({ replicas: 2, port: 8080 });
const ours = fileOf({ replicas: 5, port: 8080 });
const theirs = fileOf({ replicas: 2, port: 9090 });

function round(): { merge: number; read: number } {
  const start = performance.now();
  const { text, conflicts } = mergeYaml({ path: 'apps.yaml', base, ours, theirs });
  const merged = performance.now();
  if (conflicts.length > 0 || text !== fileOf({ replicas: 5, port: 9090 })) throw new Error('merged wrongly');
  const reading = performance.now();
  for (const version of [base, ours, theirs]) for (const document of openYaml(version).documents) document.value();
  return { merge: merged - start, read: performance.now() - reading };
}

console.log(JSON.stringify(Array.from({ length: Number(rounds) }, round)));
