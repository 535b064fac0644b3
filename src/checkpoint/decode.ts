import { show } from '../base/index.ts';
import type { CheckpointState, LoadedCheckpoint } from './checkpoint.ts';
import { format, seal } from './encode.ts';
import { CheckpointCorruptError, CheckpointForeignError } from './errors.ts';
import { type Header, readHeader, readTensors } from './safetensors.ts';
import { stateText } from './state-text.ts';

/**
 * The checkpoint in the bytes of a file. A checkpoint has exactly one representation, and anything
 * else is refused: the content is laid out and hashed again, and must give the very header that was
 * read.
 * @param file what errors call it
 * @throws CheckpointCorruptError, or CheckpointForeignError for what other programs and versions
 * wrote
 */
export function decode(bytes: Uint8Array, file = 'checkpoint'): LoadedCheckpoint {
  const header = readHeader(bytes, file);
  refuseForeign(header, file);
  const tensors = readTensors(bytes, header, file);
  const text = header.metadata.get('state') ?? '';
  const state = readState(text, file);
  const expected = seal(tensors, text)[0]!;
  if (Buffer.compare(expected, bytes.subarray(0, header.end)) !== 0) {
    throw new CheckpointCorruptError(
      file,
      undefined,
      'expected the content that was written, got another one: its SHA-256 differs',
    );
  }
  return { tensors, state };
}

/**
 * The tensors in the bytes of a safetensors file of any program: float32, int32 and bool.
 * @param file what errors call it
 * @throws CheckpointCorruptError
 */
export function decodeTensors(bytes: Uint8Array, file: string): LoadedCheckpoint['tensors'] {
  return readTensors(bytes, readHeader(bytes, file), file);
}

function refuseForeign({ metadata, tensors }: Header, file: string): void {
  const found = metadata.get('format');
  if (found === format) return;
  if (found?.startsWith('weir/')) {
    throw new CheckpointForeignError(
      file,
      `expected a checkpoint of format ${format}, got ${show(found)}: read it with the version of Weir that wrote it`,
    );
  }
  const [first] = tensors.keys();
  const content = `${tensors.size} tensors${first === undefined ? '' : `, the first is ${show(first)}`}`;
  throw new CheckpointForeignError(
    file,
    `expected a checkpoint of Weir, got a safetensors file of another program (format ${show(found)}, ${content})`,
  );
}

function readState(text: string, file: string): CheckpointState {
  try {
    const state = JSON.parse(text) as CheckpointState;
    if (stateText(state) !== text) throw new TypeError('state: expected sorted keys without spaces');
    return state;
  } catch (error) {
    const rule = error instanceof Error ? error.message : String(error);
    throw new CheckpointCorruptError(file, '__metadata__.state', rule, { cause: error });
  }
}
