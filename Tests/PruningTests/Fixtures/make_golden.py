"""Writes two-layer/, basic-block/ and inverted-residual/: the looped, autograd form of i-SpaSP, written from the paper, in float64.

Run: python make_golden.py FOLDER (needs torch, torchvision and onnx)."""
import json, sys, pathlib, numpy as np, torch, torch.nn as nn
for op in ("nms", "qnms"): torch.library.define(f"torchvision::{op}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")  # the CPU wheel lacks them
torch.manual_seed(7); torch.set_default_dtype(torch.float64); torch.set_num_threads(1)
out = pathlib.Path(sys.argv[1]); out.mkdir(parents=True, exist_ok=True)

def ispasp(H, tail, s, T=20, bs=64):
    """H: activations [n, C, ...]; tail: H -> U. Returns per-iteration records and the final set."""
    C = H.shape[1]; red = tuple(i for i in range(H.dim()) if i != 1)
    hidden = H.sum(red); S = []; rec = []
    for t in range(T):
        imp = torch.zeros(C); res = 0.0
        for i in range(0, len(H), bs):
            h = H[i:i+bs].clone().requires_grad_(True); U = tail(h)
            if S:
                m = torch.zeros(C); m[S] = 1
                with torch.no_grad(): US = tail(H[i:i+bs] * m.view([1, -1] + [1]*(H.dim()-2)))
                V = U - US
            else: V = U
            r = 0.5 * (V**2).sum(); r.backward(); imp += h.grad.sum(red); res += 2*r.item()
        top = torch.argsort(imp, descending=True, stable=True)[:2*s].tolist()
        U_ = sorted(set(top) | set(S)); Ui = torch.tensor(U_)
        S = sorted(Ui[torch.argsort(hidden[Ui], descending=True, stable=True)[:s]].tolist())
        rec.append(dict(residual_before=res, importance=imp.tolist(), support=S))
    with torch.no_grad():
        m = torch.zeros(C); m[S] = 1
        V = tail(H) - tail(H * m.view([1, -1] + [1]*(H.dim()-2)))
    return rec, S, (V**2).sum().item(), hidden.tolist()

def export(net, x, path, keep_bn=False):
    n32 = net.to(torch.float32).eval()
    kw = dict(training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False) if keep_bn else {}
    torch.onnx.export(n32, (x[:1].float(),), str(path), input_names=["input"], output_names=["output"], opset_version=17,
                      dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}}, dynamo=False, **kw)
    net.to(torch.float64)

def save(dirname, cases, x, **meta):
    d = out/dirname; np.save(d/"calibration.npy", x.numpy().astype(np.float32))
    (d/"expected.json").write_text(json.dumps(dict(**meta, cases=cases), indent=1))

# --- two-layer ------------------------------------------------------------------------------------------
d = out/"two-layer"; d.mkdir(exist_ok=True)
net = nn.Sequential(nn.Linear(24, 64), nn.ReLU(), nn.Linear(64, 10))
with torch.no_grad(): net[0].bias.normal_(0, .3); net[2].weight.normal_(0, .3)
x = torch.randn(512, 24).float().double(); net = net.float().double()   # values exactly representable in float32
export(net, x, d/"model.onnx")
with torch.no_grad(): H = torch.relu(net[0](x))
cases = []
for s in (32, 16, 8, 6):
    rec, S, fin, hid = ispasp(H, net[2], s)
    cases.append(dict(keep=s, iterations=20, support=S, residual=fin, supports=[r["support"] for r in rec], residuals=[r["residual_before"] for r in rec], first_importance=rec[0]["importance"], second_importance=rec[1]["importance"]))
save("two-layer", cases, x, hidden_units=64, hidden_size=hid, note="residual_before counts the whole output, bias included, in iteration 1")
# dense output for a plain inference check
with torch.no_grad(): np.save(d/"output.npy", net(x).numpy().astype(np.float32))

# --- basic block and inverted residual ------------------------------------------------------------------
def randomise(m):
    for k in m.modules():
        if isinstance(k, nn.BatchNorm2d):
            with torch.no_grad():
                k.running_mean.normal_(0, .3); k.running_var.uniform_(.5, 2); k.weight.uniform_(.5, 1.5); k.bias.normal_(0, .3)
from torchvision.models.resnet import BasicBlock
from torchvision.models.mobilenetv2 import InvertedResidual
class Net(nn.Module):
    def __init__(s, block, c):
        super().__init__(); s.stem = nn.Sequential(nn.Conv2d(3, c, 3, 1, 1, bias=False), nn.BatchNorm2d(c), nn.ReLU()); s.block = block
        s.head = nn.Linear(c, 10)
    def forward(s, x): return s.head(s.block(s.stem(x)).mean((2, 3)))
for name, block, c in (("basic-block", BasicBlock(16, 16), 16), ("inverted-residual", InvertedResidual(12, 12, 1, 6), 12)):
    d = out/name; d.mkdir(exist_ok=True); net = Net(block, c); randomise(net); net = net.float().double().eval()
    x = torch.randn(96, 3, 12, 12).float().double()
    export(net, x, d/"model.onnx"); export(net, x, d/"model-batchnorm.onnx", keep_bn=True); net.eval()
    with torch.no_grad():
        z = net.stem(x)
        if name == "basic-block": H = block.relu(block.bn1(block.conv1(z))); tail = lambda h: block.bn2(block.conv2(h))
        else: H = block.conv[1](block.conv[0](z)); tail = lambda h: block.conv[3](block.conv[2](h))
        np.save(d/"output.npy", net(x).numpy().astype(np.float32))
    cases = []
    for ratio in (.75, .5, .4, .25):
        s = int(H.shape[1]*ratio); rec, S, fin, hid = ispasp(H, tail, s)
        cases.append(dict(ratio=ratio, keep=s, iterations=20, support=S, residual=fin, supports=[r["support"] for r in rec], residuals=[r["residual_before"] for r in rec], first_importance=rec[0]["importance"]))
    save(name, cases, x, hidden_channels=H.shape[1], hidden_size=hid, note="inference-mode BatchNorm on both sides; residual at the block's output before the residual add")
    print(name, H.shape, [len(c["support"]) for c in cases])
