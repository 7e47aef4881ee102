"""The item bank as an instrument: what answers say about the items, and forms built from them."""
