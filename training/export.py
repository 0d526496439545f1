"""Export trained weights to the int8 ONNX file that the package ships: `python training/export.py NAME [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from network import Network
from train import BUILD

PACKAGE = Path(__file__).resolve().parents[1] / "src/trucewatch/language"
INPUTS = ("pieces", "casing", "first", "last", "word_casing")
OUTPUTS = ("upos", "arcs", "rels", "names", "types", "modes", "status", "roles", "same")


class Graph(nn.Module):
    """What inference needs: argmax where one answer is used, probabilities where a threshold is."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        net = self.net
        words = net.encode(*inputs)
        arcs = net.arc_scores(words)
        # padded words point at piece 0 ([CLS]) and are no heads; no word is its own
        first = inputs[2]
        blocked = ((first == 0)[:, None, :] | (first[:, :, None] == first[:, None, :])).to(torch.float32)
        arcs = arcs + torch.cat([blocked, torch.zeros_like(blocked[..., :1])], 2) * -1e4
        rels = net.relations(words, arcs.argmax(-1)).argmax(-1)
        events = net.events(words)
        return (
            net.upos(words).argmax(-1),
            arcs,
            rels,
            net.names(words).argmax(-1),
            events["types"].softmax(-1),
            events["modes"].softmax(-1),
            events["status"].softmax(-1),
            events["roles"].sigmoid(),
            events["same"],
        )


def export(weights: Path, target: Path) -> None:
    net = Network()
    net.load_state_dict(torch.load(weights, map_location="cpu"))
    graph = Graph(net.eval()).eval()
    example = (
        torch.randint(1000, 2000, (2, 12)), torch.ones(2, 12, dtype=torch.long), torch.arange(1, 9).expand(2, 8),
        torch.arange(1, 9).expand(2, 8), torch.ones(2, 8, dtype=torch.long),
    )  # fmt: skip
    axes = {name: {0: "batch", 1: "pieces" if name in ("pieces", "casing") else "words"} for name in INPUTS}
    axes |= {name: {0: "batch", 1: "words"} for name in OUTPUTS}
    axes |= {"arcs": {0: "batch", 1: "words", 2: "heads"}, "roles": {0: "batch", 2: "words", 3: "others"}}
    plain = target.with_suffix(".fp32.onnx")
    torch.onnx.export(
        graph,
        example,
        str(plain),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        str(plain),
        str(target),
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    print(f"{plain.stat().st_size / 1e6:.1f} MB -> {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    export(BUILD / f"{sys.argv[1]}.pt", (Path(sys.argv[2]) if len(sys.argv) > 2 else PACKAGE) / "model.onnx")
