"""Reports and diagnostics as something that a terminal shows; nothing here prints."""
