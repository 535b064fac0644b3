import { expect, it } from 'vitest';
import { checkedOptions, sessionOptions } from '../../../../src/engine/onnx/runtime/options.ts';

it('takes one thread on the processor unless asked', () =>
  expect(checkedOptions({})).toEqual({ threads: 1, provider: 'cpu' }));

it('never lets threads spin, and falls back to the processor for what a provider lacks', () =>
  expect(sessionOptions({ threads: 2, provider: 'webgpu' })).toMatchObject({
    executionProviders: ['webgpu', 'cpu'],
    intraOpNumThreads: 2,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }));
