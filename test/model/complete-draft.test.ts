import { expect, test } from 'vitest';
import { modelFrom } from '../../src/model/complete-draft.ts';
import { readDraft, readModel } from '../../src/model/read-model.ts';
import { draftText, modelText } from '../../src/model/write-model.ts';
import { completeModel } from '../support/complete-model.ts';
import { draftMatrix } from '../support/model-matrix.ts';

const identity = { name: 'demo', id: '0123abcd' };

test('who answers nothing gets the defaults of the command line', () => {
  expect(modelFrom({}, identity)).toMatchObject({
    version: 1,
    id: '0123abcd',
    repository: { name: 'demo', provider: 'none', branch: 'main', visibility: 'private' },
    layout: 'standard',
    environments: { production: {}, staging: {} },
    clusters: { production: { environment: 'production' }, staging: { environment: 'staging' } },
    components: { 'cert-manager': {}, 'envoy-gateway': {}, 'gateway-api': {} },
    apps: {},
    secrets: { strategy: 'sops' },
  });
});

test('no components are an answer, too', () => {
  expect(modelFrom({ components: {} }, identity).components).toEqual({});
});

test('an environment that only clusters name comes to be; development is looked at more often', () => {
  const clusters = { a: { environment: 'development' }, b: { environment: 'production' } };
  expect(modelFrom({ clusters }, identity).environments).toEqual({
    development: { intervals: { infrastructure: '5m', apps: '1m', retry: '1m', sources: '1m' } },
    production: {},
  });
});

test('names are written in order, whatever the order they were said in', () => {
  const names = { b: { image: 'nginx' }, a: { image: 'nginx' } };
  const chart = { chart: { url: 'oci://example.com/x', version: '1.x' } };
  const clusters = { d: { environment: 'f' }, c: { environment: 'e' } };
  const model = modelFrom({ clusters, components: { z: chart, y: chart }, apps: names }, identity);
  expect(Object.keys(model.apps)).toEqual(['a', 'b']);
  expect(Object.keys(model.clusters)).toEqual(['c', 'd']);
  expect(Object.keys(model.components)).toEqual(['y', 'z']);
  expect(Object.keys(model.environments)).toEqual(['e', 'f']);
});

test('environments that are listed are all there are', () => {
  const clusters = { a: { environment: 'production' } };
  expect(
    Object.keys(modelFrom({ clusters, environments: { production: {}, later: {} } }, identity).environments),
  ).toEqual(['later', 'production']);
});

test('a name in the answers is stronger than that of the folder', () => {
  expect(modelFrom({ repository: { name: 'other' } }, identity).repository.name).toBe('other');
});

test('every model that is written is read again as it was, byte for byte the same when written again', () => {
  for (const draft of draftMatrix()) {
    const model = completeModel(draft);
    const text = modelText(model);
    const again = readModel({ text, file: 'flux-repo.yaml' });
    expect(again).toEqual(model);
    expect(modelText(again)).toBe(text);
  }
});

test('saved answers are read again as they were', () => {
  for (const draft of [{}, ...draftMatrix()])
    expect(readDraft({ text: draftText(draft), file: 'x.draft.yaml' })).toEqual(draft);
});
