import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportableNetworks, exportOnnx, exportSafetensors } from '../../src/export/index.ts';
import { recipes } from '../../src/recipes/index.ts';
import { type LoadedAgent, type LoadedGan, loadRun } from '../../src/runs/index.ts';
import { readOnnxFile } from '../support/onnx-file.ts';
import { recordTiny, tinyName, tinyRuns } from '../support/tiny-runs.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

/** The one network that cannot: it compares each example with all others of its batch. */
const refused = new Set(['minibatch-discrimination: critic']);

describe('every recipe', () => {
  it('has a tiny run', () => {
    const tried = new Set(tinyRuns.map(({ recipe }) => recipe));
    expect(recipes.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it.each(tinyRuns.map((tiny) => [tinyName(tiny), tiny] as const))(
    '%s exports all its networks',
    async (name, tiny) => {
      const dir = join(root, name.replaceAll(/\W+/g, '-'));
      // An engine that shares no code with onnxruntime.
      await recordTiny(dir, tiny, 'wasm');
      const run = (await loadRun(dir)) as LoadedGan | LoadedAgent;
      const networks = exportableNetworks(run.assembly.learner).map(({ what }) => what);
      expect(networks.length).toBeGreaterThan(0);
      for (const what of networks) {
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
      }
      expect(exportSafetensors(run).tensors.size).toBeGreaterThan(0);
      run.close();
    },
  );
});
