import { type CelRule, celRule, has } from './cel-rule.ts';

export const certManagerRules: readonly CelRule[] = [
  celRule<{ tpp?: object; cloud?: object; ngts?: object }>(
    '(has(self.tpp) ? 1 : 0) + (has(self.cloud) ? 1 : 0) + (has(self.ngts) ? 1 : 0) == 1',
    (self) => [self.tpp, self.cloud, self.ngts].filter(has).length === 1,
  ),
];
