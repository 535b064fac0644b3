/**
 * Saves checkpoints one after the other until it is killed, and prints the step of each that is
 * acknowledged. Goes on from the newest in the folder. Arguments: `store` or `naive`, the folder,
 * the number of weights.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CheckpointStore, encode } from '../../src/checkpoint/index.ts';
import { Value } from '../../src/engine/index.ts';

const [way, folder, weights] = process.argv.slice(2) as [string, string, string];
const store = new CheckpointStore(folder);
const shape = [Number(weights)];

async function main(): Promise<void> {
  let index = way === 'store' ? ((await store.latest())?.index ?? 0) : 0;
  writeSync(1, 'ready\n');
  for (;;) {
    index++;
    const checkpoint = { tensors: { weights: Value.filled(shape, index) }, state: { index } };
    if (way === 'store') await store.save(checkpoint);
    else writeFileSync(join(folder, 'newest.safetensors'), Buffer.concat(encode(checkpoint)));
    writeSync(1, `${index}\n`);
  }
}

void main();
