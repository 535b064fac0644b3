import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flattenTree, type Tree, type Value } from '../../src/engine/index.ts';
import {
  exportableNetworks,
  exportOnnx,
  exportPage,
  exportSafetensors,
  writePage,
} from '../../src/export/index.ts';
import { inputName } from '../../src/export/input-names.ts';
import { pageContent } from '../../src/export/web/page-content.ts';
import { recipes } from '../../src/recipes/index.ts';
import { type LoadedAgent, type LoadedGan, loadRun } from '../../src/runs/index.ts';
import { hasBrowser, openBrowser, watchedPage } from '../support/browser.ts';
import { readOnnxFile } from '../support/onnx-file.ts';
import { writeScripts } from '../support/page-scripts.ts';
import { recordTiny, tinyName, tinyRuns } from '../support/tiny-runs.ts';
import { scratchFolder, weir } from '../support/weir.ts';

const root = scratchFolder();
const models = join(root, 'models');
const pageFolder = join(root, 'page');
mkdirSync(models);

const python = process.env.PYTHON ?? 'python3';
const hasPython = spawnSync(python, ['-c', 'import onnxruntime, numpy, safetensors.numpy']).status === 0;
if (!hasPython)
  console.info(`${python} has no onnxruntime, numpy and safetensors: exports are not run in Python`);
if (!hasBrowser) console.info('chromium is not here: exports are not run in a browser');

/** The one network that cannot: it compares each example with all others of its batch. */
const refused = new Set(['minibatch-discrimination: critic']);

const operators = new Set<string>();
const fileName = (name: string) => name.replaceAll(/[^\w@]+/g, '-');

/** What the engine gives for some inputs, for Python to compare with. */
async function writeExpected(
  file: string,
  { engine }: LoadedGan | LoadedAgent,
  { program, state, inputs }: ReturnType<typeof exportableNetworks>[number],
  takes: readonly string[],
): Promise<void> {
  const session = engine.open(state);
  const given = inputs(8);
  const outputs = await session.run(program, given);
  session.close();
  const plain = (tree: Tree<Value>, name: (path: string, dtype: string) => string) =>
    Object.fromEntries(
      [...flattenTree(tree)].map(([path, { dtype, shape, data }]) => [
        name(path, dtype),
        { dtype, shape, data: [...data] },
      ]),
    );
  const named = plain(given, inputName);
  writeFileSync(
    file,
    JSON.stringify({
      inputs: Object.fromEntries(takes.map((name) => [name, named[name]])),
      outputs: plain(outputs, (path) => path),
    }),
  );
}

describe('every recipe', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (hasBrowser) browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('has a tiny run', () => {
    const tried = new Set(tinyRuns.map(({ recipe }) => recipe));
    expect(recipes.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it.each(tinyRuns.map((tiny) => [tinyName(tiny), tiny] as const))(
    '%s exports all its networks, and its page',
    async (name, tiny) => {
      const dir = join(root, fileName(name));
      // An engine that shares no code with onnxruntime.
      await recordTiny(dir, tiny, 'wasm');
      const run = (await loadRun(dir)) as LoadedGan | LoadedAgent;
      const networks = exportableNetworks(run.assembly.learner);
      expect(networks.length).toBeGreaterThan(0);
      for (const network of networks) {
        const { what } = network;
        const exported = exportOnnx(run, { what });
        if (refused.has(`${name}: ${what}`)) {
          await expect(exported).rejects.toThrow('expected sizes that grow with the number of rows');
          continue;
        }
        const { bytes, difference, inputs, opset } = await exported;
        expect(difference, what).toBeLessThanOrEqual(1e-5);
        expect(inputs.every(({ shape }) => shape[0] === 'batch')).toBe(true);
        const file = readOnnxFile(bytes);
        expect(file.opsets).toEqual([{ domain: '', version: opset }]);
        expect(file.operators.filter(({ domain }) => domain !== '')).toEqual([]);
        for (const operator of file.operators) operators.add(operator.name);
        const path = join(models, fileName(`${name}-${what}`));
        writeFileSync(`${path}.onnx`, bytes);
        await writeExpected(
          `${path}.json`,
          run,
          network,
          inputs.map((port) => port.name),
        );
      }
      expect(exportSafetensors(run).tensors.size).toBeGreaterThan(0);
      if (browser !== undefined) expect(await differenceInBrowser(browser, run)).toBeLessThanOrEqual(1e-5);
      run.close();
    },
  );

  /** Opens the page of a run from a file; only its model differs from that of another run. */
  async function differenceInBrowser(browser: Browser, run: LoadedGan | LoadedAgent): Promise<number> {
    if (!written) writePage(pageFolder, await exportPage(run));
    written = true;
    const [network] = exportableNetworks(run.assembly.learner);
    const content = await pageContent(run, network!, await exportOnnx(run));
    writeFileSync(join(pageFolder, 'model.js'), `globalThis.weirModel = ${JSON.stringify(content)};`);
    const { page, wrong } = await watchedPage(browser);
    await page.goto(pathToFileURL(join(pageFolder, 'index.html')).href);
    await page.locator('main').waitFor({ state: 'visible' });
    const difference = await page.evaluate<number>('weirPage.difference');
    await page.context().close();
    expect(wrong).toEqual([]);
    return difference;
  }
  let written = false;

  it('needs the operators that docs/exporting.md lists', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/exporting.md'), 'utf8');
    const [, listed = ''] = /<!-- operators -->\n([\s\S]*?)\n<!-- \/operators -->/.exec(text) ?? [];
    expect(listed.replaceAll('\n', ' ')).toBe([...operators].sort().join(', '));
  });

  it.skipIf(!hasPython)('gives the same outputs in onnxruntime of Python', () => {
    const script = join(import.meta.dirname, 'export-python.py');
    const found = JSON.parse(
      execFileSync(python, [script, models], { encoding: 'utf8', maxBuffer: 1 << 26 }),
    );
    const compared = Object.entries(found as Record<string, { difference: number }>);
    expect(compared.length).toBeGreaterThan(tinyRuns.length);
    expect(compared.filter(([, { difference }]) => !(difference <= 1e-5))).toEqual([]);
  });

  it.skipIf(!hasPython)('is sampled by the lines of Python in docs/exporting.md', async () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/exporting.md'), 'utf8');
    const [, code = ''] = /^```python sample\.py\n([\s\S]*?)^```$/m.exec(text) ?? [];
    expect(
      code
        .trim()
        .split('\n')
        .filter((line) => line !== '').length,
    ).toBeLessThanOrEqual(10);
    const folder = join(root, 'python');
    writeScripts(folder, new Map([['sample.py', code]]));
    const run = join(folder, 'run');
    await recordTiny(run, { recipe: 'cgan' });
    const files = ['--onnx', join(folder, 'rings.onnx'), '--safetensors', join(folder, 'rings.safetensors')];
    expect(await weir('export', run, ...files)).toMatchObject({ code: 0 });
    const printed = execFileSync(python, ['sample.py'], { cwd: folder, encoding: 'utf8' });
    expect(printed.trim()).toBe('(16, 2) (10, 8)');
  });
});
