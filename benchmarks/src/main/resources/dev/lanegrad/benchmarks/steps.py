"""Steps of training by PyTorch or JAX: `python3 steps.py torch|jax THREADS`.

Speaks the protocol of Worker.java: how long to warm up, keys of tasks, an empty line; then one
answer for each request. A key is `training false BATCH NETWORK`, the network as Network.java has
it. Weights and data are those of TrainingTask.java, drawn as java.util.SplittableRandom draws.

With the arguments of StartProgram.java behind (STARTED SECONDS BATCH NETWORK) it trains that for
a while instead, and prints when which step was done, as StartProgram.java does.
"""
import os
import re
import sys
import time

library, threads = sys.argv[1], int(sys.argv[2])
if library == "jax" and threads == 1:
    os.environ["XLA_FLAGS"] = (
        "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import numpy as np

SLOT = 3e-3
CHECKED_STEPS, CHECKED_RATE, TIMED_RATE = 3, 1e-3, 1e-7
WEIGHTS, DATA = 7, 8
WINDOW, PATIENCE = 0.2, 4  # of Steadiness.java and StartProgram.java
U64 = np.uint64


def seeds(seed, count):
    with np.errstate(over="ignore"):
        return U64(seed) + U64(0x9E3779B97F4A7C15) * np.arange(1, count + 1, dtype=U64)


def floats(seed, count, low, high):
    """SplittableRandom(seed).nextDouble(low, high), as floats."""
    with np.errstate(over="ignore"):
        z = seeds(seed, count)
        z = (z ^ (z >> U64(30))) * U64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> U64(27))) * U64(0x94D049BB133111EB)
        z = z ^ (z >> U64(31))
    return ((z >> U64(11)).astype(np.float64) * 2.0**-53 * (high - low) + low).astype(np.float32)


def ints(seed, count, bound):
    """SplittableRandom(seed).ints(count, 0, bound)."""
    with np.errstate(over="ignore"):
        z = seeds(seed, 2 * count + 64)
        z = (z ^ (z >> U64(33))) * U64(0x62A9D9ED799705F5)
        z = ((z ^ (z >> U64(28))) * U64(0xCB24D0A5C88C35B3)) >> U64(32)
    drawn = [int(word) for word in z]
    if bound & (bound - 1) == 0:
        return np.array([word & (bound - 1) for word in drawn[:count]])
    result, at = [], 0
    while len(result) < count:
        half, at = drawn[at] >> 1, at + 1
        if half - half % bound + bound - 1 < 2**31:
            result.append(half % bound)
    return np.array(result)


class Network:
    """Layers as ("linear", out), ("conv", stride, padding), ("pool", k), "relu", "flatten"."""

    def __init__(self, batch, word):
        first, *layers = word.split("-")
        lengths = [int(n) for n in first.split("x")]
        shape = [lengths[-1]] + lengths[:-1]
        self.inputs, self.layers, self.weights = [batch] + shape, [], []
        left = sum(not layer.startswith("m") for layer in layers)
        for layer in layers:
            conv = re.fullmatch(r"(\d+)c(\d+)(?:s(\d+))?(?:p(\d+))?", layer)
            if conv:
                out, k, s, p = (int(g or d) for g, d in zip(conv.groups(), (0, 0, 1, 0)))
                self.layers.append(("conv", s, p))
                self.weights.append([out, shape[0]] + [k] * (len(shape) - 1))
                shape = [out] + [(n + 2 * p - k) // s + 1 for n in shape[1:]]
            elif layer.startswith("m"):
                k = int(layer[1:])
                self.layers.append(("pool", k))
                shape = [shape[0]] + [n // k for n in shape[1:]]
                continue
            else:
                if len(shape) > 1:
                    self.layers.append(("flatten",))
                    shape = [int(np.prod(shape))]
                self.layers.append(("linear",))
                self.weights.append([int(layer), shape[0]])
                shape = [int(layer)]
            left -= 1
            if left > 0:
                self.layers.append(("relu",))
        self.x = floats(DATA, int(np.prod(self.inputs)), -1, 1).reshape(self.inputs)
        self.labels = ints(DATA + 1, batch, shape[0])

    def parameters(self):
        """A weight and a bias of zeros for each layer that has them."""
        result = []
        for i, shape in enumerate(self.weights):
            bound = 1 / np.sqrt(np.prod(shape[1:]))
            weight = floats(WEIGHTS + 10 * i, int(np.prod(shape)), -bound, bound)
            result += [weight.reshape(shape), np.zeros(shape[0], np.float32)]
        return result


def torch_step(network, rate):
    """Eager, with the fused Adam."""
    parameters = [torch.tensor(p, requires_grad=True) for p in network.parameters()]
    x, labels = torch.tensor(network.x), torch.tensor(network.labels)
    adam = torch.optim.Adam(parameters, lr=rate, fused=True)
    flat = x.dim() < 4
    conv = F.conv1d if flat else F.conv2d
    pool = F.max_pool1d if flat else F.max_pool2d

    def loss():
        y, weights = x, iter(parameters)
        for kind, *sizes in network.layers:
            if kind == "linear":
                y = F.linear(y, next(weights), next(weights))
            elif kind == "conv":
                y = conv(y, next(weights), next(weights), *sizes)
            elif kind == "pool":
                y = pool(y, *sizes)
            else:
                y = torch.relu(y) if kind == "relu" else y.flatten(1)
        return F.cross_entropy(y, labels)

    def step():
        adam.zero_grad(set_to_none=True)
        loss().backward()
        adam.step()

    return step, lambda: loss().item()


def jax_step(network, rate):
    """One jitted step whose buffers are donated."""
    x, labels = jnp.array(network.x), jnp.array(network.labels)

    def loss(parameters):
        y, weights = x, iter(parameters)
        for kind, *sizes in network.layers:
            if kind == "linear":
                y = y @ next(weights).T + next(weights)
            elif kind == "conv":
                weight, bias = next(weights), next(weights)
                n = y.ndim - 2
                y = jax.lax.conv_general_dilated(
                    y, weight, [sizes[0]] * n, [(sizes[1], sizes[1])] * n)
                y = y + bias.reshape([1, -1] + [1] * n)
            elif kind == "pool":
                window = (1, 1) + (sizes[0],) * (y.ndim - 2)
                y = jax.lax.reduce_window(y, -jnp.inf, jax.lax.max, window, window, "VALID")
            else:
                y = jax.nn.relu(y) if kind == "relu" else y.reshape(y.shape[0], -1)
        return -jax.nn.log_softmax(y)[jnp.arange(len(labels)), labels].mean()

    def update(parameters, first, second, t):
        t = t + 1
        gradients = jax.grad(loss)(parameters)
        first = [0.9 * m + 0.1 * g for m, g in zip(first, gradients)]
        second = [0.999 * v + 0.001 * g * g for v, g in zip(second, gradients)]
        scale, root = rate / (1 - 0.9**t), jnp.sqrt(1 - 0.999**t)
        parameters = [p - scale * m / (jnp.sqrt(v) / root + 1e-8)
                      for p, m, v in zip(parameters, first, second)]
        return parameters, first, second, t

    jitted = jax.jit(update, donate_argnums=(0, 1, 2, 3))
    start = [jnp.array(p) for p in network.parameters()]
    state = [start, [jnp.zeros_like(p) for p in start], [jnp.zeros_like(p) for p in start],
             jnp.zeros((), jnp.float32)]

    def step():
        state[:] = jitted(*state)
        jax.block_until_ready(state)

    return step, lambda: float(loss(state[0]))


class Slot:
    def __init__(self, run):
        self.run, self.runs, self.last = run, 1, 0.0

    def time(self):
        """Nanoseconds a call, over one slot; brings its data back into the caches first."""
        if self.last < 2 * SLOT:
            self.repeat(self.runs // 8 + 1)
        start = time.perf_counter()
        self.repeat(self.runs)
        self.last = max(time.perf_counter() - start, 1e-9) / self.runs
        self.runs = int(max(1, min(SLOT / self.last, 16 * self.runs)))
        return self.last * 1e9

    def repeat(self, times):
        for _ in range(times):
            self.run()


def network_of(key):
    _, _, batch, word = key.split(" ")
    return Network(int(batch), word)


def check(key):
    step, loss = make(network_of(key), CHECKED_RATE)
    for _ in range(CHECKED_STEPS):
        step()
    return loss()


def answer(text):
    print("answer: %s" % text, flush=True)


if library == "torch":
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(threads)
    make, name = torch_step, "PyTorch %s (Python)" % torch.__version__
else:
    import jax
    import jax.numpy as jnp

    make, name = jax_step, "JAX %s (Python)" % jax.__version__

def serve():
    lines = iter(sys.stdin.readline, "")
    least = float(next(lines).split(" ")[0])
    slots = {}
    for line in lines:
        key = line.rstrip("\r\n")
        if not key:
            break
        slots[key] = Slot(make(network_of(key), TIMED_RATE)[0])
    end = time.perf_counter() + least
    while slots:
        for slot in slots.values():
            slot.time()
        if time.perf_counter() > end:
            break
    answer(name)
    for line in lines:
        request, key = line.rstrip("\r\n").split(" ", 1)
        answer(slots[key].time() if request == "time" else check(key) if request == "check" else "NaN")


def train(started, seconds, batch, word):
    """Until the seconds since the start are over, and 1,000 steps if these are not too slow."""
    step, _ = make(Network(batch, word), TIMED_RATE)
    now = lambda: time.time() - started
    done, milestones, windows = 0, {1: None, 10: None, 100: None, 1000: None}, []
    begin, begun = now(), 0
    while done == 0 or now() < seconds or (done < 1000 and now() < PATIENCE * seconds):
        step()
        done += 1
        if done in milestones:
            milestones[done] = now()
        if now() - begin >= WINDOW:
            windows.append("%s:%s" % (now(), (now() - begin) / (done - begun)))
            begin, begun = now(), done
    print("start", *[at or "NaN" for at in milestones.values()], "NaN", *windows)


if len(sys.argv) > 3:
    train(int(sys.argv[3]) / 1e3, float(sys.argv[4]), int(sys.argv[5]), sys.argv[6])
else:
    serve()
