import { groupOf } from '../../schema/scope-of.ts';
import { valueAt } from '../../yaml/value-at.ts';
import { type CheckedRepository, type ClusterObject, distinctObjects } from '../checked-repository.ts';
import { type DeadField, deadFields } from '../dead-fields.ts';
import { faultPlace } from '../fault-place.ts';
import type { Finding, Fix, Rule } from '../rule.ts';

export const versionsDeadField: Rule = {
  id: 'versions/dead-field',
  severity: 'warning',
  why: 'A field that no controller reads looks as if it did something, and a deprecated one goes with a later release.',
  fix: 'Use what took its place, or remove it.',
  *find(repository): Generator<Finding> {
    for (const object of distinctObjects(repository))
      for (const field of fieldsOf(object)) {
        const { path, says, hint, severity } = field;
        const fix = fixOf(repository, object, field);
        yield {
          message: `${object.kind} ${object.name}: ${path.join('.')} ${says}`,
          at: faultPlace(repository, object, path),
          object: object.id,
          key: path.join('.'),
          hint,
          ...(severity !== undefined && { severity }),
          ...(fix !== undefined && { fix }),
        };
      }
  },
};

function fieldsOf({ apiVersion, kind, value }: ClusterObject): DeadField[] {
  return deadFields.filter(
    (field) =>
      field.kind === kind &&
      field.group === groupOf(apiVersion) &&
      valueAt(value, field.path) !== undefined &&
      field.when?.(value) !== false,
  );
}

/** Only where the object is written in one piece: else the field may be in a patch, or be needed by another overlay. */
function fixOf({ files }: CheckedRepository, { origins }: ClusterObject, field: DeadField): Fix | undefined {
  const [birth, ...patches] = origins;
  if (birth === undefined || patches.length > 0 || field.changes === undefined) return undefined;
  const document = files.get(birth.file)?.documents.find(({ index }) => index === birth.document);
  if (valueAt(document?.value, field.path) === undefined) return undefined;
  const operations = field.changes(document?.value).map((change) => ({ ...change, document: birth.document }));
  return { file: birth.file, operations };
}
