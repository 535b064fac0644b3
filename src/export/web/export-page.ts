import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedAgent, LoadedGan } from '../../runs/index.ts';
import { ExportError } from '../errors.ts';
import { type ExportOptions, exportOnnx } from '../export-onnx.ts';
import { chooseNetwork, exportableNetworks } from '../networks.ts';
import { writeExport } from '../write-export.ts';
import { pageContent } from './page-content.ts';
import { pageFolder, pageScript } from './page-script.ts';
import { runtimeScript } from './runtime-script.ts';

/** The files of a page, in the order in which they are written: the last opens it. */
const fileNames = ['runtime.js', 'model.js', 'page.js', 'style.css', 'index.html'] as const;

/** A page that samples or acts in a browser. */
export interface ExportedPage {
  /** The content of each file by its name. */
  readonly files: Readonly<Record<(typeof fileNames)[number], string>>;
  /** Bytes of all files but the model. */
  readonly bytes: number;
  readonly what: string;
  readonly difference: number;
}

/**
 * A page that samples a GAN, or shows what an agent does, in a browser by itself: from a file or
 * any static host. It holds onnxruntime-web and the model.
 * @throws ExportError for a network that has no page; what `exportOnnx` throws
 */
export async function exportPage(
  run: LoadedGan | LoadedAgent,
  options: ExportOptions = {},
): Promise<ExportedPage> {
  const network = chooseNetwork(exportableNetworks(run.assembly.learner), options.what, run.config.recipe);
  const model = await exportOnnx(run, { what: network.what });
  const content = await pageContent(run, network, model);
  const page = (name: string) => readFileSync(join(pageFolder, name), 'utf8');
  const files = {
    'runtime.js': runtimeScript(),
    'model.js': `globalThis.weirModel = ${JSON.stringify(content)};\n`,
    'page.js': pageScript(),
    'style.css': page('style.css'),
    'index.html': page('index.html'),
  };
  const { 'model.js': _, ...others } = files;
  const bytes = Object.values(others).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { files, bytes, what: model.what, difference: model.difference };
}

/**
 * Refuses a folder for a page that holds anything else: it may be new, empty, or hold a page.
 * @param option that names the folder, for the message
 * @throws ExportError
 */
export function requirePageFolder(folder: string, option: string): void {
  const refuse = (got: string): never => {
    throw new ExportError(
      `${option}: expected a new or empty folder, or one with a page of weir export, got ${folder}, ${got}`,
    );
  };
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) refuse('which is a file');
  const others = readdirSync(folder).filter((name) => !(fileNames as readonly string[]).includes(name));
  if (others.length > 0) refuse(`which holds ${others[0]}`);
  const index = join(folder, 'index.html');
  if (existsSync(index) && !readFileSync(index, 'utf8').includes('content="weir export"'))
    refuse('which holds another index.html');
}

/** Writes the files of a page. @throws ExportError as `requirePageFolder`, ExportWriteError */
export function writePage(folder: string, { files }: ExportedPage, option = 'folder'): void {
  requirePageFolder(folder, option);
  for (const name of fileNames) writeExport(join(folder, name), files[name]);
}
