import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/**
 * Writes `THIRD-PARTY-LICENSES.txt` beside the bundle: the licence text of every package whose code is really in it,
 * and the notices of data that is. A package without a licence text fails the build: we could not ship it.
 * @param notices of data that is not a package: `{ title, notice: file with the text, of: folder of the data }`
 */
export function licencesPlugin(notices = []) {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const modules = modulesIn(bundle);
      const due = notices.filter(({ of }) => modules.some((id) => id.startsWith(resolve(of) + sep)));
      const sections = [...packagesOf(modules).map(packageSection), ...due.map(noticeSection)];
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

function packageSection(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  if (texts.length === 0) throw new Error(`${name} ${version} is bundled and has no licence text in ${folder}`);
  return section(`${name} ${version} (${license})`, texts.map((file) => readText(join(folder, file))).join('\n\n'));
}

function noticeSection({ title, notice }) {
  return section(title, readText(notice));
}

function section(title, text) {
  return `\n${'-'.repeat(80)}\n${title}\n\n${text}\n`;
}

function readText(path) {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();
}
