"""Steps Gymnasium environments for a Node.js process, which `python-process.ts` starts.

Requests come from descriptor 3, answers go to descriptor 4, so what an environment prints on its standard output or
error does not touch the protocol. All numbers are little-endian.

    request   operation (uint32), bytes (uint32), payload
    answer    0 or 1 for an error (uint32), bytes (uint32), payload: JSON of an error, else as below

    HELLO     {}                                          -> JSON: versions
    MAKE      JSON: name, arguments                       -> JSON: environment, observation, action
    RESET     environment, seed (uint32)                  -> observation (float32)
    STEP      count, environments (uint32), actions       -> rewards (float64), ends (uint32), observations (float32)
    CLOSE     environment (uint32)                        -> nothing

Actions are int32 numbers, or float32 lists; an end is 0, 1 for a termination, 2 for a truncation. The process ends at
the end of its requests, which comes when the parent ends in any way. A request that takes longer than the seconds of
the arguments, the first for starting and the second for playing, ends it too, after the stacks of all threads went to
its standard error.
"""

import faulthandler
import json
import os
import signal
import struct
import sys
import traceback

PROTOCOL = 1
HELLO, MAKE, RESET, STEP, CLOSE = range(5)


class Refused(Exception):
    """Something that was asked for does not fit; the message has the rule."""


def read(size):
    parts = []
    while size > 0:
        part = os.read(3, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def write(data):
    view = memoryview(data)
    while len(view) > 0:
        view = view[os.write(4, view) :]


def answer(status, payload):
    header = struct.pack("<II", status, len(payload))
    write(header + payload)


def hello():
    try:
        import gymnasium
        import numpy
    except ImportError as error:
        raise Refused(f"expected Python packages gymnasium and numpy in {sys.executable}, got: {error}") from error
    return {
        "protocol": PROTOCOL,
        "python": sys.version.split()[0],
        "executable": sys.executable,
        "gymnasium": gymnasium.__version__,
        "numpy": numpy.__version__,
    }


def make_environment(name, arguments):
    """By Gymnasium's registry (`Name-v0`, `module:Name-v0`), else the class or function `module:Name`."""
    import gymnasium

    module, _, attribute = name.partition(":")
    if attribute.isidentifier():
        own = getattr(__import__(module, fromlist=["_"]), attribute, None)
        if callable(own):
            return own(**arguments)
    if attribute:
        __import__(module)
    try:
        spec = gymnasium.spec(attribute or name)
    except gymnasium.error.Error as error:
        raise Refused(f"expected an environment that Gymnasium knows, got {name}: {error}") from error
    return gymnasium.make(spec, **arguments)


class Server:
    def __init__(self):
        self.environments = {}
        self.next = 0

    def make(self, payload):
        import numpy
        from gymnasium import spaces

        asked = json.loads(payload)
        environment = make_environment(asked["name"], asked["arguments"])
        observation, self.flatten = flattening(environment.observation_space, numpy, spaces)
        action, self.decode, self.action_type = acting(environment.action_space, numpy, spaces)
        self.numpy = numpy
        self.size = len(observation["low"])
        number, self.next = self.next, self.next + 1
        self.environments[number] = environment
        return {"environment": number, "observation": observation, "action": action}

    def reset(self, payload):
        number, seed = struct.unpack("<II", payload)
        observation, _ = self.environments[number].reset(seed=seed)
        row = self.numpy.empty(self.size, dtype="<f4")
        row[:] = self.flatten(observation)
        return row.tobytes()

    def step(self, payload):
        numpy, flatten, decode = self.numpy, self.flatten, self.decode
        (count,) = struct.unpack_from("<I", payload)
        numbers = struct.unpack_from(f"<{count}I", payload, 4)
        actions = numpy.frombuffer(payload, dtype=self.action_type, offset=4 + 4 * count).reshape(count, -1)
        rewards = [0.0] * count
        ends = [0] * count
        rows = numpy.empty((count, self.size), dtype="<f4")
        for i, number in enumerate(numbers):
            observation, reward, terminated, truncated, _ = self.environments[number].step(decode(actions[i]))
            rows[i] = flatten(observation)
            rewards[i] = reward
            ends[i] = 1 if terminated else 2 if truncated else 0
        return struct.pack(f"<{count}d{count}I", *rewards, *ends) + rows.tobytes()

    def close(self, payload):
        (number,) = struct.unpack("<I", payload)
        self.environments.pop(number).close()
        return b""


def flattening(space, numpy, spaces):
    """What is said of a space of observations, and what makes a list of numbers of one."""
    require_known(space, spaces, "observations")
    flat = space if isinstance(space, spaces.Box) else spaces.flatten_space(space)
    said = {"low": bounds(flat.low), "high": bounds(flat.high), "space": str(space), "shape": list(flat.shape)}
    if isinstance(space, spaces.Box):
        # An observation of another size raises; reshape(-1) alone would let a number pass as a list.
        shape = space.shape

        def ravel(observation):
            array = numpy.asarray(observation)
            if array.shape != shape:
                raise ValueError(f"expected an observation of shape {shape}, got {array.shape}")
            return array.reshape(-1)

        return said, ravel
    return said, lambda observation: spaces.flatten(space, observation)


def require_known(space, spaces, what):
    if isinstance(space, (spaces.Box, spaces.Discrete, spaces.MultiBinary, spaces.MultiDiscrete)):
        return
    if isinstance(space, spaces.Dict):
        parts = space.spaces.values()
    elif isinstance(space, spaces.Tuple):
        parts = space.spaces
    else:
        known = "Box, Discrete, MultiBinary, MultiDiscrete, Dict or Tuple"
        raise Refused(f"expected {what} in a space that is {known}, got {space}")
    for part in parts:
        require_known(part, spaces, what)


def acting(space, numpy, spaces):
    """What is said of a space of actions, what makes an action of numbers, and the type of the numbers."""
    said = {"space": str(space)}
    if isinstance(space, spaces.Discrete):
        first = int(space.start)
        return {**said, "kind": "discrete", "size": int(space.n)}, lambda row: first + int(row[0]), "<i4"
    if isinstance(space, (spaces.MultiDiscrete, spaces.MultiBinary)):
        # Every combination is one action of a discrete space.
        binary = isinstance(space, spaces.MultiBinary)
        sizes = numpy.full(space.shape, 2) if binary else space.nvec
        size = 1
        for each in sizes.reshape(-1):
            size *= int(each)
        if size > 4096:
            raise Refused(f"expected at most 4096 combinations of actions, got {size} of {space}")
        shape, flat, kind = sizes.shape, tuple(int(each) for each in sizes.reshape(-1)), space.dtype
        first = 0 if binary else space.start

        def combination(row):
            return numpy.array(numpy.unravel_index(int(row[0]), flat), dtype=kind).reshape(shape) + kind.type(first)

        return {**said, "kind": "discrete", "size": size}, combination, "<i4"
    if isinstance(space, spaces.Box):
        if not (numpy.isfinite(space.low).all() and numpy.isfinite(space.high).all()):
            raise Refused(f"expected actions between finite bounds, got {space}")
        shape, kind = space.shape, space.dtype
        said = {**said, "kind": "box", "low": bounds(space.low), "high": bounds(space.high)}
        return said, lambda row: row.astype(kind).reshape(shape), "<f4"
    known = "Discrete, MultiDiscrete, MultiBinary or Box"
    raise Refused(f"expected actions in a space that is {known}, got {space}")


def bounds(values):
    """JSON has no infinity: null is none."""
    return [float(value) if -3.4e38 < value < 3.4e38 else None for value in values.reshape(-1)]


def serve(starting, playing):
    server = Server()
    said = {"hello": lambda payload: json.dumps(hello()).encode()}
    said["make"] = lambda payload: json.dumps(server.make(payload)).encode()
    operations = [said["hello"], said["make"], server.reset, server.step, server.close]
    names = ["starting", "making the environment", "reset()", "step()", "close()"]
    while True:
        try:
            operation, size = struct.unpack("<II", read(8))
            payload = read(size)
        except EOFError:
            break
        signal.setitimer(signal.ITIMER_REAL, starting if operation in (HELLO, MAKE) else playing)
        try:
            status, result = 0, operations[operation](payload)
        except Refused as error:
            status, result = 1, json.dumps({"refused": str(error)}).encode()
        except BaseException as error:
            traceback.print_exc()
            said = {"during": names[operation], "raised": f"{type(error).__name__}: {error}"}
            status, result = 1, json.dumps(said).encode()
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout.flush()
        sys.stderr.flush()
        answer(status, result)
    signal.setitimer(signal.ITIMER_REAL, 5)
    for environment in server.environments.values():
        environment.close()


def main():
    # The parent decides when the run ends; signals of a terminal or of a service go to all processes.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    # The stacks, then the default action of the signal, which ends the process also within C code.
    faulthandler.enable()
    faulthandler.register(signal.SIGALRM, all_threads=True, chain=True)
    os.set_blocking(3, True)
    # Modules are looked for where the run was started, as `python -c` does, not beside this file.
    sys.path[0] = ""
    try:
        serve(float(sys.argv[1]), float(sys.argv[2]))
    except BrokenPipeError:
        pass


if __name__ == "__main__":
    main()
