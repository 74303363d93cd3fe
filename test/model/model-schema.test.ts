import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { modelFrom } from '../../src/model/complete-draft.ts';
import { modelSchema } from '../../src/model/model.ts';
import { modelText } from '../../src/model/write-model.ts';

/** What no JSON Schema can say (labels that become names, contradictions) stays with the tool: `errorMode: ignore`. */
const jsonSchema: Record<string, unknown> = {
  ...toJsonSchema(modelSchema, { errorMode: 'ignore', typeMode: 'input', target: 'draft-2020-12' }),
  title: 'flux-repo.yaml of create-flux-repo',
};

test('the schema that editors get is the one the model is read with', async () => {
  await expect(`${JSON.stringify(jsonSchema, null, 2)}\n`).toMatchFileSnapshot(
    '../../templates/.flux-repo/schema.json',
  );
});

test('a model we write is valid for editors too', () => {
  const model = modelFrom({ apps: { web: { image: 'nginx:1.27' } } }, { name: 'demo', id: '0123abcd' });
  const isValid = new Ajv2020({ strict: false }).compile(jsonSchema);
  expect(isValid(parse(modelText(model)))).toBe(true);
  expect(isValid({ ...model, componets: {} })).toBe(false);
});
