import { writeWhole } from '../base/index.ts';
import type { Raster } from './raster.ts';

/** Writes a picture as a PNG file; whole or not at all; its folder is made, but none above it. */
export function writePng(path: string, raster: Raster): void {
  writeWhole(path, raster.png());
}
