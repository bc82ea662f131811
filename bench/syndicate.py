"""Makes, from real articles, what syndication makes of them: copies, and look-alikes that are none.

Every operation is a function of an `Item` and a source of chance. What an operation keeps, a copy has; a look-alike is
made as other reports of one kind are: other numbers, another place, the next phase, the next week of one template.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.stories import turns
from pipelines.stories.fold import TO_SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Item:
    """An article as far as stories look at it; `day` counts from any first day."""

    title: str
    text: str
    day: int
    chinese: bool


TRADITIONAL = {s: chr(t) for t, s in TO_SIMPLIFIED.items()}
SENTENCE = re.compile(r"[^。！？!?\n]*[。！？]|[^.!?\n]+[.!?](?=\s|$)|[^\n]+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")
OUTLETS = {
    True: [
        "中国纺织报",
        "新华社",
        "纺织导报",
        "棉花信息网",
        "经济日报",
        "财经网",
        "丝绸网",
        "家纺网",
        "化纤头条",
        "服装时报",
    ],
    False: [
        "Reuters",
        "Textile Daily",
        "Fibre Today",
        "Business Wire",
        "The Loom",
        "Yarns and More",
        "AFP",
        "Mill News",
    ],
}
AGENCY_HEADS = {
    True: ["{o}讯 ", "据{o}报道，", "本报讯（记者 李明） ", "{o}{p}{m}月{d}日电 ", "（{o}记者 王芳）"],
    False: ["{o}: ", "{p}, {m} {d} ({o}) - ", "({o}) ", "By Jane Miller. ", "{o} reports that "],
}
TAILS = {
    True: [
        "来源：{o}", "（来源：{o}）", "责任编辑：张伟", "免责声明：本文转载自{o}，版权归原作者所有。", "扫码关注{o}公众号，了解更多资讯。",
        "（完）", "（原标题：{t}）", "编辑：刘洋 校对：赵敏", "更多精彩内容，请下载{o}客户端。", "声明：本网转载文章，仅供读者参考。",
    ],
    False: [
        "Source: {o}", "(Reporting by Ann Lee; Editing by Tom Hall)", "Sign up for the {o} newsletter.", "© {o}. All rights reserved.",
        "This story first appeared in {o}.", "Read more: {t}", "Follow {o} for the latest news.", "({o} staff)",
    ],
}  # fmt: skip
TITLE_MARKS = {
    True: [
        "【快讯】{t}",
        "【最新】{t}",
        "（更新）{t}",
        "{t}——{o}",
        "{t}_{o}",
        "【关注】{t}",
        "{t}（图）",
        "重磅！{t}",
        "{t}|{o}",
    ],
    False: [
        "UPDATE 1-{t}",
        "UPDATE 2-{t}",
        "{t} - {o}",
        "{t} | {o}",
        "Exclusive: {t}",
        "News: {t}",
        "{t} (updated)",
        "WRAPUP 1-{t}",
    ],
}
DIGEST_TITLES = {
    True: ["今日要闻", "行业快讯", "国内简讯", "一周要闻回顾", "{o}早报", "市场动态汇总", "纺织新闻速览", "要闻一览"],
    False: [
        "News in brief",
        "Morning headlines",
        "Weekly round-up",
        "Business digest",
        "{o} briefs",
        "Market highlights at 1200",
    ],
}
SYNONYMS = {
    True: (
        "推动 促进|开展 进行|加强 强化|提高 提升|重要 关键|不断 持续|问题 难题|工作 任务|表示 指出|强调 着重指出|目前 当前|进一步 更加|超过 逾|"
        "公司 企业|以及 和|同时 与此同时|完成 做完|领域 方面|今年 本年|记者 采访人员|希望 期望|因此 所以|发展 进展|非常 十分|主要 首要|了解 获悉|"
        "和 与|在 于|为 是|增长 上升|举行 召开|将 会|继续 接着|方面 层面|影响 作用|已经 已|共同 一起|服务 服务项目|市场 行情|生产 制造"
    ),
    False: (
        "said stated|told informed|about around|last previous|before prior to|after following|more additional|big large|small little|"
        "new fresh|company firm|firm business|will shall|may might|also additionally|people persons|government administration|"
        "said noted|make produce|help assist|show indicate|although though|but however|since as|because as|near close to|"
        "prices rates|country nation|many numerous|important key|begin start|end finish|buy purchase|decline decrease|rise increase|"
        "need require|get obtain|use employ|plan scheme|that which|including such as|part portion|total overall|recent latest"
    ),
}  # fmt: skip
SWAPS = {c: [tuple(p.split(" ", 1)) for p in SYNONYMS[c].split("|")] for c in (True, False)}
PLACES = [place for (place,) in turns.AXES[turns.PLACE]]


def sentences(text: str) -> list[str]:
    return [s for s in SENTENCE.findall(text) if s.strip()]


def join(parts: Sequence[str], item: Item, dice: random.Random) -> str:
    """Sentences as paragraphs again."""
    out, glue = "", "" if item.chinese else " "
    for part in parts:
        out += part.strip() + ("\n" if dice.random() < 0.35 else glue)
    return out.strip()


class Syndicate:
    """Makes copies and look-alikes; other articles lend the sentences that are put in."""

    def __init__(self, items: Sequence[Item], seed: int) -> None:
        self.items, self.dice = items, random.Random(seed)
        self.by_script = {c: [i for i in items if i.chinese is c] for c in (True, False)}
        self.words = {
            c: Counter(w for i in self.by_script[c][:300] for w in re.findall(r"[a-z]{3,}|[\u4e00-\u9fff]{2}", i.text))
            for c in (True, False)
        }
        self.common = {c: [w for w, _ in self.words[c].most_common(800)] for c in (True, False)}
        self.names = [n for i in self.by_script[False][:200] for n in NAME.findall(i.text)]

    def stranger(self, item: Item) -> Item:
        return self.dice.choice(self.by_script[item.chinese])

    def strange_sentence(self, item: Item) -> str:
        return self.dice.choice(sentences(self.stranger(item).text) or ["。"])

    def say(self, form: str, item: Item) -> str:
        d = self.dice
        month = d.choice(["January", "March", "May", "June", "September", "November"])
        return form.format(
            o=d.choice(OUTLETS[item.chinese]), t=item.title, m=d.randint(1, 12) if item.chinese else month,
            d=d.randint(1, 28), p=d.choice(PLACES) if item.chinese else d.choice(["LONDON", "DHAKA", "MILAN", "New Delhi"]),
        )  # fmt: skip

    # What copies undergo

    def head(self, item: Item) -> Item:
        return replace(item, text=self.say(self.dice.choice(AGENCY_HEADS[item.chinese]), item) + item.text)

    def tail(self, item: Item) -> Item:
        forms = self.dice.sample(TAILS[item.chinese], self.dice.randint(1, 3))
        return replace(item, text="\n".join([item.text, *(self.say(f, item) for f in forms)]))

    def notice_first(self, item: Item) -> Item:
        return replace(item, text=self.say(self.dice.choice(TAILS[item.chinese]), item) + "\n" + item.text)

    def mark_title(self, item: Item) -> Item:
        return replace(item, title=self.say(self.dice.choice(TITLE_MARKS[item.chinese]), item))

    def retitle(self, item: Item) -> Item:
        first = (sentences(item.text) or [item.title])[0].strip()
        if self.dice.random() < 0.5:
            cut = self.dice.randint(12, 30)
            return replace(item, title=first[:cut] if item.chinese else " ".join(first.split()[: cut // 2]))
        words = list(item.title) if item.chinese else item.title.split()
        keep = [w for w in words if self.dice.random() < 0.8] or words
        return replace(item, title=("" if item.chinese else " ").join(keep))

    def recase(self, item: Item) -> Item:
        change = self.dice.choice([str.upper, str.title, str.lower, str.capitalize])
        return item if item.chinese else replace(item, title=change(item.title))

    def cut(self, item: Item, most: float = 0.5) -> Item:
        parts = sentences(item.text)
        keep = max(1, round(len(parts) * (1 - self.dice.uniform(0.1, most))))
        return replace(item, text=join(parts[:keep], item, self.dice))

    def thin(self, item: Item, share: float = 0.25) -> Item:
        parts = sentences(item.text)
        kept = parts[:1] + [p for p in parts[1:] if self.dice.random() > share]
        return replace(item, text=join(kept, item, self.dice))

    def insert(self, item: Item, most: float = 0.2) -> Item:
        parts = sentences(item.text)
        for _ in range(self.dice.randint(1, max(2, round(most * len(parts))))):
            parts.insert(self.dice.randint(0, len(parts)), self.strange_sentence(item))
        return replace(item, text=join(parts, item, self.dice))

    def shuffle(self, item: Item) -> Item:
        parts = sentences(item.text)
        at = self.dice.randint(0, max(0, len(parts) - 2))
        parts[at : at + 2] = parts[at : at + 2][::-1]
        return replace(item, text=join(parts, item, self.dice))

    def respace(self, item: Item) -> Item:
        if not item.chinese:
            return replace(item, text=item.text.replace("\n", self.dice.choice([" ", "\n\n", "\n"])))
        wide = str.maketrans("0123456789%", "０１２３４５６７８９％")
        text = item.text.replace("\n", self.dice.choice(["", "\n　　"]))
        return replace(item, text=text.translate(wide) if self.dice.random() < 0.4 else NUMBER.sub(r" \g<0>", text))

    def traditional(self, item: Item) -> Item:
        if not item.chinese:
            return item
        table = str.maketrans(TRADITIONAL)
        return replace(item, title=item.title.translate(table), text=item.text.translate(table))

    def reword(self, item: Item, rate: float) -> Item:
        """As a machine says it again: synonyms, words lost, added and turned round."""
        return replace(item, title=self._reword(item.title, item, rate), text=self._reword(item.text, item, rate))

    def _reword(self, text: str, item: Item, rate: float) -> str:
        d = self.dice
        for one, other in SWAPS[item.chinese]:
            old, new = (one, other) if d.random() < 0.5 else (other, one)
            pattern = re.escape(old) if item.chinese else rf"\b{re.escape(old)}\b"
            text = re.sub(pattern, lambda m, new=new: new if d.random() < rate * 3 else m[0], text)
        words = re.findall(r"[\u4e00-\u9fff]{1,3}|\d[\d.,]*|[^\W\d_]+|\s+|.", text)
        out: list[str] = []
        for word in words:
            chance = d.random()
            if not word[0].isalpha() or chance > rate:
                out.append(word)
            elif chance < rate * 0.25:
                continue
            elif chance < rate * 0.5 and len(out) > 1:
                out.insert(-1, word)
            elif chance < rate * 0.75:
                out.append(d.choice(self.common[item.chinese]) if d.random() < 0.5 else word)
                out.append("" if item.chinese else " ")
                out.append(word)
            else:
                out.append(d.choice(self.common[item.chinese]))
        return "".join(out)

    def update(self, item: Item) -> Item:
        parts = sentences(item.text)
        for _ in range(self.dice.randint(1, 3)):
            at = self.dice.choice([0, 1, len(parts), self.dice.randint(0, len(parts))])
            parts.insert(at, self.strange_sentence(item))
        if self.dice.random() < 0.5 and len(parts) > 4:
            del parts[self.dice.randint(2, len(parts) - 2)]
        text = join(parts, item, self.dice)
        found = list(NUMBER.finditer(text))
        if found and self.dice.random() < 0.5:  # one figure is corrected
            m = self.dice.choice(found)
            text = text[: m.start()] + self._number(m[0]) + text[m.end() :]
        mark = self.dice.choice(
            ["【更新】", "更新：", ""] if item.chinese else ["UPDATE: ", "(Updates with details) ", ""]
        )
        return replace(self.mark_title(item) if self.dice.random() < 0.6 else item, text=mark + text)

    # What makes a look-alike

    def _number(self, said: str) -> str:
        d = self.dice
        if re.fullmatch(r"\d{1,2}", said):
            return str(max(1, int(said) + d.choice([-3, -2, -1, 1, 2, 3, 7])))
        if re.fullmatch(r"(?:19|20)\d\d", said):
            return str(int(said) + d.choice([-1, 1])) if d.random() < 0.5 else said
        plain = said.replace(",", "")
        try:
            value = float(plain) * d.uniform(0.8, 1.25)
        except ValueError:
            return re.sub(r"\d", lambda _: str(d.randint(0, 9)), said)
        digits = len(plain.partition(".")[2])
        return f"{value:,.{digits}f}" if "," in said else f"{value:.{digits}f}"

    def renumber(self, item: Item, share: float = 1.0) -> Item:
        d = self.dice
        known: dict[str, str] = {}

        def other(match: re.Match[str]) -> str:
            if match[0] not in known:
                known[match[0]] = self._number(match[0]) if d.random() < share else match[0]
            return known[match[0]]

        title = NUMBER.sub(other, item.title) if d.random() < 0.5 else item.title
        return replace(
            item, title=title, text=NUMBER.sub(other, item.text), day=item.day + d.choice([0, 1, 3, 7, 7, 14, 30])
        )

    def turn(self, item: Item, axes: Sequence[str] = (), most: int = 1) -> Item | None:
        """Put words of the other end of an axis, everywhere; None where there is none to put."""
        d = self.dice
        there = [
            (axis, end, word)
            for axis, end, word in turns.ends(
                set(re.findall(r"\w+", (item.title + " " + item.text).casefold())) if not item.chinese else (),
                item.title + item.text if item.chinese else "",
            )
            if (not axes or axis in axes) and (axis != "place")
        ]  # fmt: skip
        in_title = [t for t in there if t[2] in item.title.casefold()]
        in_lead = [t for t in there if t[2] in item.text[:200].casefold()] if d.random() < 0.3 else []
        chosen = in_title or in_lead if most == 1 else there
        if not chosen:
            return None
        title, text = item.title, item.text
        for axis, end, word in d.sample(sorted(chosen), min(most, len(chosen))):
            ends = [[w for w in said if (w >= "\u3400") == item.chinese] for said in turns.AXES[axis]]
            others = [w for k, words in enumerate(ends) if k != end for w in words]
            if not others:
                continue
            alike = [w for w in others if w[-2:] == word[-2:]] or others
            new = d.choice(alike)
            pattern = re.escape(word) if item.chinese else rf"\b{re.escape(word)}\b"
            title = re.sub(pattern, new, title, flags=re.IGNORECASE)
            text = re.sub(pattern, new, text, flags=re.IGNORECASE)
        return (
            None
            if (title, text) == (item.title, item.text)
            else replace(item, title=title, text=text, day=item.day + d.randint(0, 5))
        )

    def move(self, item: Item) -> Item | None:
        """Tell it of other places and people, the same one wherever it is named."""
        d = self.dice
        text, title = item.text, item.title
        if item.chinese:
            found = sorted({p for p in PLACES if p in text})
        else:
            found = sorted(set(NAME.findall(re.sub(r"(?m)(^|[.!?] )[A-Z]\w+", "", text))), key=text.count)[-6:]
        if not found:
            return None
        for name in d.sample(found, d.randint((len(found) + 1) // 2, len(found))):
            new = d.choice(PLACES) if item.chinese else d.choice(self.names)
            text, title = text.replace(name, new), title.replace(name, new) if d.random() < 0.5 else title
        if text == item.text:
            return None
        moved = replace(item, title=title, text=text, day=item.day + d.choice([0, 0, 1, 2, 5]))
        return replace(self.renumber(moved, d.choice([0.3, 1.0])), day=moved.day) if d.random() < 0.6 else moved

    def replace_some(self, item: Item, share: float) -> Item:
        parts = sentences(item.text)
        kept = [self.strange_sentence(item) if self.dice.random() < share else p for p in parts]
        return replace(item, text=join(kept, item, self.dice))

    def follow(self, item: Item) -> Item:
        """Another report that brings some of the first one's sentences as background."""
        other = self.stranger(item)
        mine = sentences(item.text)
        lent = mine[-self.dice.randint(1, max(1, len(mine) // 2)) :]
        if self.dice.random() < 0.3:
            lent = mine[: self.dice.randint(1, 3)]
        title = other.title if self.dice.random() < 0.8 else item.title
        day = item.day + self.dice.randint(0, 6)
        return replace(item, title=title, text=join([*sentences(other.text), *lent], item, self.dice), day=day)

    def digest(self, item: Item) -> Item:
        """Several reports' beginnings, this one's among them."""
        d = self.dice
        members = [item, *(self.stranger(item) for _ in range(d.randint(1, 4)))]
        d.shuffle(members)
        most = d.choice([2, 4, 8])
        told = [
            "\n".join(
                [*([m.title] if d.random() < 0.6 else []), join(sentences(m.text)[: d.randint(1, most)], item, d)]
            )
            for m in members
        ]
        title = self.say(d.choice(DIGEST_TITLES[item.chinese]), item)
        if d.random() < 0.15:
            title = members[0].title
        return replace(item, title=title, text="\n".join(told), day=item.day + d.randint(0, 2))

    # Whole articles

    def copy(self, item: Item) -> Item:
        """One copy of an article, from nearly nothing changed to much."""
        d = self.dice
        kinds: dict[str, list[Callable[[Item], Item]]] = {
            "exact": [self.respace],
            "light": [self.head, self.tail, self.mark_title, self.recase, self.respace, self.retitle, self.notice_first],
            "medium": [self.cut, self.insert, self.thin, self.tail, self.head, self.mark_title, self.retitle, self.shuffle],
            "heavy": [lambda i: self.cut(i, 0.6), lambda i: self.insert(i, 0.5), lambda i: self.insert(i, 0.4),
                      lambda i: self.thin(i, 0.35), self.retitle, lambda i: self.reword(i, 0.05), self.tail],
            "reworded": [lambda i: self.reword(i, d.choice([0.04, 0.08, 0.12, 0.2, 0.25]))],
            "update": [self.update],
            "traditional": [self.traditional, self.tail, self.mark_title],
        }  # fmt: skip
        kind = d.choices(list(kinds), [2, 5, 5, 5, 6, 3, 2])[0]
        chosen = kinds[kind]
        ops = d.sample(chosen, min(len(chosen), d.randint(3, 6) if kind == "heavy" else d.randint(1, 4)))
        if kind == "traditional":
            ops = [self.traditional, *ops]
        if kind == "reworded" and d.random() < 0.5:
            ops.append(d.choice([self.head, self.tail, self.cut, self.insert, self.traditional, self.update]))
        for op in ops:
            item = op(item)
        return replace(item, day=item.day + min(10, int(d.expovariate(1.1))))

    def look_alike(self, item: Item) -> Item:
        """One article that reads much like another and tells something else."""
        d = self.dice
        kind = d.choices(["number", "place", "phase", "follow", "digest"], [4, 4, 6, 2, 3])[0]
        made: Item | None = None
        if kind == "number" and len(NUMBER.findall(item.text)) >= 2:
            made = self.renumber(item, d.choice([0.8, 1.0, 1.0]))
            if d.random() < 0.4:
                made = self.turn(made, ("direction", "month", "weekday", "ordinal"), 3) or made
        elif kind == "place":
            made = self.move(item)
        elif kind == "phase":
            made = self.turn(item)
            if made is not None and d.random() < 0.5:
                made = replace(self.renumber(made, d.choice([0.3, 1.0])), day=made.day)
        elif kind == "digest":
            return self.digest(item)
        if made is None:
            return self.follow(item)
        if d.random() < 0.6:
            made = self.replace_some(made, d.choice([0.1, 0.25, 0.4]))
        if d.random() < 0.15:
            made = d.choice([self.mark_title, self.tail, self.head, self.respace])(made)
        return made
