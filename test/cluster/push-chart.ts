import { createHash } from 'node:crypto';

/** https://helm.sh/docs/topics/registries/#oci-artifact-manifest-structure */
const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.cncf.helm.config.v1+json',
  chart: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
};

/**
 * Puts a packed chart into an OCI registry that asks for no password, by the registry's own protocol:
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push
 * @param repository its address, for example `http://127.0.0.1:5000/v2/charts/web`
 * @param tag the chart's version
 */
export async function pushChart(repository: string, tag: string, packed: Uint8Array): Promise<void> {
  const config = new TextEncoder().encode(JSON.stringify({ apiVersion: 'v2', version: tag }));
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, ...(await pushBlob(repository, config)) },
    layers: [{ mediaType: mediaTypes.chart, ...(await pushBlob(repository, packed)) }],
  };
  await send(`${repository}/manifests/${tag}`, 'PUT', mediaTypes.manifest, JSON.stringify(manifest));
}

async function pushBlob(repository: string, blob: Uint8Array): Promise<{ digest: string; size: number }> {
  const digest = `sha256:${createHash('sha256').update(blob).digest('hex')}`;
  const started = await send(`${repository}/blobs/uploads/`, 'POST');
  const upload = new URL(started.headers.get('location') ?? '', repository);
  upload.searchParams.set('digest', digest);
  await send(upload.href, 'PUT', 'application/octet-stream', blob);
  return { digest, size: blob.length };
}

async function send(url: string, method: string, type?: string, body?: string | Uint8Array): Promise<Response> {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}
