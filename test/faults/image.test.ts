import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../support/ports.ts';
import { run } from '../support/programs.ts';
import { scratchFolder, untilOrEnd } from '../support/weir.ts';

const root = join(import.meta.dirname, '../..');
/** Where the dependencies lie, here or further up. */
const modules = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../..');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const { services } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });

/** The first stage, without comments and with its lines joined. */
const stage = dockerfile
  .split(/^FROM /m)[1]!
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', '');
/**
 * What it copies from the repository, as `COPY a b folder` says it, and what it runs after the
 * installation.
 */
const copied = [...stage.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
const commands = [...stage.matchAll(/^RUN (.+)$/gm)].map(([, command]) => command!);

/** The dependencies, as links to the same files where that can be done: some of them go. */
async function copyOfModules(to: string): Promise<void> {
  const linked = await run('cp', ['-al', modules, to]);
  if (linked.code !== 0) return cpSync(modules, to, { recursive: true });
  // The one file that npm writes to, and through a link to the original.
  const list = join(to, '.package-lock.json');
  rmSync(list, { force: true });
  if (existsSync(join(modules, '.package-lock.json'))) cpSync(join(modules, '.package-lock.json'), list);
}

describe('the image, built by hand with what the Dockerfile copies', () => {
  const image = join(scratchFolder(), 'weir');

  beforeAll(async () => {
    mkdirSync(image);
    for (const name of copied) cpSync(join(root, name), join(image, name), { recursive: true });
    await copyOfModules(join(image, 'node_modules'));
    expect(commands[0]).toMatch(/^npm ci/);
    for (const command of commands.slice(1)) {
      const { code, output } = await run('sh', ['-c', command], image);
      expect(code, output).toBe(0);
    }
  });

  it('has the library of this platform alone, nothing for development, and computes with it', async () => {
    const libraries = join(image, 'node_modules/onnxruntime-node/bin/napi-v6');
    expect(readdirSync(libraries).flatMap((name) => readdirSync(join(libraries, name)))).toEqual([
      process.arch,
    ]);
    expect(existsSync(join(image, 'node_modules/vitest'))).toBe(false);
    const { output } = await run(process.execPath, [join(image, 'dist/cli/main.js'), 'doctor', '--json']);
    expect(JSON.parse(output)).toMatchObject({ auto: { name: 'onnx' } });
  });

  it.each(['weir', 'weir-gpu'])(
    'runs the command of the service %s and answers under the name of the stack',
    async (name) => {
      const port = await freePort();
      // The same command on the engine that every machine has, for a short while and on another
      // port.
      const shorter = ['--steps', '100000', '--engine', 'cpu', '--set', 'width=8', '--port', String(port)];
      const child = spawn(
        process.execPath,
        [join(image, 'dist/cli/main.js'), ...services[name].command, ...shorter],
        {
          cwd: image,
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      const exit = once(child, 'exit');
      let said = '';
      child.stderr.on('data', (chunk) => (said += chunk));
      try {
        const asked = async () => (await status(port, '/metrics', 'trainer:9464')) === 200;
        await untilOrEnd(child, asked, () => said);
        expect(await status(port, '/', 'localhost:9464')).toBe(200);
        expect(await status(port, '/metrics', 'somebody.example')).toBe(403);
      } finally {
        child.kill('SIGTERM');
        const [code] = await exit;
        expect(code, said).toBe(0);
      }
    },
  );
});

/** The status of an answer to a request that names a host of its own; 0 where nobody answers. */
function status(port: number, path: string, host: string): Promise<number> {
  return new Promise((resolve) => {
    request({ port, path, host: '127.0.0.1', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', () => resolve(0))
      .end();
  });
}
