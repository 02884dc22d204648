"""Random scales and sheets: every kind, modifier and header key, good and bad inputs."""

from __future__ import annotations

from random import Random
from typing import Any

from thidua.core.loading import scale_from_plain, sheets_from_plain
from thidua.core.scale import Scale
from thidua.core.sheet import SheetSet

Plain = dict[str, Any]
POLICIES = ("drop_denominator", "full_marks", "zero", "substitute")
KINDS = ("count", "flag", "steps", "linear", "leader", "rank_table", "judged", "imported")
GROUPS = ("sum", "sum", "sum", "ledger", "pick", "switch")
FIELDS = {"n": "number", "d": "date", "f": "flag", "t": "text"}
FIGURES = (0, 1, 2, 3, 5, 7, 10, 12, "1/3", "7/6", "0.5", "2.25", "99.95")
BAD = ("hai", "1,5", True, -1, "1e9", 10**16)


class Maker:
    """Draws one scale, then sheets for it."""

    def __init__(self, rnd: Random) -> None:
        self.rnd = rnd
        self.count = 0
        self.earlier: list[str] = []
        self.leaves: list[tuple[Plain, bool]] = []
        self.groups: list[Plain] = []
        self.times: dict[str, int] = {}

    def scale(self) -> Plain:
        sections = [self.section() for _ in range(self.rnd.randint(1, 4))]
        return {
            "format": "scale/1",
            "name": "thu",
            "version": "1",
            "title": "Thử",
            "source": {"ref": "thử", "completeness": "constructed"},
            "period": {"from": "2026-01-01", "to": "2026-12-31"},
            "fields": {name: {"type": kind} for name, kind in FIELDS.items()},
            "scale": self.header(),
            "criteria": sections,
            "gates": [self.gate(n) for n in range(self.rnd.randint(0, 3))],
            "ranking": self.ranking(),
            **({"classification": self.classes()} if self.chance(0.7) else {}),
        }

    def header(self) -> Plain:
        pick = self.rnd.choice
        return {
            "base": pick([None, 10, 100]),
            "bonus_cap": pick([None, 0, 3]),
            "deduct_cap": pick([None, 0, 3]),
            "max_total": pick([None, 12]),
            "min_total": pick([None, 0, 1]),
            "decimals": pick([0, 1, 2]),
            "percent_decimals": pick([0, 2]),
            "rounding": pick(["half_up", "half_even"]),
            "round_at": pick(["total", "total", "leaf"]),
            "not_applicable": pick(POLICIES),
            "not_assigned_with_result": pick(["ignore", "leader", "own_group"]),
        }

    def section(self) -> Plain:
        return self.node(depth=0, copied=0)

    def node(self, *, depth: int, copied: int) -> Plain:
        self.count += 1
        code = f"N{self.count}"
        node: Plain = {"code": code, **self.modifiers(copied)}
        copied = node.get("recurs", {}).get("times", copied)
        self.times[code] = copied
        if depth < 3 and self.chance(0.45 if depth else 0.8):
            node |= self.group(depth, copied)
            self.groups.append(node)
        else:
            node |= self.leaf()
            self.leaves.append((node, copied > 0))
        self.earlier.append(code)
        return node

    def modifiers(self, copied: int) -> Plain:
        found: Plain = {}
        if self.chance(0.15):
            found["part"] = self.rnd.choice(["bonus", "deduct"])
        if self.chance(0.12):
            found["when"] = self.condition()
        if self.chance(0.1):
            found["applies_to"] = self.rnd.choice(
                [
                    {"types": ["so"]},
                    {"except_units": ["B"]},
                    {"units": ["A", "C"]},
                    {"to": "2026-06-30"},
                ]
            )
        if not copied and self.chance(0.12):
            times, combine = self.rnd.randint(2, 3), self.rnd.choice(["sum", "mean"])
            found["recurs"] = {"times": times, "combine": combine}
        if self.chance(0.1):
            found["not_applicable"] = self.rnd.choice(POLICIES)
        if self.chance(0.2):
            found["max"] = self.rnd.choice([3, 5, "7/2", 10])
        return found

    def group(self, depth: int, copied: int) -> Plain:
        kind = self.rnd.choice(GROUPS)
        if kind == "switch":
            return {"kind": kind, **self.switch(depth, copied)}
        items = [self.node(depth=depth + 1, copied=copied) for _ in range(self.rnd.randint(1, 4))]
        found: Plain = {"kind": kind, "items": items}
        if kind == "pick":
            found["mode"] = self.rnd.choice(["max", "first", "chosen"])
            return found
        for key in ("cap", "floor"):
            if self.chance(0.3):
                found[key] = self.rnd.choice([None, 0, 1, 4])
        if kind == "ledger":
            found |= {
                "start": self.rnd.choice([0, 5, "5/2"]),
                "deduct_cap": self.rnd.choice([None, 2]),
            }
            found["bonus_cap"] = self.rnd.choice([None, 1])
            if self.chance(0.3):
                found["exempt_when"] = self.condition()
        return found

    def switch(self, depth: int, copied: int) -> Plain:
        cases = [
            {**bounds, "item": self.node(depth=depth + 1, copied=copied)}
            for bounds in ({"lt": 3}, {"ge": 3, "le": 7}, {"eq": "nhiều"})
        ]
        return {"cases": cases, "else": self.rnd.choice(["undecided", 1]), "x": self.x()}

    def x(self) -> Any:
        return self.rnd.choice(["value", "value", "percent", "days_late", {"field": "n"}])

    def leaf(self) -> Plain:
        kind = self.rnd.choice(KINDS)
        found: Plain = {"kind": kind, **getattr(self, f"a_{kind}")()}
        if self.chance(0.15):
            found["exempt_when"] = self.condition()
        if self.chance(0.2):
            found["unit"] = "vụ"
        if kind == "leader" and self.chance(0.3):
            found["not_assigned_with_result"] = self.rnd.choice(["ignore", "leader", "own_group"])
        if self.chance(0.2):
            found["evidence"] = {"required": True}
        if self.chance(0.5):
            found["due"] = "2026-06-01"
        return found

    def a_count(self) -> Plain:
        return {
            "each": self.rnd.choice([-1, 2, "-1/3"]),
            "cap": self.rnd.choice([None, 3]),
            "x": self.x(),
        }

    def a_flag(self) -> Plain:
        found: Plain = {"hit": self.rnd.choice([2, -3, "1.5"]), "miss": self.rnd.choice([0, -1])}
        return found | ({"if": self.condition()} if self.chance(0.3) else {})

    def a_steps(self) -> Plain:
        bands = [{"ge": 5, "pts": 4}, {"gt": 2, "lt": 5, "pts": "2.5"}, {"eq": "đủ", "pts": 1}]
        otherwise = self.rnd.choice(["undecided", 0, -1])
        return {"bands": bands, "else": otherwise, "x": self.x(), "whole": self.chance(0.2)}

    def a_linear(self) -> Plain:
        return {
            "from": self.rnd.choice([0, 2, 50]),
            "per": self.rnd.choice([1, 3, -2, 100]),
            "each": self.rnd.choice([1, "0.1", -2]),
            "at": self.rnd.choice([0, 5]),
            "whole": self.chance(0.3),
            "cap": self.rnd.choice([None, 4]),
            "floor": self.rnd.choice([None, 0, -1]),
            "x": self.x(),
        }

    def a_leader(self) -> Plain:
        return {
            "max": self.rnd.choice([5, 10, "7/2"]),
            "at_target": self.rnd.choice(["1/2", "1/3", 1]),
        }

    def a_rank_table(self) -> Plain:
        return {
            "table": self.rnd.choice([[5], [5, 3, 1], [4, "7/3"]]),
            "else": self.rnd.choice([0, 1]),
            "order": self.rnd.choice(["asc", "desc"]),
            "ties": self.rnd.choice(["shared", "mean"]),
        }

    def a_judged(self) -> Plain:
        return {"max": self.rnd.choice([5, 10, None]), "min": self.rnd.choice([0, -5, None])}

    def a_imported(self) -> Plain:
        return {"max": self.rnd.choice([5, 10])}

    def condition(self, depth: int = 0) -> Any:
        if depth < 2 and self.chance(0.3):
            word = self.rnd.choice(["all", "any", "not"])
            if word == "not":
                return {"not": self.condition(depth + 1)}
            return {word: [self.condition(depth + 1) for _ in range(2)]}
        if self.earlier and self.chance(0.4):
            subject = self.rnd.choice(["points", "percent"])
            return {
                subject: self.rnd.choice(self.earlier),
                self.op(): self.rnd.choice([0, 1, 3, 50]),
            }
        return self.rnd.choice(
            [
                "f",
                {"field": "f", "given": self.chance(0.5)},
                {"field": "n", self.op(): self.rnd.choice([0, 3, "1/3", "chữ"])},
                {"field": "n", "in": [1, 2, "x"]},
                {"field": "d", "le": "2026-06-30"},
                {"field": "t", "eq": "1"},
            ]
        )

    def op(self) -> str:
        return self.rnd.choice(["ge", "gt", "le", "lt", "eq", "ne"])

    def gate(self, number: int) -> Plain:
        effect = self.rnd.choice(["unranked", "not_considered", "demote", "demote", "block"])
        when = self.condition()
        if self.chance(0.3):
            when = {
                "total": self.rnd.choice(["points", "percent"]),
                self.op(): self.rnd.choice([5, 80]),
            }
        return {
            "code": f"G{number}",
            "label": f"Điều kiện {number}",
            "when": when,
            "effect": effect,
        }

    def classes(self) -> Plain:
        over: Any = self.rnd.choice(["leaves", "sections", self.rnd.sample(self.earlier, 1)])
        best: Plain = {"code": "XS", "label": "Xuất sắc", "ge": 6}
        if self.chance(0.5):
            best["floor"] = {"over": over, "percent": 50}
        if self.chance(0.4):
            best["if"] = self.condition()
        classes = [best, {"code": "T", "label": "Tốt", "ge": 3}]
        if self.chance(0.6):
            classes.append({"code": "K", "label": "Khá"})
        return {"key": self.rnd.choice(["points", "percent"]), "classes": classes}

    def ranking(self) -> Plain:
        keys = [
            ("points", self.rnd.choice(self.earlier)),
            ("percent", self.rnd.choice(self.earlier)),
        ]
        keys += [("field", self.rnd.choice("ndft")), ("total", "percent")]
        chosen = self.rnd.sample(keys, self.rnd.randint(0, 3))
        breaks = [{key: name, "order": self.rnd.choice(["asc", "desc"])} for key, name in chosen]
        return {"key": self.rnd.choice(["points", "percent"]), "tie_breaks": breaks}

    def sheets(self) -> Plain:
        return {"sheets": [self.sheet(unit) for unit in "ABCDE"[: self.rnd.randint(1, 5)]]}

    def sheet(self, unit: str) -> Plain:
        inputs: Plain = {}
        for node, _ in self.leaves:
            for key in self.keys(node["code"]):
                if self.chance(0.93):
                    inputs[key] = self.input(node)
        for node in self.groups:
            for key in self.keys(node["code"]):
                if self.chance(0.8):
                    inputs[key] = self.group_input(node)
        for code, times in self.times.items():
            if times and self.chance(0.05):
                inputs[code] = self.rnd.choice([{"na": True}, {"reviewed": True}])
        if self.chance(0.05):
            inputs["LẠ"] = {"value": 1}
        fields = {name: self.field(name) for name in FIELDS if self.chance(0.9)}
        found: Plain = {
            "unit": unit,
            "type": self.rnd.choice(["so", "xa"]),
            "fields": fields,
            "inputs": inputs,
        }
        if self.chance(0.2):
            found["period"] = {"from": "2026-07-01", "to": "2026-12-31"}
        return found

    def keys(self, code: str) -> list[str]:
        times = self.times[code]
        return [f"{code}@{copy}" for copy in range(1, times + 1)] if times else [code]

    def input(self, node: Plain) -> Plain:
        found: Plain = {}
        x = node.get("x", "value")
        if node["kind"] == "flag":
            found["value"] = (
                self.rnd.choice([True, True, False, None, "có"]) if self.chance(0.9) else 1
            )
        elif node["kind"] == "leader" or x == "percent":
            found |= {"target": self.figure(), "result": self.figure()}
        elif x == "days_late":
            found["date"] = self.rnd.choice(["2026-06-01", "2026-06-04", "4/6/2026", None])
        elif self.chance(0.05):
            found["values"] = self.rnd.choice([[], [1, 2], [3, "x"]])
        else:
            found["value"] = self.rnd.choice(["đủ", 3, 5]) if self.chance(0.1) else self.figure()
        return found | self.extras()

    def group_input(self, node: Plain) -> Plain:
        found: Plain = {"reviewed": self.chance(0.4)}
        if node.get("mode") == "chosen":
            codes = [item["code"] for item in node["items"]]
            found["chosen"] = self.rnd.choice(codes) if self.chance(0.9) else "LẠ"
        if node["kind"] == "switch":
            value = self.rnd.choice([1, 5, 9, "nhiều"])
            found |= {"value": value, "target": 100, "result": value, "date": "2026-06-05"}
        return found | self.extras()

    def extras(self) -> Plain:
        found: Plain = {}
        if self.chance(0.05):
            found["na"] = True
        if self.chance(0.07):
            reason = self.rnd.choice(["Hội nghị quyết", " "])
            found["override"] = {"points": self.rnd.choice([0, 4, 20, "x", None]), "reason": reason}
        if self.chance(0.5):
            found["substitute"] = self.rnd.choice([{"target": 4, "result": 3}, {"value": 2}])
        if self.chance(0.1):
            found["unit"] = self.rnd.choice(["vụ", "%"])
        if self.chance(0.3):
            found |= {"evidence": ["bc.pdf"], "source": "Sở Nội vụ"}
        return found

    def figure(self) -> Any:
        if self.chance(0.05):
            return self.rnd.choice(BAD)
        return None if self.chance(0.04) else self.rnd.choice(FIGURES)

    def field(self, name: str) -> Any:
        choices: dict[str, list[Any]] = {
            "n": [0, 1, 3, 5, "1/3", "chữ", None],
            "d": ["2026-01-05", "2026-08-01", None],
            "f": [True, False, None],
            "t": ["1", "01", None],
        }
        return self.rnd.choice(choices[name])

    def chance(self, share: float) -> bool:
        return self.rnd.random() < share


def draw(rnd: Random) -> tuple[Scale, SheetSet, Plain]:
    """A scale, the sheets of a bloc, and these sheets as plain values."""
    maker = Maker(rnd)
    scale = scale_from_plain(maker.scale())
    plain = maker.sheets()
    return scale, sheets_from_plain(plain), plain
