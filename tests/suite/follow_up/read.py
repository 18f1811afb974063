"""Reads files of a follow-up by programs that are not ours, and prints what they found as JSON.

    read.py cards COLLECTION FILE     imports FILE into an Anki collection, which is made when missing
    read.py calendar FILE             the entries of an iCalendar file
    read.py csv FILE                  the rows of a table
    read.py markdown FILE             the page as HTML
"""

import csv
import json
import sys


def cards(collection, path):
    from anki.collection import Collection, ImportCsvRequest

    col = Collection(collection)
    # What the import dialog of Anki does when nothing is changed in it.
    metadata = col.get_csv_metadata(path=path, delimiter=None)
    log = col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    notes = [col.get_note(note) for note in col.find_notes("")]
    found = {
        "new": len(log.new),
        "updated": len(log.updated),
        "notes": [
            {
                "note": note.id,
                "guid": note.guid,
                "fields": note.fields,
                "tags": note.tags,
                "decks": [col.decks.name(card.did) for card in note.cards()],
                "cards": [card.id for card in note.cards()],
            }
            for note in notes
        ],
    }
    col.close()
    return found


def calendar(path):
    from icalendar import Calendar

    with open(path, "rb") as file:
        read = Calendar.from_ical(file.read())
    return [
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "start": event.decoded("DTSTART").isoformat(),
            "end": event.decoded("DTEND").isoformat(),
            "stamp": event.decoded("DTSTAMP").isoformat(),
            "sequence": int(event["SEQUENCE"]),
            "url": str(event.get("URL", "")),
            "transparent": str(event["TRANSP"]) == "TRANSPARENT",
            "weekday": event.decoded("DTSTART").isoweekday(),
            "alarms": [alarm.decoded("TRIGGER").total_seconds() for alarm in event.walk("VALARM")],
        }
        for event in read.walk("VEVENT")
    ]


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def markdown(path):
    from markdown import markdown as html

    with open(path, encoding="utf-8") as file:
        return html(file.read())


readers = {"cards": cards, "calendar": calendar, "csv": table, "markdown": markdown}
json.dump(readers[sys.argv[1]](*sys.argv[2:]), sys.stdout)
