"""What the first screen shows, read in one go while the interface is still loading."""

from datetime import datetime

from autotui.model import Opening
from autotui.query import Query
from autotui.store import Connection, articles, feeds, tags


def opening(db: Connection, query: Query, now: datetime) -> Opening:
    """Give feeds, numbers, tags, the first stories and the text of the first."""
    listing = articles.listing(db, query, now, articles.WINDOW)
    body = articles.body(db, listing.ids[0]) if listing.ids else None
    return Opening(feeds.every(db), feeds.counts(db), tags.every(db), listing, body)
