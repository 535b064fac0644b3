import { describe, expect, it } from 'vitest';
import { Message } from '../../../../src/engine/onnx/emit/protobuf.ts';

const bytes = (message: Message) => [...message.finish()];

describe('messages of Protocol Buffers', () => {
  it('hold whole numbers in as few bytes as they need', () => {
    expect(bytes(new Message().int(1, 150))).toEqual([0x08, 0x96, 0x01]);
    expect(bytes(new Message().int(1, 0))).toEqual([0x08, 0x00]);
    expect(bytes(new Message().int(16, 1))).toEqual([0x80, 0x01, 0x01]);
    expect(bytes(new Message().int(1, -1))).toEqual([0x08, ...new Array(9).fill(0xff), 0x01]);
  });

  it('hold text, numbers and other messages', () => {
    expect(bytes(new Message().text(2, 'testing'))).toEqual([0x12, 7, ...Buffer.from('testing')]);
    expect(bytes(new Message().float(2, 1))).toEqual([0x15, 0, 0, 0x80, 0x3f]);
    expect(bytes(new Message().message(3, new Message().int(1, 150)))).toEqual([0x1a, 3, 0x08, 0x96, 0x01]);
  });
});
