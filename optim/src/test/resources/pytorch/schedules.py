# Writes schedules.txt beside it: learning rate and momentum or beta1 of PyTorch 2.13's schedules in
# every step. Not run by the build, which has no PyTorch.
import os
import torch
import torch.optim as O
import torch.optim.lr_scheduler as S
from torch.optim.swa_utils import SWALR
torch.set_default_dtype(torch.float64)
def sgd(): return O.SGD([torch.zeros(1, requires_grad=True)], lr=.3, momentum=.9)
def adam(): return O.Adam([torch.zeros(1, requires_grad=True)], lr=.3)
ALL = {
'LambdaLR': (sgd, lambda o: S.LambdaLR(o, lambda t: .95 ** t + t / 100), 40),
'MultiplicativeLR': (sgd, lambda o: S.MultiplicativeLR(o, lambda t: .9 + t / 200), 40),
'StepLR': (sgd, lambda o: S.StepLR(o, 7, .4), 40),
'MultiStepLR': (sgd, lambda o: S.MultiStepLR(o, [20, 3, 3, 31], .5), 40),
'ConstantLR': (sgd, lambda o: S.ConstantLR(o), 12),
'ConstantLR.2': (sgd, lambda o: S.ConstantLR(o, .25, 9), 12),
'LinearLR': (sgd, lambda o: S.LinearLR(o), 12),
'LinearLR.2': (sgd, lambda o: S.LinearLR(o, .1, .7, 9), 12),
'ExponentialLR': (sgd, lambda o: S.ExponentialLR(o, .93), 40),
'PolynomialLR': (sgd, lambda o: S.PolynomialLR(o), 12),
'PolynomialLR.2': (sgd, lambda o: S.PolynomialLR(o, 30, 2.5), 40),
'CosineAnnealingLR': (sgd, lambda o: S.CosineAnnealingLR(o, 13), 60),
'CosineAnnealingLR.2': (sgd, lambda o: S.CosineAnnealingLR(o, 10, .05), 60),
'CosineAnnealingWarmRestarts': (sgd, lambda o: S.CosineAnnealingWarmRestarts(o, 7), 40),
'CosineAnnealingWarmRestarts.2': (sgd, lambda o: S.CosineAnnealingWarmRestarts(o, 5, 2, .01), 90),
'CyclicLR': (sgd, lambda o: S.CyclicLR(o, .01, .2, 6), 60),
'CyclicLR.2': (adam, lambda o: S.CyclicLR(o, .01, .2, 6, 3, 'triangular2', base_momentum=.7, max_momentum=.95), 60),
'CyclicLR.3': (sgd, lambda o: S.CyclicLR(o, .01, .2, 4, 9, 'exp_range', gamma=.97), 60),
'CyclicLR.4': (sgd, lambda o: S.CyclicLR(o, .01, .2, 4, scale_fn=lambda c: 1 / c, cycle_momentum=False), 60),
'CyclicLR.5': (sgd, lambda o: S.CyclicLR(o, .01, .2, 4, scale_fn=lambda t: .9 ** t, scale_mode='iterations'), 60),
'OneCycleLR': (sgd, lambda o: S.OneCycleLR(o, .5, 50), 51),
'OneCycleLR.2': (adam, lambda o: S.OneCycleLR(o, .5, 50, pct_start=.4, three_phase=True), 50),
'OneCycleLR.3': (sgd, lambda o: S.OneCycleLR(o, .5, epochs=5, steps_per_epoch=9, anneal_strategy='linear', base_momentum=.6, max_momentum=.8, div_factor=10, final_div_factor=100, pct_start=.25), 45),
'OneCycleLR.4': (sgd, lambda o: S.OneCycleLR(o, .5, 20, cycle_momentum=False, three_phase=True, anneal_strategy='linear'), 20),
'SequentialLR': (sgd, lambda o: S.SequentialLR(o, [S.LinearLR(o, .1, 1, 5), S.CosineAnnealingLR(o, 20, .02)], [5]), 60),
'SequentialLR.2': (sgd, lambda o: S.SequentialLR(o, [S.ConstantLR(o, .1, 5), S.ExponentialLR(o, .9), S.StepLR(o, 4, .5), S.CosineAnnealingWarmRestarts(o, 5, 2)], [4, 11, 23]), 60),
'SequentialLR.3': (sgd, lambda o: (lambda last: S.SequentialLR(o, [S.CyclicLR(o, .01, .2, 4), last], [10]))(S.PolynomialLR(o, 8, 2)), 30),
'SequentialLR.4': (sgd, lambda o: S.SequentialLR(o, [S.LambdaLR(o, lambda t: 1 / (t + 1)), S.MultiStepLR(o, [3, 6])], [8]), 20),
'ChainedScheduler': (sgd, lambda o: S.ChainedScheduler([S.ConstantLR(o, .1, 6), S.ExponentialLR(o, .9)]), 30),
'ChainedScheduler.2': (sgd, lambda o: S.ChainedScheduler([S.LinearLR(o, .2, .9, 6), S.CosineAnnealingLR(o, 8), S.StepLR(o, 5, .7), S.MultiStepLR(o, [4, 9], .8), S.PolynomialLR(o, 25, .5), S.MultiplicativeLR(o, lambda t: .99)]), 40),
'ChainedScheduler.3': (sgd, lambda o: S.ChainedScheduler([S.LambdaLR(o, lambda t: .95 ** t), S.StepLR(o, 5, .7)]), 20),
'ChainedScheduler.4': (sgd, lambda o: S.ChainedScheduler([S.ExponentialLR(o, .9), S.ChainedScheduler([S.StepLR(o, 3, .7), S.ConstantLR(o, .5, 4)])]), 20),
'SWALR': (sgd, lambda o: SWALR(o, .02), 20),
'SWALR.2': (sgd, lambda o: SWALR(o, .02, 7, 'linear'), 20),
'SWALR.3': (sgd, lambda o: SWALR(o, .02, 0), 5),
}
out = []
for name, (opt, make, steps) in ALL.items():
    o = opt(); s = make(o); row = []
    for t in range(steps):
        g = o.param_groups[0]
        row += [float(g['lr']), float(g['betas'][0] if 'betas' in g else g['momentum'])]
        o.step()
        if t + 1 < steps: s.step()
    out.append(name + ' ' + ' '.join(repr(v) for v in row))
import math
def metric(t): return math.exp(-t / 10) + .05 * math.sin(t * 1.7) + (.3 if t > 30 else 0)
for i, kw in enumerate([dict(patience=2), dict(mode='max', factor=.5, patience=1, threshold=.01, threshold_mode='abs', cooldown=2, min_lr=.01), dict(mode='max', patience=3, threshold=.1, threshold_mode='rel', eps=1e-3, factor=.3), dict(patience=0, threshold_mode='abs', threshold=.02, cooldown=1, factor=.7)]):
    o = sgd(); s = S.ReduceLROnPlateau(o, **kw); row = []
    for t in range(60):
        s.step(metric(t) if kw.get('mode', 'min') == 'min' else -metric(t) + 2)
        row += [float(o.param_groups[0]['lr']), .9]
    out.append('ReduceLROnPlateau.%d %s' % (i, ' '.join(repr(v) for v in row)))
open(os.path.join(os.path.dirname(__file__), 'schedules.txt'), 'w').write('\n'.join(out) + '\n')
