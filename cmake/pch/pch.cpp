// The precompiled header belongs to this target.
