import childProcess from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/**
 * Loaded into the program before it: counts what writes to the file system, and at the n-th ends the process as a
 * power cut would. KILL_AT is `kill:N`, `tear:N` (in the middle of writing a
 * file or of removing a folder), `request:N` (of the requests alone),
 * or `count:FILE`. With KILL_CALLS requests and the start of programs count, too.
 */
const [kind, argument] = (process.env.KILL_AT ?? 'count:').split(/:(.*)/s);
const seen = [];
const { readdirSync, rmSync, statSync, writeFileSync } = fs;

function strike(name, tear) {
  seen.push(name);
  const counted = kind === 'request' ? seen.filter((each) => each === kind) : seen;
  if (kind === 'count' || counted.length !== Number(argument) || (kind === 'request' && name !== kind)) return;
  if (kind === 'tear') tear?.();
  process.kill(process.pid, 'SIGKILL');
}

function patch(owner, name, { isWrite = () => true, tear } = {}) {
  const original = owner[name];
  owner[name] = (...args) => {
    if (isWrite(...args)) strike(name, tear && (() => tear(...args)));
    return original.apply(owner, args);
  };
}

const halfOf = (path, contents, options) => writeFileSync(path, contents.slice(0, contents.length / 2), options);
patch(fs, 'writeFileSync', { tear: halfOf });
for (const name of [
  'mkdirSync',
  'renameSync',
  'unlinkSync',
  'rmdirSync',
  'rmSync',
  'chmodSync',
  'copyFileSync',
  'linkSync',
])
  patch(fs, name);
for (const name of ['writeFile', 'mkdir', 'rename', 'unlink', 'rmdir', 'chmod', 'copyFile', 'link'])
  patch(fs.promises, name);
const removeFirst = (path) => {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  const [first] = isFolder ? readdirSync(path).sort() : [];
  if (first !== undefined) rmSync(join(path, first), { recursive: true });
};
patch(fs.promises, 'rm', { tear: removeFirst });
patch(fs.promises, 'open', { isWrite: (_path, flags) => typeof flags === 'string' && /^[wa]/.test(flags) });
if (process.env.KILL_CALLS) {
  patch(http, 'request');
  patch(https, 'request');
  patch(childProcess, 'spawn');
}
syncBuiltinESMExports();

if (kind === 'count') process.on('exit', () => argument && writeFileSync(argument, JSON.stringify(seen)));
