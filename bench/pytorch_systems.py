"""Steps of systems in PyTorch, with the networks that the presets of the recipes have: workloads 7 to 9 of engine-pytorch.py."""

import math

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm


def adam(parameters, betas):
    return torch.optim.Adam(parameters, lr=1e-3, betas=betas)


class Average:
    """A moving average of the parameters of a network."""

    def __init__(self, network, decay):
        self.of, self.decay = list(network.parameters()), decay
        self.kept = [weight.detach().clone() for weight in self.of]

    @torch.no_grad()
    def step(self):
        torch._foreach_mul_(self.kept, self.decay)
        torch._foreach_add_(self.kept, self.of, alpha=1 - self.decay)


def update(loss, optimizer):
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return loss.item()


class Equalised(nn.Module):
    """A convolution (or with side 0 a dense layer) whose kernel of N(0, 1) is scaled where it is used."""

    def __init__(self, before, after, side, gain=math.sqrt(2)):
        super().__init__()
        shape = (after, before, side, side) if side else (after, before)
        self.kernel, self.bias = nn.Parameter(torch.randn(shape)), nn.Parameter(torch.zeros(after))
        self.scale, self.side = gain / math.sqrt(before * max(1, side) ** 2), side

    def forward(self, x):
        kernel = self.kernel * self.scale
        if not self.side:
            return F.linear(x, kernel, self.bias)
        return F.conv2d(x, kernel, self.bias, padding=self.side // 2)


def lrelu(x):
    return F.leaky_relu(x, 0.2)


def pixel_norm(x):
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-8)


maps = [48, 32, 16, 12]


class GrownGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Equalised(32, 16 * maps[0], 0, math.sqrt(2) / 4)
        self.blocks = nn.ModuleList(Equalised(a, b, 3) for a, b in zip([maps[0], *maps], maps))
        self.to_rgb = Equalised(maps[-1], 3, 1, 1)

    def forward(self, noise):
        x = pixel_norm(lrelu(self.first(pixel_norm(noise)).view(-1, maps[0], 4, 4)))
        for level, block in enumerate(self.blocks):
            x = F.interpolate(x, scale_factor=2) if level else x
            x = pixel_norm(lrelu(block(x)))
        return self.to_rgb(x)


class GrownCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.from_rgb = Equalised(3, maps[-1], 1)
        self.blocks = nn.ModuleList(Equalised(a, b, 3) for a, b in zip(maps[:0:-1], maps[-2::-1]))
        self.last = Equalised(maps[0] + 1, maps[0], 3)
        self.dense, self.out = Equalised(16 * maps[0], maps[0], 0), Equalised(maps[0], 1, 0, 1)

    def forward(self, x):
        x = lrelu(self.from_rgb(x))
        for block in self.blocks:
            x = F.avg_pool2d(lrelu(block(x)), 2)
        groups = x.view(-1, 4, *x.shape[1:])
        spread = (groups.var(1, unbiased=False) + 1e-8).sqrt().mean((1, 2, 3))
        x = torch.cat([x, spread.repeat_interleave(4).view(-1, 1, 1, 1).expand(-1, 1, 4, 4)], 1)
        return self.out(lrelu(self.dense(lrelu(self.last(x)).flatten(1))))


class ScoredByMean:
    """A pair whose generator has minus the mean score of its samples as loss."""

    def step_generator(self):
        self.critic.requires_grad_(False)
        found = update(-self.critic(self.generator(self.noise)).mean(), self.of_generator)
        self.critic.requires_grad_(True)
        self.average.step()
        return found


class LastLevel(ScoredByMean):
    """The last side of a Progressive GAN by itself, behind its fade."""

    def __init__(self, batch=32):
        self.critic, self.generator = GrownCritic(), GrownGenerator()
        self.real, self.noise = torch.rand(batch, 3, 32, 32) * 2 - 1, torch.randn(batch, 32)
        self.of_critic = adam(self.critic.parameters(), (0, 0.99))
        self.of_generator = adam(self.generator.parameters(), (0, 0.99))
        self.average = Average(self.generator, 0.99)

    def step_critic(self):
        with torch.no_grad():
            fake = self.generator(self.noise)
        on_real, on_fake = self.critic(self.real), self.critic(fake)
        share = torch.rand(len(fake), 1, 1, 1)
        between = (share * self.real + (1 - share) * fake).requires_grad_()
        (slope,) = torch.autograd.grad(self.critic(between).sum(), between, create_graph=True)
        penalty = ((slope.flatten(1).norm(2, 1) - 1) ** 2).mean()
        loss = on_fake.mean() - on_real.mean() + 10 * penalty + 0.001 * on_real.square().mean()
        return update(loss, self.of_critic)


words, augmented = 29, 16


class Augment(nn.Module):
    def __init__(self):
        super().__init__()
        self.code = nn.Linear(words, 2 * augmented)

    def forward(self, text, noise):
        mean, log_deviation = self.code(text).chunk(2, 1)
        kl = 0.5 * (mean**2 + (2 * log_deviation).exp() - 1 - 2 * log_deviation).sum(1)
        return mean + log_deviation.exp() * noise, kl


class FirstStage(nn.Module):
    def __init__(self):
        super().__init__()
        self.augment, self.first = Augment(), nn.Linear(32, 16 * 64)
        self.body = nn.Sequential(
            nn.BatchNorm2d(64), nn.ReLU(), nn.ConvTranspose2d(64, 32, 4, 2, 1),
            nn.BatchNorm2d(32), nn.ReLU(), nn.ConvTranspose2d(32, 3, 4, 2, 1), nn.Tanh(),
        )  # fmt: skip

    def forward(self, text, noise):
        condition, _ = self.augment(text, noise[:, augmented:])
        x = self.first(torch.cat([noise[:, :augmented], condition], 1))
        return self.body(x.view(-1, 64, 4, 4))


def same(before, after):
    return [nn.Conv2d(before, after, 3, 1, 1), nn.BatchNorm2d(after)]


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inside = nn.Sequential(*same(width, width), nn.ReLU(), *same(width, width))

    def forward(self, x):
        return F.relu(x + self.inside(x))


class Refiner(nn.Module):
    def __init__(self, f=16):
        super().__init__()
        self.augment = Augment()
        self.down = nn.Sequential(
            nn.Conv2d(3, f, 3, 1, 1), nn.ReLU(), nn.Conv2d(f, 2 * f, 4, 2, 1), nn.BatchNorm2d(2 * f), nn.ReLU()
        )
        self.body = nn.Sequential(
            *same(2 * f + augmented, 2 * f), nn.ReLU(), Residual(2 * f), Residual(2 * f),
            nn.Upsample(scale_factor=2), *same(2 * f, 2 * f), nn.ReLU(),
            nn.Upsample(scale_factor=2), *same(2 * f, f), nn.ReLU(), nn.Conv2d(f, 3, 3, 1, 1), nn.Tanh(),
        )  # fmt: skip

    def forward(self, images, text, noise):
        condition, kl = self.augment(text, noise)
        x = self.down(images)
        beside = condition[:, :, None, None].expand(-1, -1, *x.shape[2:])
        return self.body(torch.cat([x, beside], 1)), kl


class TextCritic(nn.Module):
    def __init__(self, f=16):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, f, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(f, 2 * f, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(2 * f, 4 * f, 4, 2, 1), nn.LeakyReLU(0.2), nn.Flatten(),
        )  # fmt: skip
        self.out, self.embedding = nn.Linear(64 * f, 1), nn.Linear(words, 64 * f, bias=False)

    def forward(self, x, text):
        features = self.body(x)
        return self.out(features) + (self.embedding(text) * features).sum(1, keepdim=True)


class SecondStage:
    """The second stage of StackGAN; the first is frozen and normalises by its running averages."""

    def __init__(self, batch=64):
        self.first, self.generator, self.critic = FirstStage().eval(), Refiner(), TextCritic()
        self.first.requires_grad_(False)
        self.real, self.text = torch.rand(batch, 3, 32, 32) * 2 - 1, torch.rand(batch, words)
        self.wrong = self.text.roll(1, 0)
        self.noise, self.refine = torch.randn(batch, 32), torch.randn(batch, augmented)
        self.of_critic = adam(self.critic.parameters(), (0.5, 0.99))
        self.of_generator = adam(self.generator.parameters(), (0.5, 0.99))
        self.average = Average(self.generator, 0.995)

    def make(self):
        return self.generator(self.first(self.text, self.noise), self.text, self.refine)

    def step_critic(self):
        with torch.no_grad():
            fake, _ = self.make()
        scores = self.critic(
            torch.cat([self.real, fake, self.real]), torch.cat([self.text, self.text, self.wrong])
        )
        on_real, on_fake, on_wrong = scores.chunk(3)
        refused = F.softplus(on_fake).mean() + F.softplus(on_wrong).mean()
        return update(F.softplus(-on_real).mean() + 0.5 * refused, self.of_critic)

    def step_generator(self):
        self.critic.requires_grad_(False)
        fake, kl = self.make()
        found = update(F.softplus(-self.critic(fake, self.text)).mean() + 0.02 * kl.mean(), self.of_generator)
        self.critic.requires_grad_(True)
        self.average.step()
        return found


sizes = [16, 32, 64, 128]


def spectral(before, after, side):
    return spectral_norm(nn.Conv2d(before, after, side, 1, side // 2))


class Down(nn.Module):
    """A block of the critic that halves the sides; the first has no activation in front."""

    def __init__(self, before, after, first=False):
        super().__init__()
        self.first = first
        self.one, self.two = spectral(before, after if first else before, 3), spectral(after if first else before, after, 3)
        self.beside = spectral(before, after, 1)

    def forward(self, x):
        if self.first:
            return F.avg_pool2d(self.two(F.relu(self.one(x))), 2) + self.beside(F.avg_pool2d(x, 2))
        inside = self.two(F.relu(self.one(F.relu(x))))
        return F.avg_pool2d(inside, 2) + F.avg_pool2d(self.beside(x), 2)


class ResidualCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(*(Down(a, b, i == 0) for i, (a, b) in enumerate(zip([3, *sizes], sizes))))
        self.last = nn.Sequential(
            nn.ReLU(), spectral(sizes[-1], sizes[-1], 3), nn.ReLU(), spectral(sizes[-1], sizes[-1], 3)
        )
        self.out = spectral_norm(nn.Linear(sizes[-1], 1))

    def forward(self, x):
        x = self.down(x)
        return self.out(F.relu(x + self.last(x)).sum((2, 3)))


class Up(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.inside = nn.Sequential(
            nn.BatchNorm2d(before), nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(before, after, 3, 1, 1),
            nn.BatchNorm2d(after), nn.ReLU(), nn.Conv2d(after, after, 3, 1, 1),
        )  # fmt: skip
        self.beside = nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(before, after, 1))

    def forward(self, x):
        return self.inside(x) + self.beside(x)


class ResidualGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        wide = sizes[-1]
        self.first = nn.Linear(64, 16 * wide)
        self.up = nn.Sequential(
            *(Up(a, b) for a, b in zip(sizes[::-1], [*sizes[-2::-1], sizes[0]])),
            nn.BatchNorm2d(sizes[0]), nn.ReLU(), nn.Conv2d(sizes[0], 3, 3, 1, 1), nn.Tanh(),
        )  # fmt: skip

    def forward(self, noise):
        return self.up(self.first(noise).view(-1, sizes[-1], 4, 4))


class ResidualGan(ScoredByMean):
    """SN-GAN with residual networks at 64x64."""

    def __init__(self, batch=32):
        self.critic, self.generator = ResidualCritic(), ResidualGenerator()
        self.real, self.noise = torch.rand(batch, 3, 64, 64) * 2 - 1, torch.randn(batch, 64)
        self.of_critic = adam(self.critic.parameters(), (0, 0.9))
        self.of_generator = adam(self.generator.parameters(), (0, 0.9))
        self.average = Average(self.generator, 0.99)

    def step_critic(self):
        with torch.no_grad():
            fake = self.generator(self.noise)
        on_real, on_fake = self.critic(self.real), self.critic(fake)
        return update(F.relu(1 + on_fake).mean() + F.relu(1 - on_real).mean(), self.of_critic)
