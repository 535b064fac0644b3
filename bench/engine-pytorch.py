"""The peer of bench/engine.ts: the same training steps in PyTorch, eager, as its users write them.

Reads lines `workload program count` and answers each with a line of JSON: the seconds of each step, of the processor and on the clock.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm

from pytorch_systems import LastLevel, ResidualGan, SecondStage

torch.manual_seed(1)
torch.set_num_threads(int(sys.argv[1]))


def mlp(sizes):
    layers = []
    for before, after in zip(sizes, sizes[1:]):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Attention(nn.Module):
    def __init__(self, channels, norm):
        super().__init__()
        small = max(1, channels // 8)
        self.f, self.g = nn.Linear(channels, small, bias=False), nn.Linear(channels, small, bias=False)
        self.h = nn.Linear(channels, channels, bias=False)
        self.gamma = nn.Parameter(torch.tensor(0.1))

    def forward(self, x):
        flat = x.flatten(2).transpose(1, 2)
        weights = torch.softmax(self.f(flat) @ self.g(flat).transpose(1, 2), -1)
        return x + self.gamma * (weights @ self.h(flat)).transpose(1, 2).reshape(x.shape)


class LayerNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.scale, self.offset = nn.Parameter(torch.ones(channels, 1, 1)), nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, x):
        return F.layer_norm(x, x.shape[1:]) * self.scale + self.offset


class Critic(nn.Module):
    def __init__(self, c, layer_norm=False, spectral=False, attention=False):
        super().__init__()
        wrap = spectral_norm if spectral else (lambda layer: layer)
        layers = []
        for i, (before, after) in enumerate([(3, c), (c, 2 * c), (2 * c, 4 * c)]):
            layers.append(wrap(nn.Conv2d(before, after, 4, 2, 1)))
            if layer_norm and i > 0:
                layers.append(LayerNorm(after))
            layers.append(nn.LeakyReLU(0.2))
            if attention and i == 0:
                layers.append(Attention(after, wrap))
        self.body, self.out = nn.Sequential(*layers), nn.Linear(16 * 4 * c, 1)

    def forward(self, x):
        return self.out(self.body(x).flatten(1))


class Generator(nn.Module):
    def __init__(self, c, attention=False):
        super().__init__()
        self.first, self.c = nn.Linear(128, 16 * 4 * c, bias=False), c
        layers = []
        for i, (before, after) in enumerate([(4 * c, 2 * c), (2 * c, c), (c, 3)]):
            layers += [nn.BatchNorm2d(before, track_running_stats=False), nn.ReLU()]
            if attention and i == 2:
                layers.append(Attention(before, None))
            layers.append(nn.ConvTranspose2d(before, after, 4, 2, 1, bias=i == 2))
        self.body = nn.Sequential(*layers, nn.Tanh())

    def forward(self, noise):
        return self.body(self.first(noise).view(-1, 4 * self.c, 4, 4))


class Gan:
    def __init__(self, critic, generator, real, noise, loss):
        self.critic, self.generator, self.loss = critic, generator, loss
        self.real, self.noise = torch.randn(*real), torch.randn(*noise)
        adam = dict(lr=1e-4, betas=(0.5, 0.9))
        self.of_critic = torch.optim.Adam(critic.parameters(), **adam)
        self.of_generator = torch.optim.Adam(generator.parameters(), **adam)

    def step_critic(self):
        with torch.no_grad():
            fake = self.generator(self.noise)
        on_real, on_fake = self.critic(self.real), self.critic(fake)
        if self.loss == 'hinge':
            loss = F.relu(1 + on_fake).mean() + F.relu(1 - on_real).mean()
        else:
            share = torch.rand(len(fake), *[1] * (fake.dim() - 1))
            between = (share * self.real + (1 - share) * fake).requires_grad_()
            (slope,) = torch.autograd.grad(self.critic(between).sum(), between, create_graph=True)
            loss = on_fake.mean() - on_real.mean() + 10 * ((slope.flatten(1).norm(2, 1) - 1) ** 2).mean()
        self.of_critic.zero_grad(set_to_none=True)
        loss.backward()
        self.of_critic.step()
        return loss.item()

    def step_generator(self):
        for weight in self.critic.parameters():
            weight.requires_grad_(False)
        loss = -self.critic(self.generator(self.noise)).mean()
        self.of_generator.zero_grad(set_to_none=True)
        loss.backward()
        self.of_generator.step()
        for weight in self.critic.parameters():
            weight.requires_grad_(True)
        return loss.item()


class Dqn:
    def __init__(self, width, batch):
        self.online, self.target = mlp([8, width, width, 4]), mlp([8, width, width, 4])
        self.adam = torch.optim.Adam(self.online.parameters(), lr=1e-3)
        self.before, self.after = torch.randn(batch, 8), torch.randn(batch, 8)
        self.action, self.reward = torch.randint(4, (batch, 1)), torch.randn(batch)

    def step_update(self):
        with torch.no_grad():
            target = self.reward + 0.99 * self.target(self.after).max(1).values
        loss = F.mse_loss(self.online(self.before).gather(1, self.action).squeeze(1), target)
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss.item()


def toy(width, batch):
    hidden = [width] * 3
    return Gan(mlp([2, *hidden, 1]), mlp([2, *hidden, 2]), (batch, 2), (batch, 2), 'gp')


def pictures(loss, channels=64, batch=64, **options):
    generator = Generator(channels, options.get('attention', False))
    return Gan(Critic(channels, **options), generator, (batch, 3, 32, 32), (batch, 128), loss)


workloads = {
    '1': lambda: toy(512, 256),
    '2': lambda: toy(64, 64),
    '3': lambda: pictures('hinge', spectral=True),
    '4': lambda: pictures('gp', layer_norm=True),
    '5': lambda: pictures('hinge', spectral=True, attention=True),
    '6': lambda: Dqn(256, 128),
    '7': LastLevel,
    '8': SecondStage,
    '9': ResidualGan,
}
made = {}
print(json.dumps(f'PyTorch {torch.__version__}, eager'), flush=True)
for line in sys.stdin:
    workload, program, count = line.split()
    if workload not in made:
        made.clear()
        made[workload] = workloads[workload]()
    step = getattr(made[workload], f'step_{program}')
    processor, clock = [], []
    for _ in range(int(count)):
        begin, start = time.process_time(), time.perf_counter()
        step()
        processor.append(time.process_time() - begin)
        clock.append(time.perf_counter() - start)
    print(json.dumps({'processor': processor, 'clock': clock}), flush=True)
