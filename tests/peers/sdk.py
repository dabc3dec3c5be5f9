"""Drains the stand-in with the official package, unmodified, and compares its records with those that nskope wrote.

Usage: python sdk.py HOST:PORT SEGMENT...

Both read the same finite stream of page events, each by an index of its own. The stand-in's authority is in
REQUESTS_CA_BUNDLE, its token in NETSKOPE_V2_TOKEN.
"""

import json
import logging
import os
import sys

from netskope_api.iterator.const import Const
from netskope_api.iterator.netskope_iterator import NetskopeIterator

BEYOND_DOUBLES = 2**53


def drained(host):
    """The records of the stream, page by page as the package's README does it, up to the first empty page."""
    iterator = NetskopeIterator(
        {
            Const.NSKP_TOKEN: os.environ["NETSKOPE_V2_TOKEN"],
            Const.NSKP_TENANT_HOSTNAME: host,
            Const.NSKP_ITERATOR_NAME: "sdk",
            Const.NSKP_EVENT_TYPE: Const.EVENT_TYPE_PAGE,
        }
    )
    response = iterator.head()
    while True:
        response.raise_for_status()
        page = response.json()
        assert page["ok"] == 1, page
        if not page["result"]:
            return
        yield from page["result"]
        response = iterator.next()


def written(segments):
    for segment in segments:
        with open(segment, encoding="utf-8") as lines:
            yield from map(json.loads, lines)


logging.disable(logging.WARNING)  # it tells of each wait for the rate limit


def main(host, *segments):
    theirs, ours = list(drained(host)), list(written(segments))
    assert theirs, "the official package drained nothing"
    assert any(isinstance(value, int) and value > BEYOND_DOUBLES for record in theirs for value in record.values()), "no large id to compare"
    if theirs != ours:
        at = next((place for place, pair in enumerate(zip(theirs, ours)) if pair[0] != pair[1]), min(len(theirs), len(ours)))
        sys.exit(f"the official package has {len(theirs)} records, nskope {len(ours)}, and they part at record {at + 1}")
    print(f"{len(ours)} records, the same from the official package and from nskope")


main(*sys.argv[1:])
