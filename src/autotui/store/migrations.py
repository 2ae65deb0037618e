"""What the tables are, as numbered scripts: add one, never change one that shipped.

Whose data a table holds is said at each: the *publisher's* may be replaced by any fetch;
the *reader's* is touched by the reader's own verbs alone; *derived* can be made again.
"""

from typing import Final

from autotui.store.tables import FIRST

_SECOND: Final = """
-- When the publisher's feed wants to be asked (ttl in minutes; hours and days as JSON),
-- and where its server says it has moved: since when, and how many good answers ago.
ALTER TABLE feed ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN skip_hours TEXT NOT NULL DEFAULT '[]';
ALTER TABLE feed ADD COLUMN skip_days TEXT NOT NULL DEFAULT '[]';
ALTER TABLE feed ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN moved_at INTEGER;
ALTER TABLE feed ADD COLUMN moved_answers INTEGER NOT NULL DEFAULT 0;

-- Seconds for which the server says that its last answer stays fresh; when a check last
-- went well, and what the reader can do about one that did not.
ALTER TABLE feed ADD COLUMN fresh_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN succeeded_at INTEGER;
ALTER TABLE feed ADD COLUMN advice TEXT NOT NULL DEFAULT '';
UPDATE feed SET succeeded_at = checked_at WHERE error IS NULL;

-- Addresses that a feed is known by besides its own: those it moved away from, and its
-- own without user and password.
CREATE TABLE alias (url TEXT PRIMARY KEY, feed_id INTEGER NOT NULL REFERENCES feed (id))
STRICT, WITHOUT ROWID;

-- A fetch's: hosts that want to be left alone until then, whatever the feed.
CREATE TABLE host (name TEXT PRIMARY KEY, retry_at INTEGER NOT NULL)
STRICT, WITHOUT ROWID;

-- The publisher's: the date as the feed writes it; and the address without what changes
-- from fetch to fetch (scheme, "www.", tracking parameters), to know an article by.
ALTER TABLE article ADD COLUMN dated TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN address TEXT NOT NULL DEFAULT '';
UPDATE article SET address = url;
DROP INDEX article_address;
CREATE INDEX article_address ON article (feed_id, address);

-- document is now what document.pack gives: the form alone, for the text lies beside it.
-- Until the feed is asked anew, an old body shows as its text's paragraphs.
UPDATE body SET document = x'';
UPDATE feed SET body_hash = '', etag = '', last_modified = '';

-- The index is filled a feed at a time now (store.arrivals): a trigger for each row
-- makes FTS5 write each row apart, and doubles its time.
DROP TRIGGER body_added;
DROP TRIGGER body_changed;
-- Sixteen parts of the index are merged at a time, not four: less is written twice.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
"""

_THIRD: Final = """
-- Derived: how much a story is about EV drivetrains, whether that is enough to suggest
-- the tag, and which edition of lexicon and learning said so (0: none yet).
ALTER TABLE article ADD COLUMN score REAL NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN suggested INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_edition ON article (edition);
CREATE INDEX article_suggested ON article (published_at) WHERE suggested = 1;

-- Derived: what a story names, and its figures.
CREATE TABLE named (
    name TEXT NOT NULL COLLATE NOCASE,
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (name, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_of ON named (article_id);
CREATE TABLE figure (
    kind TEXT NOT NULL,
    value REAL NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (kind, value, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_of ON figure (article_id);

-- The reader's: what was said of a suggestion, and (as JSON) what was learned from.
CREATE TABLE verdict (
    tag TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    accepted INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    features TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (tag, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_of ON verdict (article_id);

-- Derived: how often a feature was in what the reader accepted and rejected.
CREATE TABLE learned (
    tag TEXT NOT NULL,
    feature TEXT NOT NULL,
    accepted INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tag, feature)
) STRICT, WITHOUT ROWID;
"""

_FOURTH: Final = """
-- The reader's: whether the stories' pages are fetched ('auto', 'always', 'never'), and
-- where on them the story is (CSS selectors, a line each). Derived: how many pages had
-- far more than the feed gave, less those that had not.
ALTER TABLE feed ADD COLUMN pages TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE feed ADD COLUMN selectors TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN excerpts INTEGER NOT NULL DEFAULT 0;

-- Whose text lies in body, is shown and is searched: the feed's, or the page's.
ALTER TABLE article ADD COLUMN source TEXT NOT NULL DEFAULT 'feed';

-- The publisher's: what the page of a story says about it, as JSON, and how asking for
-- it went. retry_at: when to ask again unasked; NULL is never.
CREATE TABLE page (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    asked_at INTEGER NOT NULL,
    retry_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    note TEXT NOT NULL DEFAULT '',
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX page_retry ON page (retry_at) WHERE retry_at IS NOT NULL;

-- The publisher's: the text that is not shown, the feed's or the page's.
CREATE TABLE other_text (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    text TEXT NOT NULL,
    document BLOB NOT NULL,
    words INTEGER NOT NULL,
    completeness TEXT NOT NULL
) STRICT;

-- Derived: which blocks the pages of a host have, to know what is on all of them.
CREATE TABLE print (
    host TEXT NOT NULL,
    print TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (host, print, article_id)
) STRICT, WITHOUT ROWID;

-- A fetch's: what a server asks of programs (RFC 9309), and when it said so.
CREATE TABLE robots (
    server TEXT PRIMARY KEY,
    rules TEXT NOT NULL,
    read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

_FIFTH: Final = """
-- The reader's: minutes between two checks (0: as its stories come), whether its stories
-- are out of sight elsewhere, and for how many days it keeps texts (0: for ever).
ALTER TABLE feed ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN keep_days INTEGER NOT NULL DEFAULT 0;

-- The reader's: what is done by itself to the stories that a query finds, as they come.
-- actions is a JSON list such as ["+inverter", "star"]. A removed one keeps its row, for
-- what it did is told by its name. trouble: why it cannot be run; '' where it can.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    actions TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1,
    removed INTEGER NOT NULL DEFAULT 0,
    trouble TEXT NOT NULL DEFAULT '',
    made_at INTEGER NOT NULL
) STRICT;

-- The reader's: which rule did which of its actions to a story, as long as that stands.
CREATE TABLE automatic (
    article_id INTEGER NOT NULL REFERENCES article (id),
    action TEXT NOT NULL,
    rule_id INTEGER NOT NULL REFERENCES rule (id),
    PRIMARY KEY (article_id, action)
) STRICT, WITHOUT ROWID;
CREATE INDEX automatic_of ON automatic (rule_id, article_id);

-- The reader's: queries that are rows of the feed list. An edit makes a new one and
-- removes the old one; a removed one stays, for undo.
CREATE TABLE saved_query (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Derived: stories that came, and wait to be judged before some rules can be run.
CREATE TABLE arrived (article_id INTEGER PRIMARY KEY REFERENCES article (id)) STRICT;

-- Which run of a rule made the step; '' where the reader did.
ALTER TABLE step ADD COLUMN run TEXT NOT NULL DEFAULT '';

-- All ids by date without a look at each row: five times as fast with a million.
DROP INDEX article_newest;
CREATE INDEX article_newest ON article (published_at DESC, id DESC, feed_id);
"""

_SIXTH: Final = """
-- The reader's: the colour of a tag; '' where it has none (any more). A row stays, for
-- undo tells of it by its id.
CREATE TABLE tag_colour (
    id INTEGER PRIMARY KEY,
    tag TEXT NOT NULL UNIQUE,
    colour TEXT NOT NULL DEFAULT ''
) STRICT;
"""

MIGRATIONS: Final = (FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH)
