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

/** A decoder that is loaded when it is first needed. */
export interface WasmCodec {
  /** Makes it ready to decode, or ready again after a failure. */
  load(): Promise<void>;
  /** @throws Error with the messages of the decoder, where it gives no picture */
  decode(bytes: Uint8Array): Decoded;
}

/**
 * A decoder in WebAssembly: the same bytes give the same pixels on every machine, without a native
 * build. It is loaded again after a failure, which may leave its memory in disorder; until then it
 * decodes with what there is.
 * @param importing imports the codec
 * @param wasm names its file
 * @param options what the codec's `decode` takes after the bytes
 */
export function wasmCodec(
  importing: () => Promise<CodecFactory>,
  wasm: string,
  ...options: boolean[]
): WasmCodec {
  let binary: Promise<Uint8Array> | undefined;
  let complaints: string[] = [];
  let ready: Promise<void> | undefined;
  let codec: Awaited<ReturnType<CodecFactory>> | undefined;

  async function open(): Promise<void> {
    binary ??= readFile(createRequire(import.meta.url).resolve(wasm));
    const [factory, wasmBinary] = [await importing(), await binary];
    const note = (line: string) => complaints.push(line);
    codec = await factory({ noInitialRun: true, wasmBinary, print: note, printErr: note });
  }

  function load(): Promise<void> {
    ready ??= open();
    return ready;
  }

  return {
    load,
    decode(bytes) {
      if (codec === undefined) throw new Error('the decoder is not loaded');
      complaints = [];
      try {
        const picture = codec.decode(bytes, ...options);
        if (picture === null) throw new Error('no picture comes of it');
        return { picture, complaints };
      } catch (cause) {
        ready = undefined;
        throw new Error(complaints[0] ?? (cause as Error).message, { cause });
      }
    },
  };
}
