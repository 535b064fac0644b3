import { expect, it } from 'vitest';
import { fits, fitted } from '../../experiments/f-gan.ts';
import { onnxEngine } from '../../src/engine/index.ts';

it('every divergence comes to its own best Gaussian, as quadrature has it', async () => {
  const engine = await onnxEngine();
  const found = [];
  for (const fit of fits) {
    const { mean, deviation } = await fitted(fit, 6000, 1, engine);
    expect(Math.abs(mean - fit.mean), `${fit.divergence.name} mean ${mean}`).toBeLessThan(0.08);
    expect(Math.abs(deviation - fit.deviation), `${fit.divergence.name} deviation`).toBeLessThan(0.08);
    found.push(mean);
  }
  // No wrong conjugate survives the order: Pearson, KL, Jensen-Shannon, (Hellinger,) reverse KL.
  const [pearson, kl, js, , reverse] = found as [number, number, number, number, number];
  expect(pearson).toBeLessThan(kl);
  expect(kl).toBeLessThan(js);
  expect(js).toBeLessThan(reverse);
});
