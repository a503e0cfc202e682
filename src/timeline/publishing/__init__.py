"""The life of a feed after rendering: previous feed, ledger, removals, verification, writing."""
