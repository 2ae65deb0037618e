from dataclasses import replace

from autotui.document import Block, Document, Span
from autotui.model import Enclosure
from autotui.ui.typeset import Story
from autotui.ui.widgets.metadata import Metadata
from ui.stage import HOSTILE, Stage, article, drawn, paragraphs, widths


async def test_metadata_tells_what_is_known() -> None:
    metadata = Metadata()
    document = Document(
        (
            Block("paragraph", (Span("x", url="https://a.b/"),)),
            Block("image", (Span("The axle"),), credit="ZF"),
            Block("image", alt="IMG_1.jpg"),
        )
    )
    told = article(
        author="M. Example",
        words=1240,
        completeness="paywall",
        tags=("axles", "ev-drivetrain"),
        categories=("Technology", "Cars"),
        language="en",
        enclosures=(Enclosure("https://volt.example/1.mp3", "audio/mpeg", 34_500_000),),
    )
    metadata.story = Story(told, document)
    async with Stage(metadata).run_test(size=(50, 30)) as pilot:
        await pilot.pause()
        lines = [line.strip().replace("\u00a0", " ") for line in drawn(metadata)]

        assert lines[:3] == [
            "Outlet     Volt Weekly",
            "Author     M. Example",
            "Published  " + lines[2].removeprefix("Published  "),
        ]
        assert "Thu 12 Jun 2025" in lines[2]
        for line in (
            "Length     1,240 words, 6 min",
            "State      Behind a paywall",
            "Tags       #axles #ev-drivetrain",
            "Categories Technology, Cars",
            "Language   en",
            "Address",
            "https://volt.example/1",
            "Links      1",
            "Images     2",
            "1. The axle — ZF",
            "Enclosures",
            "https://volt.example/1.mp3",
            "audio/mpeg, 34.5 MB",
        ):
            assert line in lines
        assert not any(line.startswith("Updated") for line in lines)


async def test_metadata_follows_the_tags_and_stays_where_it_was() -> None:
    metadata = Metadata()
    story = Story(article(categories=("word",) * 60), paragraphs("x"))
    metadata.story = story
    async with Stage(metadata).run_test(size=(40, 8)) as pilot:
        await pilot.press("pagedown")
        await pilot.pause()
        assert not metadata.at_start

        metadata.story = replace(story, article=replace(story.article, tags=("axles",)))
        await pilot.pause()
        assert not metadata.at_start
        await pilot.press("home")
        await pilot.pause()

        assert any("#axles" in line for line in drawn(metadata))


async def test_images_are_numbered_and_chosen_by_caption_or_the_name_of_their_file() -> (
    None
):
    named = [(f"https://a.example/{n}.webp?w=1", each) for n, each in enumerate(HOSTILE)]
    images = [
        Block("image", (Span("The axle"),), url="https://a.example/axle.jpg", credit="ZF"),
        Block("image", alt="No address"),
        Block("image", url="https://a.example/"),
        *(Block("image", alt=text, url=url) for url, text in named),
        *(Block("image", url=f"https://a.example/{n}/cut.jpg") for n in range(2_000)),
    ]
    metadata = Metadata()
    metadata.story = Story(article(), Document(tuple(images)))
    async with Stage(metadata).run_test(size=(50, 150)) as pilot:
        await pilot.pause()
        lines = [line.strip() for line in drawn(metadata)]
        assert "Images     2014" in lines
        assert "1. The axle — ZF" in lines
        assert "2. No address" in lines
        assert "3. a.example" in lines
        assert "15. cut.jpg" in lines
        assert "100. cut.jpg" in lines
        assert "101. cut.jpg" not in lines
        assert all(line.isprintable() for line in lines)
        assert widths(metadata) == {metadata.scrollable_content_region.width}

        # What has no address cannot be chosen
        chosen = []
        for _ in range(3):
            await pilot.press("j")
            assert metadata.chosen is not None
            chosen.append(metadata.chosen.url)
        assert chosen == ["https://a.example/axle.jpg", "https://a.example/", named[0][0]]
