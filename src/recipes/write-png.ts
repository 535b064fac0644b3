import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Raster } from '../telemetry/index.ts';

/** Writes a picture as a PNG file; its folder is made. */
export function writePng(path: string, raster: Raster): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, raster.png());
}
