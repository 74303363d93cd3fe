import { textAt } from '../../yaml/value-at.ts';
import { faultPlace } from '../fault-place.ts';
import type { Finding, Rule } from '../rule.ts';
import { schemaFaults, scpUrl } from '../schema-faults.ts';

export const versionsScpUrl: Rule = {
  id: 'versions/scp-url',
  severity: 'error',
  why: 'git itself takes user@host:path for an address, but a GitRepository with it is refused by the API server.',
  fix: 'Write the address as ssh://user@host/path.',
  *find(repository): Generator<Finding> {
    for (const { object, finding, rule } of schemaFaults(repository)) {
      if (rule !== versionsScpUrl.id) continue;
      const { path } = finding;
      const address = textAt(object.value, path) ?? '';
      const url = scpUrl(address) ?? '';
      const at = faultPlace(repository, object, path);
      const source = object.origins.find(({ file, document }) => {
        const found = repository.files.get(file)?.documents.find(({ index }) => index === document);
        return file === at.file && textAt(found?.value, path) === address;
      });
      yield {
        message: `GitRepository ${object.name} has ${address} as its address, which is no URL`,
        at,
        object: object.id,
        key: 'url',
        hint: `Write it as ${url}`,
        ...(source !== undefined && {
          fix: { file: at.file, operations: [{ op: 'set', path, value: url, document: source.document }] },
        }),
      };
    }
  },
};
