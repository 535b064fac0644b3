import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Where browsers leave SwiftShader, a driver for Vulkan in software. */
const driver = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']
  .map((folder) => `${folder}/vk_swiftshader_icd.json`)
  .find(existsSync);

const missing =
  driver === undefined ? ' (skipped: no browser here brings SwiftShader; apt-get install chromium)' : '';

it.skipIf(driver === undefined)(
  `a critic step has the same losses and gradients on WebGPU as on the processor${missing}`,
  async () => {
    const script = fileURLToPath(new URL('on-webgpu.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
      env: { ...process.env, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: dirname(driver!) },
    });
    const found = JSON.parse(stdout) as Record<string, number>;
    expect(Object.keys(found)).toEqual(['dense', 'convolutional']);
    for (const difference of Object.values(found)) expect(difference).toBeLessThan(1e-4);
  },
);
