"""Stories judged a second on one core, beside feedparser's parse of the same stories.

Run by hand: ``python tests/bench/judge.py``. The two take turns, so that whatever else the
machine does hits both alike, and the best turn of each counts; what matters is the ratio.
The stories are made here, of words as news uses them: a third is about drivetrains.
"""

import random
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parents[1]))

import feedparser

from autotui.drivetrain import score
from bench.figures import Figure, tell
from support.feeds import day

STORIES, WORDS, TURNS = 300, 600, 5
AIM = 0.25
PLAIN = (  # noqa: SIM905
    "the of and to in a is that for it as was with be by on not he his but at are this "
    "have from or had an they which one you were all her she there would their we him been "
    "has when who will no more if out so up said what its about than into them can only "
    "other time new some could these two may first then do any like my now over such our "
    "man me even most made after also did many off before must well back through years "
    "much company plan year price road people week report city summer buyer street morning"
).split()
TRADE = (  # noqa: SIM905
    "electric motor|inverter|battery|battery pack|drive unit|car|vehicle|hybrid|charging|"
    "sales|e-axle|silicon carbide|supplier|plant|800-volt|77 kWh|solid-state|gearbox|"
    "transmission|diesel|touchscreen|dealer|tariff|torque|efficiency|fleet|price"
).split("|")
OTHER = ["football", "election", "weather", "kitchen", "museum", "orchestra", "garden"]


def story(seed: int) -> tuple[str, str]:
    """A title and six hundred words in paragraphs, every word with its odds."""
    dice = random.Random(seed)
    rare = TRADE if seed % 3 == 0 else TRADE[-8:] + OTHER if seed % 3 == 1 else OTHER
    made = [
        dice.choice(rare)
        if dice.random() < 0.08
        else dice.choice(PLAIN) + dice.choice(ENDS)
        for _ in range(WORDS)
    ]
    paragraphs = [" ".join(made[at : at + 75]) + "." for at in range(0, WORDS, 75)]
    return " ".join([*dice.choices(PLAIN, k=6), dice.choice(rare)]), "\n\n".join(paragraphs)


ENDS = ("", "", "", "", "", "s", "ed", ",", ".", "\u2019s")


def feed(stories: list[tuple[str, str]]) -> bytes:
    """The stories as a feed of the usual blog software."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://f.example/{at}</link>"
        f'<guid isPermaLink="false">{at}</guid>'
        "<dc:creator><![CDATA[Ada]]></dc:creator>"
        f"<pubDate>{day(at % 300):%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        "<category><![CDATA[EV]]></category><category><![CDATA[Motors]]></category>"
        f"<description><![CDATA[{text[:300]}]]></description>"
        f"<content:encoded><![CDATA[{html(text)}]]></content:encoded></item>"
        for at, (title, text) in enumerate(stories)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Volt</title><link>https://f.example/</link>{items}</channel></rss>"
    ).encode()


def html(text: str) -> str:
    """The paragraphs as a publisher marks them, each with a link."""
    return "".join(
        f'<p>{escape(each)} <a href="/more">more\u2026</a></p>'
        for each in text.split("\n\n")
    )


def turns(*jobs: Callable[[], object]) -> list[list[float]]:
    """Give the seconds of CPU that each job's turns took."""
    seconds: list[list[float]] = [[] for _ in jobs]
    for _ in range(TURNS):
        for at, job in enumerate(jobs):
            start = time.process_time()
            job()
            seconds[at].append(time.process_time() - start)
    return seconds


def main() -> None:
    """Print the figures."""
    stories = [story(seed) for seed in range(STORIES)]
    content = feed(stories)
    start = time.process_time()
    score.judge("", "")
    loading = time.process_time() - start
    both = turns(
        lambda: [score.judge(title, text) for title, text in stories],
        lambda: feedparser.parse(BytesIO(content)),
    )
    judged, parsed = map(min, both)
    suggested = sum(score.judge(title, text).suggest for title, text in stories)
    print(f"{STORIES} stories of {WORDS} words, {suggested} suggested")
    print(f"the lexicon is read in {loading * 1e3:.0f} ms, once")
    for name, seconds in (("judge", judged), ("feedparser", parsed)):
        each = seconds / STORIES
        print(f"{name:<12}{each * 1e6:>8.0f} \u00b5s a story{1 / each:>10.0f} stories/s")
    print(f"judging takes {judged / parsed:.2f} of feedparser's time; the aim is {AIM}")
    one, other = ([each / STORIES * 1e6 for each in job] for job in both)
    what = f"judging a story of {WORDS} words, CPU"
    tell(Figure(what, "\u00b5s", one, "feedparser's parse", other, AIM))


if __name__ == "__main__":
    main()
