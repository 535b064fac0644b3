import { take, tap } from 'rxjs';
import { mountainCar, qLearning, sarsa, taxi, frozenLake, cliffWalking, discretised, epsilonGreedy, interact, ticks, evaluateGreedy, linear, type TabularAgent, type Environment } from 'weir/rl';
import { pump, Run, alongside } from 'weir/streams';
async function go(env: Environment<number, number>, make: () => Environment<number, number>, agent: TabularAgent, seed: number, steps: number, maxEpisodes = Infinity) {
  const run = new Run();
  const meeting = interact(env, agent, { seed });
  const returns: number[] = []; let window = 0; let best = -Infinity; let bestAt = -1; let bestStep = 0;
  const t0 = performance.now();
  await run.done(pump(ticks({ ended: () => meeting.episodes() >= maxEpisodes }), run).pipe(take(steps), meeting, agent.learn(),
    alongside(console.warn, (e$) => e$.pipe(tap((e) => { const r = e.values.return; if (r === undefined) return; returns.push(r); window += r; if (returns.length > 100) window -= returns[returns.length - 101]!; if (returns.length >= 100 && window / 100 > best) { best = window / 100; bestAt = returns.length; bestStep = e.index; } })))));
  const last = returns.slice(-1000);
  const ev = await evaluateGreedy(make(), agent, { episodes: 1000 });
  return { seed, steps: agent.index, episodes: returns.length, first: returns.findIndex((r) => r > -200) + 1, last: last.reduce((a, b) => a + b, 0) / last.length, best, bestAt, bestStep, greedy: ev.returnMean, s: (performance.now() - t0) / 1000, when110: 0 };
}
const what = process.argv[2];
const seeds = Number(process.argv[3] ?? 10);
for (let seed = 1; seed <= seeds; seed++) {
  if (what === 'q') {
    const make = () => discretised(mountainCar(), [40, 40]);
    console.log(JSON.stringify(await go(make(), make, qLearning(make(), { alpha: 0.2, gamma: 0.99, explore: epsilonGreedy(0.002), seed }), seed, 4e6, 20000)));
  } else if (what === 'fine') {
    const make = () => discretised(mountainCar(), [80, 80]);
    const steps = Number(process.argv[4]);
    console.log(JSON.stringify(await go(make(), make, qLearning(make(), { alpha: linear(0.2, 0, steps), gamma: 0.99, explore: epsilonGreedy(0.002), seed }), seed, steps)));
  } else if (what === 'lake') {
    const make = () => frozenLake();
    const steps = Number(process.argv[4]);
    console.log(JSON.stringify(await go(make(), make, qLearning(make(), { alpha: linear(0.2, 0.005, steps*0.8), gamma: 0.999, explore: epsilonGreedy(linear(1, 0.1, steps/2)), seed }), seed, steps)));
  } else if (what === 'taxi') {
    const make = () => taxi();
    const steps = Number(process.argv[4]);
    console.log(JSON.stringify(await go(make(), make, qLearning(make(), { alpha: 0.5, gamma: 0.99, explore: epsilonGreedy(linear(0.3, 0.0, steps*0.8)), seed }), seed, steps)));
  } else if (what === 'cliff') {
    const make = () => cliffWalking();
    for (const f of [sarsa, qLearning])
    console.log(f.name, JSON.stringify(await go(make(), () => cliffWalking({limit: 200}), f(make(), { alpha: 0.5, gamma: 1, explore: epsilonGreedy(0.1), seed }), seed, 1e6, 1500)));
  }
}
