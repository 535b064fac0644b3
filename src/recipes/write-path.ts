import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Value } from '../engine/index.ts';
import { scatter } from '../telemetry/index.ts';

/** Writes the way through two numbers of an observation, [steps, 2], as a PNG file; its folder is made. */
export function writePath(path: string, way: Value): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, scatter(way, way).png());
}
