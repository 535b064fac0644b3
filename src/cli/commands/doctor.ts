import { version } from '../../base/index.ts';
import { engineReport } from '../../engine/index.ts';
import { type Console, printJson, table } from '../console.ts';

/** `weir doctor`: what works on this machine, and what `--engine auto` takes. */
export async function doctor(console: Console, { json }: { readonly json?: boolean }): Promise<void> {
  const { engines, auto } = await engineReport();
  const machine = {
    weir: version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
  if (json) return printJson(console, { ...machine, engines, auto });
  console.stdout.write(`weir ${machine.weir}, Node.js ${machine.node}, ${machine.platform}\n\n`);
  const rows = engines.map(({ name, available, detail }) => [available ? 'ok' : '--', name, detail]);
  const gpus =
    'onnx:webgpu and onnx:cuda run the onnx engine on a GPU; asked for by name, they say whether they can';
  console.stdout.write(`${table(rows)}\n${gpus}\n--engine auto takes ${auto.name}: ${auto.reason}\n`);
}
