// Measures how sharp the samples of runs are beside their data. Squared error of pixels prefers
// blurred images, so a VAE blurs; a critic prevents it.
//   npm run experiment sharpness RUN...
import { pathToFileURL } from 'node:url';
import type { Value } from 'weir-streams/engine';
import { loadRun } from 'weir-streams/runs';

/** How much images change from pixel to pixel. */
export interface Sharpness {
  /** Mean length of the gradient by differences to the right and down, in units of the pixels. */
  readonly gradient: number;
  /**
   * Variance of the Laplacian (the four neighbours less four times the pixel), which counts fine
   * detail and noise more.
   */
  readonly laplacian: number;
}

/**
 * The sharpness of images [count, height, width, channels], over all pixels with all neighbours.
 */
export function sharpness({ data, shape }: Value): Sharpness {
  const [count, height, width, channels] = shape as [number, number, number, number];
  let [lengths, sum, squares, places] = [0, 0, 0, 0];
  for (let image = 0; image < count; image++)
    for (let y = 1; y < height - 1; y++)
      for (let x = 1; x < width - 1; x++)
        for (let c = 0; c < channels; c++) {
          const at = (down: number, right: number) =>
            data[((image * height + y + down) * width + x + right) * channels + c]!;
          const here = at(0, 0);
          lengths += Math.hypot(at(0, 1) - here, at(1, 0) - here);
          const laplacian = at(0, 1) + at(0, -1) + at(1, 0) + at(-1, 0) - 4 * here;
          sum += laplacian;
          squares += laplacian ** 2;
          places++;
        }
  return { gradient: lengths / places, laplacian: squares / places - (sum / places) ** 2 };
}

const looked = 1000;

async function main(paths: readonly string[]): Promise<void> {
  console.log('| images | mean gradient | variance of the Laplacian |\n|---|---|---|');
  const row = (name: string, of: Value) => {
    const { gradient, laplacian } = sharpness(of);
    console.log(`| ${name} | ${gradient.toFixed(3)} | ${laplacian.toFixed(3)} |`);
  };
  for (const path of paths) {
    const run = await loadRun(path, { kind: 'gan' });
    if (path === paths[0])
      row('data', run.dataset.read(Array.from({ length: looked }, (_, i) => i)).examples);
    row(`\`${run.config.recipe}\``, await run.trainer.sample(looked));
    run.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(process.argv.slice(2));
