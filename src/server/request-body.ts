import type { IncomingMessage } from 'node:http';
import { Refusal } from './errors.ts';

const mostBytes = 16_384;

/**
 * The body of a request, as text. @throws Refusal for one of more than 16 KB, or one that is cut
 * off
 */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= mostBytes) return void parts.push(part);
      request.removeAllListeners('data');
      request.pause();
      reject(new Refusal(413, 'body: expected at most 16 KB', { connection: 'close' }));
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', () => reject(new Refusal(400, 'body: expected a whole one')));
  });
}
