import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { pagesWithScripts, scriptsOf, writeScripts } from '../support/page-scripts.ts';
import { scratchFolder } from '../support/weir.ts';

const project = join(import.meta.dirname, '../..');
const root = scratchFolder();

/** `npx` as a project has it in which this package is installed. */
const npx = `npx() {
  case $1 in
    tsx) shift; "${process.execPath}" "${join(project, 'node_modules/tsx/dist/cli.mjs')}" "$@" ;;
    weir-streams) shift; "${process.execPath}" --import "${join(project, 'node_modules/tsx/dist/loader.mjs')}" "${join(project, 'src/cli/main.ts')}" "$@" ;;
    *) echo "npx $1: not expected" >&2; return 1 ;;
  esac
}`;

/** A hundredth of the steps, and no server that would wait for Ctrl-C. */
const shortened = (commands: string) =>
  commands
    .replace(/^ *npx weir-streams serve .*$/gm, '')
    .replace(/(--(?:steps|evaluate-every)|npx tsx \S+) (\d+)00\b/g, '$1 $2');

/** Pictures of two classes, as a reader has them. */
function writePhotos(folder: string): void {
  for (const kind of ['cat', 'dog']) {
    mkdirSync(join(folder, kind), { recursive: true });
    for (let i = 0; i < 80; i++) {
      const png = new PNG({ width: 40, height: 36 });
      png.data.forEach((_, at) => {
        png.data[at] = at % 4 === 3 ? 255 : (at * (i + 1) * (kind === 'cat' ? 7 : 3)) % 256;
      });
      writeFileSync(join(folder, kind, `${i}.png`), PNG.sync.write(png));
    }
  }
}

describe('pages of docs/, followed from top to bottom', () => {
  const data = { name: 'data', ...scriptsOf('docs/data.md') };
  for (const { name, files, commands } of [...pagesWithScripts(), data])
    it(`docs/${name}.md: every command ends well`, async () => {
      const folder = join(root, name);
      writeScripts(folder, files);
      if (name === 'data') writePhotos(join(folder, 'photos'));
      expect(commands.length).toBeGreaterThan(0);
      for (const block of commands) {
        const script = `${npx}\n${shortened(block)}`;
        // Without a terminal, so that nothing asks.
        const done = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder });
        expect(done.stderr, block).not.toMatch(/error|expected/i);
      }
    });
});
