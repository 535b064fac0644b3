import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { mendNodeUtil } from '../../../src/engine/eager/node-util.ts';

describe('mendNodeUtil', () => {
  it('puts back what a newer Node.js has removed', () => {
    const util: Record<string, unknown> = {};
    mendNodeUtil(util);
    const { isNullOrUndefined, isArray } = util as Record<string, (value: unknown) => boolean>;
    expect([null, undefined, 0, '', false].map((value) => isNullOrUndefined!(value))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([[], {}].map((value) => isArray!(value))).toEqual([true, false]);
  });

  it('leaves alone what is there', () => {
    const own = () => true;
    const util: Record<string, unknown> = { isNullOrUndefined: own };
    mendNodeUtil(util);
    expect(util.isNullOrUndefined).toBe(own);
  });

  it('reaches the module that other packages require', () => {
    const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
    const stock = util.isNullOrUndefined;
    delete util.isNullOrUndefined;
    try {
      mendNodeUtil();
      expect(createRequire(import.meta.url)('util').isNullOrUndefined(null)).toBe(true);
    } finally {
      util.isNullOrUndefined = stock;
    }
  });
});
