// Packs the built package with the README as npm shows it: npm run package [-- arguments of npm pack]
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeForNpm } from './readme-for-npm.ts';

const root = join(import.meta.dirname, '..');
const path = join(root, 'README.md');
const readme = readFileSync(path, 'utf8');
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
try {
  writeFileSync(path, readmeForNpm(readme, name, version));
  const command = ['pack', ...process.argv.slice(2)];
  process.exitCode = spawnSync('npm', command, { cwd: root, stdio: 'inherit' }).status ?? 1;
} finally {
  writeFileSync(path, readme);
}
