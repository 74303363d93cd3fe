#!/usr/bin/env node
// Written so that a Node too old for us can still read it and say so.
var wanted = [20, 19];
var found = process.versions.node.split('.').map(Number);
if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(
    'create-flux-repo needs Node ' + wanted.join('.') + ' or newer; this is Node ' + process.versions.node + '.',
  );
  console.error('Get a newer one: https://nodejs.org/en/download');
  process.exitCode = 2;
} else {
  import('../dist/main.js')
    .then(function (program) {
      return program.main(process.argv.slice(2));
    })
    .then(function (code) {
      process.exitCode = code;
    })
    .catch(function (error) {
      // Only what the program itself could not tell, such as a full disk behind stderr, comes here.
      process.exitCode = 70;
      console.error('create-flux-repo stopped: ' + error.message);
    });
}
