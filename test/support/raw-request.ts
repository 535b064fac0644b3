import { connect } from 'node:net';

/**
 * Sends bytes to a port of this machine and gathers what comes back until the server closes the
 * connection, or until there are as many answers as are expected and nothing more has come for a
 * while.
 */
export function rawRequest(
  port: number,
  bytes: string | Uint8Array,
  answers: number,
  quietMs = 300,
): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(quietMs, () => statuses(answer).length >= answers && end());
    socket.on('data', (part) => {
      answer += part.toString('latin1');
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.write(bytes);
  });
}

/** The status codes of the answers in what came back, in order. */
export function statuses(answer: string): number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}
