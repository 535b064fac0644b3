"""The peer of bench/tables.ts: tabular Q-learning on MountainCar-v0 as its users write it in Python, with Gymnasium.

    python3 bench/gymnasium_loop.py STEPS

Prints JSON: environment steps a second of the bare step loop, and of Q-learning. Without Gymnasium it prints null.
"""

import json
import sys
import time

try:
    import gymnasium
    import numpy as np
except ImportError:
    print("null")
    sys.exit()

steps = int(sys.argv[1])
environment = gymnasium.make("MountainCar-v0")
low, high = environment.observation_space.low, environment.observation_space.high
width = (high - low) / 40
random = np.random.default_rng(1)


def cell(observation):
    i, j = np.clip(((observation - low) / width).astype(int), 0, 39)
    return i, j


def bare():
    environment.reset(seed=1)
    began = time.process_time()
    for i in range(steps):
        *_, terminated, truncated, _ = environment.step(i % 3)
        if terminated or truncated:
            environment.reset()
    return steps / (time.process_time() - began)


def learning():
    q = np.zeros((40, 40, 3), dtype=np.float32)
    state = cell(environment.reset(seed=1)[0])
    began = time.process_time()
    for _ in range(steps):
        action = random.integers(3) if random.random() < 0.002 else int(np.argmax(q[state]))
        observation, reward, terminated, truncated, _ = environment.step(action)
        after = cell(observation)
        target = reward + (0.0 if terminated else 0.99 * np.max(q[after]))
        q[state + (action,)] += 0.2 * (target - q[state + (action,)])
        state = cell(environment.reset()[0]) if terminated or truncated else after
    return steps / (time.process_time() - began)


print(json.dumps({"bare": bare(), "learning": learning(), "version": gymnasium.__version__}))
