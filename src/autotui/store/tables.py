"""The tables as they were first; ``migrations`` says what became of them.

Whose data a table holds is said at each: the *publisher's* may be replaced by any fetch;
the *reader's* is touched by the reader's own verbs alone; *derived* can be made again.
"""

from typing import Final

FIRST: Final = """
-- A subscription: title, folder and typed are the reader's, the rest the publisher's
-- or a fetch's. A removed feed keeps its row, its stories and their marks, for undo.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    folder TEXT NOT NULL DEFAULT '',
    typed INTEGER NOT NULL DEFAULT 0,
    added_at INTEGER NOT NULL,
    removed_at INTEGER,
    publisher_title TEXT NOT NULL DEFAULT '',
    site_url TEXT NOT NULL DEFAULT '',
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    body_hash TEXT NOT NULL DEFAULT '',
    checked_at INTEGER,
    next_check_at INTEGER,
    retry_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    error TEXT
) STRICT;

-- The publisher's. key is the GUID as the feed gives it, and names the article within
-- its feed: two feeds may use one GUID, and a feed may move.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feed (id),
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    author TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    updated_at INTEGER,
    seen_at INTEGER NOT NULL,
    language TEXT NOT NULL,
    words INTEGER NOT NULL,
    completeness TEXT NOT NULL,
    categories TEXT NOT NULL,
    enclosures TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (feed_id, key)
) STRICT;
CREATE INDEX article_newest ON article (published_at DESC, id DESC);
CREATE INDEX article_of_feed ON article (feed_id, published_at DESC, id DESC);
CREATE INDEX article_address ON article (feed_id, url);

-- The publisher's, apart so that list pages stay small. document is its form.
CREATE TABLE body (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    document BLOB NOT NULL
) STRICT;

-- Derived: the index over body, which keeps no copy of the text.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, content = 'body', content_rowid = 'article_id',
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER body_added AFTER INSERT ON body BEGIN
    INSERT INTO search (rowid, title, text) VALUES (new.article_id, new.title, new.text);
END;
CREATE TRIGGER body_changed AFTER UPDATE OF title, text ON body BEGIN
    INSERT INTO search (search, rowid, title, text)
    VALUES ('delete', old.article_id, old.title, old.text);
    INSERT INTO search (rowid, title, text) VALUES (new.article_id, new.title, new.text);
END;
CREATE TRIGGER body_gone AFTER DELETE ON body BEGIN
    INSERT INTO search (search, rowid, title, text)
    VALUES ('delete', old.article_id, old.title, old.text);
END;

-- The reader's.
CREATE TABLE mark (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    later INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX mark_starred ON mark (article_id) WHERE starred = 1;
CREATE INDEX mark_later ON mark (article_id) WHERE later = 1;

-- The reader's.
CREATE TABLE article_tag (
    tag TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (tag, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tag_of ON article_tag (article_id);

-- The reader's: what was done, newest last, so that it can be undone.
CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    changes TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The reader's: what the app remembers, which is no setting.
CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Derived: how many articles and unread ones a feed has; counting a million takes 1 s.
CREATE TABLE tally (
    feed_id INTEGER PRIMARY KEY REFERENCES feed (id),
    total INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER feed_added AFTER INSERT ON feed BEGIN
    INSERT INTO tally (feed_id) VALUES (new.id);
END;
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    UPDATE tally SET total = total + 1, unread = unread + 1 WHERE feed_id = new.feed_id;
END;
CREATE TRIGGER mark_added AFTER INSERT ON mark WHEN new.read = 1 BEGIN
    UPDATE tally SET unread = unread - 1
    WHERE feed_id = (SELECT feed_id FROM article WHERE id = new.article_id);
END;
CREATE TRIGGER mark_changed AFTER UPDATE OF read ON mark WHEN new.read <> old.read BEGIN
    UPDATE tally SET unread = unread + old.read - new.read
    WHERE feed_id = (SELECT feed_id FROM article WHERE id = new.article_id);
END;
"""
