import { writeFileSync } from 'node:fs';
import { rules } from '../../src/check/rules.ts';
import { rulesMarkdown } from './rules-markdown.ts';

writeFileSync('docs/rules.md', rulesMarkdown(rules));
