import { execFileSync, spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { measureBesideSops } from './bench/beside-sops.mjs';
import { timeToEnd, timeToFirstPrompt } from './bench/first-prompt.mjs';
import { interleaved, median, timeOf } from './bench/timing.mjs';
import { fleetOf, repositoryOf } from './bench/units.mjs';
import { openWorkshop } from './bench/workshop.mjs';

/**
 * The budgets, a row each. `measure` gives what was found and what it is held against, taken in turns in one run, so
 * that what else the machine does weighs on both; `score` makes of the two the number that must stay within `limit`. A row
 * without a limit is only shown.
 */
const rows = [
  { what: '--version', against: 'bare node', measure: measureVersion, score: extra, limit: 20, unit: 'ms' },
  { what: 'first prompt', against: 'bare node', measure: measureFirstPrompt, score: extra, limit: 40, unit: 'ms' },
  { what: 'packed tarball', measure: measureTarball, score: itself, limit: 600, unit: 'kB' },
  { what: 'npx, nothing cached', against: 'bare npx', measure: measureNpx, score: itself, limit: 800, unit: 'ms' },
  { what: 'default scaffold', against: 'bare node', measure: measureScaffold, score: extra, limit: 500, unit: 'ms' },
  { what: 'generation', against: 'writing', measure: measureGeneration, score: times, limit: 2, unit: 'ms' },
  { what: 'generation, cold', against: 'writing', measure: measureColdGeneration, score: times, unit: 'ms' },
  { what: 'add app, 10 units', against: 'looking', measure: measureAdd(10, 11), score: times, limit: 3, unit: 'ms' },
  { what: 'add app, 100 units', against: 'looking', measure: measureAdd(100, 7), score: times, limit: 3, unit: 'ms' },
  {
    what: 'add app, 1,000 units',
    against: 'looking',
    measure: measureAdd(1000, 3),
    score: times,
    limit: 2,
    unit: 'ms',
  },
  { what: 'add cluster to 1,000', measure: measureFleetFiles, score: itself, limit: 10, unit: 'files' },
  {
    what: 'add cluster to 1,000',
    against: 'ten to 100',
    measure: measureFleet,
    score: times,
    limit: 1,
    unit: 'ms',
  },
  { what: 'check, 10 apps', against: 'reading', measure: measureCheck(10, 7), score: times, unit: 'ms' },
  { what: 'check, 100 apps', against: 'reading', measure: measureCheck(100, 7), score: times, unit: 'ms' },
  {
    what: 'check, 1,000 apps',
    against: 'reading',
    measure: measureCheck(1000, 5),
    score: itself,
    limit: 1500,
    unit: 'ms',
  },
  { what: 'check, 5,000 apps', against: '1,000 apps', measure: measureLinearity, score: times, limit: 7, unit: 'ms' },
  {
    what: 'check, 1,000 apps',
    against: 'kubectl kustomize',
    measure: measureBesideKustomize,
    score: timesFaster,
    limit: 1 / 20,
    unit: 'ms',
  },
  { what: 'merge of 1 MB', against: 'reading', measure: measureMerge, score: times, limit: 4, unit: 'ms' },
  ...[
    { what: 'encrypt 10 values', measure: measureBesideSops('encrypt', 101, 1), score: itself, limit: 8 },
    { what: 'decrypt 10 values', measure: measureBesideSops('decrypt', 101, 1), score: itself, limit: 8 },
    { what: 'rotate 1,000 files', measure: measureBesideSops('rotate', 1000, 1000), score: itself, limit: 10_000 },
    { what: 'encrypt, per file', measure: measureBesideSops('encrypt', 101, 1), score: share, limit: 1 / 5 },
    { what: 'decrypt, per file', measure: measureBesideSops('decrypt', 101, 1), score: share, limit: 1 / 5 },
    { what: 'rotate, per file', measure: measureBesideSops('rotate', 1000, 1), score: share, limit: 1 / 5 },
    { what: 'scan 1,000 files', measure: measureBesideSops('scan', 1000, 1000), score: share, limit: 1 / 5 },
  ].map((row) => ({ ...row, against: 'sops', unit: 'ms' })),
];

function extra({ found, reference }) {
  return { number: found - reference, text: (number) => `+${number.toFixed(0)}` };
}

function times({ found, reference }) {
  return { number: found / reference, text: (number) => `${number.toFixed(1)}x` };
}

/** How far ahead of the other one: at most a fifth of its time. */
function share({ found, reference }) {
  return { number: found / reference, text: (number) => `1/${(1 / number).toFixed(0)}` };
}

function timesFaster({ found, reference }) {
  if (reference === 0) return { number: 0, text: () => 'not here' };
  return { number: found / reference, text: (number) => `${(1 / number).toFixed(0)}x ahead` };
}

function itself({ found }) {
  return { number: found, text: (number) => number.toFixed(0) };
}

function measureVersion({ program, env }) {
  const run = (...args) => timeOf(process.execPath, args, { env });
  return interleaved({ found: () => run(program, '--version'), reference: () => run('-e', '0') }, 21);
}

function measureFirstPrompt({ program, env, newFolder }) {
  const options = { env, cwd: newFolder() };
  return interleaved(
    { found: () => timeToFirstPrompt([program, 'demo'], options), reference: () => timeToEnd(['-e', '0'], options) },
    21,
  );
}

function measureTarball({ tarballSize }) {
  return { found: tarballSize / 1000 };
}

/** Every run has a home of its own, so neither npm's cache nor its folder of installed programs has anything. */
function measureNpx({ tarball, env, newFolder }) {
  const npmExec = (...args) => {
    const home = newFolder();
    return timeOf('npm', ['exec', '--offline', '--yes', ...args], { cwd: home, env: { ...env, HOME: home } });
  };
  return interleaved(
    {
      found: () => npmExec(`--package=${tarball}`, '--', 'create-flux-repo', '--version'),
      reference: () => npmExec('--call', 'node -e 0'),
    },
    7,
  );
}

/** With git and with keys, as a user gets it. */
function measureScaffold({ program, env, newFolder }) {
  const run = (...args) => timeOf(process.execPath, args, { cwd: newFolder(), env });
  return interleaved({ found: () => run(program, 'demo', '--yes'), reference: () => run('-e', '0') }, 11);
}

function measureGeneration(workshop) {
  const [, ...warm] = generationSamples(workshop, 41);
  return medians(warm);
}

/** What the first generation of a process costs more is loading and interpreting code; the scaffold's budget holds it. */
function measureColdGeneration(workshop) {
  return medians(Array.from({ length: 9 }, () => generationSamples(workshop, 1)[0]));
}

function generationSamples({ generation, env, newFolder }, rounds) {
  const args = [generation.bundle, generation.model, newFolder(), String(rounds)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }));
}

/** Against `apply` that finds nothing to do: both read the repository and generate, and so may grow with it. */
function measureAdd(units, rounds) {
  return (workshop) => {
    const { program, env } = workshop;
    const cwd = repositoryOf(units, workshop);
    let count = 0;
    const run = (...args) => timeOf(process.execPath, [program, ...args], { cwd, env, maxBuffer: 1 << 26 });
    return interleaved(
      { found: () => run('add', 'app', `new-${count++}`, '--yes'), reference: () => run('apply', '--dry-run') },
      rounds,
    );
  };
}

/** How many files a new cluster touches, bookkeeping included. */
function measureFleetFiles(workshop) {
  const { program, env } = workshop;
  const cwd = fleetOf(1000, workshop);
  const git = (...args) => execFileSync('git', args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  execFileSync(process.execPath, [program, 'add', 'cluster', 'new', '--environment', 'production', '--yes'], {
    cwd,
    env,
    stdio: 'pipe',
  });
  return { found: git('status', '--porcelain', '--untracked-files=all').trimEnd().split('\n').length };
}

/** Ten times the clusters in at most ten times the time: as it is for reading a model of that many. */
async function measureFleet(workshop) {
  const { program, env } = workshop;
  const [large, small] = [1000, 100].map((clusters) => fleetOf(clusters, workshop));
  let count = 0;
  const add = (cwd) => () =>
    timeOf(process.execPath, [program, 'add', 'cluster', `new-${count++}`, '--environment', 'production', '--yes'], {
      cwd,
      env,
      maxBuffer: 1 << 26,
    });
  const { found, reference } = await interleaved({ found: add(large), reference: add(small) }, 3);
  return { found, reference: 10 * reference };
}

/** One cluster; some four documents an app, as in a repository of people. The reference is `cat` of all its files. */
function measureCheck(apps, rounds) {
  return (workshop) => {
    const { program, env } = workshop;
    const cwd = repositoryOf(apps, workshop, ['--cluster', 'production']);
    const read = 'find . -name "*.yaml" -not -path "./.flux-repo/*" -print0 | xargs -0 cat > /dev/null';
    return interleaved(
      {
        found: () => timeOf(process.execPath, [program, 'check'], { cwd, env }),
        reference: () => timeOf('sh', ['-c', read], { cwd, env }),
      },
      rounds,
    );
  };
}

/** Five times the apps, five times as long. */
function measureLinearity(workshop) {
  const { program, env } = workshop;
  const [many, few] = [5000, 1000].map((apps) => repositoryOf(apps, workshop, ['--cluster', 'production']));
  const check = (cwd) => timeOf(process.execPath, [program, 'check'], { cwd, env });
  return interleaved({ found: () => check(many), reference: () => check(few) }, 3);
}

/**
 * What people do in CI: `kubectl kustomize` for every overlay. The time of a few, times what there are. Zero without it.
 */
async function measureBesideKustomize(workshop) {
  if (spawnSync('kubectl', ['kustomize', '--help']).status !== 0) return { found: 0, reference: 0 };
  const { program, env } = workshop;
  const [apps, sample] = [1000, 20];
  const cwd = repositoryOf(apps, workshop, ['--cluster', 'production']);
  const each = `for app in $(seq 0 ${sample - 1}); do kubectl kustomize apps/overlays/production/app-$app > /dev/null || exit 1; done`;
  const { found, reference } = await interleaved(
    {
      found: () => timeOf(process.execPath, [program, 'check'], { cwd, env }),
      reference: () => timeOf('sh', ['-c', each], { cwd, env }),
    },
    3,
  );
  return { found, reference: (reference * apps) / sample };
}

/** Hand and model changed different things in each of some 3,000 documents. */
function measureMerge({ merging, env }) {
  const samples = JSON.parse(execFileSync(process.execPath, [merging, '1000000', '5'], { encoding: 'utf8', env }));
  const [found, reference] = ['merge', 'read'].map((part) => median(samples.map((sample) => sample[part])));
  return { found, reference };
}

function medians(samples) {
  const [found, reference] = ['generate', 'write'].map((part) => median(samples.map((sample) => sample[part])));
  return { found, reference };
}

async function judge({ what, against, measure, score, limit, unit }, workshop) {
  const { found, reference, missing } = await measure(workshop);
  const { number, text } = score({ found, reference });
  const isMissing = missing !== undefined && Number.isNaN(number);
  const isOver = limit !== undefined && number > limit;
  return {
    isOver,
    row: {
      what,
      measured: `${found.toFixed(1)} ${unit}`,
      against: missing ?? (against === undefined ? '' : `${against} ${reference.toFixed(1)} ${unit}`),
      result: isMissing ? '' : text(number),
      budget: limit === undefined ? '' : text(limit),
      verdict: limit === undefined ? 'shown' : isMissing ? 'NOT MEASURED' : isOver ? 'OVER' : 'ok',
    },
  };
}

/** A row over its budget gets one more try: what else the machine does rarely strikes twice. */
async function judgeTwice(row, workshop) {
  const judged = await judge(row, workshop);
  return judged.isOver ? judge(row, workshop) : judged;
}

/** Columns as wide as their widest cell. */
function printTable(table) {
  const head = Object.fromEntries(Object.keys(table[0]).map((column) => [column, column]));
  const width = (column) => Math.max(...[head, ...table].map((row) => row[column].length));
  for (const row of [head, ...table])
    console.log(
      Object.entries(row)
        .map(([column, cell]) => cell.padEnd(width(column)))
        .join('  '),
    );
}

const workshop = await openWorkshop();
try {
  const judged = [];
  // npm run bench -- check: only the rows with that word
  const [word = ''] = process.argv.slice(2);
  for (const row of rows.filter(({ what }) => what.includes(word))) judged.push(await judgeTwice(row, workshop));
  printTable(judged.map(({ row }) => row));
  const [load] = loadavg();
  if (load > availableParallelism())
    console.log(`This machine is busy (load ${load.toFixed(1)}): times over their budget mean little.`);
  process.exitCode = judged.some(({ isOver }) => isOver) ? 1 : 0;
} finally {
  workshop.close();
}
