import { expect, it } from 'vitest';
import { study } from '../../experiments/gradient-norms.ts';
import { controls } from '../../experiments/negative-controls.ts';
import { openEngine } from '../../src/engine/index.ts';

const { engine } = await openEngine('auto');

it.each(controls.map((one) => [one.name, one] as const))(
  '%s lets the gradient explode or vanish too',
  async (name, one) => {
    const { slope } = await study(one, engine, 400, 1);
    console.info(`${name}: ${slope.toFixed(2)} decades a layer`);
    expect(Math.abs(slope)).toBeGreaterThan(0.4);
  },
);
