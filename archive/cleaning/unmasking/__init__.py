"""The parts of undoing a mirror's work: scripts and folding, the frame's slots, what two copies of
one page betray, and the edits each kind of tampering calls for."""
