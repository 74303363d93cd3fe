import { keysToMake, withRecipients } from '../../src/commands/keys-to-make.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft, Model } from '../../src/model/model.ts';

/** Real public keys whose private halves nobody kept, so that trees with recipients are the same in every run. */
const publicKeys = [
  'age1zzz04jch6yreklkluv7zpghzqpepj5dx79gyx0arxtmftm5h7g0qmf56xk',
  'age1p6zgapm0vu4lt3a2ynsxajccgcd2fcek2uu4f03ta0s5g8c0du7ss5gtgc',
  'age12760a0rtxmfyfmlvv3er9uugphxpaq4jzqsj5jxy3pvcskjeuf0sdp0yve',
  'age1sx85ps2z8yw9t4467e6hev8kfmpmnfeyxye3vxzz9dy5ny6ks3mq2af3g0',
  'age1sa63tfkgxrkkxm2p6369fh4pgv0ktu5xhnx4cgtwelvxnkvxugnq2n480y',
  'age14y48gqly4ps9rh0swyu7ssven42x5cxv4qt46vsmmn6y3e3q5eaq9yqj9u',
  'age1aa6r7u3nln8v7pz8v0wh5c2d9uchce2j0eqtwyqr6zh7resqncsqhma2sf',
  'age18mr0wcskc2392925y26r76fhfq530snyqkkyn9tn400yr9msx4lsdfhjwy',
];

/** The model that `create` makes of a draft, with a fixed id and fixed recipients. */
export function completeModel(draft: Draft, name = 'demo'): Model {
  const model = modelFrom(draft, { name, id: '0123abcd' });
  const keys = keysToMake(model, () => false).map((key, index) => {
    const recipient = publicKeys[index];
    if (recipient === undefined) throw new Error('more keys are needed than this file holds');
    return { key, recipient };
  });
  return withRecipients(model, keys);
}
