import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Rgba } from './picture.ts';

/** What a codec of jSquash exports: makes a decoder out of its WebAssembly. */
export type CodecFactory = (options: {
  readonly noInitialRun: boolean;
  readonly wasmBinary: Uint8Array;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}) => Promise<{ decode(bytes: Uint8Array, ...options: boolean[]): Rgba | null }>;

/** A decoded picture with the messages of the decoder. */
export interface Decoded {
  readonly picture: Rgba;
  readonly complaints: readonly string[];
}

/**
 * A decoder in WebAssembly: the same bytes give the same pixels on every machine, without a native
 * build. It is loaded when it is first used, and again after a failure, which may leave its memory
 * in disorder.
 * @param load imports the codec
 * @param wasm names its file
 * @param options what the codec's `decode` takes after the bytes
 */
export function wasmCodec(load: () => Promise<CodecFactory>, wasm: string, ...options: boolean[]) {
  let binary: Promise<Uint8Array> | undefined;
  let complaints: string[] = [];
  let ready: ReturnType<CodecFactory> | undefined;

  async function open() {
    binary ??= readFile(createRequire(import.meta.url).resolve(wasm));
    const [factory, wasmBinary] = [await load(), await binary];
    const note = (line: string) => complaints.push(line);
    return factory({ noInitialRun: true, wasmBinary, print: note, printErr: note });
  }

  /** @throws Error with the messages of the decoder, where it gives no picture */
  return async (bytes: Uint8Array): Promise<Decoded> => {
    ready ??= open();
    const codec = await ready;
    complaints = [];
    try {
      const picture = codec.decode(bytes, ...options);
      if (picture === null) throw new Error('no picture comes of it');
      return { picture, complaints };
    } catch (cause) {
      ready = undefined;
      throw new Error(complaints[0] ?? (cause as Error).message, { cause });
    }
  };
}
