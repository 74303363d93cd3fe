/**
 * source-watcher 2.2.3, which Flux 2.9.4 ships, has no entry in Go's checksum database, so its CRD is read from 2.2.2.
 * These are the two things 2.2.3 changes, as its api module (which has an entry) marks them:
 * github.com/fluxcd/source-watcher/api/v2@v2.2.3, v1beta1/artifactgenerator_types.go, CopyOperation.
 *
 * @param {object} schema of ArtifactGenerator, changed in place
 */
export function amendArtifactGenerator(schema) {
  const { exclude, to } = schema.properties.spec.properties.artifacts.items.properties.copy.items.properties;
  if (exclude.items.maxLength !== undefined || to.pattern !== '^@(artifact)/(.*)$')
    throw new Error('the CRD of source-watcher is newer than 2.2.2: drop this amendment');
  exclude.items.maxLength = 1024;
  to.pattern = '^@artifact/([^/]{0,1}|[^./][^/]|[.][^./]|[^/]{3,})(/([^/]{0,1}|[^./][^/]|[.][^./]|[^/]{3,}))*$';
}
