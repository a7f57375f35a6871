"""What the outputs show, as plain values: tables, charts and stories, in no language yet."""
