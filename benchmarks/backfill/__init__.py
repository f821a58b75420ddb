"""How fast a backfill reads, cleans and derives: ./scripts/bench backfill (see __main__)."""
