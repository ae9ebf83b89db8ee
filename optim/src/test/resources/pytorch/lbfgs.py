# Writes lbfgs.txt beside it: evaluations, iterations, then loss before and parameters after each step
# of PyTorch 2.13's LBFGS on Rosenbrock's function. Not run by the build, which has no PyTorch.
import os
import torch
torch.set_default_dtype(torch.float64)
import torch.optim as O
def rosen(x): return (1-x[0])**2+100*(x[1]-x[0]**2)**2
out=[]
CASES=[(dict(line_search_fn='strong_wolfe'),[0.,0.],10),(dict(line_search_fn='strong_wolfe',max_iter=4,history_size=3),[-1.2,1.],12),(dict(lr=.001,max_iter=7),[.5,.5],8),(dict(lr=.5,line_search_fn='strong_wolfe',max_iter=10,max_eval=9,tolerance_grad=1e-3,tolerance_change=1e-4),[-1.2,1.],6)]
for i,(kw,x0,steps) in enumerate(CASES):
    x=torch.tensor(x0[:1]).requires_grad_(); y=torch.tensor(x0[1:]).requires_grad_()
    o=O.LBFGS([x,y],**kw); row=[]
    n=[0]
    def c():
        n[0]+=1
        o.zero_grad(); l=rosen(torch.cat([x,y])); l.backward(); return l
    for s in range(steps):
        l=o.step(c); row+=[float(l.detach()),float(x.detach()),float(y.detach())]
    out.append('%d %d %d %s'%(i,n[0],o.state[x]['n_iter'],' '.join(repr(v) for v in row)))
open(os.path.join(os.path.dirname(__file__), 'lbfgs.txt'), 'w').write('\n'.join(out)+'\n')
