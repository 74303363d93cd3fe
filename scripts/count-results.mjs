import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Counts what `.ci/run` ran: each test by its vitest report, each other check as one; names what failed and what was
 * skipped; ends with `N passed, N failed`. Exits 1 when anything failed.
 */
function countResults(folder) {
  const rows = [
    ...readRows(folder, 'checks').map(([name, code]) => ({ name, result: code === '0' ? 'passed' : 'failed' })),
    ...readRows(folder, 'lanes').flatMap(([name, code]) => laneRows(folder, name, code)),
    ...readRows(folder, 'skipped-lanes').map(([name]) => ({ name: `${name} lane`, result: 'skipped' })),
  ];
  const named = (result) => rows.filter((row) => row.result === result);
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(named);
  console.log('');
  for (const { name } of skipped) console.log(`skipped: ${name}`);
  for (const reason of skipReasons(folder)) console.log(`  why: ${reason}`);
  for (const { name } of failed) console.log(`failed: ${name}`);
  const tail = skipped.length === 0 ? '' : `, ${skipped.length} skipped`;
  console.log(`${passed.length} passed, ${failed.length} failed${tail}`);
  process.exitCode = failed.length === 0 && passed.length > 0 ? 0 : 1;
}

/** Lines of words, none when there is no such file. */
function readRows(folder, file) {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
}

/** A lane that failed without a failed test (a build error, an unhandled rejection) is itself a failure. */
function laneRows(folder, lane, code) {
  const report = join(folder, `${lane}.json`);
  const files = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [];
  const rows = files.flatMap((file) => fileRows(lane, file));
  const isUnexplained = code !== '0' && rows.every(({ result }) => result !== 'failed');
  const isEmpty = rows.length === 0;
  const wrong = isUnexplained ? `exit code ${code}` : isEmpty ? 'no test ran' : undefined;
  return wrong === undefined ? rows : [...rows, { name: `${lane} lane: ${wrong}`, result: 'failed' }];
}

/** A file that could not be loaded has no tests, and failed. */
function fileRows(lane, { name, status, assertionResults }) {
  const tests = assertionResults.map((test) => ({
    name: `${lane}: ${test.fullName}`,
    result: ['passed', 'failed'].includes(test.status) ? test.status : 'skipped',
  }));
  return status === 'failed' && tests.every(({ result }) => result !== 'failed')
    ? [...tests, { name: `${lane}: ${name}`, result: 'failed' }]
    : tests;
}

/** Tests say why they skip in a line that begins with SKIPPED. */
function skipReasons(folder) {
  const logs = readRows(folder, 'lanes').map(([lane]) => readFileSync(join(folder, `${lane}.log`), 'utf8'));
  return [...new Set(logs.flatMap((log) => log.match(/^SKIPPED .*$/gm) ?? []))];
}

countResults(process.argv[2]);
