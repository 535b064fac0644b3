import { resolve } from 'node:path';
import { withCleanup } from '../../base/index.ts';
import { exportOnnx, exportSafetensors, exportTolerance, writeExport } from '../../export/index.ts';
import { type LoadedAgent, type LoadedGan, loadRun, RunDirectoryError } from '../../runs/index.ts';
import { type Console, printJson, warner } from '../console.ts';
import { endingOf } from '../output-file.ts';

interface Options {
  readonly onnx?: string;
  readonly safetensors?: string;
  readonly what?: string;
  readonly data?: string;
  readonly best?: boolean;
  readonly engine?: string;
  readonly json?: boolean;
}

/** `weir export <run-dir>`: the newest checkpoint as files that work without Weir. */
export async function exportRun(console: Console, path: string, options: Options): Promise<void> {
  const { onnx, safetensors, engine, data, best = false } = options;
  if (onnx === undefined && safetensors === undefined)
    throw new RangeError('export: expected --onnx or --safetensors, got neither');
  if (onnx !== undefined) endingOf(onnx, ['.onnx'], '--onnx');
  if (safetensors !== undefined) endingOf(safetensors, ['.safetensors'], '--safetensors');
  const run = await loadRun(path, { best, engine, data, warn: warner(console) });
  if (run.kind === 'script') {
    run.close();
    throw new RunDirectoryError(
      `run directory: expected the run of a recipe, got one that the script ${run.config.script} has recorded in ${path}`,
    );
  }
  await withCleanup(
    () => write(console, run, options),
    () => run.close(),
  );
}

async function write(console: Console, run: LoadedGan | LoadedAgent, options: Options): Promise<void> {
  const { onnx, safetensors, what, json } = options;
  const written: Record<string, unknown> = {};
  const say = (text: string) => {
    if (!json) console.stdout.write(`${text}\n`);
  };
  // All is made and compared before anything is written.
  const model = onnx === undefined ? undefined : await exportOnnx(run, { what });
  const weights = safetensors === undefined ? undefined : exportSafetensors(run, { what });
  if (onnx !== undefined && model !== undefined) {
    writeExport(onnx, model.bytes);
    const { bytes, ...about } = model;
    written.onnx = { file: resolve(onnx), bytes: bytes.length, ...about };
    say(resolve(onnx));
    say(`${model.what}: ${portsText(model.inputs)} -> ${portsText(model.outputs)}`);
    say(`opset ${model.opset}: ${model.operators.join(', ')}`);
    say(
      `largest difference from ${run.engine.name}: ${model.difference.toExponential(1)} (at most ${exportTolerance})`,
    );
  }
  if (safetensors !== undefined && weights !== undefined) {
    writeExport(safetensors, weights.bytes);
    written.safetensors = { file: resolve(safetensors), tensors: [...weights.tensors.keys()].sort() };
    say(resolve(safetensors));
    say(`${weights.tensors.size} tensors, ${[...weights.tensors.keys()].sort()[0]} the first`);
  }
  if (json) printJson(console, written);
}

function portsText(ports: readonly { name: string; shape: readonly (number | string)[] }[]): string {
  return ports.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
}
