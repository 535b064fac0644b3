import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { given, syncFolder, systemCode, withCleanup } from '../../base/index.ts';
import type { LoadedAgent, LoadedGan } from '../../runs/index.ts';
import { ExportError, ExportStoppedError } from '../errors.ts';
import { type ExportedOnnx, exportOnnx } from '../export-onnx.ts';
import { exportSafetensors } from '../export-safetensors.ts';
import { dataName } from '../metadata.ts';
import { writeExport } from '../write-export.ts';
import { drawCardPictures } from './card-pictures.ts';
import { cardScores, type ScoringOptions } from './card-scores.ts';
import { requireLicense } from './licenses.ts';
import { modelCard } from './model-card.ts';

/** What the user decides of a card. */
export interface CardOptions extends ScoringOptions {
  /** @default recipe and data */
  readonly name?: string;
  /** An identifier of the hub, such as `apache-2.0`. @default unknown */
  readonly license?: string;
  /** Stops between two parts of the folder, of which nothing is left. */
  readonly signal?: AbortSignal;
}

/**
 * Writes a folder that is ready to upload to the Hugging Face hub: `README.md` (the card),
 * `model.onnx`, `model.safetensors`, `config.json` and `samples/`. It is written under a
 * temporary name, checked, and renamed; no network is needed.
 * @returns the files, from the folder
 * @throws RangeError for an option, or a folder that holds something; ExportStoppedError;
 * ExportError, and what exporting and scoring throw
 */
export async function writeCardFolder(
  run: LoadedGan | LoadedAgent,
  path: string,
  options: CardOptions = {},
): Promise<readonly string[]> {
  requireLicense(options.license ?? 'unknown');
  requireEmptyFolder(path);
  const place = resolve(path);
  const draft = `${place}.${process.pid}.tmp`;
  mkdirSync(dirname(place), { recursive: true });
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, 'samples'), { recursive: true });
  return withCleanup(
    async () => {
      await fill(run, draft, options);
      const files = checkCardFolder(draft);
      requireEmptyFolder(path);
      removeIfThere(place);
      renameSync(draft, place);
      syncFolder(dirname(place));
      return files;
    },
    () => rmSync(draft, { recursive: true, force: true }),
  );
}

async function fill(run: LoadedGan | LoadedAgent, folder: string, options: CardOptions): Promise<void> {
  // First, since it may refuse an option.
  const scores = await cardScores(run, options);
  requireGoingOn(options.signal);
  const { bytes, ...model } = await exportOnnx(run);
  writeExport(join(folder, 'model.onnx'), bytes);
  writeExport(join(folder, 'model.safetensors'), exportSafetensors(run).bytes);
  requireGoingOn(options.signal);
  writeExport(join(folder, 'config.json'), `${JSON.stringify(configOf(run, model), null, 2)}\n`);
  const pictures = await drawCardPictures(run, folder);
  const content = {
    name: options.name ?? usualName(run),
    license: options.license ?? 'unknown',
    scores,
    pictures,
    model,
  };
  requireGoingOn(options.signal);
  writeExport(join(folder, 'README.md'), modelCard(run, content));
}

/** @throws ExportStoppedError after the signal */
function requireGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ExportStoppedError(`card: stopped by ${signal.reason}; nothing was written`);
}

function usualName(run: LoadedGan | LoadedAgent): string {
  return `${run.config.recipe}-${dataName(run)}`.replaceAll(/[^\w.-]+/g, '-');
}

function configOf(run: LoadedGan | LoadedAgent, model: Omit<ExportedOnnx, 'bytes'>) {
  const { weir, recipe, seed, batch, options, engine } = run.config;
  const { what, inputs, outputs, opset, metadata } = model;
  const data = dataName(run);
  const classes = run.kind === 'gan' ? run.dataset.classes : undefined;
  return {
    weir,
    recipe,
    data,
    fingerprint: run.assembly.data,
    step: run.index,
    seed,
    batch,
    engine,
    options,
    what,
    inputs,
    outputs,
    opset,
    ...given({ classes }),
    sha256: metadata.sha256,
  };
}

/**
 * Checks that a folder of a card has what its card names, whole and of one model.
 * @returns its files. @throws ExportError naming what is missing or wrong
 */
export function checkCardFolder(path: string): readonly string[] {
  const refuse = (rule: string): never => {
    throw new ExportError(`card: expected ${rule}, in ${path}`);
  };
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1))
    .sort();
  const needed = ['README.md', 'config.json', 'model.onnx', 'model.safetensors'];
  for (const name of needed) if (!files.includes(name)) refuse(`a file ${name}, got none`);
  for (const name of files)
    if (statSync(join(path, name)).size === 0) refuse(`${name} with content, got none`);
  const text = readFileSync(join(path, 'README.md'), 'utf8');
  const front = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1];
  const metadata: unknown = front === undefined ? undefined : parse(front);
  for (const field of ['license', 'library_name', 'tags'])
    if (Object(metadata)[field] === undefined) refuse(`${field} in the metadata of README.md, got none`);
  for (const [, file] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
    if (!files.includes(file!)) refuse(`the picture ${file} of README.md, got none`);
  const { sha256 } = JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'));
  for (const name of ['README.md', 'model.onnx', 'model.safetensors'])
    if (!readFileSync(join(path, name)).includes(String(sha256)))
      refuse(`${name} of the model ${sha256}, as config.json has it, got another`);
  return files;
}

/** @throws RangeError for a folder with something in it, or what is no folder */
function requireEmptyFolder(path: string): void {
  let entries: string[];
  try {
    entries = readdirSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw new RangeError(`path: expected a new or empty folder, got ${path} (${systemCode(error)})`, {
      cause: error,
    });
  }
  if (entries.length > 0)
    throw new RangeError(
      `path: expected a new or empty folder, got ${path}, which holds ${entries.slice(0, 3).join(', ')}`,
    );
}

function removeIfThere(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
