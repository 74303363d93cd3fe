import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

const rule = '-'.repeat(80);

/**
 * Writes `THIRD-PARTY-LICENSES.txt` beside the bundle: the licence of every package whose code is really in it, and the notices of
 * data that is. A text that several packages share is there once, after their names and copyright lines; the one that is
 * the project's own licence is in the package already. A package without a licence text fails the build: we could not ship it.
 * @param notices of data that is not a package: `{ title, notice: file with the text, of: folder of the data }`
 */
export function licencesPlugin(notices = []) {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const modules = modulesIn(bundle);
      const due = notices.filter(({ of }) => modules.some((id) => id.startsWith(resolve(of) + sep)));
      const sections = [...licenceSections(packagesOf(modules)), ...due.map(noticeSection)];
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-LICENSES.txt',
        source: `create-flux-repo contains the following third-party software and data.\n${sections.join('')}`,
      });
    },
  };
}

/** Files with code left in a chunk, as absolute paths. */
function modulesIn(bundle) {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  return chunks
    .flatMap((chunk) => Object.entries(chunk.modules))
    .filter(([, module]) => module.renderedLength > 0)
    .map(([id]) => id.replace(/^\0/, '').replace(/\?.*$/, ''));
}

/** Folders of packages, sorted. */
function packagesOf(modules) {
  const folders = modules.filter((id) => id.includes('node_modules')).map(packageFolder);
  return [...new Set(folders)].sort();
}

/** The nearest folder whose package.json has a name; some packages keep nameless ones further down. */
function packageFolder(path) {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name) return folder;
  }
  throw new Error(`${path} belongs to no package`);
}

/** A section for each licence text, in the order of the first package that has it. */
function licenceSections(folders) {
  const licences = new Map();
  for (const folder of folders) {
    const { heading, text } = licenceOf(folder);
    const { terms, holders } = partsOf(text);
    const key = sameWords(terms);
    const known = licences.get(key) ?? { terms, packages: [] };
    known.packages.push([heading, ...holders].join('\n'));
    licences.set(key, known);
  }
  const own = sameWords(partsOf(readText('LICENSE')).terms);
  return [...licences].map(([key, { terms, packages }]) =>
    section(
      packages.join('\n\n'),
      key === own ? 'The text of this licence is in the file LICENSE of this package.' : terms,
    ),
  );
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  if (texts.length === 0) throw new Error(`${name} ${version} is bundled and has no licence text in ${folder}`);
  return {
    heading: `${name} ${version} (${license})`,
    text: texts.map((file) => readText(join(folder, file))).join('\n\n'),
  };
}

/** Parts a text in who holds the rights, which differs by package, and the terms, which are often the same. */
function partsOf(text) {
  const lines = text.split('\n');
  const isHolder = (line) => /^\s*(MIT License )?Copyright /.test(line);
  const isTitle = (line) => /^\W*(the )?(mit|isc) license( \(mit\))?\W*$/i.test(line);
  const terms = lines.filter((line) => !isHolder(line) && !isTitle(line));
  return { holders: lines.filter(isHolder).map((line) => line.trim()), terms: terms.join('\n').trim() };
}

/** Texts that differ in how their lines are broken are the same. */
function sameWords(text) {
  return text.replaceAll(/\s+/g, ' ');
}

function noticeSection({ title, notice }) {
  return section(title, readText(notice));
}

function section(title, text) {
  return `\n${rule}\n${title}\n\n${text}\n`;
}

function readText(path) {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();
}
