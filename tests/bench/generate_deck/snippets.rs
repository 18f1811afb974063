//! Code for slides, two pieces a language; `{note}`, `{n}`, `{m}` and `{i}` are filled in.

/// Language of the fence, and its pieces.
pub(crate) const SNIPPETS: [(&str, [&str; 2]); 4] = [
    (
        "sql",
        [
            "-- {note}
UPDATE stock_{i}
   SET held = held + {n}
 WHERE item = 'A-{m}'
   AND free - held >= {n}
RETURNING item, free, held;

SELECT state, count(*) AS orders
  FROM orders_{i}
 GROUP BY state
 ORDER BY orders DESC;",
            "-- {note}
CREATE TABLE outbox_{i} (
  id      BIGINT PRIMARY KEY,
  topic   TEXT NOT NULL,
  body    JSONB NOT NULL,
  sent_at TIMESTAMPTZ
);

CREATE INDEX outbox_{i}_waiting
    ON outbox_{i} (id)
 WHERE sent_at IS NULL;",
        ],
    ),
    (
        "rust",
        [
            "/// {note}
fn remaining(deadline: Instant, floor: u64) -> Option<u64> {
    let left = deadline.checked_sub({n})?;
    if left < floor {
        return None; // too late to start
    }
    Some(left.min({m}))
}",
            "/// {note}
impl Account{i} {
    pub fn post(&mut self, entry: Entry) -> Result<(), Refusal> {
        if self.seen.contains(&entry.id) {
            return Ok(());
        }
        self.balance += entry.amount;
        self.seen.insert(entry.id);
        Ok(())
    }
}",
        ],
    ),
    (
        "yaml",
        [
            "# {note}
service: ledger-{i}
replicas: 3
limits:
  in_flight: {m}
  queue: {n}
timeouts:
  connect: 200ms
  call: 1500ms
drain: true",
            "# {note}
alert: OutboxStuck{i}
expr: outbox_waiting > {m}
for: {n}m
labels:
  team: orders
annotations:
  action: \"restart the relay, then page\"",
        ],
    ),
    (
        "python",
        [
            "# {note}
def settle_{i}(entries, limit={m}):
    totals = {}
    for entry in entries[:limit]:
        key = (entry.account, entry.day)
        totals[key] = totals.get(key, 0) + entry.amount
    return sorted(totals.items())",
            "# {note}
async def relay_{i}(outbox, broker):
    while rows := await outbox.waiting(limit={n}):
        for row in rows:
            await broker.send(row.topic, row.body)
        await outbox.mark_sent(r.id for r in rows)",
        ],
    ),
];
