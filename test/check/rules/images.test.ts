import { imagesMarker } from '../../../src/check/rules/images-marker.ts';
import { imagesReference } from '../../../src/check/rules/images-reference.ts';
import { manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';
const deployment = 'apps/base/web/deployment.yaml';
const image = (marker: string): [string, string] => ['image: nginx:1.27', `image: nginx:1.27 # ${marker}`];

testRule(imagesReference, [
  {
    when: 'a policy chooses from an image that nobody looks at',
    edits: { [extra]: policy('web', 'webb') + repository('web') },
    finds: [
      `error ${extra}:9 ImagePolicy web chooses from ImageRepository webb, which nothing in this repository makes`,
    ],
    hint: 'Did you mean web?',
    fix: 'web',
  },
  { when: 'the image is there', edits: { [extra]: policy('web', 'web') + repository('web') }, finds: [] },
]);

testRule(imagesMarker, [
  {
    when: 'a marker names a policy that no cluster has',
    edits: { [deployment]: image('{"$imagepolicy": "flux-system:wbe"}'), [extra]: policy('web', 'web') },
    finds: [`warning ${deployment}:31 the image marker names the ImagePolicy flux-system:wbe, which no cluster has`],
    hint: 'Did you mean flux-system:web?',
  },
  {
    when: 'a marker is no JSON',
    edits: { [deployment]: image("{'$imagepolicy': 'flux-system:web'}"), [extra]: policy('web', 'web') },
    finds: [`warning ${deployment}:31 this image marker cannot be read: {'$imagepolicy': 'flux-system:web'}`],
  },
  {
    when: 'a marker names a part that there is not',
    edits: { [deployment]: image('{"$imagepolicy": "flux-system:web:version"}'), [extra]: policy('web', 'web') },
    finds: [`warning ${deployment}:31 the image marker ends in :version; it knows :tag, :name and :digest`],
  },
  {
    when: 'a marker leaves out the namespace',
    edits: { [deployment]: image('{"$imagepolicy": "web"}'), [extra]: policy('web', 'web') },
    finds: [`warning ${deployment}:31 the image marker names "web", not namespace:policy`],
  },
  {
    when: 'a marker is right, and a comment tells what markers are',
    edits: {
      [deployment]: image('{"$imagepolicy": "flux-system:web:tag"}'),
      [extra]: `# Markers look like {"$imagepolicy": "namespace:name"}.\n${policy('web', 'web')}`,
    },
    finds: [],
  },
]);

function policy(name: string, image: string): string {
  return manifest('image.toolkit.fluxcd.io/v1', 'ImagePolicy', `flux-system/${name}`, {
    spec: { imageRepositoryRef: { name: image }, policy: { semver: { range: '1.x' } } },
  });
}

function repository(name: string): string {
  return manifest('image.toolkit.fluxcd.io/v1', 'ImageRepository', `flux-system/${name}`, {
    spec: { image: 'docker.io/library/nginx', interval: '1h' },
  });
}
