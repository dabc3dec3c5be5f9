"""Drains the page events of a tenant with the official package, unmodified, into a file of one JSON object a line.

Usage: python netskopesdk.py HOST:PORT PAGES FILE [orjson]

The pages are read from the head on. The tenant's authority is in REQUESTS_CA_BUNDLE, its token in NETSKOPE_V2_TOKEN. With
`orjson` that library reads and writes the JSON, instead of Python's own.
"""

import json
import os
import sys

from netskope_api.iterator.const import Const
from netskope_api.iterator.netskope_iterator import NetskopeIterator


def pages(host, count):
    iterator = NetskopeIterator(
        {
            Const.NSKP_TOKEN: os.environ["NETSKOPE_V2_TOKEN"],
            Const.NSKP_TENANT_HOSTNAME: host,
            Const.NSKP_ITERATOR_NAME: "netskopesdk",
            Const.NSKP_EVENT_TYPE: Const.EVENT_TYPE_PAGE,
        }
    )
    yield iterator.head()
    for _ in range(count - 1):
        yield iterator.next()


def drain(host, count, file):
    with open(file, "w", encoding="utf-8") as lines:
        for response in pages(host, count):
            response.raise_for_status()
            for record in response.json()["result"]:
                lines.write(json.dumps(record) + "\n")


def drain_with_orjson(host, count, file):
    import orjson

    with open(file, "wb") as lines:
        for response in pages(host, count):
            response.raise_for_status()
            for record in orjson.loads(response.content)["result"]:
                lines.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def main(host, count, file, library="json"):
    {"json": drain, "orjson": drain_with_orjson}[library](host, int(count), file)


main(*sys.argv[1:])
