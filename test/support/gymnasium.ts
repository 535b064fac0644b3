import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The interpreter that the bridge uses. */
export const python = process.env.PYTHON || 'python3';

/** Whether it has Gymnasium; tests that need it skip without. */
export const hasGymnasium = spawnSync(python, ['-c', 'import gymnasium, numpy']).status === 0;
if (!hasGymnasium) console.info(`${python} has no gymnasium: its environments are not tried`);

/** Lets Python find the environments of the fixtures. */
export const fixtures = join(import.meta.dirname, '../rl/gymnasium/fixtures');
