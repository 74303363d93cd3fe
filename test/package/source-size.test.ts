import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface SourceFile {
  path: string;
  lines: number;
}

const sources: SourceFile[] = ['src', 'bin'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, lines: readFileSync(path, 'utf8').trimEnd().split('\n').length })),
);

describe('source files are small enough to read in one go', () => {
  it('none has more than 300 lines', () => {
    expect(sources.filter((source) => source.lines > 300)).toEqual([]);
  });

  it('half of them have at most 80', () => {
    const lines = sources.map((source) => source.lines).sort((one, other) => one - other);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(80);
    expect(lines.length).toBeGreaterThan(100);
  });
});
