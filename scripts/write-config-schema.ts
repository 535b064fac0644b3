// Writes schema/config.json from the options of the recipes and of weir train:
// npm run config-schema
import { mkdirSync, writeFileSync } from 'node:fs';
import { configSchema } from '../src/cli/config-schema.ts';
import { trainCommand } from '../src/cli/declare-training.ts';

const folder = new URL('../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
const console = { stdout: process.stdout, stderr: process.stderr, env: {} } as never;
writeFileSync(
  new URL('config.json', folder),
  `${JSON.stringify(configSchema(trainCommand(console)), null, 1)}\n`,
);
