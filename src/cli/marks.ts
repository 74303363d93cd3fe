import { styleText } from 'node:util';
import type { OutputStream, System } from './io.ts';

export interface Marks {
  done: string;
  failed: string;
  active: string;
  skipped: string;
  create: string;
  update: string;
  remove: string;
  line: string;
}

const unicodeMarks: Marks = {
  done: '✓',
  failed: '✗',
  active: '◌',
  skipped: '-',
  create: '+',
  update: '~',
  remove: '-',
  line: '─',
};
const asciiMarks: Marks = {
  done: 'v',
  failed: 'x',
  active: 'o',
  skipped: '-',
  create: '+',
  update: '~',
  remove: '-',
  line: '-',
};

/** Signs the terminal can draw: the Linux console and the old Windows console have no glyphs for most of Unicode. */
export function marksFor({ env, platform }: Pick<System, 'env' | 'platform'>): Marks {
  const modernWindows = ['WT_SESSION', 'TERM_PROGRAM', 'TERM', 'ConEmuTask'].some((name) => (env[name] ?? '') !== '');
  const drawsUnicode = platform === 'win32' ? modernWindows : env.TERM !== 'linux';
  return drawsUnicode ? unicodeMarks : asciiMarks;
}

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours for one stream: none when it is no terminal, nor with NO_COLOR, TERM=dumb and the like, which Node looks at. */
export function paintFor(stream: OutputStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}
