"""Train the language model: `python training/train.py [STAGE]`, resumable, on a GPU when there is one.

Stages, each starting from the one before (config.toml says how long and how fast):
  language   syntax, names, frames and PropBank arcs from the public MiniLM-L6 weights
  events     the coded sentences of gold/train, with a share of the language corpora so that nothing is forgotten
  polish     the same at a lower rate, with the weight on status and with factuality corpora
  settle     the coded sentences alone once more, with still more weight on status
  wide       again from the language stage: gold/train and our own coded sentences (coded.py)
  blend      from the mean of the weights of polish and wide: everything once more
  teacher    a larger network (teacher.py) from the public MPNet-base weights: all coded sentences
  tutor      from there: gold/train alone
  distil     from the mean of polish, settle and blend: what the tutor says of the coded sentences and of others
  student    from there, and longer: the same of all other sentences, where a third of the word is that of our own networks
  last       from there: the coded sentences, half as coded and half as the tutor says, those of long reports twice
  again      the same from the same start, in another order
  broad      from their mean: the coded sentences, and what the tutor says of encyclopedia, weblogs, interviews and speeches
  long       from there, at a higher rate: the coded sentences three times, those of long reports twice as often
  mentor     from the tutor: everything coded since it learned, the long reports above all
  reread     from long: what the mentor says of everything coded, with the syntax and names of the first stage (silver.py)
  cross      for cross-validation alone: from the language stage everything coded but a fold of gold/train and every other
             report of our own
Without a stage it runs all but cross; the mean of long and reread is exported as the int8 file that the package ships.
A checkpoint (weights, optimiser, step) is written every few minutes; the same command goes on from it.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

import coded
import gold
from corpora import CORPORA, Example, factuality, first_stage, other_kinds
from labels import SHARED
from losses import DEVICE, loss_of
from network import Network
from silver import silver
from teacher import Teacher, half_coded, mixed, softened
from trucewatch.language.words import words as cut

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "training"
PUBLIC = ("minilm", "mpnet")
"""Weights that others trained."""
TEACHERS = ("mpnet", "teacher", "tutor", "mentor")
"""Weights of the larger network."""
LONG = ("voa", "re3d", "ours")
"""Texts that are long reports and statements; the others are briefs, single sentences and weblogs."""
UNLIKE = ("ours", "ewt")
"""Texts of kinds that the tutor never learned from."""


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Batches of about `tokens` words, similar lengths together, in random order."""
    order = sorted(examples, key=lambda e: len(e.words) + rng.random() * 4)
    out: list[list[Example]] = [[]]
    for example in order:
        if out[-1] and (len(out[-1]) + 1) * (len(example.words) + 2) > tokens:
            out.append([])
        out[-1].append(example)
    rng.shuffle(out)
    return [batch for batch in out if batch]


def run(net: Network, schedule: list[list[Example]], config: dict, name: str) -> None:
    """AdamW with warm-up and linear decay over the schedule; resumes from its checkpoint."""
    net.pieces.weight.requires_grad_(False)
    net.positions.weight.requires_grad_(False)
    encoder = [p for n, p in net.named_parameters() if n.startswith("layers.") and p.requires_grad]
    known = set(map(id, encoder))
    heads = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": config["encoder_rate"]}, {"params": heads, "lr": config["head_rate"]}],
        betas=(0.9, 0.98),
        weight_decay=config.get("decay", 0.01),
    )
    steps = len(schedule)
    shape = lambda s: min(1.0, (s + 1) / (config["warm_up"] * steps)) * max(0.02, 1 - s / steps)  # noqa: E731
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, shape)
    average = copy.deepcopy(net).eval() if config.get("averaging") else None
    file, begun = BUILD / f"{name}.checkpoint.pt", 0
    if file.exists():
        state = torch.load(file, map_location=DEVICE)
        for part, known in ((net, "net"), (optimiser, "optimiser"), (rates, "rates")):
            part.load_state_dict(state[known])
        begun = state["step"]
        if average:
            average.load_state_dict(state["average"])
    started = saved = time.monotonic()
    smoothed = 0.0
    net.train()
    for step in range(begun, steps):
        loss = loss_of(net, schedule[step], config)
        loss.backward()
        nn.utils.clip_grad_norm_(encoder + heads, 1.0)
        optimiser.step()
        rates.step()
        optimiser.zero_grad(set_to_none=True)
        if average and step > steps // 2:
            average_into(average, net, config["averaging"])
        smoothed = 0.99 * smoothed + 0.01 * loss.item() if smoothed else loss.item()
        if (step + 1) % 100 == 0:
            spent = time.monotonic() - started
            left = spent / (step + 1 - begun) * (steps - step - 1)
            print(f"{name} {step + 1}/{steps} loss {smoothed:.3f} {spent:.0f} s, {left:.0f} s left", flush=True)
        if time.monotonic() - saved > 240:
            saved = time.monotonic()
            state = {
                "net": net.state_dict(),
                "optimiser": optimiser.state_dict(),
                "rates": rates.state_dict(),
                "step": step + 1,
            }
            if average:
                state["average"] = average.state_dict()
            torch.save(state, file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
    torch.save((average or net).state_dict(), BUILD / f"{name}.pt")
    file.unlink(missing_ok=True)


@torch.no_grad()
def average_into(average: Network, net: Network, decay: float) -> None:
    for mean, now in zip(average.parameters(), net.parameters(), strict=True):
        if now.requires_grad:
            mean.lerp_(now, 1 - decay)


def by_text(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Batches that keep the sentences of a text together, so that mentions of one event meet."""
    texts: dict[str, list[Example]] = {}
    for example in examples:
        texts.setdefault(example.text if example.grouped else f"single {id(example)}", []).append(example)
    grouped = [t for t in texts.values() if t[0].grouped]
    out = batches([t[0] for t in texts.values() if not t[0].grouped], tokens, rng)
    rng.shuffle(grouped)
    batch: list[Example] = []
    for text in grouped:
        for example in text:
            if batch and sum(len(e.words) + 2 for e in [*batch, example]) > tokens:
                out.append(batch)
                batch = []
            batch.append(example)
    return [*out, batch] if batch else out


def event_schedule(config: dict, rng: random.Random, fold: int) -> list[list[Example]]:
    every = gold.read()
    kept, held = gold.split(every, config["folds"], fold)
    unseen = {every[i].text for i in held}
    sentences = [every[i] for i in kept]
    sentences += [sentence for sentence in ours(config, fold) if sentence.text not in unseen] if config["coded"] else []
    first = start("language")
    read = silver(first, [[s.text[a:b] for a, b in s.at] for s in sentences])
    examples = gold.examples(sentences, [each.heads for each in read])
    if not config["same_weight"]:
        examples = [replace(example, grouped=False) for example in examples]
    if "teacher" in config:
        examples = taught(examples, config, rng, fold)
    if config.get("silver"):
        read += silver(first, [other.words for other in examples[len(sentences) :]])
        examples = [replace(example, **each._asdict()) for example, each in zip(examples, read, strict=True)]
    examples += [example for example in examples if example.text.startswith(LONG)] * (config.get("long", 1) - 1)
    earlier = configuration("language")  # the same sentences again, so that what it never saw stays unseen
    language = language_schedule(earlier, random.Random(earlier["seed"]))
    schedule = []
    for corpus in config.get("factuality", ()):
        schedule += batches(factuality(CORPORA / corpus), config["tokens"], rng)
    for _ in range(config["epochs"]):
        schedule += by_text(examples, config["tokens"], rng)
        schedule += rng.sample(language, int(config["replay"] * len(language)))
    rng.shuffle(schedule)
    return schedule


def ours(config: dict, fold: int) -> list[gold.Sentence]:
    """What we coded, without the reports of our own that are held out where there are `written_folds`."""
    written = coded.written()
    if "written_folds" in config:
        written = [written[i] for i in gold.split(written, config["written_folds"], fold % config["written_folds"])[0]]
    return [*written, *coded.others()]


def taught(examples: list[Example], config: dict, rng: random.Random, fold: int) -> list[Example]:
    """With what the teacher says of them, and of sentences besides that nobody coded.

    Of those it is not alone: our own network (`beside`) knows less and errs elsewhere, so a third of the word is its own.
    """
    known = {tuple(s.text[a:b] for a, b in s.at) for s in gold.read()}  # those held out among them
    known |= {tuple(example.words) for example in examples}
    short = [[text[a:b] for a, b in cut(text)] for text in coded.gmb_texts().values()]
    others = []
    for texts, wanted in ((short, config["others"]), (other_kinds(), config.get("other_kinds", 0))):
        unknown = [words for words in texts if 8 <= len(words) <= 60 and tuple(words) not in known]
        others += rng.sample(unknown, min(wanted, len(unknown)))
    teacher = start(file_of(config["teacher"], fold))
    softs = softened(teacher, [example.words for example in examples])
    examples = [replace(example, soft=soft) for example, soft in zip(examples, softs, strict=True)]
    more = softened(teacher, others)
    if "beside" in config:
        more = mixed(start(*(file_of(name, fold) for name in config["beside"])), others, more)
    return [
        *(half_coded(e) if config["teacher"] == "tutor" and e.text.startswith(UNLIKE) else e for e in examples),
        *(Example(words, soft=soft) for words, soft in zip(others, more, strict=True)),
    ]


def language_schedule(config: dict, rng: random.Random) -> list[list[Example]]:
    schedule = []
    for group, examples in first_stage().items():
        share = config["epochs"][group]
        while share > 0:
            part = examples if share >= 1 else rng.sample(examples, int(share * len(examples)))
            schedule += batches(part, config["tokens"], rng)
            share -= 1
    rng.shuffle(schedule)
    return schedule


def configuration(stage: str) -> dict:
    config = tomllib.loads((HERE / "config.toml").read_text("utf-8"))[stage]
    return {**configuration(config["like"]), **config} if "like" in config else config


def start(*names: str) -> Network:
    """The network with the weights of a stage, or with the mean of several stages' weights."""
    net = (Teacher() if names[0].split("-")[0] in TEACHERS else Network()).to(DEVICE)
    if names[0] in PUBLIC:
        net.load_public(BUILD / f"{names[0]}.safetensors")
    else:
        net.load_state_dict(mean([torch.load(BUILD / f"{name}.pt", map_location=DEVICE) for name in names]))
    return net


def mean(weights: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Weights that started from the same ones and learned apart lie close enough to be averaged, and do better so."""
    return {name: torch.stack([each[name] for each in weights]).mean(0) for name in weights[0]}


def file_of(stage: str, fold: int) -> str:
    return stage if stage in (*PUBLIC, "language") else f"{stage}-fold{fold}"


def stage(name: str, fold: int) -> None:
    """Run one stage to its end, from its checkpoint when it was begun; nothing where it is done."""
    file = file_of(name, fold)
    if (BUILD / f"{file}.pt").exists():
        print(f"{file}: done already")
        return
    config = configuration(name)
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    net = start(*(file_of(before, fold) for before in config["from"]))
    schedule = language_schedule(config, rng) if name == "language" else event_schedule(config, rng, fold)
    run(net, schedule, config, file)


STAGES = (
    "language",
    "events",
    "polish",
    "settle",
    "wide",
    "blend",
    "teacher",
    "tutor",
    "distil",
    "student",
    "last",
    "again",
    "broad",
    "long",
    "mentor",
    "reread",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("stage", nargs="?", choices=("all", *STAGES, "cross", "export"), default="all")
    parser.add_argument("--fold", type=int, default=0, help="the part of gold/train that is held out (default 0)")
    args = parser.parse_args()
    if not SHARED.exists():
        raise SystemExit("training needs the corpora in shared/ beside the repository")
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in STAGES if args.stage == "all" else [args.stage] if args.stage != "export" else []:
        stage(name, args.fold)
    if args.stage in ("all", "export"):
        from export import PACKAGE, export

        parts = (file_of(part, args.fold) for part in configuration("shipped")["from"])
        torch.save(start(*parts).state_dict(), BUILD / "shipped.pt")
        export(BUILD / "shipped.pt", PACKAGE / "model.onnx")


if __name__ == "__main__":
    main()
