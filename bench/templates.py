"""Weekly and daily reports of the textile trade, each from one template: siblings that are never copies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

TEMPLATES = {
    True: [
        ("中国棉纱价格周评（第{w}周）", "{m}月{d}日当周，C32S普梳纱均价{a}元/吨，较上周{v}{b}元/吨。\n涤纶短纤报价{c}元/吨，成交{v2}。\n库存为{e}天，下游织厂{q}。\n预计下周棉纱价格{o}。"),
        ("{y}年{m}月纺织品服装出口{x}亿美元", "海关数据显示，{y}年{m}月，我国纺织品服装出口{x}亿美元，同比{v}{p}%。\n其中纺织品出口{g}亿美元，服装出口{h}亿美元。\n前{m}个月累计出口{k}亿美元。"),
        ("轻纺城{m}月{d}日成交{a}万米", "{m}月{d}日，轻纺城成交{a}万米，其中化纤布{b}万米，棉布{c}万米。\n市场人气{q}，库存{e}天左右。"),
        ("第{n}届{s}纺织博览会在{t}开幕", "{m}月{d}日，第{n}届{s}纺织博览会在{t}开幕，{c}家企业参展，面积{b}平方米。\n展会为期{e}天，预计观众{a}人次。"),
    ],
    False: [
        ("Cotton yarn prices, week {w}: {v} {p} percent", "Carded yarn averaged {a} rupees in week {w}, against {c} the week before.\nMills held {e} days of stock and buyers were {q}.\nFutures settled at {x} cents, {v} {b} points.\nTraders look for prices to be {o}."),
        ("{mn} textile exports {v} {p} percent", "Textile and clothing exports {v} {p} percent to ${x} billion in {mn} {y}, the export council said.\nKnitwear made {g} million and woven garments {h} million.\nFor the year so far they stand at ${k} billion."),
        ("Daily wool market report, {mn} {d}", "The market indicator closed at {a} cents, {v} {b} cents on the day.\nSome {c} bales were on offer and {p} percent were passed in.\nThe {s} centre sold best."),
        ("{n}th {s} machinery show opens in {t}", "The {n}th {s} machinery show opened in {t} on {mn} {d} with {c} exhibitors on {a} square metres.\nIt runs for {e} days and expects {b} visitors."),
    ],
}  # fmt: skip


def siblings(chinese: bool, count: int, dice: random.Random) -> list[tuple[str, str, int]]:  # noqa: FBT001
    """Title, text and day of so many reports of one template."""
    title, text = dice.choice(TEMPLATES[chinese])
    step = dice.choice([1, 7, 14, 30])
    first = dice.randint(0, 300)
    own = {"s": dice.choice(["华东", "柯桥", "大湾区"] if chinese else ["Eastern", "Asian", "Central"])}
    rows = []
    for n in range(count):
        day = date(2023, 1, 2) + timedelta(first + n * step)
        high = dice.randint(100, 30_000)
        said = own | {
            "w": day.isocalendar().week, "m": day.month, "d": day.day, "y": day.year, "mn": day.strftime("%B"), "n": 10 + n,
            "a": high, "b": dice.randint(1, 400), "c": high + dice.randint(-90, 90), "e": dice.randint(2, 40),
            "x": dice.randint(100, 2900) / 10, "p": dice.randint(1, 99) / 10, "g": dice.randint(90, 1300) / 10,
            "h": dice.randint(90, 1300) / 10, "k": dice.randint(1000, 29000) / 10,
            "v": dice.choice(["上涨", "下跌"] if chinese else ["rose", "fell"]),
            "v2": dice.choice(["回暖", "清淡", "一般"]), "q": dice.choice(["谨慎", "积极", "观望"] if chinese else ["wary", "keen", "few"]),
            "o": dice.choice(["持稳", "上行", "走弱"] if chinese else ["steady", "firmer", "lower"]),
            "t": dice.choice(["上海", "杭州", "广州", "青岛"] if chinese else ["Milan", "Dhaka", "Izmir", "Ho Chi Minh City"]),
        }  # fmt: skip
        rows.append((title.format(**said), text.format(**said), first + n * step))
    return rows
