import { join, resolve } from 'node:path';
import { withCleanup } from '../../base/index.ts';
import {
  exportOnnx,
  exportPage,
  exportSafetensors,
  exportTolerance,
  requirePageFolder,
  writeExport,
  writePage,
} from '../../export/index.ts';
import type { LoadedAgent, LoadedGan } from '../../runs/index.ts';
import { type Console, printJson } from '../console.ts';
import { type LoadedBy, loadRecipeRun } from '../load-recipe-run.ts';
import { endingOf } from '../output-file.ts';

interface Options extends LoadedBy {
  readonly onnx?: string;
  readonly safetensors?: string;
  readonly web?: string;
  readonly what?: string;
  readonly json?: boolean;
}

/** What was written: lines for people, and the same as JSON. */
interface Written {
  readonly lines: readonly string[];
  readonly about: Readonly<Record<string, unknown>>;
}

/** `weir export <run-dir>`: the newest checkpoint as files that work without Weir. */
export async function exportRun(console: Console, path: string, options: Options): Promise<void> {
  const { onnx, safetensors, web } = options;
  if (onnx === undefined && safetensors === undefined && web === undefined)
    throw new RangeError('export: expected --onnx, --safetensors or --web, got none of them');
  if (onnx !== undefined) endingOf(onnx, ['.onnx'], '--onnx');
  if (safetensors !== undefined) endingOf(safetensors, ['.safetensors'], '--safetensors');
  if (web !== undefined) requirePageFolder(web, '--web');
  const run = await loadRecipeRun(console, path, options);
  await withCleanup(
    () => exportTo(console, run, options),
    () => run.close(),
  );
}

/** All is made and compared before anything is written. */
async function exportTo(console: Console, run: LoadedGan | LoadedAgent, options: Options): Promise<void> {
  const { onnx, safetensors, web, json } = options;
  const made = {
    ...(onnx !== undefined && { onnx: await onnxOf(run, onnx, options) }),
    ...(safetensors !== undefined && { safetensors: safetensorsOf(run, safetensors, options) }),
    ...(web !== undefined && { web: await pageOf(run, web, options) }),
  };
  const written = Object.entries(made).map(([name, write]) => [name, write()] as const);
  if (json) printJson(console, Object.fromEntries(written.map(([name, { about }]) => [name, about])));
  else for (const [, { lines }] of written) console.stdout.write(`${lines.join('\n')}\n`);
}

async function onnxOf(run: LoadedGan | LoadedAgent, file: string, { what }: Options): Promise<() => Written> {
  const { bytes, ...about } = await exportOnnx(run, { what });
  const { inputs, outputs, opset, operators, difference } = about;
  return () => {
    writeExport(file, bytes);
    return {
      about: { file: resolve(file), bytes: bytes.length, ...about },
      lines: [
        resolve(file),
        `${about.what}: ${portsText(inputs)} -> ${portsText(outputs)}`,
        `opset ${opset}: ${operators.join(', ')}`,
        differenceText(run, difference),
      ],
    };
  };
}

function safetensorsOf(run: LoadedGan | LoadedAgent, file: string, { what }: Options): () => Written {
  const { bytes, tensors } = exportSafetensors(run, { what });
  const names = [...tensors.keys()].sort();
  return () => {
    writeExport(file, bytes);
    return {
      about: { file: resolve(file), bytes: bytes.length, tensors: names },
      lines: [resolve(file), `${names.length} tensors: ${names.slice(0, 3).join(', ')}, ...`],
    };
  };
}

async function pageOf(
  run: LoadedGan | LoadedAgent,
  folder: string,
  { what }: Options,
): Promise<() => Written> {
  const page = await exportPage(run, { what });
  return () => {
    writePage(folder, page, '--web');
    const { bytes, difference } = page;
    return {
      about: { folder: resolve(folder), bytes, what: page.what, difference },
      lines: [
        join(resolve(folder), 'index.html'),
        `${page.what}: a page of ${(bytes / 1e6).toFixed(1)} MB beside its model`,
        differenceText(run, difference),
      ],
    };
  };
}

function differenceText({ engine }: LoadedGan | LoadedAgent, difference: number): string {
  return `largest difference from ${engine.name}: ${difference.toExponential(1)} (at most ${exportTolerance})`;
}

function portsText(
  ports: readonly { readonly name: string; readonly shape: readonly (number | string)[] }[],
): string {
  return ports.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
}
