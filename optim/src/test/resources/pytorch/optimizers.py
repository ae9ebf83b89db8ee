# Writes optimizers.txt beside it: parameters after 25 steps of PyTorch 2.13 in float64, along
# gradients that PyTorchTrajectoriesTest computes too. Not run by the build, which has no PyTorch.
import os
import torch
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
W0=torch.linspace(-1.2,1.7,12).reshape(3,4); B0=torch.linspace(.3,-.9,5)
A=torch.sin(torch.arange(12.)*1.3).reshape(3,4); 
def grads(step):
    k=torch.arange(12.).reshape(3,4); j=torch.arange(5.)
    return torch.sin(k*0.7+step*1.1)+0.1, torch.cos(j*0.9+step*0.6)*(1+0.2*step)
import torch.optim as O, torch.optim._muon as M
M_orig=M._zeropower_via_newtonschulz
def zp(grad,co,steps,eps):
    a,b,c=co; X=grad
    if grad.size(0)>grad.size(1): X=X.T
    X=X/X.norm().clamp(min=eps)
    for _ in range(steps):
        G=X@X.T; U=b*G+c*(G@G); X=a*X+U@X
    return X.T if grad.size(0)>grad.size(1) else X
M._zeropower_via_newtonschulz=zp
CASES={
'SGD':[(O.SGD,dict(lr=.1)),(O.SGD,dict(lr=.05,momentum=.9,dampening=.3,weight_decay=.1)),(O.SGD,dict(lr=.05,momentum=.9,nesterov=True,weight_decay=.01)),(O.SGD,dict(lr=.05,momentum=.8,maximize=True,weight_decay=.1))],
'Adam':[(O.Adam,dict()),(O.Adam,dict(lr=.02,betas=(.8,.95),eps=1e-3,weight_decay=.1,amsgrad=True)),(O.Adam,dict(lr=.02,weight_decay=.1,decoupled_weight_decay=True,maximize=True,amsgrad=True))],
'AdamW':[(O.AdamW,dict()),(O.AdamW,dict(lr=.02,betas=(.8,.95),eps=1e-3,weight_decay=.1,amsgrad=True,maximize=True))],
'Adamax':[(O.Adamax,dict()),(O.Adamax,dict(lr=.02,betas=(.8,.95),eps=1e-3,weight_decay=.1,maximize=True))],
'NAdam':[(O.NAdam,dict()),(O.NAdam,dict(lr=.02,betas=(.8,.95),eps=1e-3,weight_decay=.1,momentum_decay=.1,maximize=True)),(O.NAdam,dict(lr=.02,weight_decay=.1,decoupled_weight_decay=True))],
'RAdam':[(O.RAdam,dict()),(O.RAdam,dict(lr=.02,betas=(.8,.9),eps=1e-3,weight_decay=.1,maximize=True)),(O.RAdam,dict(lr=.02,weight_decay=.1,decoupled_weight_decay=True))],
'Adagrad':[(O.Adagrad,dict()),(O.Adagrad,dict(lr=.1,lr_decay=.1,weight_decay=.1,initial_accumulator_value=.2,eps=1e-3,maximize=True))],
'Adadelta':[(O.Adadelta,dict()),(O.Adadelta,dict(lr=.5,rho=.8,eps=1e-3,weight_decay=.1,maximize=True))],
'RMSprop':[(O.RMSprop,dict()),(O.RMSprop,dict(lr=.02,alpha=.9,eps=1e-3,weight_decay=.1,momentum=.7,centered=True,maximize=True)),(O.RMSprop,dict(lr=.02,centered=True)),(O.RMSprop,dict(lr=.02,momentum=.5))],
'Rprop':[(O.Rprop,dict()),(O.Rprop,dict(lr=.1,etas=(.4,1.5),step_sizes=(.08,.3),maximize=True))],
'ASGD':[(O.ASGD,dict()),(O.ASGD,dict(lr=.1,lambd=.01,alpha=.6,t0=3,weight_decay=.1,maximize=True))],
'Adafactor':[(O.Adafactor,dict()),(O.Adafactor,dict(lr=.5,beta2_decay=-.6,eps=(1e-3,.01),d=1.5,weight_decay=.1,maximize=True)),(O.Adafactor,dict(lr=.5,eps=(None,1e-3)))],
'Muon':[(O.Muon,dict()),(O.Muon,dict(lr=.02,weight_decay=.2,momentum=.8,nesterov=False,ns_coefficients=(3.,-4.,2.),eps=1e-3,ns_steps=4,adjust_lr_fn='match_rms_adamw'))],
}
out=[]
for name,cs in CASES.items():
    for i,(C,kw) in enumerate(cs):
        W=W0.clone().requires_grad_(); B=B0.clone().requires_grad_()
        ps=[W] if name=='Muon' else [W,B]
        o=C(ps,**kw)
        for s in range(25):
            gw,gb=grads(s); W.grad=gw; B.grad=gb
            if s==12 :
                for g in o.param_groups: g['lr']*=.5
            o.step()
        out.append('%s %d %s'%(name,i,' '.join(repr(float(v)) for v in torch.cat([p.detach().flatten() for p in ps]))))
# SparseAdam
for i,kw in enumerate([dict(),dict(lr=.02,betas=(.8,.95),eps=1e-3,maximize=True)]):
    W=W0.clone().requires_grad_()
    o=O.SparseAdam([W],**kw)
    for s in range(25):
        gw,_=grads(s); rows=[s%3] if s%4 else [0,2]
        W.grad=torch.sparse_coo_tensor(torch.tensor([rows]),gw[rows],(3,4))
        if s==12:
            for g in o.param_groups: g['lr']*=.5
        o.step()
    out.append('SparseAdam %d %s'%(i,' '.join(repr(float(v)) for v in W.detach().flatten())))
open(os.path.join(os.path.dirname(__file__), 'optimizers.txt'), 'w').write('\n'.join(out)+'\n')
